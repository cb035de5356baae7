"""What a piece of practice material names and is not there: personas, lessons, other pages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from coolhead.guidance.document import Document, DocumentError, Problem, nearest, open_document

LINK = re.compile(r"\]\(([a-z0-9-]+)\.md(?:#[^)]*)?\)")

_NAMES: Mapping[str, tuple[str, str]] = {
    "scenario": ("personas", "persona"),
    "drill": ("lessons", "lesson"),
}
"""By family: the key under which names of other pieces stand, and the family of those."""


def named_family(family: str) -> str | None:
    """The family of which the pieces of `family` name others; None for those that name none."""
    if family == "lesson":
        return "lesson"
    return _NAMES[family][1] if family in _NAMES else None


def missing_in(family: str, text: str, known: Collection[str]) -> tuple[Problem, ...]:
    """Each name in the text of a piece that is not among those that are `known`, with where it stands.

    A text that cannot be read has no such problems: what is wrong with it is told first.
    """
    if family == "lesson":
        return tuple(_missing_links(text, known))
    try:
        document = open_document(text, family)
    except DocumentError:
        return ()
    return tuple(_missing_names(document, *_NAMES[family], known)) if family in _NAMES else ()


def _missing_names(document: Document, key: str, what: str, known: Collection[str]) -> Iterator[Problem]:
    names = document.root.get(key) if isinstance(document.root, dict) else None
    for at, name in enumerate(names if isinstance(names, list) else ()):
        if isinstance(name, str) and name not in known:
            yield document.problem((key, at), _says(what, name, known))


def _missing_links(text: str, known: Collection[str]) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), 1):
        for match in LINK.finditer(line):
            if match.group(1) not in known:
                yield Problem(number, match.start(1) + 1, _says("lesson", match.group(1), known))


def _says(what: str, name: str, known: Collection[str]) -> str:
    return f'there is no {what} "{name}" here{nearest(name, known)}'
