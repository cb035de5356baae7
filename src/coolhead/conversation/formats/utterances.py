"""What a reader finds before it is known who the speakers are, and how that becomes a conversation.

Knows no format; every reader ends here, so that speakers, times and cleaning are the same for all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import pairwise
from types import MappingProxyType

from coolhead.codebook import Channel, Speaker
from coolhead.conversation.formats.moments import Moment
from coolhead.conversation.formats.source import Origin
from coolhead.conversation.formats.speakers import cast_of, is_silent
from coolhead.conversation.turn import Conversation, Turn

SILENCE = 3.0
"""Seconds; speech of one speaker with a longer gap is not joined, so that the silence stays measurable."""

_HALVES = re.compile("[\ud800-\udfff]")
_UNSAYABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """One entry as the file has it.

    Attributes:
        label: who spoke, in the file's words.
        text: the words.
        line: where the entry stands in the file, from 1.
        number: its place in its conversation, from 1; becomes the turn's id.
        start: when it began.
        end: when it ended.
    """

    label: str
    text: str
    line: int
    number: int
    start: Moment | None = None
    end: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One conversation as the file has it.

    Attributes:
        id: unique within the file.
        utterances: the entries, in the file's order.
        line: where the conversation begins in the file.
        channel: how it was held.
        started_at: when it began; seconds count from here.
        roles: what the file says about its labels.
        customer: the customer's name.
        agent: the agent's name.
        industry: what the company does.
        is_speech: true for speech cut into pieces, which are joined by speaker again.
        any_order: true where the form does not ask for order in time; entries are sorted and numbered by it.
    """

    id: str
    utterances: Sequence[Utterance]
    line: int
    channel: Channel = Channel.CHAT
    started_at: Moment | None = None
    roles: Mapping[str, Speaker] = field(default_factory=lambda: MappingProxyType({}))
    customer: str = ""
    agent: str = ""
    industry: str = ""
    is_speech: bool = False
    any_order: bool = False


def conversation_of(draft: Draft, origin: Origin) -> Conversation:
    """The conversation that a draft holds.

    Entries without words, and those of roles that nobody speaks in, are left out; the others keep their
    numbers as ids.

    Raises:
        FileError: no words, an unknown speaker, or times that run backwards.
    """
    said = _with_words(draft.utterances)
    if not said:
        hint = "Check that the file is a transcript of a conversation."
        raise origin.error("The conversation has no words.", hint=hint, line=draft.line)
    cast = cast_of(((entry.label, entry.text, entry.line) for entry in said), draft.roles, origin)
    said = [entry for entry in said if cast[entry.label]]
    if not said:
        hint = "Check the --speaker flags."
        raise origin.error("All of its speakers are left out.", hint=hint, line=draft.line)
    started_at, timed = _in_seconds(said, draft, origin)
    turns = [
        Turn(id=str(entry.number), speaker=speaker, text=entry.text, start=start, end=end)
        for entry, start, end in timed
        if (speaker := cast[entry.label])
    ]
    return Conversation(
        id=_clean(draft.id),
        turns=_placed(_joined(turns) if draft.is_speech else turns),
        channel=draft.channel,
        started_at=started_at,
        customer=_clean(draft.customer),
        agent=_clean(draft.agent),
        industry=_clean(draft.industry),
    )


def _with_words(entries: Sequence[Utterance]) -> list[Utterance]:
    return [
        entry if words == entry.text else replace(entry, text=words)
        for entry in entries
        if not is_silent(entry.label) and (words := _clean(entry.text))
    ]


_Timed = tuple[Utterance, float | None, float | None]


def _in_seconds(
    said: Sequence[Utterance], draft: Draft, origin: Origin
) -> tuple[datetime | None, list[_Timed]]:
    """The conversation's start and each entry with its seconds from there."""
    begun = draft.started_at if isinstance(draft.started_at, datetime) else None
    clocks = [entry.start for entry in said if isinstance(entry.start, datetime)]
    if begun is not None or clocks:
        begun = aware(begun, origin) if begun is not None else min(aware(clock, origin) for clock in clocks)

    def seconds(moment: Moment | None) -> float | None:
        if isinstance(moment, datetime) and begun is not None:
            return (aware(moment, origin) - begun).total_seconds()
        return moment if isinstance(moment, float) else None

    timed = [(entry, seconds(entry.start), seconds(entry.end)) for entry in said]
    if draft.any_order and all(start is not None for _, start, _ in timed):
        timed.sort(key=lambda item: item[1] or 0.0)
        timed = [(replace(item[0], number=number), *item[1:]) for number, item in enumerate(timed, start=1)]
    _refuse_backwards(timed, origin)
    return begun, timed


def aware(moment: datetime, origin: Origin) -> datetime:
    """The time with an offset; one without is taken as UTC, which is explained."""
    if moment.tzinfo is not None:
        return moment
    origin.explain("Times without a UTC offset are read as UTC.")
    return moment.replace(tzinfo=UTC)


def _refuse_backwards(timed: Sequence[_Timed], origin: Origin) -> None:
    latest = 0.0
    for entry, start, end in timed:
        if start is not None and start < latest:
            before = "the conversation begins" if latest == 0 else "the turn before it"
            raise origin.error(
                f"Times run backwards: turn {entry.number} begins at {start:.3f} s, before {before}.",
                hint="Put the turns in order of time, or correct the time.",
                line=entry.line,
            )
        if start is not None and end is not None and end < start:
            raise origin.error(
                f"Times run backwards: turn {entry.number} begins at {start:.3f} s and ends at {end:.3f} s.",
                hint="Correct one of the two times.",
                line=entry.line,
            )
        latest = latest if start is None else start


def _joined(turns: Sequence[Turn]) -> list[Turn]:
    """Timed pieces of one speaker's speech as one turn, unless a silence lies between them."""
    groups: list[list[Turn]] = []
    ended: float | None = None
    for turn in turns:
        if groups and groups[-1][0].speaker is turn.speaker and _follows(ended, turn):
            groups[-1].append(turn)
        else:
            groups.append([turn])
            ended = None
        ended = max((end for end in (ended, turn.start, turn.end) if end is not None), default=None)
    return [_one(group) for group in groups]


def _follows(ended: float | None, turn: Turn) -> bool:
    return ended is not None and turn.start is not None and turn.start - ended <= SILENCE


def _one(pieces: Sequence[Turn]) -> Turn:
    ends = [piece.end for piece in pieces if piece.end is not None]
    return replace(pieces[0], text=" ".join(piece.text for piece in pieces), end=max(ends, default=None))


def _placed(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """Turns with their sort key: the start where it alone gives the order, else the number."""
    starts = [turn.start for turn in turns if turn.start is not None]
    ordered = len(starts) == len(turns) and all(a < b for a, b in pairwise(starts))
    places = starts if ordered else [float(number) for number in range(1, len(turns) + 1)]
    return tuple(replace(turn, place=place) for turn, place in zip(turns, places, strict=True))


def _clean(text: str) -> str:
    """Text without what cannot be stored: control characters and half characters."""
    if not text.isascii() and _HALVES.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _UNSAYABLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n").strip()
