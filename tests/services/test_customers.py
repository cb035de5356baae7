"""Customers: their record, last time on the desk, merging and parting, deletion with proof."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, text, update

from coolhead.casework.contacts import Fate
from coolhead.casework.follow_up import Kind, Move
from coolhead.casework.loyalty import Reason, Risk
from coolhead.casework.promises import Move as PromiseMove
from coolhead.codebook import Issue, Promiser, Resolved, Speaker
from coolhead.errors import ConflictError, ForbiddenError, InputError, NotFoundError
from coolhead.services.access import Viewer
from coolhead.services.casework.customers import PART_WITHIN, Record
from coolhead.services.casework.follow_ups import Wording
from coolhead.services.casework.plan import Asked, Show
from coolhead.services.casework.promises import Wanted
from coolhead.services.conversations.live import Opening
from coolhead.services.conversations.search import Ask
from coolhead.services.sending import mail
from coolhead.services.turns.hearing import Said
from coolhead.storage import audit, customers, tables
from coolhead.storage.accounts import Role
from coolhead.storage.conversations import Summary
from coolhead.storage.customers import Customer
from coolhead.storage.retention import HoldScope
from coolhead.wiring import Services
from tests.services.people import person, program

KEY, OTHER_KEY = "zephyrine@example.com", "customer-4711"
WORDS = ("zephyrine", "quincunx", "ocarina", "bassoon", "xylitol", "marimba", "customer-4711")
"""Words that only this customer's data holds, in the name, turns, note, promise, follow-up and offer."""


async def opened(
    services: Services, client_id: str, key: str | None = KEY, *words: str, name: str = "Zephyrine Ode"
) -> Summary:
    """A conversation of that customer, with what they say."""
    opening = Opening(client_id=client_id, customer=name, customer_key=key, reference=None)
    summary, _ = await services.live.open(program(client_id), opening)
    said = [Said(id=f"t{n}", speaker=Speaker.CUSTOMER, text=each, number=n) for n, each in enumerate(words)]
    if said:
        await services.live.add_turns(program(client_id), summary.id, said)
    return summary


async def over(services: Services, viewer: Viewer, summary: Summary, issue: Issue, outcome: Resolved) -> None:
    """Ends it, with what it was about and how it ended confirmed."""
    await services.wrap_up.confirm(viewer, summary.id, issue, outcome, base=0)
    await services.live.end(program(summary.client_id), summary.id)


async def customer_of(services: Services, client_id: str, key: str = KEY) -> Customer:
    async with services.database.read() as connection:
        found = await customers.find_by_key(connection, client_id, key)
    assert found
    return found


async def record_of(services: Services, viewer: Viewer, client_id: str, key: str = KEY) -> Record:
    return await services.customers.read(viewer, (await customer_of(services, client_id, key)).id)


async def everywhere(services: Services, words: tuple[str, ...]) -> list[tuple[str, str]]:
    """The tables, SQLite's own for its search among them, in whose rows one of the words stands."""
    found = []
    is_sqlite = services.database.is_sqlite
    async with services.database.read() as connection:
        if is_sqlite:
            query = "SELECT name FROM sqlite_master WHERE type = 'table'"
        else:
            query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        for name in list((await connection.execute(text(query))).scalars()):
            for row in await connection.execute(text(f'SELECT * FROM "{name}"')):  # noqa: S608 (own tables)
                told = " ".join(
                    each.decode("utf-8", "replace") if isinstance(each, bytes) else str(each) for each in row
                ).lower()
                found += [(name, word) for word in words if word in told]
    return found


