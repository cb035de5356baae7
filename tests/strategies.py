"""Hypothesis strategies for the types that flow through the engine: any valid turn, reading, and history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from coolhead.codebook import (
    Abuse,
    Behaviour,
    Cue,
    Heat,
    Issue,
    Misstep,
    Promiser,
    Resolved,
    Speaker,
    Technique,
    Term,
    Trigger,
)
from coolhead.conversation.turn import Turn
from coolhead.perception.reading import Evidence, HeatReading, Promise, Reading, Sign, Timing

shares = st.sampled_from([0.0, 0.02, 0.3, 0.5, 0.7, 0.95, 1.0])
words = st.one_of(
    st.text(max_size=20),
    st.lists(
        st.sampled_from(["where", "is", "my", "parcel?", "you", "said", "Monday.", "no!", "I", "\n", "…"]),
        max_size=8,
    ).map(" ".join),
)


@st.composite
def turns(draw: st.DrawFn, id: str = "t1", place: float = 0.0) -> Turn:
    """One turn of any speaker."""
    return Turn(id=id, speaker=draw(st.sampled_from(list(Speaker))), text=draw(words), place=place)


def evidences(text: str) -> st.SearchStrategy[Evidence]:
    """A span within the text, or a sentence on timing."""
    half = len(text) // 2
    spans = [
        Evidence(start=0, end=len(text)),
        Evidence(start=half, end=len(text)),
        Evidence(start=half, end=half),
    ]
    return st.sampled_from([*spans, Evidence(timing="began 1.2 s before the customer had finished")])


@st.composite
def heats(draw: st.DrawFn, text: str = "") -> HeatReading:
    """Heat with probabilities that sum to 1; the level is the likeliest."""
    weights = draw(st.lists(st.sampled_from([0, 1, 5, 60]), min_size=5, max_size=5).filter(any))
    chances = [weight / sum(weights) for weight in weights]
    return HeatReading(
        level=Heat(chances.index(max(chances))),
        expected=sum(level * chance for level, chance in enumerate(chances)),
        probabilities=(chances[0], chances[1], chances[2], chances[3], chances[4]),
        evidence=draw(evidences(text)),
    )


@st.composite
def promises(draw: st.DrawFn, text: str = "") -> Promise:
    """Any promise."""
    due = st.none() | st.integers(0, 10**6).map(
        lambda s: datetime(2026, 3, 18, tzinfo=UTC) + timedelta(seconds=s)
    )
    return Promise(
        what=draw(st.sampled_from(["send a surveyor", "refund $90", "ring back"])),
        who=draw(st.sampled_from(list(Promiser))),
        when=draw(st.none() | st.sampled_from(["by Thursday", "within 24 hours"])),
        due=draw(due),
        evidence=draw(evidences(text)),
    )


@st.composite
def readings(draw: st.DrawFn, turn: Turn) -> Reading:
    """Any valid reading of the turn."""

    def signs(terms: type[Term]) -> tuple[Sign[Term], ...]:
        shown = draw(st.lists(st.sampled_from(list(terms)), max_size=3, unique=True))
        score, evidence = draw(shares), draw(evidences(turn.text))
        return tuple(Sign(term, score, evidence) for term in shown)

    techniques = st.lists(st.sampled_from(list(Technique)), max_size=3, unique=True).map(tuple)
    share = draw(shares)
    story = {
        "timing": Timing(silence=draw(st.none() | st.floats(0, 60))),
        "issue": {draw(st.sampled_from(list(Issue))): 1.0},
        "resolved": {Resolved.YES: share, Resolved.NO: 1 - share},
        "csat": draw(st.none() | st.floats(1, 5)),
        "scores": draw(
            st.dictionaries(st.sampled_from(["angry", "unheard", "scripted", "empathy"]), shares, max_size=3)
        ),
    }
    if not turn.by_customer:
        return Reading(
            techniques=signs(Technique),
            missteps=signs(Misstep),
            promises=tuple(draw(st.lists(promises(turn.text), max_size=2))),
            **story,
        )
    kinds = st.sampled_from([kind for kind in Abuse if kind is not Abuse.NONE])
    return Reading(
        heat=draw(heats(turn.text)),
        behaviours=signs(Behaviour),
        abuse=draw(st.none() | st.builds(Sign, kinds, shares, evidences(turn.text))),
        triggers=signs(Trigger),
        cues=signs(Cue),
        next_best=draw(techniques),
        **story,
    )


@st.composite
def heard(draw: st.DrawFn, longest: int = 7) -> list[tuple[Turn, Reading]]:
    """Turns in order, each with its reading."""
    count = draw(st.integers(0, longest))
    said = [draw(turns(id=f"t{number}", place=float(number))) for number in range(count)]
    return [(turn, draw(readings(turn))) for turn in said]
