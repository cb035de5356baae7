"""Documents on both databases: what holds when, who may change it, and two who edit at once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from coolhead.codebook import Speaker
from coolhead.errors import ConflictError, ForbiddenError, InputError, NotFoundError
from coolhead.guidance.amend import add_entry, entries_in, replace_entry
from coolhead.guidance.document import DocumentError
from coolhead.services.conversations.live import Opening
from coolhead.services.documents.documents import KINDS, LIMITS, PLAYBOOK, SOLUTIONS, Documents
from coolhead.services.documents.editing import Editing
from coolhead.services.documents.editions import Edition
from coolhead.services.documents.guides import Guides
from coolhead.services.documents.publishing import Publishing
from coolhead.services.turns.hearing import Said
from coolhead.storage import audit
from coolhead.storage import documents as kept
from coolhead.storage.accounts import Role
from coolhead.storage.audit import Action
from coolhead.storage.documents import Version
from coolhead.wiring import Services
from tests.services.people import person, program

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
FIRST = Edition(version=0, draft=0)
PAGE = """name: {name}
entries:
  - name: cool
    title: {title}
    when:
      heat: {{at_least: tense}}
    techniques: [empathy]
    say: ["I hear you."]
    why: "They are {{heat}}."
    priority: 90
"""


def text(title: str = "Cool down", name: str = "Ours") -> str:
    return PAGE.format(title=title, name=name)


class Bench:
    """The services with a clock that the test sets, and two supervisors of the client."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.now = NOW
        self.documents = Documents(services.database, services.threads, lambda: self.now)
        self.editing = Editing(services.database, self.documents, lambda: self.now)
        self.publishing = Publishing(services.database, self.documents, lambda: self.now)

    async def begin(self) -> None:
        await self.services.accounts.create_client("other", "Other")
        self.sam = await person(self.services, "Sam", Role.SUPERVISOR, "main")
        self.kim = await person(self.services, "Kim", Role.SUPERVISOR, "main")

    async def publish(self, words: str, *, at: datetime | None = None) -> Version:
        edition = (await self.editing.open(self.sam, "main", PLAYBOOK)).edition
        draft = await self.editing.save(self.sam, "main", PLAYBOOK, words, follows=edition, change="x")
        return await self.publishing.publish(
            self.sam, "main", PLAYBOOK, follows=replace(edition, draft=draft.id), effective_at=at
        )

    async def title(self, at: datetime | None = None) -> str:
        content = (await self.documents.current("main", PLAYBOOK, at)).content
        entry = content.entry("cool")
        return entry.title if entry else content.name


@pytest.fixture
async def bench(both_services: Services) -> Bench:
    bench = Bench(both_services)
    await bench.begin()
    return bench


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
async def test_without_a_version_the_shipped_text_holds(services: Services, kind: object) -> None:
    current = await services.documents.current("main", KINDS[kind.name])  # type: ignore[attr-defined]  # a kind
    assert current.version == 0
    assert current.content == KINDS[kind.name].default()  # type: ignore[attr-defined]  # a kind


async def test_a_draft_holds_for_nobody_until_it_is_published_and_keeps_who_and_when(bench: Bench) -> None:
    draft = await bench.editing.save(
        bench.sam, "main", PLAYBOOK, text(), follows=FIRST, change="Wrote our own"
    )
    assert await bench.title() == "Coolhead default"
    bench.now += timedelta(hours=1)
    follows = Edition(version=0, draft=draft.id)
    made = await bench.publishing.publish(
        bench.kim, "main", PLAYBOOK, follows=follows, comment=" For spring. "
    )
    assert await bench.title() == "Cool down"
    desktop = await bench.editing.open(bench.sam, "main", PLAYBOOK)
    assert desktop.versions == [made]
    assert (made.number, made.author, made.comment) == (1, "Kim", "For spring.")
    assert (made.published_at, made.effective_at) == (NOW + timedelta(hours=1),) * 2
    assert (desktop.draft, desktop.now, desktop.text) == (None, 1, text())


async def test_a_version_holds_from_its_date_on_and_can_be_withdrawn_until_then(bench: Bench) -> None:
    await bench.publish(text("One"))
    monday = NOW + timedelta(days=7)
    coming = await bench.publish(text("Two"), at=monday)
    assert [await bench.title(), await bench.title(monday)] == ["One", "Two"]
    shelf = {each.kind.name: each for each in await bench.editing.shelf(bench.sam, "main")}
    assert shelf["playbook"].coming == (coming,)
    await bench.publishing.withdraw(bench.kim, "main", PLAYBOOK, coming.number)
    assert await bench.title(monday) == "One"
    withdrawn = (await bench.editing.open(bench.sam, "main", PLAYBOOK)).versions[0]
    assert (withdrawn.withdrawn_by, withdrawn.withdrawn_at) == ("Kim", NOW)
    with pytest.raises(ConflictError):
        await bench.publishing.withdraw(bench.kim, "main", PLAYBOOK, 1)
    with pytest.raises(InputError, match="in the past"):
        await bench.publish(text("Three"), at=NOW - timedelta(minutes=1))


