from __future__ import annotations

import asyncio

import pytest

from coolhead.codebook import Heat, Issue, Resolved, Speaker
from coolhead.errors import ConflictError, ForbiddenError, InputError, NotFoundError
from coolhead.services.conversations.live import Opening
from coolhead.services.conversations.search import Ask
from coolhead.services.turns.hearing import Said
from coolhead.storage.accounts import Role
from coolhead.storage.events import EventKind
from coolhead.storage.search import Kind
from coolhead.wiring import Services
from tests.services.people import person, program
from tests.services.test_desk import hot_conversation, kinds


async def test_an_edited_note_takes_the_place_of_the_draft(both_services: Services, client_id: str) -> None:
    wrap_up = both_services.wrap_up
    mara = await person(both_services, "Mara", Role.AGENT, client_id)
    conversation = await hot_conversation(both_services, client_id)
    assert (await both_services.live.read(mara, conversation)).edited_note is None
    first = await wrap_up.edit_note(mara, conversation, "A first try.", base=0)
    note = await wrap_up.edit_note(mara, conversation, "They want Friday. Card 4111 1111 1111 1111", base=1)
    assert note.text == "They want Friday. Card [CARD]"
    whole = await both_services.live.read(mara, conversation)
    assert whole.edited_note == note
    assert whole.drafted_note().sentences
    assert await wrap_up.list_notes(mara, conversation) == [note, first]
    assert (first.version, first.edited_by, first.editor_id, first.restored) == (1, "Mara", mara.id, None)
    assert (await kinds(both_services, client_id, 6))[-2:] == [EventKind.NOTE_EDITED] * 2


async def test_the_same_words_are_no_new_version(services: Services, client_id: str) -> None:
    mara = await person(services, "Mara", Role.AGENT, client_id)
    conversation = await hot_conversation(services, client_id)
    note = await services.wrap_up.edit_note(mara, conversation, "Friday.", base=0)
    assert await services.wrap_up.edit_note(mara, conversation, " Friday. ", base=0) == note


async def test_an_earlier_version_comes_back_as_a_new_one(services: Services, client_id: str) -> None:
    mara = await person(services, "Mara", Role.AGENT, client_id)
    conversation = await hot_conversation(services, client_id)
    for base, words in enumerate(("One.", "Two.")):
        await services.wrap_up.edit_note(mara, conversation, words, base=base)
    note = await services.wrap_up.restore_note(mara, conversation, 1, base=2)
    assert (note.version, note.text, note.restored) == (3, "One.", 1)
    with pytest.raises(ConflictError):
        await services.wrap_up.restore_note(mara, conversation, 2, base=2)
    with pytest.raises(NotFoundError):
        await services.wrap_up.restore_note(mara, conversation, 9, base=3)
    assert len(await services.wrap_up.list_notes(mara, conversation)) == 3


async def test_two_who_write_at_once_lose_nothing(both_services: Services, client_id: str) -> None:
    wrap_up = both_services.wrap_up
    people = [await person(both_services, name, Role.AGENT, client_id) for name in ("Mara", "Ravi", "Lin")]
    conversation = await hot_conversation(both_services, client_id)
    done = await asyncio.gather(
        *(wrap_up.edit_note(each, conversation, f"By {each.name}.", base=0) for each in people),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in done) == ["ConflictError", "ConflictError", "EditedNote"]
    (kept,) = await wrap_up.list_notes(people[0], conversation)
    refused = next(each for each in done if isinstance(each, ConflictError))
    assert refused.message.startswith(kept.edited_by)


async def test_a_disposition_is_confirmed_and_changed(both_services: Services, client_id: str) -> None:
    wrap_up, live = both_services.wrap_up, both_services.live
    mara = await person(both_services, "Mara", Role.AGENT, client_id)
    ravi = await person(both_services, "Ravi", Role.AGENT, client_id)
    conversation = await hot_conversation(both_services, client_id)
    assert (await live.read(mara, conversation)).disposition is None
    first = await wrap_up.confirm(mara, conversation, Issue.BILLING, Resolved.YES, base=0)
    assert (await live.read(mara, conversation)).disposition == first
    assert await wrap_up.confirm(ravi, conversation, Issue.BILLING, Resolved.YES, base=0) == first
    with pytest.raises(ConflictError, match="Mara"):
        await wrap_up.confirm(ravi, conversation, Issue.OUTAGE, Resolved.YES, base=0)
    changed = await wrap_up.confirm(ravi, conversation, Issue.OUTAGE, Resolved.NO, base=1)
    assert (changed.version, changed.confirmed_by) == (2, "Ravi")
    assert (await live.read(mara, conversation)).disposition == changed
    assert (await kinds(both_services, client_id, 6))[-2:] == [EventKind.DISPOSITION_CONFIRMED] * 2


