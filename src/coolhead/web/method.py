"""The pages of the method (docs/explanation/method), found and drawn as HTML."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markupsafe import Markup

from coolhead.errors import NotFoundError
from coolhead.practice.learning.lesson import page_text, shipped_lessons


def address(link: str) -> str:
    """The address of a page that a playbook links to; empty when this installation has none of that name."""
    name = Path(link).stem
    return f"/learn/{name}" if page_text(name) is not None else ""


@cache
def text_of(name: str) -> Markup:
    """The page of that name as HTML.

    Raises:
        NotFoundError: there is none.
    """
    text = page_text(name)
    if text is None:
        raise NotFoundError("There is no page of that name.", hint="The method is listed under /learn.")
    return drawn(text)


def drawn(text: str) -> Markup:
    """A page in Markdown as HTML; HTML in it stays text, links to other pages of the method lead to them."""
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    return Markup(re.sub(r'href="([a-z-]+)\.md"', r'href="/learn/\1"', html))  # noqa: S704 (drawn without HTML)


@cache
def pages_of_method() -> tuple[tuple[str, str], ...]:
    """Every page on the method: the link as a playbook has it, and its title."""
    return tuple((f"explanation/method/{name}.md", name.replace("-", " ")) for name in shipped_lessons())
