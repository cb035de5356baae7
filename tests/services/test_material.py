"""Practice material on both databases: whose text is played, who keeps it, copies, files in and out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from coolhead.codebook import Speaker
from coolhead.errors import ConflictError, ForbiddenError, InputError, NotFoundError
from coolhead.guidance.document import DocumentError
from coolhead.services.access import Viewer
from coolhead.services.conversations.live import Opening
from coolhead.services.documents.documents import Documents, Kind
from coolhead.services.documents.editing import Editing
from coolhead.services.documents.publishing import Publishing
from coolhead.services.training.bundle import BundleError, bundled, read_bundle
from coolhead.services.training.casting import DRAFT
from coolhead.services.training.drafts import Drafts
from coolhead.services.training.material import Material, Offered, State, named
from coolhead.services.training.pieces import (
    DRILLS,
    FAMILIES,
    LESSONS,
    PERSONAS,
    SCENARIOS,
    Family,
    id_of,
    piece,
)
from coolhead.services.training.practising import Beginning
from coolhead.services.turns.hearing import Said
from coolhead.storage import customers
from coolhead.storage.accounts import Role
from coolhead.storage.documents import Version
from coolhead.storage.from_life import COMMENT
from coolhead.storage.tables import metadata
from coolhead.wiring import Services
from tests.services.people import person
from tests.services.test_documents import NOW

SOFA = piece(SCENARIOS, "grey-sofa")
OURS = piece(SCENARIOS, "late-parcel")


class Bench:
    """The services with a clock that the test sets, a trainer and an agent."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.now = NOW
        documents = Documents(services.database, services.threads, lambda: self.now)
        self.editing = Editing(services.database, documents, lambda: self.now)
        self.publishing = Publishing(services.database, documents, lambda: self.now)
        self.material = Material(services.database, documents, self.editing, lambda: self.now)
        self.drafts = Drafts(services.database, documents, self.editing, self.publishing, self.material)

    async def begin(self) -> None:
        await self.services.accounts.create_client("other", "Other")
        self.tess = await person(self.services, "Tess", Role.TRAINER, "main")
        self.abe = await person(self.services, "Abe", Role.AGENT, "main")

    async def write(self, kind: Kind[Any], text: str) -> None:
        edition = (await self.editing.open(self.tess, "main", kind)).edition
        await self.editing.save(self.tess, "main", kind, text, follows=edition, change="x")

    async def publish(self, kind: Kind[Any], text: str = "", effective_at: datetime | None = None) -> Version:
        if text:
            await self.write(kind, text)
        edition = (await self.editing.open(self.tess, "main", kind)).edition
        return await self.publishing.publish(
            self.tess, "main", kind, follows=edition, effective_at=effective_at
        )

    async def titles(self) -> dict[str, tuple[int, str]]:
        offered = await self.material.scenarios(self.abe, "main")
        return {each.id: (each.version, each.content.title) for each in offered}

    async def states(self, family: Family[Any]) -> dict[str, tuple[State, bool]]:
        shelf = await self.material.shelf(self.tess, "main")
        return {each.kind.name.partition(".")[2]: (each.state, each.has_draft) for each in shelf[family.name]}


@pytest.fixture
async def bench(both_services: Services) -> Bench:
    bench = Bench(both_services)
    await bench.begin()
    return bench


def sofa(title: str) -> str:
    text = SOFA.shipped()
    old = next(line for line in text.split("\n") if line.startswith("title:"))
    return text.replace(old, f"title: {title}")


async def test_what_a_client_publishes_takes_the_place_of_the_shipped_and_comes_back(bench: Bench) -> None:
    shipped = await bench.titles()
    assert shipped["grey-sofa"][0] == 0
    await bench.publish(SOFA, sofa("The sofa, ours"))
    assert await bench.titles() == shipped | {"grey-sofa": (1, "The sofa, ours")}
    assert (await bench.states(SCENARIOS))["grey-sofa"] == (State.CHANGED, False)
    await bench.write(SOFA, sofa("Newer"))
    assert (await bench.states(SCENARIOS))["grey-sofa"] == (State.CHANGED, True)
    desktop = await bench.editing.open(bench.tess, "main", SOFA)
    await bench.publishing.retire(bench.tess, "main", SOFA, follows=desktop.edition)
    assert "grey-sofa" not in await bench.titles()
    assert (await bench.states(SCENARIOS))["grey-sofa"] == (State.RETIRED, True)
    with pytest.raises(NotFoundError, match="no scenario 'grey-sofa'"):
        await bench.material.scenario(bench.abe, "main", "grey-sofa")
    desktop = await bench.editing.open(bench.tess, "main", SOFA)
    with pytest.raises(ConflictError, match="off the list"):
        await bench.publishing.retire(bench.tess, "main", SOFA, follows=desktop.edition)
    await bench.publishing.roll_back(bench.tess, "main", SOFA, 0, follows=desktop.edition)
    assert (await bench.titles())["grey-sofa"] == (3, shipped["grey-sofa"][1])