async def test_only_people_of_the_client_who_may_note_do_so(services: Services, client_id: str) -> None:
    await services.accounts.create_client("other", "Other")
    stranger = await person(services, "Ravi", Role.AGENT, "other")
    analyst = await person(services, "Ana", Role.ANALYST, client_id)
    conversation = await hot_conversation(services, client_id)
    wrap_up = services.wrap_up
    for viewer, error in (
        (stranger, NotFoundError),
        (analyst, ForbiddenError),
        (program(client_id), ForbiddenError),
    ):
        for refused in (
            wrap_up.edit_note(viewer, conversation, "x", base=0),
            wrap_up.restore_note(viewer, conversation, 1, base=1),
            wrap_up.confirm(viewer, conversation, Issue.BILLING, Resolved.YES, base=0),
        ):
            with pytest.raises(error):
                await refused
    with pytest.raises(NotFoundError):
        await wrap_up.list_notes(stranger, conversation)
    assert await wrap_up.list_notes(analyst, conversation) == []
    mara = await person(services, "Mara", Role.AGENT, client_id)
    for words in ("  ", "x" * 4001):
        with pytest.raises(InputError):
            await wrap_up.edit_note(mara, conversation, words, base=0)


async def spoken(services: Services, client_id: str, *texts: str, customer: str = "") -> str:
    summary, _ = await services.live.open(program(client_id), Opening(client_id=client_id, customer=customer))
    said = [Said(id=f"t{number}", speaker=Speaker.CUSTOMER, text=text) for number, text in enumerate(texts)]
    await services.live.add_turns(program(client_id), summary.id, said)
    return summary.id


async def test_a_search_tells_where_it_stands(both_services: Services, client_id: str) -> None:
    mara = await person(both_services, "Mara", Role.AGENT, client_id)
    one = await spoken(both_services, client_id, "heat 4 my parcel", "no parcel yet", customer="Zoë")
    await spoken(both_services, client_id, "something else")
    await both_services.wrap_up.edit_note(mara, one, "Parcel lost.", base=0)
    found = await both_services.search.find(mara, Ask(question="zoe parcel", heat=Heat.ANGRY))
    assert found.total == 1
    (hit,) = found.hits
    assert hit.conversation.id == one
    assert [(each.kind, each.turn_id) for each in hit.snippets] == [
        (Kind.CUSTOMER, None),
        (Kind.NOTE, None),
        (Kind.TURN, "t0"),
    ]
    assert [piece.text for each in hit.snippets for piece in each.pieces if piece.found] == [
        "Zoë",
        "Parcel",
        "parcel",
    ]
    assert (await both_services.search.find(mara, Ask())).total == 2
    assert (await both_services.search.find(mara, Ask(question="…!"))).total == 2


async def test_a_search_finds_what_a_late_turn_brought(both_services: Services, client_id: str) -> None:
    mara = await person(both_services, "Mara", Role.AGENT, client_id)
    one = await spoken(both_services, client_id, "heat 1", "heat 2 later")
    late = Said(id="late", speaker=Speaker.AGENT, text="quite early", number=0)
    await both_services.live.add_turns(program(client_id), one, [late])
    for word in ("early", "later"):
        assert (await both_services.search.find(mara, Ask(question=word))).total == 1


async def test_a_search_stays_within_the_viewers_clients(both_services: Services, client_id: str) -> None:
    await both_services.accounts.create_client("other", "Other")
    mine = await spoken(both_services, client_id, "a parcel")
    theirs = await spoken(both_services, "other", "a parcel")
    mara = await person(both_services, "Mara", Role.AGENT, client_id)
    for viewer, expected in ((mara, {mine}), (program(client_id), {mine}), (program("other"), {theirs})):
        found = await both_services.search.find(viewer, Ask(question="parcel"))
        assert {hit.conversation.id for hit in found.hits} == expected
        assert found.total == 1
    with pytest.raises(NotFoundError):
        await both_services.search.find(mara, Ask(question="parcel", client_id="other"))
