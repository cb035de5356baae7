"""A playbook tried on conversations: what each entry did, where, and what the agent did anyway."""

from __future__ import annotations

from dataclasses import dataclass

from coolhead.conversation.turn import Turn
from coolhead.guidance.card import Card
from coolhead.guidance.playbook import default_playbook
from coolhead.guidance.trial import EntryTrial, Fired, try_playbook
from coolhead.perception.reading import Reading
from tests.guidance.talk import Said, Talk, agent, customer


@dataclass(frozen=True)
class Moment:
    turn: Turn
    reading: Reading
    card: Card | None


def moments(*all_said: Said) -> list[Moment]:
    talk, heard = Talk(), []
    for said in all_said:
        card = talk.hear(said)
        assert talk.last
        heard.append(Moment(talk.last[0], talk.last[1], card))
    return heard


def tried(*conversations: tuple[str, list[Moment]]) -> dict[str, EntryTrial]:
    return {trial.entry.name: trial for trial in try_playbook(default_playbook(), conversations)}


def test_each_entry_tells_where_it_fired_and_what_was_done_anyway() -> None:
    trials = tried(
        ("a", moments(customer(2, "broken_promise"), agent("ownership"))),
        ("b", moments(customer(0), agent(), customer(2, "broken_promise"), customer(1), agent("explains"))),
        ("c", moments(customer(2, "broken_promise"))),
    )
    trial = trials["own-broken-promise"]
    assert trial.fired == (
        Fired(conversation_id="a", turn_id="t0", done_anyway=True),
        Fired(conversation_id="b", turn_id="t2", done_anyway=False),
        Fired(conversation_id="c", turn_id="t0", done_anyway=False),
    )
    assert trial.done_anyway == 1


def test_every_entry_is_listed_in_the_order_of_the_playbook() -> None:
    assert list(tried()) == [entry.name for entry in default_playbook().entries]
    assert not any(trial.fired for trial in tried().values())
