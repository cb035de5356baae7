"""Hypothesis strategies for whole conversations, as files may hold them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import settings
from hypothesis import strategies as st

from coolhead.codebook import Channel, Speaker
from coolhead.conversation.turn import Conversation, Turn

fewer_examples = settings(max_examples=50)

words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).map(str.strip).filter(bool)
milliseconds = st.integers(0, 10_000_000).map(lambda count: count / 1000)
offsets = st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(timedelta(hours=-3, minutes=-30))])
moments = st.builds(datetime.fromtimestamp, st.integers(0, 4_000_000_000), offsets)


@st.composite
def conversations(draw: st.DrawFn, *, timed: bool, alternating: bool = False) -> Conversation:
    """A conversation of two to six turns; from file to file it can stay the same to the last bit."""
    said = draw(st.lists(st.tuples(st.sampled_from(list(Speaker)), words), min_size=2, max_size=6))
    if alternating:
        sides = (Speaker.CUSTOMER, Speaker.AGENT)
        said = [(sides[number % 2], text) for number, (_, text) in enumerate(said)]
    marks = sorted(draw(st.lists(milliseconds, min_size=2 * len(said), max_size=2 * len(said), unique=True)))
    turns = [
        Turn(
            id=str(index + 1),
            speaker=speaker,
            text=text,
            start=marks[2 * index] if timed else None,
            end=marks[2 * index + 1] if timed else None,
            place=marks[2 * index] if timed else index + 1,
        )
        for index, (speaker, text) in enumerate(said)
    ]
    return Conversation(id=draw(words), turns=tuple(turns), channel=draw(st.sampled_from(list(Channel))))
