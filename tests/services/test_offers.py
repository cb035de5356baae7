from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coolhead.casework.offers import Answer
from coolhead.errors import ConflictError, CoolheadError, ForbiddenError, InputError, NotFoundError
from coolhead.guidance.solutions import GestureKind, Grant
from coolhead.services.access import Viewer
from coolhead.services.documents.documents import SOLUTIONS
from coolhead.storage.accounts import Role
from coolhead.storage.events import EventKind
from coolhead.storage.gestures import State
from coolhead.wiring import Services
from tests.services.people import person, program
from tests.services.test_desk import hot_conversation, kinds

TABLE = """\
name: Northline
rows:
  - issue: billing
    problem: Charged twice
    solution: {what: Take it back, say: take it back now, grants: {agent: EUR 25, supervisor: any}}
    alternatives:
      - {what: A credit, say: take it off your next bill, grants: agent}
      - {what: A visit, say: come by, grants: specialist}
salvage:
  agent: EUR 50
  team: EUR 80
  gestures:
    - {kind: credit, what: A credit, say: "take [amount] off your next bill", costs: EUR 10, most: EUR 60}
    - {kind: apology, what: A card, say: write to you by hand, costs: EUR 3.50}
"""


async def publish(services: Services, sam: Viewer, client_id: str, text: str = TABLE) -> None:
    edition = (await services.editing.open(sam, client_id, SOLUTIONS)).edition
    draft = await services.editing.save(sam, client_id, SOLUTIONS, text, follows=edition, change="x")
    await services.publishing.publish(sam, client_id, SOLUTIONS, follows=replace(edition, draft=draft.id))


async def team(services: Services, client_id: str, *names: str) -> tuple[Viewer, list[Viewer], str]:
    """A supervisor, agents, and a conversation of a client with gestures."""
    sam = await person(services, "Sam", Role.SUPERVISOR, client_id)
    agents = [await person(services, name, Role.AGENT, client_id) for name in names]
    await publish(services, sam, client_id)
    return sam, agents, await hot_conversation(services, client_id)


async def test_what_is_offered_and_answered_is_logged(both_services: Services, client_id: str) -> None:
    _, (mara,), one = await team(both_services, client_id, "Mara")
    offers = both_services.offers
    offer = await offers.offer(mara, one, "Charged twice", [2, 0, 0])
    assert [(each.what, each.grant) for each in offer.choices] == [
        ("Take it back", Grant.AGENT),
        ("A visit", Grant.SPECIALIST),
    ]
    assert (offer.answer, offer.turns_before, offer.offered_by) == (Answer.OPEN, 1, "Mara")
    with pytest.raises(InputError):
        await offers.answer(mara, one, offer.id, Answer.ACCEPTED)
    with pytest.raises(InputError):
        await offers.answer(mara, one, offer.id, Answer.ACCEPTED, 2)
    taken = await offers.answer(mara, one, offer.id, Answer.ACCEPTED, 1)
    assert (taken.answer, taken.chosen, taken.answered_by) == (Answer.ACCEPTED, 1, "Mara")
    assert (await both_services.live.read(mara, one)).offers == [taken]
    again = await offers.answer(mara, one, offer.id, Answer.OPEN)
    assert again == offer
    told = await kinds(both_services, client_id, 7)
    assert told[-3:] == [EventKind.OFFER_MADE, EventKind.OFFER_ANSWERED, EventKind.OFFER_ANSWERED]


async def test_only_what_stands_in_the_table_is_offered(services: Services, client_id: str) -> None:
    _, (mara,), one = await team(services, client_id, "Mara")
    for problem, picks in (("Unheard of", [0]), ("Charged twice", [3]), ("Charged twice", []), ("", [-1])):
        with pytest.raises(ConflictError):
            await services.offers.offer(mara, one, problem, picks)
    with pytest.raises(NotFoundError):
        await services.offers.answer(mara, one, "nothing", Answer.REFUSED)
    assert (await services.live.read(mara, one)).offers == []


async def test_a_gesture_holds_its_money_until_it_is_refused(both_services: Services, client_id: str) -> None:
    _, (mara,), one = await team(both_services, client_id, "Mara")
    offers, gestures = both_services.offers, both_services.gestures
    offer = await gestures.give(mara, one, GestureKind.CREDIT, "45,00")
    assert offer.choices[0].say == "take €45 off your next bill"
    purse = await gestures.purse(mara, one)
    assert purse is not None
    assert (purse.own.reserved, purse.own.left, purse.team.left, purse.left.minor) == (4500, 500, 3500, 500)
    with pytest.raises(ConflictError, match=r"Your budget for this month holds €5 only\."):
        await gestures.give(mara, one, GestureKind.CREDIT, "5.01")
    await offers.answer(mara, one, offer.id, Answer.REFUSED)
    other = await gestures.give(mara, one, GestureKind.CREDIT, "20")
    with pytest.raises(ConflictError):
        await offers.answer(mara, one, offer.id, Answer.ACCEPTED, 0)
    assert (await both_services.live.read(mara, one)).offers[0].answer is Answer.REFUSED
    await offers.answer(mara, one, other.id, Answer.ACCEPTED, 0)
    purse = await gestures.purse(mara, one)
    assert purse is not None
    assert (purse.own.reserved, purse.own.spent, purse.own.left) == (0, 2000, 3000)


