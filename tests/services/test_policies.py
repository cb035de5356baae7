"""Published policies: who reads which version when, and that one fact is the same wherever it stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from coolhead.codebook import Speaker
from coolhead.errors import ForbiddenError, NotFoundError
from coolhead.guidance.document import DocumentError
from coolhead.guidance.policy import shipped_text
from coolhead.guidance.policy_search import search
from coolhead.services.access import Viewer
from coolhead.services.conversations.live import Opening
from coolhead.services.documents.documents import PLAYBOOK, POLICIES, SOLUTIONS, Documents, Kind
from coolhead.services.documents.editing import Editing
from coolhead.services.documents.policies import Policies
from coolhead.services.documents.publishing import Publishing
from coolhead.services.turns.hearing import Said
from coolhead.storage.accounts import Role
from coolhead.storage.moments import KeptMoment
from coolhead.web.policy_view import json_of, page_values
from coolhead.wiring import Services
from tests.guidance.policies import written
from tests.services.people import person

CARDS = """name: Ours
entries:
  - name: say-how-long
    title: Say how long it takes
    when:
      heat: {at_least: tense}
    techniques: [explains]
    say: ["It takes {refund_days}; I know that is long."]
    why: "They are {heat}."
    priority: 90
"""
REMEDIES = """name: Ours
rows:
  - issue: refund_return
    problem: The money has not come back
    solution:
      what: Pay it back
      say: pay it back in {refund_days}
      grants: {agent: EUR 50.00, supervisor: any}
"""


class Bench:
    """The services with a clock that the test sets."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.now = datetime.now(UTC)
        self.documents = Documents(services.database, services.threads, lambda: self.now)
        self.editing = Editing(services.database, self.documents, lambda: self.now)
        self.publishing = Publishing(services.database, self.documents, lambda: self.now)
        self.policies = Policies(services.database, self.documents, lambda: self.now)

    async def begin(self) -> None:
        await self.services.accounts.create_client("other", "Other")
        self.sam = await person(self.services, "Sam", Role.SUPERVISOR, "main", "other")

    async def draft(self, text: str, client_id: str = "main", kind: Kind[object] = POLICIES) -> None:
        edition = (await self.editing.open(self.sam, client_id, kind)).edition
        await self.editing.save(self.sam, client_id, kind, text, follows=edition, change="Wrote it")

    async def publish(
        self,
        text: str,
        client_id: str = "main",
        kind: Kind[object] = POLICIES,
        at: datetime | None = None,
    ) -> None:
        await self.draft(text, client_id, kind)
        edition = (await self.editing.open(self.sam, client_id, kind)).edition
        await self.publishing.publish(self.sam, client_id, kind, follows=edition, effective_at=at)

    async def hear(self, client_id: str, *said: tuple[Speaker, str]) -> list[KeptMoment]:
        live = self.services.live
        summary, _ = await live.open(self.sam, Opening(client_id=client_id, started_at=self.now))
        turns = [
            Said(id=f"t{number}", speaker=speaker, text=text, number=number)
            for number, (speaker, text) in enumerate(said)
        ]
        return [moment for moment, _ in await live.add_turns(self.sam, summary.id, turns)]


@pytest.fixture
async def bench(both_services: Services) -> Bench:
    bench = Bench(both_services)
    await bench.begin()
    return bench


async def stated(bench: Bench, client_id: str = "main") -> dict[str, str]:
    """How long a refund takes, wherever that stands."""
    published = await bench.policies.read(client_id)
    guide = await bench.services.guides.of(client_id)
    assert guide.terms.policy
    card, guarded = await bench.hear(
        client_id,
        (Speaker.CUSTOMER, "heat 3, where is my money"),
        (Speaker.AGENT, "I promise to refund you by tomorrow."),
    )
    assert card.card
    assert guarded.card
    return {
        "page": page_values(published)["sections"][0][1],
        "json": str(json_of(published)["facts"]["refund_days"]),
        "search": search(guide.terms.policy, "money takes")[0].text,
        "card": card.card.say,
        "guard": guarded.card.say,
        "solutions": guide.solutions.rows[0].solution.say,
    }


async def test_changing_one_fact_changes_page_json_search_cards_solutions_and_guard(bench: Bench) -> None:
    await bench.publish(CARDS, kind=PLAYBOOK)
    await bench.publish(REMEDIES, kind=SOLUTIONS)
    await bench.publish(written(refund_days="5"))
    before = await stated(bench)
    assert all("5 working days" in words for words in before.values()), before
    await bench.publish(written(refund_days="9"))
    after = await stated(bench)
    assert {place: words.replace("9", "5") for place, words in after.items()} == before
    assert all("9 working days" in words for words in after.values()), after


