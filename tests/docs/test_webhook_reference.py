"""The page of webhooks is what the code posts, and its examples look like what really happens."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from coolhead.codebook import Channel, Issue, Resolved
from coolhead.services.conversations.live import Opening
from coolhead.services.sending.dispatch import body_of
from coolhead.storage import events
from coolhead.storage.accounts import Role
from coolhead.storage.contests import Answer
from coolhead.storage.events import EventKind
from coolhead.storage.webhooks import Message
from coolhead.wiring import Services, local_now
from tests.services.people import person, talk
from tools.webhook_reference import EXAMPLES, reference

PAGE = Path(__file__).parents[2] / "docs/reference/webhooks.md"
BY_TERM = {"scores", "issue", "resolved"}
"""Objects whose keys are terms, of which each has its own."""


def examples() -> dict[str, Any]:
    found = re.findall(r"^## `(\w+)`\n\n.*?```json\n(.*?)\n```", PAGE.read_text("utf-8"), re.M | re.S)
    return {kind: json.loads(body) for kind, body in found}


def shape(value: Any) -> Any:
    """The names in a value, however deep; what can be anything is None."""
    if isinstance(value, dict):
        return {name: None if name in BY_TERM else shape(inner) for name, inner in value.items()}
    return [shape(value[0])] if isinstance(value, list) and value else None


def alike(one: Any, other: Any) -> bool:
    """True when both have the same names, where both tell."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return alike(one[0], other[0])
    return one is None or other is None


def test_the_page_is_what_the_code_posts() -> None:
    assert reference() == PAGE.read_text("utf-8"), "run tools/webhook_reference.py"


def test_every_kind_has_an_example_of_its_own() -> None:
    assert {kind: told.kind for kind, (_, told) in EXAMPLES.items()} == {kind: kind for kind in EventKind}
    assert list(examples()) == [*(kind.value for kind in EventKind), "test"]


async def test_the_examples_look_like_what_happens(services: Services) -> None:
    agent = await person(services, "Mara", Role.AGENT, "main")
    summary, _ = await services.live.open(
        agent, Opening(client_id="main", channel=Channel.CHAT, customer="Zoë")
    )
    await services.desk.take(agent, summary.id)
    await services.live.add_turns(agent, summary.id, talk(4))
    card_turn = "t3"
    await services.desk.answer_card(agent, summary.id, card_turn, Answer.DONE)
    await services.wrap_up.edit_note(agent, summary.id, "A note.", base=0)
    await services.wrap_up.confirm(agent, summary.id, Issue.BILLING, Resolved.YES, base=0)
    await services.live.end(agent, summary.id)
    async with services.database.read() as connection:
        happened = await events.list_after(connection, 0, limit=1000)
    shown, seen = examples(), set()
    for event in happened:
        message = Message(
            id="0" * 32, webhook_id="0" * 32, event_id=event.id, kind=event.kind.value, made_at=local_now()
        )
        real = json.loads(body_of(message, event))
        assert alike(shape(real), shape(shown[event.kind.value])), event.kind
        seen.add(event.kind)
    assert {"opened", "assigned", "turn_heard", "card_answered", "note_edited", "ended"} <= seen
