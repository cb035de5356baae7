"""The coach: at most one card, mostly silence, no advice again too early, and a reason for each."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coolhead.codebook import Technique
from coolhead.conversation.turn import Turn
from coolhead.guidance.coach import Verdict, advise, explain
from coolhead.guidance.playbook import Playbook, default_playbook, load
from coolhead.perception.reading import Reading
from coolhead.picture.state import Picture
from coolhead.picture.step import step
from tests.guidance.talk import Said, Talk, agent, customer
from tests.strategies import heard

PLAIN = load(
    dedent("""
    name: plain
    rest: 2
    urgent_from: 80
    entries:
      - name: sorry
        title: Say sorry
        when: {heat: {at_least: frustrated}}
        techniques: [apology]
        say: ["one {heat}", two, three]
        why: "They are {heat}; you noticed {noticed}."
        cool_down: 3
        priority: 60
      - name: own
        title: Own it
        when: {heat: {at_least: frustrated}}
        techniques: [ownership]
        say: [mine]
        why: why
        cool_down: 3
        not_again_once_done: true
        priority: 50
      - name: boss
        title: Hand over
        when: {cues: [asks_supervisor]}
        techniques: [escalation]
        say: [yes]
        why: "You heard {noticed}."
        cool_down: 0
        priority: 90
    """)
)
"""Three entries; `sorry` beats `own`, and `boss` is urgent."""


def plain() -> Talk:
    return Talk(playbook=PLAIN)


def shown(*said: Said, playbook: Playbook = PLAIN) -> list[str]:
    talk = Talk(playbook=playbook)
    talk.hear(*said)
    return talk.shown


def test_nothing_to_say_is_none() -> None:
    assert plain().hear(customer(1)) is None


def test_priority_decides() -> None:
    assert shown(customer(2)) == ["sorry"]


def test_what_the_model_expects_to_help_can_tip_the_scales() -> None:
    assert shown(customer(2, next_best=["ownership"])) == ["own"]


def test_what_the_model_does_not_expect_to_help_is_held_back_unless_urgent() -> None:
    talk = plain()
    talk.hear(customer(2, next_best=["explains", "solution", "apology"]))
    assert talk.shown == []
    assert talk.explain()["sorry"].verdict is Verdict.UNLIKELY
    assert shown(customer(2, "asks_supervisor", next_best=["explains"])) == ["boss"]


def test_what_is_urgent_beats_what_the_model_likes() -> None:
    assert shown(customer(2, "asks_supervisor", next_best=["apology"])) == ["boss"]


def test_after_a_card_only_urgent_ones_follow_for_a_while() -> None:
    assert shown(customer(2), agent(), customer(2)) == ["sorry"]
    assert shown(customer(2), agent(), customer(2, "asks_supervisor")) == ["sorry", "boss"]


def test_an_entry_cools_down() -> None:
    turns = (customer(2), agent(), agent(), customer(2), agent(), agent(), customer(2))
    assert shown(*turns) == ["sorry", "own", "sorry"]


def test_advice_that_was_just_done_is_not_given() -> None:
    assert shown(customer(0), agent("apology"), customer(2)) == ["own"]
    assert shown(customer(0), agent("apology", "ownership"), customer(2)) == []


def test_once_followed_it_is_done_for_good() -> None:
    spaced = (agent(), agent(), agent(), agent())
    first = customer(2, next_best=["ownership"])
    assert shown(first, *spaced, first) == ["own", "own"]
    assert shown(first, agent("ownership"), *spaced, first) == ["own"]


def test_wordings_take_turns_and_start_again() -> None:
    talk = plain()
    for _ in range(4):
        talk.hear(customer(2), agent("ownership"), agent("ownership"), agent("ownership"))
    assert [card.say for card in talk.cards if card] == ["One frustrated", "Two", "Three", "One frustrated"]


def test_an_agent_turn_brings_nothing_that_speaks_to_customers() -> None:
    assert shown(customer(1), agent()) == []


def test_why_names_what_was_noticed_in_their_words() -> None:
    text = "Get me your manager, right now."
    card = plain().hear(customer(1, "asks_supervisor", text=text, quote="Get me your manager"))
    assert card
    assert card.why == "You heard a wish for a supervisor (“Get me your manager”)."
    assert card.noticed == ("cue: asks supervisor",)


def test_long_quotes_are_cut_at_a_word() -> None:
    text = "I have asked for the manager so many times that I cannot count them any longer, so get one"
    card = plain().hear(customer(1, "asks_supervisor", text=text, quote=text))
    assert card
    assert card.why.endswith("so many times that I cannot…”).")


def test_without_words_to_quote_the_heat_is_named() -> None:
    card = plain().hear(customer(3))
    assert card
    assert card.why == "They are angry; you noticed an angry customer."


def test_a_card_tells_what_the_playbook_says() -> None:
    card = Talk().hear(customer(2, "broken_promise"))
    entry = default_playbook().entry("own-broken-promise")
    assert card
    assert entry
    assert (card.title, card.techniques, card.learn) == (entry.title, entry.techniques, entry.learn)


def test_every_verdict_is_explained() -> None:
    talk = plain()
    talk.hear(customer(2), agent(), customer(2))
    verdicts = {name: considered.verdict for name, considered in talk.explain().items()}
    assert verdicts == {"sorry": Verdict.COOLING_DOWN, "own": Verdict.RESTING, "boss": Verdict.NO_MATCH}


def test_what_did_not_hold_is_told_in_words() -> None:
    talk = Talk()
    talk.hear(customer(1))
    sorry = talk.explain()["apologise-sincerely"]
    assert sorry.verdict is Verdict.NO_MATCH
    assert [f.words for f in sorry.findings if not f.holds] == ["heat is tense"]


def test_what_must_not_hold_is_told_in_words() -> None:
    talk = Talk()
    talk.hear(customer(1, "unheard", "confirms"))
    heard_again = talk.explain()["hear-them-again"]
    assert heard_again.verdict is Verdict.UNLESS
    assert [f.words for f in heard_again.findings] == ["cue: confirms"]


Heard = list[tuple[Turn, Reading]]


def coached(turns: Heard, playbook: Playbook) -> Picture:
    """The picture after all turns, with the cards that were shown."""
    picture = Picture()
    for turn, reading in turns:
        picture, _ = step(picture, turn, reading)
        card = advise(playbook, picture, turn, reading)
        considered = explain(playbook, picture, turn, reading)
        winners = [each.entry.name for each in considered if each.verdict is Verdict.SHOWN]
        assert winners == ([card.id] if card else [])
        if card:
            assert card.say
            assert card.why
            assert "{" not in card.say + card.why.split("“")[0]
            picture = picture.with_card(card.id, card.techniques, turn)
    return picture


@settings(max_examples=40)
@given(heard(longest=12))
def test_any_conversation_is_coached_within_the_rules(turns: Heard) -> None:
    playbook = default_playbook()
    picture = coached(turns, playbook)
    numbers = [card.number for card in picture.cards]
    assert len(numbers) == len(set(numbers))
    for i, card in enumerate(picture.cards):
        entry = playbook.entry(card.card_id)
        assert entry
        for before in picture.cards[:i]:
            assert before.card_id != card.card_id or card.number - before.number > entry.cool_down
        if i and not playbook.is_urgent(entry):
            assert card.number - picture.cards[i - 1].number > playbook.rest


@settings(max_examples=20)
@given(heard(longest=8))
def test_the_same_conversation_gets_the_same_cards(turns: Heard) -> None:
    assert coached(turns, default_playbook()).cards == coached(turns, default_playbook()).cards


@settings(max_examples=40)
@given(
    st.sampled_from([e.name for e in default_playbook().entries if e.not_again_once_done]), st.integers(1, 9)
)
def test_a_followed_card_that_is_done_is_never_shown_again(name: str, later: int) -> None:
    entry = default_playbook().entry(name)
    assert entry
    turn = Turn(id="t0", speaker=customer(2).speaker, text="")
    picture = Picture(turns=1).with_card(entry.name, entry.techniques, turn)
    for number in range(1, 15 + later):
        said = (
            agent(*entry.techniques) if number == 1 else customer(3, "angry", "unmet_expectation", "effort")
        )
        turn = Turn(id=f"t{number}", speaker=said.speaker, text=said.text, place=float(number))
        picture, _ = step(picture, turn, said.reading)
        card = advise(default_playbook(), picture, turn, said.reading)
        assert card is None or card.id != name


@pytest.mark.parametrize("technique", Technique)
def test_fit_never_brings_a_card_that_does_not_match(technique: Technique) -> None:
    assert Talk().hear(customer(0, next_best=[technique])) is None
