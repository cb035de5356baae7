"""What people write, made fit to be kept."""

from __future__ import annotations

_STRANGE = {code: "�" for code in (*range(32), 127, *range(55296, 57344)) if chr(code) not in "\t\n\r"}


def readable(text: str) -> str:
    """The text with control characters and half surrogates replaced, so that every database can hold it."""
    return text.translate(_STRANGE)