async def test_rolling_back_publishes_an_older_text_anew_and_leaves_the_draft(bench: Bench) -> None:
    await bench.publish(text("One"))
    bench.now += timedelta(minutes=1)
    await bench.publish(text("Two"))
    edition = (await bench.editing.open(bench.sam, "main", PLAYBOOK)).edition
    await bench.editing.save(bench.sam, "main", PLAYBOOK, text("Three"), follows=edition, change="x")
    bench.now += timedelta(minutes=1)
    edition = (await bench.editing.open(bench.kim, "main", PLAYBOOK)).edition
    made = await bench.publishing.roll_back(bench.kim, "main", PLAYBOOK, 1, follows=edition)
    assert (made.number, made.restores, await bench.title()) == (3, 1, "One")
    desktop = await bench.editing.open(bench.sam, "main", PLAYBOOK)
    assert desktop.draft is not None
    assert (desktop.draft.text, desktop.draft.based_on) == (text("Three"), 2)
    shipped = await bench.publishing.roll_back(bench.kim, "main", PLAYBOOK, 0, follows=desktop.edition)
    async with bench.services.database.read() as connection:
        latest = (await audit.list_of(connection, audit.Filter(), limit=1))[0]
    assert (latest.action, latest.actor, latest.client_id) == (Action.DOCUMENT_ROLLED_BACK, "Kim", "main")
    assert (shipped.restores, await bench.title()) == (0, "Coolhead default")
    with pytest.raises(NotFoundError):
        await bench.publishing.roll_back(bench.kim, "main", PLAYBOOK, 9, follows=desktop.edition)


async def test_a_draft_may_have_mistakes_but_is_not_published_with_them(bench: Bench) -> None:
    wrong = text().replace("tense", "warm").replace("[empathy]", "[empaty]")
    draft = await bench.editing.save(bench.sam, "main", PLAYBOOK, wrong, follows=FIRST, change="x")
    problems = await bench.documents.check(PLAYBOOK, wrong)
    assert [(each.line, each.column) for each in problems] == [(6, 24), (7, 18)]
    with pytest.raises(DocumentError) as caught:
        await bench.publishing.publish(
            bench.sam, "main", PLAYBOOK, follows=Edition(version=0, draft=draft.id)
        )
    assert caught.value.problems == problems
    assert (await bench.editing.open(bench.sam, "main", PLAYBOOK)).text == wrong


async def test_changes_of_a_draft_are_undone_and_made_again(bench: Bench) -> None:
    async def at() -> str:
        return (await bench.editing.open(bench.sam, "main", PLAYBOOK)).text

    async def edition() -> Edition:
        return (await bench.editing.open(bench.sam, "main", PLAYBOOK)).edition

    states = [PLAYBOOK.shipped(), text("One"), text("Two"), text("Three")]
    for words in states[1:]:
        await bench.editing.save(bench.sam, "main", PLAYBOOK, words, follows=await edition(), change="x")
    for words in states[2::-1]:
        await bench.editing.undo(bench.kim, "main", PLAYBOOK, follows=await edition())
        assert await at() == words
    with pytest.raises(ConflictError, match="nothing to undo"):
        await bench.editing.undo(bench.kim, "main", PLAYBOOK, follows=await edition())
    for words in states[1:]:
        await bench.editing.redo(bench.kim, "main", PLAYBOOK, follows=await edition())
        assert await at() == words
    await bench.editing.undo(bench.kim, "main", PLAYBOOK, follows=await edition())
    await bench.editing.save(bench.sam, "main", PLAYBOOK, text("Four"), follows=await edition(), change="x")
    with pytest.raises(ConflictError, match="nothing to redo"):
        await bench.editing.redo(bench.kim, "main", PLAYBOOK, follows=await edition())
    await bench.editing.discard(bench.kim, "main", PLAYBOOK, follows=await edition())
    assert await at() == PLAYBOOK.shipped()


async def test_of_two_who_save_at_once_one_is_told_and_nothing_is_lost(bench: Bench) -> None:
    saved = await asyncio.gather(
        *(
            bench.editing.save(who, "main", PLAYBOOK, text(who.name), follows=FIRST, change="x")
            for who in (bench.sam, bench.kim)
        ),
        return_exceptions=True,
    )
    refused = [each for each in saved if isinstance(each, ConflictError)]
    (draft,) = [each for each in saved if not isinstance(each, BaseException)]
    assert [each.message for each in refused] == [
        f"{draft.author} has changed this document since you opened it."
    ]
    assert (await bench.editing.open(bench.sam, "main", PLAYBOOK)).text == text(draft.author)


async def test_an_edition_is_never_the_same_again_after_a_draft_is_gone(bench: Bench) -> None:
    draft = await bench.editing.save(bench.sam, "main", PLAYBOOK, text("Mine"), follows=FIRST, change="x")
    old = Edition(version=0, draft=draft.id)
    await bench.editing.discard(bench.sam, "main", PLAYBOOK, follows=old)
    await bench.editing.save(bench.kim, "main", PLAYBOOK, text("Theirs"), follows=FIRST, change="x")
    with pytest.raises(ConflictError):
        await bench.editing.save(bench.sam, "main", PLAYBOOK, text("Mine again"), follows=old, change="x")