async def test_other_clients_and_other_people_see_nothing_of_it(bench: Bench) -> None:
    await bench.material.begin(bench.tess, "main", SCENARIOS, "late-parcel")
    await bench.publish(OURS)
    uma = await person(bench.services, "Uma", Role.TRAINER, "other")
    assert "late-parcel" not in {each.id for each in await bench.material.scenarios(uma, "other")}
    hidden: tuple[Awaitable[Any], ...] = (
        bench.material.scenario(uma, "main", "late-parcel"),
        bench.material.shelf(uma, "main"),
        bench.material.pack(uma, "main"),
        bench.material.scenario(uma, "other", "late-parcel"),
    )
    for asks in hidden:
        with pytest.raises(NotFoundError):
            await asks
    desktop = await bench.editing.open(bench.tess, "main", OURS)
    refused: tuple[Awaitable[Any], ...] = (
        bench.material.shelf(bench.abe, "main"),
        bench.material.begin(bench.abe, "main", SCENARIOS, "mine"),
        bench.material.unpack(bench.abe, "main", []),
        bench.material.draft(bench.abe, "main", FAMILIES["scenario"], "late-parcel"),
        bench.publishing.retire(bench.abe, "main", OURS, follows=desktop.edition),
        bench.editing.save_all(bench.abe, "main", {OURS: "x"}, change="x"),
    )
    for asks in refused:
        with pytest.raises(ForbiddenError):
            await asks
    viewer = await person(bench.services, "Vic", Role.CLIENT_VIEWER, "main")
    with pytest.raises(ForbiddenError):
        await bench.material.scenarios(viewer, "main")


@pytest.mark.parametrize("family", FAMILIES.values(), ids=lambda family: family.name)
async def test_a_new_piece_begins_as_a_draft_that_can_be_published(bench: Bench, family: Family[Any]) -> None:
    kind = await bench.material.begin(bench.tess, "main", family, "brand-new")
    assert (await bench.states(family))["brand-new"] == (State.DRAFT, True)
    monday = bench.now + timedelta(days=7)
    await bench.publish(kind, effective_at=monday)
    assert (await bench.states(family))["brand-new"] == (State.PLANNED, False)
    bench.now = monday
    assert (await bench.states(family))["brand-new"] == (State.OWN, False)
    assert (await read(bench, family, "brand-new")).version == 1


async def read(bench: Bench, family: Family[Any], piece_id: str) -> Offered[Any]:
    reads: dict[str, Callable[..., Awaitable[Offered[Any]]]] = {
        SCENARIOS.name: bench.material.scenario,
        PERSONAS.name: bench.material.persona,
        DRILLS.name: bench.material.drill,
        LESSONS.name: bench.material.lesson,
    }
    return await reads[family.name](bench.abe, "main", piece_id)


async def test_a_copy_has_a_name_of_its_own_and_no_name_is_used_twice(bench: Bench) -> None:
    kind = await bench.material.begin(bench.tess, "main", SCENARIOS, "red-sofa", like="grey-sofa")
    desktop = await bench.editing.open(bench.tess, "main", kind)
    assert desktop.text == named(SOFA.shipped(), "red-sofa")
    for taken in ("red-sofa", "grey-sofa"):
        with pytest.raises(ConflictError, match="already"):
            await bench.material.begin(bench.tess, "main", SCENARIOS, taken)
    for wrong in ("Red Sofa", "a.b", "", "x" * 41):
        with pytest.raises(InputError):
            await bench.material.begin(bench.tess, "main", SCENARIOS, wrong)
    with pytest.raises(NotFoundError, match="to copy"):
        await bench.material.begin(bench.tess, "main", SCENARIOS, "new", like="nothing-here")
    with pytest.raises(DocumentError, match="must stay"):
        await bench.publish(kind, SOFA.shipped())


