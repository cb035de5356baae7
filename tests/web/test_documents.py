"""The screens of documents over HTTP: text, entries, versions, comparisons, trials, and who may come."""

from __future__ import annotations

import html
import re

import httpx
import pytest

from coolhead.codebook import Speaker
from coolhead.guidance.amend import entries_in
from coolhead.guidance.playbook import shipped_text
from coolhead.services.conversations.live import Opening
from coolhead.services.documents.documents import KINDS, PLAYBOOK
from coolhead.services.turns.hearing import Said
from coolhead.storage.accounts import Role
from coolhead.wiring import Services
from tests.services.people import program
from tests.web.conftest import SignIn

BASE = "/documents/main/playbook"
SMALL = """name: Ours
entries:
  - name: cool
    title: Cool down  # keep it short
    when:
      heat: {at_least: tense}
    techniques: [empathy]
    say: ["I hear you."]
    why: "They are {heat}."
    priority: 90
"""


def hidden(page: str) -> dict[str, str]:
    """The edition, and the entry as it was opened, that the page's forms carry."""
    found = dict(re.findall(r'<input type="hidden" name="(version|draft|was)" value="([^"]*)"', page))
    return {name: html.unescape(value) for name, value in found.items()}


async def save_text(client: httpx.AsyncClient, words: str, base: str = BASE) -> httpx.Response:
    page = (await client.get(f"{base}/text")).text
    return await client.post(f"{base}/text", data=hidden(page) | {"text": words})


async def publish(client: httpx.AsyncClient, **more: str) -> httpx.Response:
    page = (await client.get(f"{BASE}/text")).text
    return await client.post(f"{BASE}/publish", data=hidden(page) | more)


async def test_agents_and_strangers_find_nothing(sign_in: SignIn, services: Services) -> None:
    await services.accounts.create_client("other", "Other")
    agent, supervisor = await sign_in(Role.AGENT), await sign_in(Role.SUPERVISOR)
    paths = ("", "/text", "/versions", "/compare", "/file", "/trial", "/new", "/entries/warn")
    for path in paths:
        assert (await agent.get(BASE + path)).status_code == 403
        assert (await supervisor.get(f"/documents/other/playbook{path}")).status_code == 404
    for path in ("/text", "/check", "/undo", "/publish", "/entries", "/form", "/entries/check", "/trial"):
        assert (
            await supervisor.post(f"/documents/other/playbook{path}", data={"text": "x"})
        ).status_code == 404
    assert "Other" not in (await supervisor.get("/documents")).text
    assert (await supervisor.get("/documents/main/nothing/text")).status_code == 404


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_can_be_written_published_and_brought_back_as_text(
    sign_in: SignIn, kind: str
) -> None:
    client = await sign_in(Role.SUPERVISOR)
    base = f"/documents/main/{kind}"
    own = "\n# our own\n" if KINDS[kind].suffix == "yaml" else "\nThese are our own words.\n"
    words = KINDS[kind].shipped() + own
    assert (await save_text(client, words, base)).status_code == 303
    assert "our own" in (await client.get(f"{base}/compare?to=draft")).text or kind == "playbook"
    page = (await client.get(f"{base}/text")).text
    assert (await client.post(f"{base}/publish", data=hidden(page))).status_code == 303
    assert (await client.get(f"{base}/file?version=1")).text == words
    versions = (await client.get(f"{base}/versions")).text
    assert "Mara" in versions
    back = await client.post(f"{base}/versions/0/restore", data=hidden(versions))
    assert back.status_code == 303
    assert "Brings back the shipped text" in (await client.get(f"{base}/versions")).text


async def test_problems_are_told_by_line_while_typing_and_bar_publishing(sign_in: SignIn) -> None:
    client = await sign_in(Role.SUPERVISOR)
    wrong = SMALL.replace("tense", "warm").replace("[empathy]", "[empaty]")
    told = (await client.post(f"{BASE}/check", data={"text": wrong})).text
    assert ("Line 6, column 24" in told, "Line 7, column 18" in told, "did you mean" in told) == (True,) * 3
    await save_text(client, wrong)
    refused = await publish(client)
    assert refused.status_code == 422
    assert "2 problems" in refused.text
    assert "No problems" in (await client.post(f"{BASE}/check", data={"text": SMALL})).text


async def test_who_was_slower_sees_both_texts_and_loses_nothing(sign_in: SignIn) -> None:
    sam, ada = await sign_in(Role.SUPERVISOR), await sign_in(Role.ADMIN)
    before = hidden((await ada.get(f"{BASE}/text")).text)
    await save_text(sam, SMALL)
    mine = SMALL.replace("I hear you", "I do hear you")
    refused = await ada.post(f"{BASE}/text", data=before | {"text": mine})
    assert refused.status_code == 409
    assert "Mara has changed this document since you opened it." in refused.text
    assert "I do hear you" in refused.text
    assert "<del>    say: [&#34;I hear you.&#34;]</del>" in refused.text
    again = await ada.post(f"{BASE}/text", data=hidden(refused.text) | {"text": mine})
    assert again.status_code == 303
    assert (await ada.get(f"{BASE}/file")).text == mine


