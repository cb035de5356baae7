"""People who listen for a living, or try to: AnnoMI, ESConv, EPITOME; the techniques of an agent's turn.

All three are report only: nothing was trained, tuned or chosen on them. They are counselling and
peer support, not customer service. What stands for each label was decided from the codebook's definitions
alone, and thresholds are the shipped ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.public.task import PublicSet, Task, classes, found
from benchmarks.sets import find_file, read_rows
from benchmarks.signals import Question, Said, Signal

SEEN = 8


def reflections(data: Path) -> PublicSet | None:
    """AnnoMI: therapists' utterances; a reflection (what the client said, given back) is our paraphrase."""
    file = find_file(data, "annomi", ("utterances.jsonl.gz",))
    if file is None:
        return None
    rows = read_rows(file)
    therapist = [place for place, row in enumerate(rows) if row["role"] == "therapist"]
    asked = [rows[place] for place in therapist]
    return PublicSet(
        name="annomi",
        file=file,
        questions=[_in_session(rows, place) for place in therapist],
        tasks=[
            Task(
                name="annomi_reflection_f1",
                texts=[row["text"] for row in asked],
                gold=[int(row["main_therapist_behaviour"] == "reflection") for row in asked],
                groups=[str(row["transcript_id"]) for row in asked],
                predict=lambda read: [float("paraphrase" in signal.shown) for signal in read],
                measure=found,
                ranks=False,
            )
        ],
    )


def _in_session(rows: Sequence[dict[str, Any]], place: int) -> Question:
    session = rows[place]["transcript_id"]
    earlier = [row for row in rows[max(0, place - SEEN) : place] if row["transcript_id"] == session]
    return Question(_said(rows[place]), tuple(_said(row) for row in earlier))


def _said(row: dict[str, Any]) -> Said:
    return row["role"] in ("client", "seeker"), row["text"]


def restatements(data: Path) -> PublicSet | None:
    """ESConv: supporters' turns, of which each has one strategy.

    Restatement or paraphrasing is our paraphrase. Reflection of feelings is our empathy (which names or
    validates the feeling), so the two together are a paraphrase or empathy; our empathy also covers a part of
    what ESConv calls affirmation and reassurance, which counts as wrong here.
    """
    file = find_file(data, "esconv", ("test_supporter_turns.jsonl.gz", "dev_supporter_turns.jsonl.gz"))
    if file is None:
        return None
    rows = read_rows(file)

    def task(name: str, strategies: Sequence[str], terms: Sequence[str]) -> Task:
        return Task(
            name=name,
            texts=[row["response"] for row in rows],
            gold=[int(row["strategy"] in strategies) for row in rows],
            groups=_runs(rows),
            predict=lambda read: [float(not signal.shown.isdisjoint(terms)) for signal in read],
            measure=found,
            ranks=False,
        )

    restating, feelings = "Restatement or Paraphrasing", "Reflection of feelings"
    return PublicSet(
        name="esconv",
        file=file,
        questions=[
            Question((False, row["response"]), tuple(_said(said) for said in row["context"][-SEEN:]))
            for row in rows
        ],
        tasks=[
            task("esconv_paraphrase_f1", (restating,), ("paraphrase",)),
            task("esconv_paraphrase_or_reflection_f1", (restating, feelings), ("paraphrase", "empathy")),
        ],
    )


def _runs(rows: Sequence[dict[str, Any]]) -> list[str]:
    """A name for each conversation: the file has none, but in each the numbers of turns go up."""
    names, run = [], 0
    for place, row in enumerate(rows):
        run += place > 0 and row["turn"] <= rows[place - 1]["turn"]
        names.append(str(run))
    return names


def emotional_reactions(data: Path) -> PublicSet | None:
    """EPITOME: replies to people in distress, by how much warmth they express (none, weak, strong).

    No label of ours has such degrees. Of empathy, human moment and apology (as in "I'm so sorry"), none is
    level 0, one is 1, more is 2. `epitome_any_f1` asks what the codebook can answer: is there any.
    """
    file = find_file(data, "epitome", ("emotional_reactions.jsonl.gz",))
    if file is None:
        return None
    rows = read_rows(file)

    def task(name: str, gold: Sequence[int], most: int, measure: Any) -> Task:
        return Task(
            name=name,
            texts=[row["response"] for row in rows],
            gold=gold,
            groups=[row["sp_id"] for row in rows],
            predict=lambda read: [float(min(_warmth(signal), most)) for signal in read],
            measure=measure,
            ranks=False,
        )

    levels = [int(row["level"]) for row in rows]
    return PublicSet(
        name="epitome",
        file=file,
        questions=[Question((False, row["response"]), ((True, row["seeker"]),)) for row in rows],
        tasks=[
            task("epitome_reactions_macro_f1", levels, 2, classes),
            task("epitome_any_f1", [int(level > 0) for level in levels], 1, found),
        ],
    )


def _warmth(signal: Signal) -> int:
    return len(signal.shown & {"empathy", "human_moment", "apology"})