async def test_contacts_stand_over_time_with_what_became_of_them(
    both_services: Services, client_id: str
) -> None:
    sam = await person(both_services, "Sam", Role.SUPERVISOR, client_id)
    first = await opened(both_services, client_id, KEY, "heat 3, the bill")
    promised = await both_services.promises.add(sam, first.id, Wanted(what="call", who=Promiser.AGENT))
    await both_services.promises.move(sam, promised.id, 1, PromiseMove.BREAK, "Nobody called.")
    await over(both_services, sam, first, Issue.BILLING, Resolved.NO)
    second = await opened(both_services, client_id, KEY, "heat 1, the bill again", name="Zephyrine O.")
    await over(both_services, sam, second, Issue.BILLING, Resolved.YES)
    await opened(both_services, client_id, None, "heat 4, somebody else")
    record = await record_of(both_services, sam, client_id)
    assert record.name == "Zephyrine O."
    assert [each.conversation_id for each in record.contacts] == [second.id, first.id]
    assert record.contacts[1].outcome is Resolved.NO
    assert [each.fate for each in record.contacts[1].pledges] == [Fate.BROKEN]
    assert record.repeats == {second.id: first.id}
    assert record.loyalty.risk is Risk.HIGH
    assert [sign.reason for sign in record.loyalty.signs] == [
        Reason.PROMISE_BROKEN, Reason.CAME_BACK, Reason.ANGRY,
    ]  # fmt: skip
    assert [each.conversation_id for each in record.follow_ups] == [first.id]


async def test_the_next_contact_opens_with_the_last_one(both_services: Services, client_id: str) -> None:
    sam = await person(both_services, "Sam", Role.SUPERVISOR, client_id)
    first = await opened(both_services, client_id, KEY, "heat 3, the bill")
    assert await both_services.customers.last_time(sam, first) is None
    await both_services.promises.add(sam, first.id, Wanted(what="send a bill", who=Promiser.COMPANY))
    await over(both_services, sam, first, Issue.BILLING, Resolved.PARTLY)
    second = await opened(both_services, client_id)
    await both_services.wrap_up.confirm(sam, second.id, Issue.BILLING, Resolved.NO, base=0)
    last = await both_services.customers.last_time(sam, second)
    assert last
    assert (last.contact.conversation_id, last.number) == (first.id, 2)
    assert last.repeated == last.contact
    assert [(each.what, each.fate) for each in last.pledges] == [("send a bill", Fate.OPEN)]
    assert len(last.follow_ups) == 1
    third = await opened(both_services, client_id)
    last = await both_services.customers.last_time(sam, third)
    assert last
    assert (last.contact.conversation_id, last.repeated) == (second.id, None)
    assert [each.what for each in last.pledges] == ["send a bill"]
    nobody = await opened(both_services, client_id, None)
    assert await both_services.customers.last_time(sam, nobody) is None


async def test_an_agent_says_who_it_is(both_services: Services, client_id: str) -> None:
    mara = await person(both_services, "Mara", Role.AGENT, client_id)
    await opened(both_services, client_id)
    unknown = await opened(both_services, client_id, None)
    await both_services.customers.know(mara, unknown.id, f" {KEY} ")
    await both_services.customers.know(mara, unknown.id, KEY)
    record = await record_of(both_services, mara, client_id)
    assert len(record.contacts) == 2
    assert (await both_services.search.find(mara, Ask(question=KEY))).total == 2
    with pytest.raises(InputError):
        await both_services.customers.know(mara, unknown.id, " ")


async def test_customers_are_found_by_key_and_name(both_services: Services, client_id: str) -> None:
    mara = await person(both_services, "Mara", Role.AGENT, client_id)
    await opened(both_services, client_id)
    await opened(both_services, client_id, OTHER_KEY, name="Noor 100% Haddad")

    async def keys(words: str) -> list[str]:
        found = await both_services.customers.list_page(mara, words)
        assert found.total == len(found.found)
        return [each.customer.key for each in found.found]

    assert await keys("") == [OTHER_KEY, KEY]
    assert await keys("zephyrine ode") == [KEY]
    assert await keys("HADDAD 4711") == [OTHER_KEY]
    assert await keys("100%") == [OTHER_KEY]
    assert await keys("_____________") == []


