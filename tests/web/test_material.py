"""Practice material on screen: states, files in and out with every error, a piece from a conversation."""

from __future__ import annotations

import io
import re
import zipfile

from coolhead.services.training.pieces import SCENARIOS, piece
from coolhead.storage.accounts import Role
from tests.web.conftest import SignIn

BASE = "/training/material/main"
SOFA = piece(SCENARIOS, "grey-sofa").shipped()
TEXT = f"{BASE}/scenario.grey-sofa/text"
FIRST = {"version": "0", "draft": "0"}


async def test_a_piece_that_is_changed_is_listed_with_its_state_and_exported(sign_in: SignIn) -> None:
    browser = await sign_in(Role.TRAINER)
    page = await browser.get(BASE)
    assert page.status_code == 200
    assert "as shipped" in page.text
    assert "Export what is your own" not in page.text
    assert (await browser.get(f"{BASE}/export")).status_code == 404
    answer = await browser.post(TEXT, data={"text": f"{SOFA}# ours\n", **FIRST})
    assert answer.headers["location"] == TEXT
    draft = re.search(r'name="draft" value="(\d+)"', (await browser.get(TEXT)).text)
    assert draft
    edition = {"version": "0", "draft": draft.group(1)}
    answer = await browser.post(f"{BASE}/scenario.grey-sofa/publish", data=edition)
    assert answer.headers["location"] == f"{BASE}/scenario.grey-sofa/versions"
    assert "changed here" in (await browser.get(BASE)).text
    packed = await browser.get(f"{BASE}/export")
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        assert archive.read("scenario/grey-sofa.yaml").decode() == f"{SOFA}# ours\n"
    file = await browser.get(f"{BASE}/scenario.grey-sofa/file?version=1")
    assert file.headers["content-disposition"] == 'attachment; filename="main-scenario.grey-sofa-1.yaml"'
    answer = await browser.post(f"{BASE}/scenario.grey-sofa/retire", data={"version": "1", "draft": "0"})
    assert answer.status_code == 303
    assert "off the list" in (await browser.get(BASE)).text


async def test_files_are_taken_in_together_or_not_at_all(sign_in: SignIn) -> None:
    browser = await sign_in(Role.TRAINER)
    good = ("grey-sofa.yaml", f"{SOFA}# ours\n".encode())
    bad = ("late.yaml", b"id: late\nopenings: x\n")
    answer = await browser.post(f"{BASE}/import", files=[("files", good), ("files", bad)])
    assert answer.status_code == 422
    assert "late.yaml" in answer.text
    assert "Line 2, column" in answer.text
    assert "# ours" not in (await browser.get(TEXT)).text
    answer = await browser.post(f"{BASE}/import", files=[("files", good)])
    assert answer.status_code == 200
    assert "1 draft from the files" in answer.text
    assert "# ours" in (await browser.get(TEXT)).text
    large = ("all.zip", b"x" * 5_000_000)
    assert (await browser.post(f"{BASE}/import", files=[("files", large)])).status_code == 413


async def test_what_will_not_do_is_told_on_the_list(sign_in: SignIn) -> None:
    browser = await sign_in(Role.SUPERVISOR)
    answer = await browser.post(BASE, data={"family": "scenario", "name": "grey-sofa"})
    assert answer.status_code == 409
    assert "already" in answer.text
    answer = await browser.post(BASE, data={"family": "lesson", "name": "our-page", "like": "restate"})
    assert answer.headers["location"] == f"{BASE}/lesson.our-page/text"
    shown = await browser.get(f"{BASE}/lesson.our-page/try")
    assert "<h1>Restate, and let them correct you</h1>" in shown.text
    assert (await browser.get(f"{BASE}/scenario.nothing-here/text")).status_code == 404
    assert (await browser.get(f"{BASE}/playbook/text")).status_code == 404
    assert (await browser.get("/documents/main/scenario.grey-sofa/text")).status_code == 404


async def test_an_agent_keeps_no_material_and_a_trainer_no_guidance(sign_in: SignIn) -> None:
    agent, trainer = await sign_in(Role.AGENT), await sign_in(Role.TRAINER)
    assert (await agent.get(TEXT)).status_code == 403
    assert (await trainer.get("/documents/main/playbook/text")).status_code == 403
    saved = await trainer.post("/documents/main/playbook/text", data={"text": "name: x", **FIRST})
    assert saved.status_code == 403


async def test_what_was_imported_is_looked_at_and_published_at_once(sign_in: SignIn) -> None:
    browser = await sign_in(Role.TRAINER)
    lesson = ("files", ("our-page.md", b"# Our page\n\nSay it back.\n"))
    other = ("files", ("restate.md", b"# Say it back\n\nIn one line. See [this](nowhere-at-all.md).\n"))
    taken_in = (await browser.post(f"{BASE}/import", files=[lesson, other])).text
    assert f'href="{BASE}/publish"' in taken_in
    looked = (await browser.get(f"{BASE}/publish")).text
    assert "Say it back." in looked
    assert "There is no lesson &#34;nowhere-at-all&#34; here" in looked
    ready = re.findall(r'name="chosen" value="([^"]+)" checked', looked)
    assert [each.partition("@")[0] for each in ready] == ["lesson.our-page"]
    refused = await browser.post(f"{BASE}/publish", data={"chosen": "lesson.our-page@7.7"})
    assert refused.status_code == 409
    assert (await browser.post(f"{BASE}/publish", data={})).status_code == 409
    done = await browser.post(f"{BASE}/publish", data={"chosen": ready, "comment": "New"})
    assert "1 published" in done.text
    assert f"{BASE}/lesson.our-page/versions" in done.text
    left = (await browser.get(f"{BASE}/publish")).text
    assert "lesson.restate" in left
    assert "lesson.our-page" not in left
    told = await browser.post(
        f"{BASE}/lesson.restate/check", data={"text": "# A\n\n[x](nowhere-at-all.md)\n"}
    )
    assert "Line 3, column 5" in told.text
    page = (await browser.get(f"{BASE}/lesson.restate/text")).text
    version, draft = (re.search(rf'name="{name}" value="(\d+)"', page)[1] for name in ("version", "draft"))  # type: ignore[index]  # both are there
    one = {"version": version, "draft": draft, "begins": "now"}
    assert (await browser.post(f"{BASE}/lesson.restate/publish", data=one)).status_code == 422
