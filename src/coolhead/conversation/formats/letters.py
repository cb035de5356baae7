"""Plain words out of e-mail bodies and HTML: the new words only, without what they quote. Knows no format."""

from __future__ import annotations

import re
from email import message_from_string, policy
from html.parser import HTMLParser

_QUOTE_BEGINS = re.compile(
    r"^(?:[ \t]*On\b[^\n]{4,200}\bwrote:|-{2,} ?(?:Original|Forwarded) Message ?-{2,}|_{10,})[^\S\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
_BLOCKS = frozenset(("br", "p", "div", "li", "tr", "h1", "h2", "h3"))
_HIDDEN = frozenset(("head", "script", "style", "title"))


def words_of(body: str, mediatype: str) -> str:
    """The words of a text body, whatever its media type, with what it quotes; empty when it holds no text.

    Args:
        body: the content, for `multipart/*` with all its parts.
        mediatype: as the file gives it, with parameters; empty is read as `text/plain`.
    """
    kind = mediatype.split(";")[0].strip().lower()
    if kind.startswith("multipart/"):
        return _of_multipart(body, mediatype)
    return _of_html(body) if kind == "text/html" else body


def without_quotes(text: str) -> str:
    """A letter without the earlier letter that it quotes below its own words."""
    begins = _QUOTE_BEGINS.search(text)
    own = text[: begins.start()] if begins and text[: begins.start()].strip() else text
    return "\n".join(line for line in own.splitlines() if not line.startswith(">")).strip()


def _of_multipart(body: str, mediatype: str) -> str:
    header = " ".join(mediatype.split())
    letter = message_from_string(f"Content-Type: {header}\n\n{body}", policy=policy.default)
    part = letter.get_body(("plain", "html"))
    if part is None:
        return ""
    content = part.get_content()
    return words_of(content, part.get_content_type()) if isinstance(content, str) else ""


def _of_html(body: str) -> str:
    parser = _Words()
    parser.feed(body)
    parser.close()
    return "\n".join(line for line in (" ".join(line.split()) for line in parser.text.splitlines()) if line)


class _Words(HTMLParser):
    """Collects what a reader of the page would see."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begins a line, or a hidden part."""
        del attrs
        self._hidden += tag in _HIDDEN
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        """Ends a line, or a hidden part."""
        self._hidden -= tag in _HIDDEN and self._hidden > 0
        self._break(tag)

    def handle_data(self, data: str) -> None:
        """Takes words."""
        if not self._hidden:
            self._parts.append(data)

    @property
    def text(self) -> str:
        """What was seen so far."""
        return "".join(self._parts)

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._parts.append("\n")
