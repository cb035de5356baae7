"""Practice pages: who is met and who is warned, the talk with and without scripts, the curve's drawing."""

from __future__ import annotations

import re

import httpx
import pytest

from coolhead.practice.debrief import CurvePoint
from coolhead.practice.persona import shipped_persona
from coolhead.practice.run import Practice
from coolhead.practice.scenario import Difficulty, Said, shipped_scenario
from coolhead.storage.accounts import Role
from coolhead.web.practice_curve import Room, heat_curve
from coolhead.web.practice_debrief import rounds_of
from coolhead.web.templating import draw
from tests.fakes import FakeEngine
from tests.web.conftest import SignIn

HTMX = {"HX-Request": "true"}
START = "/practice/start/grey-sofa"


@pytest.fixture
async def agent(sign_in: SignIn) -> httpx.AsyncClient:
    return await sign_in(Role.AGENT)


async def begun(agent: httpx.AsyncClient) -> str:
    """The address of a new run."""
    answer = await agent.post(START, data={"persona": "icy-polite", "difficulty": "easy", "seed": "3"})
    assert answer.status_code == 303
    return answer.headers["location"]


async def test_abusive_customers_are_offered_on_request_and_met_after_a_warning(
    agent: httpx.AsyncClient,
) -> None:
    assert 'value="abusive"' not in (await agent.get(START)).text
    answer = await agent.post("/practice/wishes", data={"abusive": "yes", "scenario": "grey-sofa"})
    page = (await agent.get(answer.headers["location"])).text
    assert 'value="abusive"' in page
    assert "Leave them out from now on" in page
    warned = await agent.post(START, data={"persona": "abusive", "difficulty": "hard"})
    assert warned.status_code == 200
    assert "Before you begin" in warned.text
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w*)">', warned.text))
    assert form | {"client": ""} == {
        "client": "",
        "persona": "abusive",
        "difficulty": "hard",
        "warned": "yes",
    }
    assert (await agent.post(START, data=form)).status_code == 303
    await agent.post("/practice/wishes", data={"abusive": "no", "scenario": "grey-sofa"})
    assert (await agent.post(START, data=form)).status_code == 404


async def test_a_run_is_played_without_scripts(agent: httpx.AsyncClient) -> None:
    run = await begun(agent)
    for step, data in (
        ("hint", {}),
        ("pause", {"paused": "yes"}),
        ("pause", {"paused": "no"}),
        ("say", {"number": "1", "text": "What is your order number?"}),
    ):
        answer = await agent.post(f"{run}/{step}", data=data)
        assert (answer.status_code, answer.headers["location"]) == (303, run)
    assert 'id="c-1"' in (await agent.get(run)).text
    stopped = await agent.post(f"{run}/stop")
    debrief = (await agent.get(stopped.headers["location"])).text
    assert "You stopped. That is always all right." in debrief
    again = await agent.post(f"{run}/again", data={"number": "1"})
    assert again.headers["location"] != run
    assert "again from turn 1" in (await agent.get(again.headers["location"])).text


async def test_a_step_sends_only_what_it_changes(agent: httpx.AsyncClient) -> None:
    run = await begun(agent)
    said = await agent.post(f"{run}/say", data={"number": "1", "text": "<b>Hello</b>"}, headers=HTMX)
    assert re.findall(r'hx-target="#(\w+)"', said.text) == ["talk", "next", "held"]
    assert 'name="number" value="2"' in said.text
    assert "&lt;b&gt;Hello" in said.text
    held = await agent.post(f"{run}/pause", headers=HTMX)
    assert "data-paused" in held.text
    empty = await agent.post(f"{run}/say", data={"number": "2", "text": "  "}, headers=HTMX)
    assert empty.status_code == 422
    assert "nothing to say yet" in empty.text


async def test_only_the_talk_may_use_the_microphone(agent: httpx.AsyncClient) -> None:
    run = await begun(agent)
    assert "microphone=(self)" in (await agent.get(run)).headers["permissions-policy"]
    assert "microphone=()" in (await agent.get("/practice/runs")).headers["permissions-policy"]


async def test_who_stops_before_a_word_is_not_scored(agent: httpx.AsyncClient) -> None:
    run = await begun(agent)
    debrief = (await agent.get((await agent.post(f"{run}/stop")).headers["location"])).text
    assert "You stopped before you said anything" in debrief
    assert "about-score" not in re.sub(r'id="about-score"', "", debrief)
    assert "no score" in (await agent.get("/practice/runs")).text


def test_what_was_said_so_far_stands_before_the_place_where_one_takes_over() -> None:
    so_far = (Said(by="customer", says="It is grey."), Said(by="agent", says="Calm down."))
    scenario = shipped_scenario("grey-sofa")
    scenario = scenario.model_copy(update={"so_far": (*so_far, Said(by="customer", says="Calm?"))})
    player = Practice(FakeEngine())  # type: ignore[arg-type]  # as the engine
    run = player.start(scenario, shipped_persona("angry"), Difficulty.NORMAL, 1)
    drawn = draw("_practice_talk.html", run=run, scenario=scenario, hint=None)
    places = [drawn.index(words) for words in ("It is grey.", "Calm down.", "You take over here", "Calm?")]
    assert places == sorted(places)
    assert drawn.count("earlier") == 2


def test_the_curve_numbers_its_bends_and_tells_its_course() -> None:
    points = [
        CurvePoint(number=0, inner=3.1, read=3.0, because=()),
        CurvePoint(number=1, inner=3.8, read=3.4, because=("blames",)),
        CurvePoint(number=2, inner=0.4, read=0.9, because=("owns", "dates")),
        CurvePoint(number=3, inner=0.4, read=0.2, because=()),
    ]
    for room in Room:
        drawn = heat_curve(points, room)
        assert 'aria-label="from angry to calm, at its highest furious"' in drawn
        assert re.findall(r'class="bend".*?>(\d)</text>', drawn) == ["1", "2"]
        assert f'id="ramp-{room.name.lower()}"' in drawn
        assert "style=" not in drawn


def test_evidence_is_told_by_the_numbers_of_turns() -> None:
    assert rounds_of(("t1", "t2", "t5", "t0")) == [0, 1, 3]
