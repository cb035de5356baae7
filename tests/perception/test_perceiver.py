from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

from coolhead.codebook import Misstep, Speaker, Technique
from coolhead.conversation.turn import Turn
from coolhead.perception.encoder import Floats
from coolhead.perception.perceiver import SEEN, Perceiver
from coolhead.perception.reading import Evidence, Reading, Sign

STARTED = datetime(2026, 3, 18, 14, 20, tzinfo=timezone(timedelta(hours=-5)))
TURNS = [
    Turn(id="1", speaker=Speaker.CUSTOMER, text="it dripped all night and then it—", start=0, end=5, place=0),
    Turn(
        id="2", speaker=Speaker.AGENT, text="We'll send a plumber within two hours.", start=4, end=9, place=4
    ),
    Turn(id="3", speaker=Speaker.CUSTOMER, text="fine", start=16, end=17, place=16),
    *(
        Turn(
            id=str(place),
            speaker=Speaker.AGENT,
            text=f"I'll ring you by {place} pm.",
            place=float(place * 10),
        )
        for place in range(4, 13)
    ),
]


class Scripted:
    """Says the same of every turn and remembers how many turns before it were shown."""

    def __init__(self) -> None:
        self.shown: list[int] = []

    def read(self, turn: Turn, before: Sequence[Turn]) -> Reading:
        self.shown.append(len(before))
        unsure = Sign(Misstep.INTERRUPTS, 0.4, Evidence(0, 1))
        jargon = Sign(Misstep.JARGON, 0.8, Evidence(0, 1))
        return Reading(
            missteps=() if turn.by_customer else (unsure, jargon), scores={Technique.COMMITMENT: 0.9}
        )

    def vector(self, text: str) -> Floats:
        raise AssertionError(f"nothing here needs a vector: {text}")


def test_one_reading_holds_words_promises_and_clock() -> None:
    reading = Perceiver(Scripted()).read(TURNS[1], TURNS[:1], TURNS[1].said_at(STARTED))
    (promise,) = reading.promises
    assert (promise.what, promise.when) == ("send a plumber", "within two hours")
    assert promise.due == STARTED + timedelta(hours=2)
    assert reading.timing.cuts_off
    assert [(sign.term, sign.score) for sign in reading.missteps] == [
        (Misstep.JARGON, 0.8),
        (Misstep.INTERRUPTS, 1.0),
    ]


def test_a_customer_turn_keeps_what_the_text_says_and_has_its_timing() -> None:
    reading = Perceiver(Scripted()).read(TURNS[2], TURNS[:2], None)
    assert reading.promises == ()
    assert reading.timing.silence == 7


def test_all_at_once_reads_as_one_by_one() -> None:
    text = Scripted()
    perceiver = Perceiver(text)
    at_once = perceiver.read_all(TURNS, STARTED)
    one_by_one = [perceiver.read(turn, TURNS[:at], turn.said_at(STARTED)) for at, turn in enumerate(TURNS)]
    assert at_once == one_by_one
    assert max(text.shown) == SEEN
