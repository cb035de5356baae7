"""Static files under names that change with their content, so that browsers may keep them for ever."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from fastapi.staticfiles import StaticFiles
from starlette.responses import Response
from starlette.types import Scope

from coolhead.errors import SetupError

FOLDER = Path(__file__).parent / "static"
VENDOR = ("htmx.js", "hx-sse.js", "font-latin.woff2", "font-latin-ext.woff2")
FOR_EVER = "public, max-age=31536000, immutable"


def check_vendor() -> None:
    """Passes when the browser libraries that the build fetches are there.

    Raises:
        SetupError: some are missing.
    """
    missing = [name for name in VENDOR if not (FOLDER / "vendor" / name).is_file()]
    if missing:
        raise SetupError(
            f"The browser files {', '.join(missing)} are missing from {FOLDER / 'vendor'}.",
            hint="Run `make install` in a checkout, or install Coolhead again with pip; both fetch them.",
        )


@cache
def version() -> str:
    """A short name for the content of every static file together.

    Together, so that modules and styles that refer to each other by relative address stay in step.
    """
    digest = hashlib.sha256()
    for path in sorted(each for each in FOLDER.rglob("*") if each.is_file()):
        digest.update(path.relative_to(FOLDER).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def static(name: str) -> str:
    """The address of a static file.

    Raises:
        SetupError: there is no such file.
    """
    if not (FOLDER / name).is_file():
        raise SetupError(f"The static file {name} is missing.", hint="Install Coolhead again.")
    return f"/static/{version()}/{name}"


class VersionedFiles(StaticFiles):
    """Serves `/static/<version>/<name>`; a name asked for by its current version is never asked for again."""

    def __init__(self) -> None:
        super().__init__(directory=FOLDER)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, to be kept for ever when the version is today's."""
        asked, _, name = path.replace("\\", "/").partition("/")
        response = await super().get_response(name, scope)
        if re.fullmatch(r"[0-9a-f]{12}", asked) and asked == version():
            response.headers["Cache-Control"] = FOR_EVER
        return response