async def test_records_are_merged_and_parted_again(both_services: Services, client_id: str) -> None:
    sam = await person(both_services, "Sam", Role.SUPERVISOR, client_id)
    first, second = await opened(both_services, client_id), await opened(both_services, client_id, OTHER_KEY)
    one, other = (
        await customer_of(both_services, client_id),
        await customer_of(both_services, client_id, OTHER_KEY),
    )
    await both_services.customers.merge(sam, one.id, OTHER_KEY)
    record = await both_services.customers.read(sam, other.id)
    assert record.customer.id == one.id
    assert {each.conversation_id for each in record.contacts} == {first.id, second.id}
    assert [(each.customer.id, each.may_part) for each in record.merged] == [(other.id, True)]
    for again in (both_services.customers.merge(sam, one.id, OTHER_KEY),
                  both_services.customers.merge(sam, other.id, KEY)):  # fmt: skip
        with pytest.raises(ConflictError):
            await again
    await both_services.customers.part(sam, other.id)
    record = await both_services.customers.read(sam, one.id)
    assert [each.conversation_id for each in record.contacts] == [first.id]
    with pytest.raises(ConflictError):
        await both_services.customers.part(sam, other.id)
    with pytest.raises(InputError):
        await both_services.customers.merge(sam, one.id, KEY)
    with pytest.raises(InputError):
        await both_services.customers.merge(sam, one.id, "nobody")
    done = [each.action.value for each in await both_services.audit.list_of(sam, audit.Filter())]
    assert done[:2] == ["customer.parted", "customer.merged"]


async def test_a_merge_of_merges_is_parted_one_by_one(services: Services, client_id: str) -> None:
    sam = await person(services, "Sam", Role.SUPERVISOR, client_id)
    for key in ("a", "b", "c"):
        await opened(services, client_id, key)
    a, b, c = await asyncio.gather(*(customer_of(services, client_id, key) for key in ("a", "b", "c")))
    await services.customers.merge(sam, b.id, "c")
    await services.customers.merge(sam, a.id, "b")
    assert len((await services.customers.read(sam, c.id)).contacts) == 3
    await services.customers.part(sam, b.id)
    assert len((await services.customers.read(sam, b.id)).contacts) == 2
    assert len((await services.customers.read(sam, a.id)).contacts) == 1


async def test_records_stay_one_after_their_time(services: Services, client_id: str) -> None:
    sam = await person(services, "Sam", Role.SUPERVISOR, client_id)
    await opened(services, client_id)
    await opened(services, client_id, OTHER_KEY)
    one, other = await customer_of(services, client_id), await customer_of(services, client_id, OTHER_KEY)
    await services.customers.merge(sam, one.id, OTHER_KEY)
    now = services.customers._clock()
    services.customers._clock = lambda: now + PART_WITHIN + timedelta(minutes=1)
    with pytest.raises(ConflictError, match="30 days"):
        await services.customers.part(sam, other.id)
    assert not (await services.customers.read(sam, one.id)).merged[0].may_part


async def lived(services: Services, client_id: str, viewer: Viewer) -> list[str]:
    """A customer with something in every table that may tell of one, under two keys; their conversations."""
    first = await opened(
        services,
        client_id,
        KEY,
        "heat 3, the quincunx is broken",
        "insult! heat 4",
        "your supervisor, quincunx",
    )
    said = Said(id="a1", speaker=Speaker.AGENT, text="I promise to mend the ocarina. card", number=9)
    await services.live.add_turns(program(client_id), first.id, [said])
    await services.desk.take(viewer, first.id)
    await services.desk.whisper(viewer, first.id, "mind the quincunx")
    await services.wrap_up.edit_note(viewer, first.id, "They play the bassoon.", base=0)
    entry = (await services.live.read(viewer, first.id)).ledger[0]
    await services.promises.edit(
        viewer, entry.id, 1, Wanted(what="mend the ocarina well", who=Promiser.AGENT)
    )
    await services.escalations.ask(viewer, first.id, words="the quincunx again")
    await over(services, viewer, first, Issue.PRODUCT_DEFECT, Resolved.NO)
    (planned,) = await services.follow_ups.list_of(viewer, first.id)
    letter = Wording(kind=Kind.EMAIL, address=KEY, subject="Marimba", text="About the marimba and xylitol")
    planned = await services.follow_ups.edit(viewer, planned.id, 1, letter)
    await services.follow_ups.move(viewer, planned.id, 2, Move.SCHEDULE)
    async with services.database.write() as connection:
        now = services.customers._clock()
        offer = {
            "id": "o" * 32, "conversation_id": first.id, "turns_before": 1, "choices": '["bassoon"]',
            "answer": "open", "offered_by": "Ada", "offered_at": now, "answered_by": "",
        }  # fmt: skip
        await connection.execute(insert(tables.offers).values(offer))
        contest = {
            "id": "c" * 32, "conversation_id": first.id, "turn_id": "t0", "field": "heat", "at": now,
            "comment": "They love the quincunx.",
        }  # fmt: skip
        await connection.execute(insert(tables.contests).values(contest))
        await mail.put(
            connection,
            client_id,
            KEY,
            "Marimba",
            "xylitol",
            now + timedelta(days=1),
            conversation_id=first.id,
        )
    second = await opened(services, client_id, OTHER_KEY, "heat 1, still the quincunx")
    await services.live.end(program(client_id), second.id)
    await services.customers.merge(viewer, (await customer_of(services, client_id)).id, OTHER_KEY)
    return [first.id, second.id]