async def test_many_who_change_different_entries_at_once_all_succeed(bench: Bench) -> None:
    start = PAGE.format(name="Ours", title="Cool down")
    for number in range(5):
        start = add_entry(start, entries_in(start)[0] | {"name": f"other-{number}"})
    was = entries_in(start)
    await bench.publish(start)

    async def change(number: int) -> None:
        entry = was[number] | {"priority": number}
        who = bench.sam if number % 2 else bench.kim
        await bench.editing.amend(
            who, "main", PLAYBOOK, lambda words: replace_entry(words, was[number], entry), change="x"
        )

    await asyncio.gather(*(change(number) for number in range(6)))
    after = (await bench.editing.open(bench.sam, "main", PLAYBOOK)).text
    assert [entry["priority"] for entry in entries_in(after)[:6]] == [0, 1, 2, 3, 4, 5]
    with pytest.raises(ConflictError, match="changed meanwhile"):
        await change(3)


async def test_another_client_is_neither_read_nor_changed(bench: Bench) -> None:
    await bench.publish(text("Ours alone"))
    stranger = await person(bench.services, "Lee", Role.SUPERVISOR, "other")
    agent = await person(bench.services, "Mara", Role.AGENT, "main")
    editing, publishing = bench.editing, bench.publishing
    edition = (await editing.open(bench.sam, "main", PLAYBOOK)).edition
    for who, error in ((stranger, NotFoundError), (agent, ForbiddenError)):
        for refused in (
            editing.shelf(who, "main"),
            editing.open(who, "main", PLAYBOOK),
            editing.text_of(who, "main", PLAYBOOK, 1),
            editing.save(who, "main", PLAYBOOK, text("x"), follows=edition, change="x"),
            editing.amend(who, "main", PLAYBOOK, str.upper, change="x"),
            editing.undo(who, "main", PLAYBOOK, follows=edition),
            editing.discard(who, "main", PLAYBOOK, follows=edition),
            publishing.publish(who, "main", PLAYBOOK, follows=edition),
            publishing.roll_back(who, "main", PLAYBOOK, 0, follows=edition),
            publishing.withdraw(who, "main", PLAYBOOK, 1),
        ):
            with pytest.raises(error):
                await refused
    assert (await bench.documents.current("other", PLAYBOOK)).version == 0
    theirs = await editing.open(stranger, "other", PLAYBOOK)
    assert (theirs.versions, theirs.draft) == ([], None)
    with pytest.raises(NotFoundError):
        await editing.text_of(stranger, "other", PLAYBOOK, 1)


async def test_what_is_published_guides_the_next_turn_of_that_client_only(bench: Bench) -> None:
    services = bench.services
    talks = [
        (await services.live.open(program(each), Opening(client_id=each)))[0] for each in ("main", "other")
    ]

    async def cards(number: int) -> list[str | None]:
        said = Said(id=f"t{number}", speaker=Speaker.CUSTOMER, text="heat 3, again")
        given = []
        for each in talks:
            ((moment, _),) = await services.live.add_turns(program(each.client_id), each.id, [said])
            given.append(moment.card.title if moment.card else None)
        return given

    assert await cards(1) == ["Name the feeling"] * 2
    bench.now = datetime.now(UTC) - timedelta(minutes=5)
    await bench.publish(text("Breathe first"))
    assert await cards(2) == ["Breathe first", "Name the feeling"]
    own, theirs = await services.guides.of("main"), await services.guides.of("other")
    assert own.engine is not theirs.engine
    assert await services.guides.of("main") is own


async def test_each_kind_guides_in_its_place(services: Services) -> None:
    guides = Guides(services.documents, services.engine)
    before = await guides.of("main")
    sam = await person(services, "Sam", Role.SUPERVISOR, "main")
    for kind, old, new in ((SOLUTIONS, "name: Coolhead", "name: Own"), (LIMITS, "hours: 24", "hours: 48")):
        words = kind.shipped().replace(old, new)
        draft = await services.editing.save(sam, "main", kind, words, follows=FIRST, change="x")
        follows = Edition(version=0, draft=draft.id)
        await services.publishing.publish(sam, "main", kind, follows=follows)
    after = await guides.of("main")
    assert after.solutions.name == "Own default"
    assert (before.limits.pause.hours, after.limits.pause.hours) == (24, 48)


async def test_a_version_that_can_no_longer_be_read_gives_way_to_the_shipped_one(bench: Bench) -> None:
    version = Version(
        client_id="main",
        kind="playbook",
        number=1,
        comment="",
        restores=None,
        author_id=None,
        author="Sam",
        published_at=NOW,
        effective_at=NOW,
    )
    async with bench.services.database.write() as connection:
        await kept.add_version(connection, version, "of: another time")
    assert await bench.title() == "Coolhead default"
