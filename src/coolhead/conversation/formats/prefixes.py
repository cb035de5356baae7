"""Speakers named in front of their words: `Agent: Good morning.` Knows no format."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_PREFIX = re.compile(r"(?:>> ?|- ?)?([^:\n<>]{1,40}?)\s*[:：](?!//)(.*)", re.DOTALL)
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [(A-Z0-9#][\w.'’()#-]*){0,3}")


def split_prefix(text: str, is_label: Callable[[str], bool]) -> tuple[str, str] | None:
    """The label and the words after it; None when the text does not begin with a label."""
    match = _PREFIX.fullmatch(text.strip())
    if match is None or not is_label(match[1]):
        return None
    return match[1], match[2].strip()


def looks_like_name(label: str) -> bool:
    """True for one to four words that begin with capitals, as names of people and roles do."""
    return label[:1].isupper() and _NAME.fullmatch(label) is not None


def prefixed_lines(text: str, is_label: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Label and words of each speaker's part of a transcript in plain lines; lines without a label go on.

    What stands before the first label is left out.
    """
    label = ""
    words: list[str] = []
    for line in text.splitlines():
        found = split_prefix(line, is_label)
        if found is None:
            words.append(line)
            continue
        if label:
            yield label, "\n".join(words).strip()
        label, words = found[0], [found[1]]
    if label:
        yield label, "\n".join(words).strip()