async def test_an_entry_is_changed_in_a_form_and_comments_stay(sign_in: SignIn) -> None:
    client = await sign_in(Role.SUPERVISOR)
    await save_text(client, SMALL)
    page = (await client.get(f"{BASE}/entries/cool")).text
    fields = hidden(page) | {
        "name": "cool",
        "title": "Cool down",
        "say": ["I hear you.", "Tell me more."],
        "why": "They are {heat}.",
        "techniques": ["empathy", "", ""],
        "has": ["when.heat", "when.not_yet", "unless.cues"],
        "when.heat.at_least": "tense",
        "when.heat.at_most": "angry",
        "when.not_yet.technique": ["empathy", ""],
        "when.not_yet.time": ["in the last N turns", "ever"],
        "when.not_yet.turns": ["3", "4"],
        "unless.cues": ["safety_risk", "thanks"],
        "priority": "90",
        "kept.priority": "1",
        "cool_down": "8",
        "after": "customer",
        "learn": "",
    }
    saved = await client.post(f"{BASE}/entries", data=fields)
    assert saved.headers["location"] == f"{BASE}/entries/cool"
    text = (await client.get(f"{BASE}/file")).text
    assert "title: Cool down  # keep it short" in text
    assert entries_in(text) == [
        {
            "name": "cool",
            "title": "Cool down",
            "when": {
                "heat": {"at_least": "tense", "at_most": "angry"},
                "not_yet": {"empathy": "in the last 3 turns"},
            },
            "unless": {"cues": ["thanks", "safety_risk"]},
            "techniques": ["empathy"],
            "say": ["I hear you.", "Tell me more."],
            "why": "They are {heat}.",
            "priority": 90,
        }
    ] or entries_in(text)[0]["unless"] == {"cues": ["safety_risk", "thanks"]}
    assert "Changed “Cool down”" in html.unescape((await client.get(BASE)).text)

    other = await client.post(f"{BASE}/entries", data=fields | {"title": "Breathe"})
    assert other.status_code == 409
    assert "was changed meanwhile" in other.text
    assert 'value="Breathe"' in other.text
    assert "Tell me more." in other.text
    forced = await client.post(f"{BASE}/entries", data=fields | hidden(other.text) | {"title": "Breathe"})
    assert forced.status_code == 303


async def test_what_is_wrong_with_an_entry_is_told_beside_its_field(sign_in: SignIn) -> None:
    client = await sign_in(Role.SUPERVISOR)
    await save_text(client, SMALL)
    fields = {
        "name": "cool",
        "title": "",
        "say": "Hello {nobody}.",
        "why": "w",
        "techniques": "empathy",
        "has": ["when.heat", "when.risk"],
        "when.risk.at_least": "high",
    }
    told = (await client.post(f"{BASE}/entries/check", data=fields)).text
    slots = dict(re.findall(r"id='wrong-([^']+)'\]\"[^>]*>(.*?)</hx-partial>", told))
    wrong = {name: html.unescape(re.sub("<[^>]+>", "", words)) for name, words in slots.items() if words}
    assert set(wrong) == {"name", "say", "when.heat", "when.risk"}
    assert "already used" in wrong["name"]
    refused = await client.post(f"{BASE}/entries", data=fields)
    assert refused.status_code == 422
    assert "Hello {nobody}." in refused.text
    assert "must not be empty" in refused.text or "is missing" in refused.text


async def test_conditions_and_wordings_come_and_go_without_being_kept(sign_in: SignIn) -> None:
    client = await sign_in(Role.SUPERVISOR)
    form = {"title": "T", "say": "One", "new.when": "issue", "do": "add:when"}
    added = (await client.post(f"{BASE}/form", data=form)).text
    assert 'value="when.issue"' in added
    dropped = await client.post(f"{BASE}/form", data=form | {"has": "when.issue", "do": "drop:when.issue"})
    assert 'name="has"' not in dropped.text
    longer = (await client.post(f"{BASE}/form", data=form | {"do": "line:say"})).text
    assert longer.count('name="say"') == 2
    assert (await client.get(f"{BASE}/file")).text == shipped_text()


async def test_every_entry_of_the_shipped_playbook_opens_and_saves_as_it_is(sign_in: SignIn) -> None:
    client = await sign_in(Role.SUPERVISOR)
    for each in entries_in(shipped_text())[::9]:
        page = await client.get(f"{BASE}/entries/{each['name']}")
        assert page.status_code == 200
        assert each["title"] in html.unescape(page.text)
    assert (await client.get(f"{BASE}/entries/no-such")).headers["location"] == BASE


