"""The Markdown of policies: its dialect, in which `{refund_days}` cites a fact, and the sentences it says.

Knows nothing of sections, files or pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from coolhead.guidance.facts import CITATION, Fact, cite

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[\"“(]?[A-Z0-9])")


def parser() -> MarkdownIt:
    """A parser of the dialect: CommonMark and tables, no HTML, no pictures; `env["facts"]` gives the facts.

    A citation becomes a token `fact`: its words in `content`, the fact in `meta["fact"]`.
    """
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    markdown.inline.ruler.before("escape", "fact", _fact)
    return markdown


def _fact(state: StateInline, silent: bool) -> bool:
    facts: Mapping[str, Fact] = state.env.get("facts", {})
    citation = CITATION.match(state.src, state.pos)
    words = cite(citation, facts) if citation else None
    if citation is None or words is None:
        return False
    if not silent:
        token = state.push("fact", "", 0)
        token.content = words
        token.meta = {"fact": facts[citation[1]], "chosen": citation[2] is not None}
    state.pos = citation.end()
    return True


def sentences(markdown: str, facts: Mapping[str, Fact]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The sentences of a text as plain words, each with the names of the facts it cites.

    A row of a table is a sentence ("A delivery: 3 working days"), unless it cites nothing, as its head does.
    """
    env: dict[str, Any] = {"facts": facts}
    cells: list[list[Token]] | None = None
    for token in parser().parse(markdown, env):
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            yield from _row(cells or [])
            cells = None
        elif token.type == "inline" and cells is not None:
            cells.append(token.children or [])
        elif token.type == "inline":
            yield from _split(token.children or [])


def _row(cells: list[list[Token]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    parts = [_words(cell) for cell in cells]
    cited = tuple(name for _, names in parts for _, name in names)
    if cited:
        yield ": ".join(said for said, _ in parts if said), cited


def _split(children: list[Token]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Sentences of one paragraph or item; each fact is kept with the sentence that its place falls into."""
    said, cited = _words(children)
    start = 0
    for end in [*(found.start() for found in _SENTENCE_END.finditer(said)), len(said)]:
        words = " ".join(said[start:end].split())
        if words:
            yield words, tuple(name for at, name in cited if start <= at < end)
        start = end


def _words(children: list[Token]) -> tuple[str, list[tuple[int, str]]]:
    """The plain words, and where among them each fact is cited."""
    said = ""
    cited: list[tuple[int, str]] = []
    for token in children:
        if token.type == "fact":
            cited.append((len(said), token.meta["fact"].name))
        said += "\n" if token.type in ("softbreak", "hardbreak") else token.content
    return said, cited
