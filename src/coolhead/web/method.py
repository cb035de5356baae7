"""The pages of the method (docs/explanation/method), found and drawn as HTML."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markupsafe import Markup

from coolhead.errors import NotFoundError

FOLDERS = (
    Path(__file__).parents[1] / "content" / "method",
    Path(__file__).parents[3] / "docs" / "explanation" / "method",
)
"""Where an installed package has the pages, and where a checkout does."""


def address(link: str) -> str:
    """The address of a page that a playbook links to; empty when this installation has none of that name."""
    name = Path(link).stem
    return f"/learn/{name}" if _find(name) else ""


@cache
def text_of(name: str) -> Markup:
    """The page of that name as HTML.

    Raises:
        NotFoundError: there is none.
    """
    path = _find(name)
    if path is None:
        raise NotFoundError("There is no page of that name.", hint="The method is listed under /learn.")
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(path.read_text("utf-8"))
    return Markup(re.sub(r'href="([a-z-]+)\.md"', r'href="/learn/\1"', html))  # noqa: S704 (our own pages, without HTML)


@cache
def pages_of_method() -> tuple[tuple[str, str], ...]:
    """Every page on the method: the link as a playbook has it, and its title."""
    names = {path.stem for folder in FOLDERS for path in folder.glob("*.md")} - {"README"}
    return tuple((f"explanation/method/{name}.md", name.replace("-", " ")) for name in sorted(names))


def _find(name: str) -> Path | None:
    if not re.fullmatch(r"[A-Za-z-]+", name):
        return None
    return next((path for folder in FOLDERS if (path := folder / f"{name}.md").is_file()), None)