async def test_undo_redo_remove_settings_and_discard(sign_in: SignIn) -> None:
    client = await sign_in(Role.SUPERVISOR)
    await save_text(client, SMALL)
    page = (await client.get(f"{BASE}/entries/cool")).text
    assert (await client.post(f"{BASE}/entries/remove", data=hidden(page))).status_code == 303
    page = (await client.get(BASE)).text
    assert "No entry yet" in page
    await client.post(f"{BASE}/undo", data=hidden(page) | {"back": "https://elsewhere.example"})
    assert (await client.get(f"{BASE}/file")).text == SMALL
    page = (await client.get(BASE)).text
    assert (await client.post(f"{BASE}/redo", data=hidden(page))).headers["location"] == BASE
    await client.post(f"{BASE}/settings", data={"name": "Named", "rest": "3", "urgent_from": "80"})
    assert "rest: 3" in (await client.get(f"{BASE}/file")).text
    assert (await client.post(f"{BASE}/settings", data={"name": "N", "rest": "99"})).status_code == 422
    page = (await client.get(BASE)).text
    await client.post(f"{BASE}/discard", data=hidden(page))
    assert (await client.get(f"{BASE}/file")).text == shipped_text()


async def test_a_version_for_later_is_shown_with_its_date_and_withdrawn(sign_in: SignIn) -> None:
    client = await sign_in(Role.SUPERVISOR)
    await save_text(client, SMALL)
    assert (await publish(client, begins="later", at="")).status_code == 422
    done = await publish(client, begins="later", at="2099-03-02T09:30", comment="Spring <b>")
    assert done.status_code == 303
    page = (await client.get(f"{BASE}/versions")).text
    assert "Mon 02 Mar 2099, 09:30" in page
    assert "Spring &lt;b&gt;" in page
    assert (await client.post(f"{BASE}/versions/1/withdraw")).status_code == 303
    assert "withdrawn by Mara" in (await client.get(f"{BASE}/versions")).text


async def test_a_file_is_imported_as_the_draft(sign_in: SignIn) -> None:
    client = await sign_in(Role.SUPERVISOR)
    edition = hidden((await client.get(f"{BASE}/text")).text)
    for content, status in ((b"\xff\xfe", 422), (b"\xef\xbb\xbf" + SMALL.encode(), 303)):
        files = {"file": ("ours.yaml", content, "text/yaml")}
        assert (await client.post(f"{BASE}/import", data=edition, files=files)).status_code == status
    assert (await client.get(f"{BASE}/file")).text == SMALL
    assert "Imported ours.yaml" in (await client.get(BASE)).text


async def test_entries_are_compared_in_words(sign_in: SignIn) -> None:
    client = await sign_in(Role.SUPERVISOR)
    await save_text(client, SMALL)
    await publish(client)
    await save_text(client, SMALL.replace("tense", "angry").replace("I hear you", "I do hear you"))
    page = (await client.get(f"{BASE}/compare?from=1&to=draft")).text
    assert "at least <del>tense</del><ins>angry</ins>" in page
    assert "I<ins> do</ins> hear you." in page
    assert "The same advice" in (await client.get(f"{BASE}/compare?from=1&to=1")).text
    await save_text(client, "entries: [")
    assert "<ins>entries: [</ins>" in (await client.get(f"{BASE}/compare?from=1&to=draft")).text
    assert "cannot be read as it stands" in (await client.get(BASE)).text


async def test_the_draft_is_tried_on_what_was_said(sign_in: SignIn, services: Services) -> None:
    client = await sign_in(Role.SUPERVISOR)
    empty = (await client.post(f"{BASE}/trial", data={"days": "7"})).text
    assert "No conversation to try it on" in empty
    await services.accounts.create_client("other", "Other")
    for each, name in (("main", "Jo Park"), ("other", "Someone Else")):
        opening = Opening(client_id=each, customer=name)
        summary, _ = await services.live.open(program(each), opening)
        said = [
            Said(id="t1", speaker=Speaker.CUSTOMER, text="heat 3, this is the second time"),
            Said(id="t2", speaker=Speaker.AGENT, text="One moment."),
        ]
        await services.live.add_turns(program(each), summary.id, said)
    await save_text(client, SMALL)
    told = (await client.post(f"{BASE}/trial", data={"days": "7"})).text
    assert "1 of 1 conversations" in told
    assert "Would have fired 1 time" in told
    assert "heat 3, this is the second time" in told
    assert "One moment." in told
    assert "#t-t1" in told
    assert "Someone Else" not in told
    await save_text(client, SMALL.replace("tense", "warm"))
    assert "Line 6" in (await client.post(f"{BASE}/trial", data={"days": "7"})).text
    assert (await services.documents.current("main", PLAYBOOK)).version == 0