async def test_who_asks_to_be_deleted_is_gone_everywhere_with_proof(
    both_services: Services, client_id: str
) -> None:
    ada = await person(both_services, "Ada", Role.ADMIN)
    ids = await lived(both_services, client_id, ada)
    kept = await opened(both_services, client_id, "kept", "heat 2, the harp stays", name="Harper")
    hold = await both_services.retention.hold(ada, client_id, HoldScope.CUSTOMER, KEY, "About Zephyrine")
    customer = await customer_of(both_services, client_id)
    with pytest.raises(ConflictError, match=r"legal hold stands .*Zephyrine"):
        await both_services.erasure.delete(ada, customer.id, KEY)
    await both_services.retention.lift(ada, hold.id)
    before = await everywhere(both_services, WORDS)
    assert {name for name, _ in before} >= {
        "conversations", "turns", "events", "note_versions", "promises", "promise_moves", "follow_ups",
        "outbox", "customers", "search_entries", "escalations", "whispers", "holds", "offers", "contests",
    }  # fmt: skip

    deletion = await both_services.erasure.delete(ada, customer.id, KEY, "DSR-17")

    assert await everywhere(both_services, WORDS) == []
    assert deletion.counts["conversations"] == 2
    assert deletion.counts["customers"] == 2
    assert deletion.counts["turns"] == 5
    assert (deletion.number, deletion.by, deletion.request, deletion.previous) == (1, "Ada", "DSR-17", "")
    proof = await both_services.erasure.read_proof(ada, client_id)
    assert (proof.deletions, proof.broken) == ([deletion], None)
    for conversation_id in ids:
        with pytest.raises(NotFoundError):
            await both_services.live.read(ada, conversation_id)
    assert (await both_services.search.find(ada, Ask(question="quincunx"))).total == 0
    assert (await both_services.search.find(ada, Ask(question="harp"))).total == 1
    assert (await both_services.live.read(ada, kept.id)).summary.customer == "Harper"
    for show in Show:
        assert (await both_services.follow_ups.list_page(ada, Asked(show=show))).lines == []
    entry, *_ = await both_services.audit.list_of(ada, audit.Filter())
    assert (entry.action.value, entry.details["hash"]) == ("customer.deleted", deletion.hash)
    with pytest.raises(NotFoundError):
        await both_services.erasure.delete(ada, customer.id, KEY)


async def test_a_forged_receipt_shows(both_services: Services, client_id: str) -> None:
    ada = await person(both_services, "Ada", Role.ADMIN)
    for key in ("a", "b"):
        summary = await opened(both_services, client_id, key)
        await both_services.live.end(ada, summary.id)
        await both_services.erasure.delete(ada, (await customer_of(both_services, client_id, key)).id, key)
    proof = await both_services.erasure.read_proof(ada, client_id)
    assert ([each.number for each in proof.deletions], proof.broken) == ([2, 1], None)
    async with both_services.database.write() as connection:
        table = tables.customer_deletions
        await connection.execute(update(table).where(table.c.number == 1).values(by="Eve"))
    assert (await both_services.erasure.read_proof(ada, client_id)).broken == 1


