"""A lesson: one page on a part of the method, in Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from coolhead.guidance.document import DocumentError, Problem

FOLDERS = (
    Path(__file__).parents[2] / "content" / "method",
    Path(__file__).parents[4] / "docs" / "explanation" / "method",
)
"""Where an installed package has the pages, and where a checkout does."""

INDEX = "README"
MOST_CHARACTERS = 12_000
"""Of a page that can be read between two calls."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A page on the method.

    Attributes:
        title: its first heading.
        text: all of it, as Markdown.
    """

    title: str
    text: str


def load_lesson(text: str, name: str = "the lesson") -> Lesson:
    """The lesson in a text that people call `name`.

    Raises:
        DocumentError: it is not a lesson; each problem names line and column.
    """
    problems = []
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    title = re.fullmatch(r"# +(\S.*)", lines[first].strip())
    if title is None:
        problems.append(Problem(first + 1, 1, 'the page must begin with its title: "# Listen first".'))
    elif not any(line.strip() for line in lines[first + 1 :]):
        problems.append(Problem(first + 1, 1, "nothing stands under the title."))
    for number, line in enumerate(lines[first + 1 :], first + 2):
        if re.match(r"# +\S", line):
            problems.append(Problem(number, 1, 'a page has one title; a part of it begins with "## ".'))
    if len(text) > MOST_CHARACTERS:
        problems.append(Problem(len(lines), 1, f"longer than {MOST_CHARACTERS:,} characters; make it two."))
    if title is None or problems:
        raise DocumentError(name, problems)
    return Lesson(title=title.group(1), text=text)


@cache
def shipped_lessons() -> dict[str, Lesson]:
    """The lessons that are shipped, by the names of their pages."""
    names = {path.stem for folder in FOLDERS for path in folder.glob("*.md")} - {INDEX}
    return {name: load_lesson(page_text(name) or "", name) for name in sorted(names)}


def page_text(name: str) -> str | None:
    """The shipped page of that name as Markdown; None when there is none."""
    if not re.fullmatch(r"[A-Za-z-]+", name):
        return None
    path = next((path for folder in FOLDERS if (path := folder / f"{name}.md").is_file()), None)
    return None if path is None else path.read_text("utf-8")
