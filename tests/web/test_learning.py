"""The learning path on screen, without scripts: forms alone lead through it."""

from __future__ import annotations

import re
from datetime import timedelta

from coolhead.casework.hours import Hours
from coolhead.codebook import Technique
from coolhead.practice.learning.progress import Counts, Source, Tally
from coolhead.storage import clients, learning
from coolhead.storage.accounts import Role
from coolhead.storage.learning import Ended
from coolhead.web.words import due_words
from coolhead.wiring import Services, local_now
from tests.services.test_desk import hot_conversation
from tests.web.conftest import SignIn

HTMX = {"HX-Request": "true"}


async def test_a_drill_is_done_by_forms_alone(sign_in: SignIn, client_id: str) -> None:
    agent = await sign_in(Role.AGENT)
    home = (await agent.get("/practice")).text
    assert "Next for you" in home
    assert "Nothing stands out in your conversations" in home
    begun = await agent.post("/practice/drills/sorry-for-the-thing", data={"client": client_id})
    at = begun.headers["location"]
    page = (await agent.get(at)).text
    assert "sofa came with a leg missing" in page
    assert 'id="clock"' not in page
    answer = {"number": "1", "text": "Sorry for any inconvenience."}
    assert (await agent.post(f"{at}/answer", data=answer)).status_code == 303
    page = (await agent.get(at)).text
    assert "Leave out “inconvenience”." in page
    assert "boot print" in page
    contested = (await agent.post(f"{at}/contest", data={"number": "1"}, headers=HTMX)).text
    assert "Counted as right" in contested
    assert "<html" not in contested
    await agent.post(f"{at}/next", data={"number": "1"})
    assert (await agent.post(f"{at}/stop")).headers["location"] == f"{at}?result"
    assert "1 of 1 right" in (await agent.get(f"{at}?result")).text
    assert "1 of 1 last time" in (await agent.get("/practice")).text


async def test_lessons_drills_and_customers_lead_to_one_another(sign_in: SignIn, client_id: str) -> None:
    agent = await sign_in(Role.AGENT)
    here = f"?client={client_id}"
    method = (await agent.get("/learn/apologise")).text
    lesson = (await agent.get(f"/practice/lessons/apologise{here}")).text
    drill = (await agent.get(f"/practice/drills/sorry-for-the-thing{here}")).text
    assert f'href="/practice/lessons/apologise{here}"' in method
    assert 'href="/learn/apologise"' in lesson
    assert f'href="/practice/lessons/apologise{here}"' in drill
    for page in (method, lesson):
        assert f'href="/practice/drills/sorry-for-the-thing{here}"' in page
        assert page.count("Meet ") == 3
    action = method.partition('<form method="post" action="/practice/start/')[2]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', action.partition("</form>")[0]))
    begun = await agent.post(f"/practice/start/{action.partition(chr(34))[0]}", data=fields)
    assert begun.headers["location"].startswith("/practice/runs/")
    assert "/practice/lessons" not in (await agent.get("/learn")).text.partition("<article")[2]
    viewer = await sign_in(Role.CLIENT_VIEWER)
    assert "/practice/drills" not in (await viewer.get("/learn/apologise")).text.partition("<article")[2]


async def test_what_will_not_do_is_told(sign_in: SignIn, client_id: str) -> None:
    trainer = await sign_in(Role.TRAINER)
    form = {"client": client_id, "what": "drill:set-a-limit", "due_on": "soon", "for_whom": "agent"}
    for wrong in (form, form | {"what": "nothing", "due_on": "2036-01-01"}):
        answer = await trainer.post("/training/assignments", data=wrong)
        assert 400 <= answer.status_code < 500
    empty = (await trainer.get("/training")).text
    assert "Nothing is assigned yet" in empty
    assert "Nothing to show yet" in (await trainer.get("/training/progress")).text
    assert "Nothing to show yet" in (await trainer.get("/practice/progress")).text


async def test_days_are_those_of_the_client(sign_in: SignIn, services: Services, client_id: str) -> None:
    async with services.database.write() as connection:
        kept = await clients.find(connection, client_id)
        assert kept is not None
        hours = Hours(time_zone="Pacific/Kiritimati")
        await clients.change_settings(connection, client_id, hours, kept.tone, kept.reply_to)
    trainer = await sign_in(Role.TRAINER)
    there = hours.local(local_now()).date()
    page = (await trainer.get("/training")).text
    assert f'min="{there}"' in page
    assert f'value="{there + timedelta(days=7)}"' in page
    form = {"client": client_id, "what": "lesson:apologise", "due_on": str(there), "for_whom": "trainer"}
    await trainer.post("/training/assignments", data=form)
    assert "Due today" in (await trainer.get("/practice")).text
    await trainer.post("/practice/lessons/apologise/read", data={"client": client_id})
    assert "Done" in (await trainer.get("/practice")).text
    assert "1 of 1 done" in (await trainer.get("/training")).text


async def test_progress_is_drawn_with_its_interval(
    sign_in: SignIn, services: Services, client_id: str
) -> None:
    agent = await sign_in(Role.AGENT)
    who = await services.accounts.find_user("agent@team.example")
    ended = Ended(
        id=await hot_conversation(services, client_id),
        source=Source.LIVE,
        client_id=client_id,
        account_id=who.id,
        ended_at=local_now(),
    )
    async with services.database.write() as connection:
        counts = Counts(techniques={Technique.EMPATHY: Tally(due=29, shown=1)})
        await learning.add(connection, ended, counts)
    page = (await agent.get("/practice/progress")).text
    assert "3 % (1 % to 17 %)" in page
    assert "1 of 29" in page
    assert "Too few to tell yet" in page
    assert 'id="about-share"' in page
    assert page.count('class="span"') == 1
    assert "/practice/drills/name-the-feeling" in page


def test_when_something_is_due_reads_as_people_say_it() -> None:
    told = [due_words(days) for days in (-2, -1, 0, 1, 5)]
    assert told == ["2 days late", "1 day late", "due today", "due tomorrow", "due in 5 days"]