@pytest.mark.parametrize("scope", HoldScope)
async def test_what_is_held_is_not_deleted(services: Services, client_id: str, scope: HoldScope) -> None:
    ada = await person(services, "Ada", Role.ADMIN)
    ids = await lived(services, client_id, ada)
    subject = {HoldScope.CLIENT: "", HoldScope.CUSTOMER: OTHER_KEY, HoldScope.CONVERSATION: ids[1]}[scope]
    await services.retention.hold(ada, client_id, scope, subject, "Case 12")
    with pytest.raises(ConflictError, match="Case 12"):
        await services.erasure.delete(ada, (await customer_of(services, client_id)).id, KEY)
    assert (await services.search.find(ada, Ask(question="quincunx"))).total == 2


async def test_deleting_asks_twice_and_waits_for_the_end(services: Services, client_id: str) -> None:
    ada = await person(services, "Ada", Role.ADMIN)
    await opened(services, client_id)
    await opened(services, client_id, OTHER_KEY)
    customer = await customer_of(services, client_id)
    with pytest.raises(InputError, match="key"):
        await services.erasure.delete(ada, customer.id, "zephyrine")
    with pytest.raises(InputError, match="request"):
        await services.erasure.delete(ada, customer.id, KEY, "zephyrine@example.com")
    with pytest.raises(ConflictError, match="goes on"):
        await services.erasure.delete(ada, customer.id, KEY)
    await services.customers.merge(ada, customer.id, OTHER_KEY)
    merged = await customer_of(services, client_id, OTHER_KEY)
    with pytest.raises(ConflictError, match="merged"):
        await services.erasure.delete(ada, merged.id, OTHER_KEY)


async def test_other_clients_customers_do_not_exist(both_services: Services, client_id: str) -> None:
    await both_services.accounts.create_client("others", "Others")
    otto = await person(both_services, "Otto", Role.SUPERVISOR, "others")
    sam = await person(both_services, "Sam", Role.SUPERVISOR, client_id)
    theirs = await opened(both_services, "others", KEY, "heat 3, of another client")
    ours = await opened(both_services, client_id, KEY, "heat 3, of ours")
    customer = await customer_of(both_services, client_id)
    use = both_services.customers
    for work in (
        use.read(otto, customer.id),
        use.merge(otto, customer.id, OTHER_KEY),
        use.part(otto, customer.id),
        use.know(otto, ours.id, "x"),
        use.last_time(otto, ours),
        use.list_page(otto, "", client_id),
        both_services.erasure.delete(otto, customer.id, KEY),
        both_services.erasure.read_proof(otto, client_id),
    ):
        with pytest.raises(NotFoundError):
            await work
    assert [each.customer.client_id for each in (await use.list_page(otto)).found] == ["others"]
    assert [each.conversation_id for each in (await use.read(sam, customer.id)).contacts] == [ours.id]
    assert theirs.id != ours.id
    with pytest.raises(ForbiddenError):
        await both_services.erasure.delete(sam, customer.id, KEY)


async def test_two_deletions_at_once_leave_one_row_of_receipts(
    both_services: Services, client_id: str
) -> None:
    ada = await person(both_services, "Ada", Role.ADMIN)
    keys = [f"k{number}" for number in range(4)]
    for key in keys:
        await both_services.live.end(ada, (await opened(both_services, client_id, key)).id)
    found = [await customer_of(both_services, client_id, key) for key in keys]
    await asyncio.gather(*(both_services.erasure.delete(ada, each.id, each.key) for each in found))
    proof = await both_services.erasure.read_proof(ada, client_id)
    assert ([each.number for each in proof.deletions], proof.broken) == ([4, 3, 2, 1], None)
    async with both_services.database.read() as connection:
        assert (await connection.execute(select(tables.customers))).all() == []
