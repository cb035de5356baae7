import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coolhead.codebook import Abuse, Behaviour, Cue, Heat, Misstep, Speaker, Technique, Term
from coolhead.conversation.turn import Turn
from coolhead.errors import SetupError
from coolhead.perception.reading import Reading
from coolhead.perception.text import TextModel

CUSTOMER, AGENT = Speaker.CUSTOMER, Speaker.AGENT

LATE_PARCEL = (
    (AGENT, "Hello, this is Priya at Larkfield Garden. What can I do for you?"),
    (CUSTOMER, "hi, the greenhouse i ordered was due on monday and there's no sign of it"),
    (AGENT, "I'm sorry, that's a nuisance. Could you give me the order number, please?"),
    (CUSTOMER, "This is the THIRD time I've rung about this! Nobody ever calls back, it's a disgrace."),
    (
        AGENT,
        "You've rung three times and nobody called back. I'll phone the driver and ring you by 4 pm today.",
    ),
    (CUSTOMER, "ok, thank you. that would help"),
)


@pytest.fixture(scope="module")
def model() -> TextModel:
    return TextModel()


def turns_of(lines: tuple[tuple[Speaker, str], ...]) -> list[Turn]:
    return [Turn(id=str(n), speaker=who, text=text, place=float(n)) for n, (who, text) in enumerate(lines)]


def read(model: TextModel, *lines: tuple[Speaker, str]) -> Reading:
    return model.read_all(turns_of(lines))[-1]


def terms(reading: Reading) -> set[Term]:
    return {sign.term for sign in reading.signs}


def level(reading: Reading) -> Heat:
    assert reading.heat is not None
    return reading.heat.level


def test_kind_thanks_are_calm(model: TextModel) -> None:
    reading = read(
        model,
        (AGENT, "All done, it will be with you tomorrow."),
        (CUSTOMER, "Thank you so much, you've been lovely."),
    )
    assert level(reading) is Heat.CALM
    assert Cue.THANKS in terms(reading)
    assert reading.abuse is None


def test_a_furious_insult_is_abuse_and_at_least_angry(model: TextModel) -> None:
    reading = read(model, (CUSTOMER, "You're a useless fucking idiot, you people are scum!"))
    assert level(reading) >= Heat.ANGRY
    assert reading.abuse is not None
    assert reading.abuse.term is Abuse.INSULT
    assert Behaviour.ABUSIVE in terms(reading)


def test_a_wish_for_the_manager(model: TextModel) -> None:
    reading = read(
        model, (CUSTOMER, "I want to speak to your manager. Put me through to a supervisor right now.")
    )
    assert Cue.ASKS_SUPERVISOR in terms(reading)


def test_an_apology(model: TextModel) -> None:
    reading = read(
        model,
        (CUSTOMER, "you sent me the wrong coat"),
        (AGENT, "I'm really sorry we sent you the wrong coat."),
    )
    assert Technique.APOLOGY in terms(reading)


def test_a_promise_with_a_time(model: TextModel) -> None:
    reading = read(
        model, (CUSTOMER, "so when will i know?"), (AGENT, "I'll call you back by three o'clock tomorrow.")
    )
    assert {Technique.COMMITMENT, Technique.TIME_BOUND} <= terms(reading)


def test_a_bare_refusal(model: TextModel) -> None:
    reading = read(
        model,
        (CUSTOMER, "can i change the date please"),
        (AGENT, "No, that's not possible. There is nothing I can do."),
    )
    assert Misstep.NEGATIVE_LANGUAGE in terms(reading)


def test_each_side_has_only_its_own_labels(model: TextModel) -> None:
    for turn, reading in zip(turns_of(LATE_PARCEL), model.read_all(turns_of(LATE_PARCEL)), strict=True):
        if turn.by_customer:
            assert reading.heat is not None
            assert not reading.techniques
            assert not reading.missteps
        else:
            assert reading.heat is None
            assert not reading.behaviours
            assert not reading.next_best


def test_probabilities_are_whole(model: TextModel) -> None:
    for reading in model.read_all(turns_of(LATE_PARCEL)):
        assert sum(reading.issue.values()) == pytest.approx(1, abs=1e-3)
        assert sum(reading.resolved.values()) == pytest.approx(1, abs=1e-3)
        assert reading.csat is not None
        assert 1 <= reading.csat <= 5
        assert all(0 <= score <= 1 for score in reading.scores.values())
        if reading.heat:
            assert sum(reading.heat.probabilities) == pytest.approx(1, abs=1e-3)
            assert 0 <= reading.heat.expected <= 4


def test_a_sign_scores_what_the_scores_say_except_where_a_ruling_adds_it(model: TextModel) -> None:
    for reading in model.read_all(turns_of(LATE_PARCEL)):
        for sign in reading.signs:
            if sign.term is not Behaviour.ABUSIVE:
                assert sign.score == reading.scores[sign.term.value]


words = st.one_of(
    st.text(max_size=80),
    st.sampled_from([line for _, line in LATE_PARCEL]),
    st.sampled_from(
        [
            "",
            "   ",
            "😡😡😡",
            "¿Dónde está mi pedido?",
            "请帮帮我",
            "a" * 10_000,
            "no " * 3_000,
            "[CARD] [EMAIL]",
        ]
    ),
)
conversations = st.lists(st.tuples(st.sampled_from(list(Speaker)), words), min_size=1, max_size=12).map(tuple)


@given(conversations)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_bulk_and_live_read_the_same_and_evidence_lies_in_the_text(
    model: TextModel, lines: tuple[tuple[Speaker, str], ...]
) -> None:
    turns = turns_of(lines)
    bulk = model.read_all(turns)
    assert [model.read(turn, turns[:place]) for place, turn in enumerate(turns)] == bulk
    for turn, reading in zip(turns, bulk, strict=True):
        spans = [sign.evidence for sign in reading.signs] + ([reading.heat.evidence] if reading.heat else [])
        for span in spans:
            assert span.start is not None
            assert span.end is not None
            assert 0 <= span.start <= span.end <= len(turn.text)


def test_another_model_reads_the_same(model: TextModel) -> None:
    assert TextModel().read_all(turns_of(LATE_PARCEL)) == model.read_all(turns_of(LATE_PARCEL))


def test_only_the_last_eight_turns_count(model: TextModel) -> None:
    filler = ((CUSTOMER, "yes"), (AGENT, "right")) * 4
    last = (CUSTOMER, "so is it coming or not")
    shouting = ((CUSTOMER, "I AM SICK OF THIS, YOU LIARS"), (AGENT, "I hear you."))
    assert read(model, *shouting, *filler, last) == read(model, *filler, last)


def test_missing_weights_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"labels\.json") as caught:
        TextModel(tmp_path)
    assert caught.value.hint


def test_damaged_weights_say_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "labels.json").write_text(json.dumps({"version": "1", "turn": [{}], "conversation": []}))
    with pytest.raises(SetupError, match="damaged"):
        TextModel(tmp_path)
