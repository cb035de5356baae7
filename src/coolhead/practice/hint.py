"""What would help in the next agent turn, as a hint: in the words of this scenario."""

from __future__ import annotations

from dataclasses import dataclass

from coolhead.codebook import Technique
from coolhead.guidance.card import Card
from coolhead.practice.memory import Memory
from coolhead.practice.scenario import Scenario
from coolhead.practice.seen import Deed

HINT_COST = 5
"""Points of the score that each hint costs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """Advice for the next agent turn.

    Attributes:
        technique: what to do.
        title: the same in an imperative of a few words.
        say: one way to say it here.
        why: one sentence.
    """

    technique: Technique
    title: str
    say: str
    why: str


def hint_for(scenario: Scenario, memory: Memory, card: Card | None) -> Hint:
    """The next step of the method that is still to be done; the engine's own card where a limit is due."""
    if card and Technique.BOUNDARY in card.techniques:
        return Hint(technique=Technique.BOUNDARY, title=card.title, say=card.say, why=card.why)
    for deeds, hint in _steps(scenario):
        if not memory.did(*deeds):
            return hint
    return _last_step(scenario, memory)


def _steps(scenario: Scenario) -> tuple[tuple[tuple[Deed, ...], Hint], ...]:
    feeling = scenario.feeling.right[0]
    return (
        (
            (Deed.FEELING_RIGHT,),
            Hint(
                technique=Technique.EMPATHY,
                title="Name the feeling",
                say=f"You sound {feeling}, and after {scenario.lasted} that is no wonder.",
                why="Nothing has shown yet that the feeling was noticed.",
            ),
        ),
        (
            (Deed.APOLOGY_SINCERE,),
            Hint(
                technique=Technique.APOLOGY,
                title="Say sorry for the thing itself",
                say=f"I'm sorry about {scenario.grievance.sorry_for}.",
                why="A specific apology shows that you know what happened.",
            ),
        ),
        (
            (Deed.LISTENED, Deed.ASKED),
            Hint(
                technique=Technique.INVITES_STORY,
                title="Let them tell it",
                say="Take me through it from the beginning; I am listening.",
                why="They know things that you have not asked about.",
            ),
        ),
        (
            (Deed.RESTATED_RIGHT,),
            Hint(
                technique=Technique.PARAPHRASE,
                title="Restate it, and ask whether you have it right",
                say=f"Let me check that I have it: {scenario.gist}. Is that right?",
                why="A restatement proves that they were heard, and finds mistakes while they are cheap.",
            ),
        ),
        (
            (Deed.OWNED,),
            Hint(
                technique=Technique.OWNERSHIP,
                title="Take it on",
                say="This stays with me now. You will not have to explain it to anybody else.",
                why=f"They have carried it for {scenario.lasted}.",
            ),
        ),
    )


def _last_step(scenario: Scenario, memory: Memory) -> Hint:
    settling = scenario.settles_for[0]
    if not memory.agreed:
        return Hint(
            technique=Technique.SOLUTION,
            title="Offer what would settle it, with a date",
            say=settling.offer,
            why="They have been heard; now they need to know what happens.",
        )
    if not memory.dated:
        return Hint(
            technique=Technique.TIME_BOUND,
            title="Put a date on it",
            say=settling.offer,
            why="A promise without a date is one more thing to wait for.",
        )
    return Hint(
        technique=Technique.CONFIRMS_RESOLUTION,
        title="Check that nothing is left, and close",
        say="Is there anything else that is still open for you?",
        why="It is agreed and dated; end it well.",
    )
