"""Whole runs: same words, same replies; nothing is said twice; facts are kept; questions are answered."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.practice_agents import Skilled, play, poor
from benchmarks.practice_runs import contradictions
from coolhead.errors import ConflictError, InputError
from coolhead.practice.act import Act, Ending
from coolhead.practice.debrief import better_course, compare, debrief
from coolhead.practice.memory import counted
from coolhead.practice.persona import shipped_persona, shipped_personas
from coolhead.practice.run import Practice, Run
from coolhead.practice.scenario import Difficulty, shipped_scenario
from coolhead.practice.scorecard import Criterion
from coolhead.practice.seen import Deed

SAID = (
    "Hello, this is Ravi. I'm sorry about the wrong colour after nine weeks. What happened?",
    "So you ordered Moss, waited nine weeks and got Harbour Grey. Is that right?",
    "So you waited six weeks for a blue armchair?",
    "What is your order number?",
    "Calm down, there is nothing I can do.",
    "Someone will get back to you soon.",
    "I can have a fitter change the covers on the 12th, or order a new sofa for the 18th. Which one?",
    "I'll send you the confirmation by five today.",
    "Is there anything else?",
    "asdf",
    "",
    "Please don't call me names, then I can help you.",
)


def sofa(player: Practice, persona: str = "icy-polite", seed: int = 3) -> Run:
    return player.start(shipped_scenario("grey-sofa"), shipped_persona(persona), Difficulty.NORMAL, seed)


def said(player: Practice, run: Run, *lines: str) -> Run:
    for line in lines:
        run = run if run.over else player.say(run, line)
    return run


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(st.sampled_from(SAID), max_size=7),
    seed=st.integers(0, 10_000),
    persona=st.sampled_from(sorted(shipped_personas())),
    difficulty=st.sampled_from(list(Difficulty)),
)
def test_any_run_keeps_its_promises(
    player: Practice, lines: list[str], seed: int, persona: str, difficulty: Difficulty
) -> None:
    begun = player.start(shipped_scenario("grey-sofa"), shipped_persona(persona), difficulty, seed)
    run, again = said(player, begun, *lines), said(player, begun, *lines)
    assert run == again
    assert Run.from_json(run.to_json()) == run
    spoken = [sentence for each in run.rounds for sentence in counted(each.reply)]
    assert len(spoken) == len(set(spoken))
    assert all(each.reply for each in run.rounds)
    assert contradictions(run) == []
    assert all(0 <= each.state.heat <= 4 for each in run.rounds)


def test_fifty_runs_of_one_scenario_never_read_alike(player: Practice) -> None:
    personas = sorted(shipped_personas())
    openings = {sofa(player, personas[seed % 8], seed).last.reply for seed in range(50)}
    assert len(openings) >= 45


def test_a_question_is_answered_with_the_fact_that_was_asked_for(player: Practice) -> None:
    run = said(player, sofa(player), "What is your order number?")
    assert "TH-30817" in run.last.reply
    run = said(player, run, "And by when do you need it?")
    assert "19th" in run.last.reply
    run = said(player, run, "When was it delivered?")
    assert "Monday" in run.last.reply


def test_a_wrong_restatement_is_put_right(player: Practice) -> None:
    run = said(player, sofa(player), "So you ordered it six weeks ago, is that right?")
    assert run.last.act is Act.CORRECT
    assert "nine weeks" in run.last.reply
    run = said(player, sofa(player), "So you got a blue sofa instead?")
    assert "Moss" in run.last.reply


def test_a_right_restatement_is_confirmed_and_cools(player: Practice) -> None:
    begun = sofa(player)
    run = said(
        player, begun, "So you ordered Moss, waited nine weeks and got Harbour Grey. Did I get that right?"
    )
    assert run.last.seen is not None
    assert Deed.RESTATED_RIGHT in run.last.seen.deeds
    assert run.last.state.heat < begun.last.state.heat


def test_a_remedy_before_listening_is_turned_down(player: Practice) -> None:
    run = said(player, sofa(player), "I can send a fitter to change the covers on the 12th.")
    assert run.last.act is Act.REJECT
    assert run.last.memory.agreed is None


def test_an_offer_with_a_question_is_taken_and_the_question_answered(player: Practice) -> None:
    run = said(player, sofa(player), *SAID[:2])
    run = said(player, run, "I can have a fitter change the covers on the 12th. What is your order number?")
    assert run.last.memory.agreed == "covers"
    assert run.last.memory.dated
    assert "TH-30817" in run.last.reply


@pytest.mark.parametrize(
    "question",
    ["Would you rather have new covers or a whole new sofa?", "Which suits you, new covers or the new sofa?"],
)
def test_asked_which_of_two_they_name_one(player: Practice, question: str) -> None:
    run = said(player, sofa(player), SAID[0], SAID[1], question)
    names = {each.id: each.name for each in shipped_scenario("grey-sofa").settles_for}
    assert run.last.memory.agreed in names
    assert names[run.last.memory.agreed] in run.last.reply.lower().replace("moss", "Moss")


def test_who_speaks_while_the_customer_does_cuts_them_off(player: Practice) -> None:
    begun, words = sofa(player), "What is your order number?"
    listened = player.say(begun, words, let_say=len(begun.last.reply) - 5)
    cut = player.say(begun, words, let_say=40)

    assert listened == player.say(begun, words)
    assert cut.rounds[0].customer.turn.text.endswith(" –")
    assert cut.rounds[0].reply == begun.last.reply
    assert cut.last.seen is not None
    assert Deed.INTERRUPTED in cut.last.seen.deeds
    assert cut.last.state.heat > listened.last.state.heat
    assert player.moments(cut)[-1].picture == cut.picture


def test_nonsense_ends_the_run_after_a_while(player: Practice) -> None:
    run = said(player, sofa(player), "asdf", "", "jkl;", "qwertz qwertz")
    assert run.ending is Ending.GAVE_UP


def test_skilled_ends_calm_and_poor_does_not(player: Practice) -> None:
    good, bad = play(player, sofa(player), Skilled()), play(player, sofa(player), poor)
    assert good.ending is Ending.SETTLED
    assert good.last.state.heat < 1.5 < 2.5 < bad.last.state.heat
    assert debrief(player, good).scorecard.score > debrief(player, bad).scorecard.score + 30
    assert better_course(good, bad).value == "first"


def test_a_run_is_replayed_from_any_turn(player: Practice) -> None:
    run = said(player, sofa(player), *SAID[:4])
    back = player.replay_from(run, 3)
    assert back.rounds == run.rounds[:3]
    assert said(player, back, *SAID[2:4]) == run
    other = said(player, back, SAID[1])
    assert [each.same for each in compare(run, other)] == [True, True, False, False]
    with pytest.raises(InputError):
        player.replay_from(run, 9)


def test_a_hint_costs_points_and_a_stopped_run_is_over(player: Practice) -> None:
    run = said(player, sofa(player), SAID[0])
    hinted, hint = player.hint(run)
    assert hint.say
    before, after = debrief(player, run).scorecard, debrief(player, hinted).scorecard
    assert after.penalty == 5
    assert after.score <= before.score
    stopped = hinted.stop()
    assert stopped.ending is Ending.STOPPED
    with pytest.raises(ConflictError):
        player.say(stopped, "Hello?")
    with pytest.raises(ConflictError):
        player.hint(stopped)


def test_the_debrief_tells_what_mattered(player: Practice) -> None:
    run = said(player, sofa(player, "angry"), SAID[0], SAID[4], SAID[1])
    told = debrief(player, run)
    assert [point.number for point in told.curve] == [0, 1, 2, 3]
    worst = max(told.moments, key=lambda each: each.by)
    assert worst.said == SAID[4]
    assert worst.why
    assert worst.better not in ("", worst.said)
    harm = next(line for line in told.scorecard.lines if line.criterion is Criterion.NO_HARM)
    assert harm.points < harm.of
    assert 2 <= len(told.questions) <= 4


def test_a_turn_that_is_too_long_is_refused(player: Practice) -> None:
    with pytest.raises(InputError):
        player.say(sofa(player), "a" * 5000)