async def test_a_draft_is_tried_by_its_keepers_alone(bench: Bench) -> None:
    await bench.material.begin(bench.tess, "main", SCENARIOS, "late-parcel")
    begun = Beginning(scenario_id="late-parcel", seed=1, trying="scenario.late-parcel")
    session = await bench.services.practising.begin(bench.tess, "main", begun)
    assert (session.kept.scenario_version, session.run.scenario.id) == (DRAFT, "late-parcel")
    with pytest.raises(ForbiddenError):
        await bench.services.practising.begin(bench.abe, "main", begun)
    with pytest.raises(NotFoundError):
        await bench.services.practising.begin(bench.abe, "main", Beginning(scenario_id="late-parcel", seed=1))
    await bench.material.begin(bench.tess, "main", PERSONAS, "weary")
    begun = Beginning(scenario_id="grey-sofa", persona_id="weary", seed=1, trying="persona.weary")
    session = await bench.services.practising.begin(bench.tess, "main", begun)
    assert (session.kept.scenario_version, session.run.persona.id) == (DRAFT, "weary")


async def test_what_is_exported_is_imported_elsewhere_as_drafts(bench: Bench) -> None:
    with pytest.raises(NotFoundError):
        await bench.material.pack(bench.tess, "main")
    await bench.publish(SOFA, sofa("The sofa, ours"))
    await bench.material.begin(bench.tess, "main", LESSONS, "our-page")
    await bench.material.begin(bench.tess, "main", DRILLS, "our-drill")
    packed = await bench.material.pack(bench.tess, "main")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.namelist() == [
            "drill/our-drill.yaml",
            "lesson/our-page.md",
            "scenario/grey-sofa.yaml",
        ]
    uma = await person(bench.services, "Uma", Role.TRAINER, "other")
    changed = await bench.material.unpack(uma, "other", [("them.zip", packed)])
    assert {each.name for each in changed} == {"drill.our-drill", "lesson.our-page", "scenario.grey-sofa"}
    desktop = await bench.editing.open(uma, "other", SOFA)
    assert desktop.text == sofa("The sofa, ours")
    assert desktop.draft is not None
    assert desktop.draft.undo_to is not None
    assert await bench.material.unpack(uma, "other", [("them.zip", packed)]) == []


async def test_one_wrong_file_keeps_all_of_them_out_and_each_error_is_told(bench: Bench) -> None:
    good = sofa("Good")
    files = [
        ("grey-sofa.yaml", good.encode()),
        ("scenario/late.yaml", b"id: late\nopenings: nothing\n"),
        ("what.yaml", b"hello: there"),
        ("picture.md", b"\xff\xfe"),
        ("page.md", b"no title"),
    ]
    with pytest.raises(BundleError) as caught:
        await bench.material.unpack(bench.tess, "main", files)
    told = {each.file: each.problems for each in caught.value.rejected}
    assert set(told) == {"scenario/late.yaml", "what.yaml", "picture.md", "page.md"}
    assert any("openings" in each.message and each.line == 2 for each in told["scenario/late.yaml"])
    assert (await bench.editing.open(bench.tess, "main", SOFA)).draft is None


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def test_files_are_known_by_their_folder_their_keys_or_how_an_export_named_them() -> None:
    page = LESSONS.template().encode()
    files = [
        ("main-scenario.grey-sofa-3.yaml", sofa("A").encode()),
        ("main-lesson.say-what-you-see-12.md", page),
        ("all.zip", zipped(("x/persona/weary.yml", named(PERSONAS.template(), "weary").encode()))),
        ("mac.zip", zipped(("__MACOSX/a", b"\x00"), (".DS_Store", b"\x00"), ("lesson/plain.md", page))),
    ]
    assert {kind.name for kind in read_bundle(files)} == {
        "scenario.grey-sofa",
        "lesson.say-what-you-see",
        "persona.weary",
        "lesson.plain",
    }
    assert read_bundle([("a.zip", bundled({SOFA: sofa("B")}))]) == {SOFA: sofa("B")}


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([], "no material"),
        ([("bomb.zip", zipped(("a.md", b"# A\n" * 3_000_000)))], "when unpacked"),
        ([("many.zip", zipped(*((f"{at}.md", b"") for at in range(501))))], "more than 500 files"),
        ([("torn.zip", zipped(("a.md", b"# A\n\nb"))[:-30] + b"PK\x05\x06" + b"\0" * 18)], "."),
        ([("a.md", b"# A\n\nb"), ("lesson/a.md", b"# A\n\nc")], "another file"),
        ([("empty.md", b"")], "nothing in it"),
        ([("../../up.yaml", b"a: b")], "no scenario"),
    ],
)
def test_files_that_are_no_material_are_told(files: list[tuple[str, bytes]], says: str) -> None:
    with pytest.raises(BundleError) as caught:
        read_bundle(files)
    assert any(says in problem.message for each in caught.value.rejected for problem in each.problems)