async def test_a_card_names_the_policy_it_rests_on_and_its_section(bench: Bench) -> None:
    await bench.publish(CARDS, kind=PLAYBOOK)
    await bench.publish(written())
    (moment,) = await bench.hear("main", (Speaker.CUSTOMER, "heat 3"))
    assert moment.card
    assert [(each.policy, each.title) for each in moment.card.cites] == [
        ("How we do it", "Returns and refunds")
    ]


async def test_without_policies_a_card_that_rests_on_them_is_silent_and_nothing_is_guarded(
    bench: Bench,
) -> None:
    await bench.publish(CARDS, kind=PLAYBOOK)
    moments = await bench.hear(
        "main", (Speaker.CUSTOMER, "heat 3"), (Speaker.AGENT, "I promise to refund you by tomorrow.")
    )
    assert [moment.card for moment in moments] == [None, None]


async def test_two_clients_never_mix(bench: Bench) -> None:
    for client_id, days in (("main", "5"), ("other", "9")):
        await bench.publish(CARDS, client_id, PLAYBOOK)
        await bench.publish(REMEDIES, client_id, SOLUTIONS)
        await bench.publish(written(name=f"Of {client_id}", refund_days=days), client_id)
    assert all("5 working days" in words for words in (await stated(bench)).values())
    assert all("9 working days" in words for words in (await stated(bench, "other")).values())
    assert (await bench.policies.read("other")).policy.name == "Of other"


async def test_only_what_is_published_and_holds_is_read(bench: Bench) -> None:
    for client_id in ("main", "nobody"):
        with pytest.raises(NotFoundError):
            await bench.policies.read(client_id)
    await bench.draft(written())
    with pytest.raises(NotFoundError):
        await bench.policies.read("main")


async def test_the_template_is_nobodys_policy(bench: Bench) -> None:
    await bench.publish(written())
    edition = (await bench.editing.open(bench.sam, "main", POLICIES)).edition
    await bench.publishing.roll_back(bench.sam, "main", POLICIES, 0, follows=edition)
    with pytest.raises(NotFoundError):
        await bench.policies.read("main")
    assert (await bench.services.guides.of("main")).terms.policy is None


async def test_a_coming_version_is_announced_with_what_it_changes_and_then_holds(bench: Bench) -> None:
    await bench.publish(written())
    later = bench.now + timedelta(days=3)
    await bench.publish(written(refund_days="2").replace("Write to us.", "Ring us."), at=later)
    now = await bench.policies.read("main")
    assert now.number == 1
    assert now.coming
    assert now.coming.effective_at == later
    assert [
        (each.name, each.before and each.before.value, each.after and each.after.value)
        for each in now.coming.facts
    ] == [("refund_days", 5, 2)]
    assert now.coming.sections == ("Complaint channels",)
    bench.now = later
    then = await bench.policies.read("main")
    assert (then.number, then.coming, then.policy.facts["refund_days"].value) == (2, None, 2)


async def test_rolling_back_brings_the_older_fact_back(bench: Bench) -> None:
    await bench.publish(written(refund_days="5"))
    await bench.publish(written(refund_days="9"))
    edition = (await bench.editing.open(bench.sam, "main", POLICIES)).edition
    await bench.publishing.roll_back(bench.sam, "main", POLICIES, 1, follows=edition)
    assert (await bench.policies.read("main")).policy.facts["refund_days"].value == 5


async def test_a_draft_is_previewed_by_those_who_may_edit_it(bench: Bench) -> None:
    assert (await bench.policies.read_draft(bench.sam, "main")).policy.name == "Our policies"
    await bench.draft(written(refund_days="7"))
    assert (await bench.policies.read_draft(bench.sam, "main")).policy.facts["refund_days"].value == 7
    agent = Viewer(id="a", name="Ann", roles={"main": Role.AGENT})
    with pytest.raises(ForbiddenError):
        await bench.policies.read_draft(agent, "main")
    with pytest.raises(NotFoundError):
        await bench.policies.read_draft(agent, "other")
    await bench.draft(shipped_text().replace("refund_days: 5", "refund_days: soon"))
    with pytest.raises(DocumentError):
        await bench.policies.read_draft(bench.sam, "main")
