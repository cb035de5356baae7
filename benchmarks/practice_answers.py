"""Whether replies to a question answer it: a seeded sample, labelled by hand by reading each pair.

`python -m benchmarks.practice_answers > benchmarks/practice_lines/answers.jsonl` draws it, with nothing
labelled; `answers` is then set to true or false in every line by `practice_lines/GUIDE.md`, with `why`
where it is false.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.practice_agents import LINES, filled, lines
from benchmarks.practice_runs import begun
from coolhead.engine import Engine
from coolhead.practice.chance import pick, shuffled
from coolhead.practice.run import Practice

LABELLED = LINES / "answers.jsonl"
PAIRS = 200
FIRST_SEED = 50_000
"""Apart from the seeds that the other figures are taken on."""


def draw(practice: Practice, pairs: int = PAIRS) -> list[dict[str, Any]]:
    """Pairs of a question and its reply: two questions in each of half as many runs.

    Each of the questions comes about as often as any other; the first comes in the second agent turn, the
    other in the fourth.
    """
    asked = lines("questions")
    questions = [
        question
        for times in range(2 * pairs // len(asked["ask"]) + 1)
        for question in shuffled(asked["ask"], FIRST_SEED, times)
    ]
    found: list[dict[str, Any]] = []
    seed = FIRST_SEED
    while len(found) < pairs:
        run = begun(practice, seed)
        run = practice.say(run, filled(pick(asked["first"], seed, "first"), run))
        for turn in range(2):
            if run.over or len(found) == pairs:
                break
            question = questions[len(found)]
            run = practice.say(run, question)
            found.append(
                {
                    "seed": seed,
                    "turn": turn,
                    "scenario": run.scenario.id,
                    "persona": run.persona.id,
                    "question": question,
                    "reply": run.last.reply,
                    "answers": None,
                }
            )
            if not run.over and not turn:
                run = practice.say(run, pick(asked["then"], seed, "then"))
        seed += 1
    return found


def read_labels(path: Path = LABELLED) -> list[dict[str, Any]]:
    """The labelled pairs; none where there is no file."""
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _pair(each: dict[str, Any]) -> tuple[int, int, str, str]:
    return each["seed"], each["turn"], each["question"], each["reply"]


def share(labelled: Sequence[dict[str, Any]], drawn: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Share of the labelled pairs whose reply answers, and how many of them the present code gives.

    A pair is stale when the present code draws another question there, or replies otherwise: then its label
    says nothing of this version.
    """
    now = {_pair(each) for each in drawn}
    read = [each for each in labelled if each["answers"] is not None]
    fresh = [each for each in read if _pair(each) in now]
    return {
        "answers_labelled": len(read),
        "answers_of_this_version": len(fresh),
        "questions_answered": sum(each["answers"] for each in read) / len(read) if read else None,
    }


def main() -> None:
    """Prints the sample, one JSON object a line, with nothing labelled."""
    for each in draw(Practice(Engine.load())):
        print(json.dumps(each, ensure_ascii=False))


if __name__ == "__main__":
    main()