LIVED = (
    (Speaker.CUSTOMER, "heat 2 My name is Marabel Quincunx and NG-4471 is late."),
    (Speaker.AGENT, "Please wait."),
    (Speaker.CUSTOMER, "heat 4 Zephyrine promised it for Tuesday, in Wexcombe!"),
    (Speaker.AGENT, "Sorry."),
)


async def lived(bench: Bench) -> tuple[Viewer, str]:
    """A conversation, and the agent who had it."""
    services = bench.services
    abe = await person(services, "Zephyrine", Role.AGENT, "main")
    opening = Opening(
        client_id="main", customer="Marabel Quincunx", customer_key="NG-4471", agent=abe.name, agent_id=abe.id
    )
    summary, _ = await services.live.open(abe, opening)
    said = [
        Said(id=f"t{at}", speaker=speaker, text=text, number=at) for at, (speaker, text) in enumerate(LIVED)
    ]
    await services.live.add_turns(abe, summary.id, said)
    return abe, summary.id


async def test_a_scenario_of_a_conversation_is_a_draft_with_other_names(bench: Bench) -> None:
    services = bench.services
    abe, conversation_id = await lived(bench)
    with pytest.raises(ForbiddenError):
        await bench.material.from_life(abe, await services.live.read(abe, conversation_id))
    whole = await services.live.read(bench.tess, conversation_id)
    kind = await bench.material.from_life(bench.tess, whole)
    text = (await bench.editing.open(bench.tess, "main", kind)).text
    for secret in ("Marabel", "Quincunx", "4471", "Zephyrine", "Tuesday", "Wexcombe", conversation_id[:8]):
        assert secret.lower() not in text.lower()
    assert (await bench.states(SCENARIOS))[kind.name.partition(".")[2]] == (State.DRAFT, True)
    assert kind.name.partition(".")[2] not in await bench.titles()
    await bench.write(kind, text + "# Read by Tess.\n")
    assert await bench.material.from_life(bench.tess, whole) == kind
    assert (await bench.editing.open(bench.tess, "main", kind)).text.endswith("Tess.\n")
    await bench.publish(kind)
    assert kind.name.partition(".")[2] in await bench.titles()


async def test_what_was_made_from_a_customer_goes_with_them_copies_and_runs_too(bench: Bench) -> None:
    services, main = bench.services, "main"
    abe, conversation_id = await lived(bench)
    kind = await bench.material.from_life(bench.tess, await services.live.read(bench.tess, conversation_id))
    await bench.publish(kind)
    copy = await bench.material.begin(bench.tess, main, SCENARIOS, "a-copy", like=id_of(kind))
    await bench.publish(copy, (await bench.editing.open(bench.tess, main, copy)).text + "# Ours now.\n")
    drafted = await bench.material.begin(bench.tess, main, SCENARIOS, "second-copy", like=id_of(copy))
    ours = await bench.material.begin(bench.tess, main, SCENARIOS, "late-parcel")
    await bench.publish(ours, (await bench.editing.open(bench.tess, main, ours)).text + "# Ours.\n")
    runs = [
        await services.practising.begin(abe, main, Beginning(scenario_id=id_of(each), warned=True))
        for each in (kind, copy)
    ]
    await services.practising.stop(abe, runs[1].kept.id)
    await services.looking_back.reflect(abe, runs[1].kept.id, "I listened.", "")
    other = await services.practising.begin(abe, main, Beginning(scenario_id="grey-sofa"))
    said = next(each.says for each in runs[0].run.scenario.so_far)
    await services.live.end(abe, conversation_id)
    ada = await person(services, "Ada", Role.ADMIN)
    async with services.database.read() as connection:
        customer = await customers.find_by_key(connection, main, "NG-4471")
    assert customer

    deletion = await services.erasure.delete(ada, customer.id, "NG-4471")

    counts = deletion.counts
    assert (counts["practice_runs"], counts["practice_reflections"], counts["document_versions"]) == (2, 1, 2)
    assert counts["document_drafts"]
    assert [each.id for each in (await services.practising.list_mine(abe)).runs] == [other.kept.id]
    titles = await bench.titles()
    assert id_of(ours) in titles
    assert not {id_of(kind), id_of(copy)} & set(titles)
    with pytest.raises(NotFoundError):
        await services.material.scenario(abe, main, id_of(copy))
    desktop = await bench.editing.open(bench.tess, main, copy)
    assert desktop.versions[0].comment == COMMENT
    assert (await bench.editing.open(bench.tess, main, drafted)).draft is None
    async with services.database.read() as connection:
        for table in metadata.sorted_tables:
            assert said not in str((await connection.execute(select(table))).all()), table.name