async def test_a_gesture_costs_what_it_may(services: Services, client_id: str) -> None:
    _, (mara,), one = await team(services, client_id, "Mara")
    for kind, amount in (
        (GestureKind.CREDIT, "60.01"),
        (GestureKind.APOLOGY, "3.51"),
        (GestureKind.CREDIT, "0"),
        (GestureKind.CREDIT, "-5"),
        (GestureKind.CREDIT, "much"),
        (GestureKind.CREDIT, "1.005"),
    ):
        with pytest.raises(InputError):
            await services.gestures.give(mara, one, kind, amount)
    with pytest.raises(ConflictError):
        await services.gestures.give(mara, one, GestureKind.REPLACEMENT, "5")


async def test_a_supervisor_raises_a_budget(both_services: Services, client_id: str) -> None:
    sam, (mara, ravi), one = await team(both_services, client_id, "Mara", "Ravi")
    gestures = both_services.gestures
    await gestures.give(mara, one, GestureKind.CREDIT, "50")
    with pytest.raises(ForbiddenError):
        await gestures.raise_budget(mara, client_id, mara.id, "10", "Please")
    with pytest.raises(InputError):
        await gestures.raise_budget(sam, client_id, mara.id, "10", " ")
    with pytest.raises(NotFoundError):
        await gestures.raise_budget(sam, client_id, "nobody", "10", "A storm")
    await gestures.raise_budget(sam, client_id, mara.id, "40", "A storm")
    with pytest.raises(ConflictError, match="The team's budget for this month holds €30 only"):
        await gestures.give(mara, one, GestureKind.CREDIT, "31")
    await gestures.raise_budget(sam, client_id, None, "1", "A storm")
    await gestures.give(mara, one, GestureKind.CREDIT, "31")
    (month,) = await gestures.months(sam)
    assert {name: (b.limit, b.left) for name, _, b in month.agents} == {
        "Mara": (9000, 900),
        "Ravi": (5000, 5000),
        "Sam": (5000, 5000),
    }
    assert (month.team.limit, month.team.left) == (8100, 0)
    assert [(each.amount, each.state) for each in month.given] == [
        (3100, State.RESERVED),
        (5000, State.RESERVED),
    ]
    assert [(each.amount, each.reason) for each in month.raises] == [(100, "A storm"), (4000, "A storm")]
    with pytest.raises(ConflictError):
        await gestures.give(ravi, one, GestureKind.APOLOGY, "3.50")


async def test_without_gestures_there_are_none(services: Services, client_id: str) -> None:
    sam = await person(services, "Sam", Role.SUPERVISOR, client_id)
    one = await hot_conversation(services, client_id)
    assert await services.gestures.purse(sam, one) is None
    assert await services.gestures.months(sam) == []
    with pytest.raises(ConflictError):
        await services.gestures.give(sam, one, GestureKind.CREDIT, "1")
    with pytest.raises(ConflictError):
        await services.gestures.raise_budget(sam, client_id, None, "1", "x")


async def test_programs_and_other_clients_do_nothing_of_this(services: Services, client_id: str) -> None:
    await services.accounts.create_client("other", "Other")
    _, (mara,), one = await team(services, client_id, "Mara")
    offer = await services.offers.offer(mara, one, "Charged twice", [0])
    stranger = await person(services, "Lin", Role.SUPERVISOR, "other")
    for viewer, error in ((stranger, NotFoundError), (program(client_id), ForbiddenError)):
        for refused in (
            services.offers.offer(viewer, one, "Charged twice", [0]),
            services.offers.answer(viewer, one, offer.id, Answer.REFUSED),
            services.gestures.purse(viewer, one),
            services.gestures.give(viewer, one, GestureKind.CREDIT, "1"),
            services.gestures.raise_budget(viewer, client_id, None, "1", "x"),
        ):
            with pytest.raises(error):
                await refused
    assert await services.gestures.months(stranger) == []


MOVES = st.lists(
    st.tuples(st.integers(0, 2), st.integers(1, 4000), st.sampled_from(list(Answer))),
    min_size=1,
    max_size=8,
)


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
async def test_no_budget_is_overspent_whoever_spends_at_once(
    both_services: Services, client_id: str, moves: list[tuple[int, int, Answer]]
) -> None:
    agents = await _crew(both_services, client_id)
    one = await hot_conversation(both_services, client_id)
    gestures, offers = both_services.gestures, both_services.offers

    async def spends(who: int, cents: int, answer: Answer) -> None:
        offer = await gestures.give(agents[who], one, GestureKind.CREDIT, f"{cents // 100}.{cents % 100:02}")
        await offers.answer(agents[who], one, offer.id, Answer.REFUSED)
        await offers.answer(agents[who], one, offer.id, answer, 0)

    done = await asyncio.gather(*(spends(*move) for move in moves), return_exceptions=True)
    assert all(each is None or isinstance(each, CoolheadError) for each in done), done
    (month,) = await gestures.months(agents[0])
    held = [each for each in month.given if each.state is not State.RELEASED]
    assert sum(each.amount for each in held) == month.team.reserved + month.team.spent <= 8000
    for agent in agents:
        assert sum(each.amount for each in held if each.account_id == agent.id) <= 5000


async def _crew(services: Services, client_id: str) -> list[Viewer]:
    """Three who may spend, the same in every example."""
    known = {each.name: each for each in await services.accounts.list_users(_admin())}
    if not known:
        crew = [await person(services, name, Role.SUPERVISOR, client_id) for name in ("Sam", "Mara", "Ravi")]
        await publish(services, crew[0], client_id)
        return crew
    return [Viewer(id=each.id, name=each.name, roles={client_id: Role.SUPERVISOR}) for each in known.values()]


def _admin() -> Viewer:
    return Viewer(id="0" * 32, name="Ada", is_admin=True)