async def test_what_is_named_and_not_there_is_told_where_it_stands(bench: Bench) -> None:
    async def says(kind: Kind[Any], text: str) -> list[str]:
        found = await bench.drafts.check(bench.tess, "main", kind, text)
        lines = text.split("\n")
        return [f"{lines[each.line - 1].strip()[:20]}|{each.message}" for each in found]

    named_wrong = sofa("Ours").replace("title: Ours", "title: Ours\npersonas: [angri, icy-polite, qqq]")
    assert await says(SOFA, sofa("Ours")) == []
    near, far = await says(SOFA, named_wrong)
    assert near == 'personas: [angri, ic|there is no persona "angri" here; did you mean "angry"?'
    assert far.startswith('personas: [angri, ic|there is no persona "qqq" here; write one of: abusive,')
    thanks = piece(DRILLS, "thank-for-it")
    (lesson,) = await says(thanks, thanks.shipped().replace("lessons: [", "lessons: [aplogise, "))
    assert 'no lesson "aplogise" here; did you mean "apologise"?' in lesson
    page = piece(LESSONS, "our-page")
    (link,) = await says(page, "# Ours\n\nSee [there](apologize.md) and [here](restate.md#top).\n")
    assert link.startswith("See [there](apologiz|there is no lesson")
    assert await says(SOFA, "title: [") != []
    calm = await bench.material.begin(bench.tess, "main", PERSONAS, "qqq")
    assert len(await says(SOFA, named_wrong)) == 1
    with pytest.raises(ForbiddenError):
        await bench.drafts.check(bench.abe, "main", calm, "")


async def test_drafts_are_published_together_or_not_at_all(bench: Bench) -> None:
    await bench.write(SOFA, sofa("The sofa, ours"))
    ours = await bench.material.begin(bench.tess, "main", SCENARIOS, "late-parcel")
    wrong = await bench.material.begin(bench.tess, "main", SCENARIOS, "wrong")
    await bench.write(wrong, "id: wrong\n")
    waiting = {each.kind: each for each in await bench.drafts.waiting(bench.tess, "main")}
    assert [bool(waiting[each].problems) for each in (SOFA, ours, wrong)] == [False, False, True]
    assert waiting[SOFA].before == SOFA.shipped()
    assert not waiting[ours].before
    editions = {kind: each.edition for kind, each in waiting.items()}
    before = await bench.titles()
    with pytest.raises(DocumentError):
        await bench.drafts.publish_all(bench.tess, "main", editions)
    with pytest.raises(ConflictError, match="Nothing was chosen"):
        await bench.drafts.publish_all(bench.tess, "main", {})
    del editions[wrong]
    await bench.write(SOFA, sofa("Changed meanwhile"))
    with pytest.raises(ConflictError):
        await bench.drafts.publish_all(bench.tess, "main", editions)
    assert await bench.titles() == before
    editions[SOFA] = (await bench.editing.open(bench.tess, "main", SOFA)).edition
    versions = await bench.drafts.publish_all(bench.tess, "main", editions, comment="From head office")
    assert {(each.kind, each.number, each.comment) for each in versions} == {
        (SOFA.name, 1, "From head office"), (ours.name, 1, "From head office"),
    }  # fmt: skip
    after = await bench.titles()
    assert after["grey-sofa"] == (1, "Changed meanwhile")
    assert "late-parcel" in after
    assert [each.kind for each in await bench.drafts.waiting(bench.tess, "main")] == [wrong]
    with pytest.raises(ForbiddenError):
        await bench.drafts.publish_all(bench.abe, "main", editions)
