"""Comments and chats by people who are cross, sarcastic or abusive: UCC, ConvAbuse, GoEmotions, EmoContext.

UCC, EmoContext: report only; nothing was trained, tuned or chosen on them. ConvAbuse and GoEmotions: their
training splits were among the texts that taught tone (`training/public.py`), through outputs that do not
ship; the splits measured here were not seen. What stands for each label was decided from the codebook's
definitions alone, before any figure was seen, and thresholds are the shipped ones. The figures named `cut`
and `taught` are of another kind: what is learnt for them is learnt on the set's training part.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.public.task import Lesson, Measure, Numbers, PublicSet, Task, classes, found, ranked
from benchmarks.sets import find_file, read_rows
from benchmarks.signals import Question, Signal, read_signals
from benchmarks.taught import answers, best_cut, inner, learnt, map_and_cut

Predict = Callable[[Sequence[Signal]], Numbers]
Label = Callable[[Sequence[str]], int]
"""From a comment's emotions to what is asked of it."""

AIMED = ("insult", "harassment", "threat")
NEGATIVE = {
    "anger", "annoyance", "disapproval", "disappointment", "disgust", "embarrassment", "fear", "grief",
    "nervousness", "remorse", "sadness",
}  # fmt: skip
POSITIVE = {
    "admiration", "amusement", "approval", "caring", "desire", "excitement", "gratitude", "joy", "love",
    "optimism", "pride", "relief",
}  # fmt: skip
NEUTRAL_GROUP, NEGATIVE_GROUP, POSITIVE_GROUP, AMBIGUOUS_GROUP = range(4)


def unhealthy_comments(data: Path) -> PublicSet | None:
    """UCC: news comments, ranked by each attribute (area under the curve).

    Hostile: open anger, or an insult, harassment or threat in a customer's mouth. Sarcastic: passive-
    aggressive in a customer's mouth. Dismissive: the misstep of that name in an agent's mouth. Condescending:
    no label of ours means it; the nearest are a dismissive or rude agent and a passive-aggressive customer.
    """
    file = find_file(data, "ucc", ("test.jsonl.gz", "val.jsonl.gz"))
    if file is None:
        return None
    rows = read_rows(file)
    texts = [row["text"] for row in rows]
    count = len(texts)

    def task(attribute: str, score: Any) -> Task:
        return Task(
            name=f"ucc_{attribute}_auc",
            texts=texts,
            gold=[int(row["labels"][attribute]) for row in rows],
            groups=[str(number) for number in range(count)],
            predict=lambda read: [
                score(customer, agent) for customer, agent in zip(read[:count], read[count:], strict=True)
            ],
            measure=ranked,
            ranks=True,
        )

    return PublicSet(
        name="ucc",
        file=file,
        questions=[Question((side, text)) for side in (True, False) for text in texts],
        tasks=[
            task("hostile", lambda customer, _: customer.any_of("angry", *AIMED)),
            task("dismissive", lambda _, agent: agent.scores["dismissive"]),
            task(
                "condescending",
                lambda customer, agent: (
                    1 - (1 - agent.any_of("dismissive", "rude")) * (1 - customer.any_of("passive_aggressive"))
                ),
            ),
            task("sarcastic", lambda customer, _: customer.scores["passive_aggressive"]),
        ],
    )


def abuse_of_bots(data: Path) -> PublicSet | None:
    """ConvAbuse: what people say to chatbots; abusive by the majority of its annotators, after three turns.

    Abusive: any abuse is shown, swearing included. `convabuse_aimed_f1` counts only abuse of a person.
    `convabuse_cut_f1` takes the probability of any abuse and learns its cut, one number, on the training
    part; `convabuse_taught_f1` learns a linear map from all scores and the encoder's vector there.
    """
    file = find_file(data, "convabuse", ("test.jsonl.gz", "valid.jsonl.gz"))
    if file is None:
        return None
    rows = read_rows(file)
    questions = [_after_bot(row) for row in rows]
    train = file.with_name("train.jsonl.gz")

    def lesson() -> Lesson:
        learned = read_rows(train)
        return Lesson(
            texts=[row["user"] for row in learned],
            gold=[int(row["abusive_majority"]) for row in learned],
            questions=[_after_bot(row) for row in learned],
        )

    def task(name: str, predict: Predict, *, taught: bool = False) -> Task:
        return Task(
            name=name,
            texts=[row["user"] for row in rows],
            gold=[int(row["abusive_majority"]) for row in rows],
            groups=[str(row["conv_id"]) for row in rows],
            predict=predict,
            measure=found,
            ranks=False,
            lesson=lesson if train.is_file() else None,
            taught=taught,
        )

    def by_cut(read: Sequence[Signal]) -> list[float]:
        known = lesson()
        cut = best_cut(known.gold, _abusive(read_signals("convabuse-lesson", known.questions)))
        return [float(score >= cut) for score in _abusive(read)]

    def by_map(_: Sequence[Signal]) -> list[float]:
        known = lesson()
        return map_and_cut(
            inner("convabuse-lesson", known.questions), known.gold, inner("convabuse", questions)
        )

    tasks = [
        task("convabuse_f1", _shows("profanity", *AIMED)),
        task("convabuse_aimed_f1", _shows(*AIMED)),
    ]
    if train.is_file():
        tasks += [
            task("convabuse_cut_f1", by_cut, taught=True),
            task("convabuse_taught_f1", by_map, taught=True),
        ]
    return PublicSet(name="convabuse", file=file, questions=questions, tasks=tasks)


def _shows(*terms: str) -> Predict:
    return lambda read: [float(not signal.shown.isdisjoint(terms)) for signal in read]


def _abusive(signals: Sequence[Signal]) -> list[float]:
    return [signal.any_of("profanity", *AIMED) for signal in signals]


def _after_bot(row: dict[str, Any]) -> Question:
    earlier = ((False, row["prev_agent"]), (True, row["prev_user"]), (False, row["agent"]))
    return Question(
        (True, row["user"]), tuple((side, text) for side, text in earlier if text and text != "_")
    )


def emotions(data: Path) -> PublicSet | None:
    """GoEmotions: single Reddit comments, test split.

    Anger: an open-anger behaviour or heat of angry or more. Groups (positive, negative, ambiguous, neutral):
    negative is any heat or abuse; positive is sincere thanks or praise; the rest is neutral. Nothing in the
    codebook is positive feeling as such, and nothing at all is the ambiguous group (surprise, curiosity,
    confusion, realisation): its F1 is 0 by construction, so `goemotions_three_groups_macro_f1` leaves it out
    beside the published four. The figures named `taught` learn a linear map from all scores and the encoder's
    vector on the training part.
    """
    file = find_file(data, "goemotions", ("test.jsonl.gz",))
    if file is None:
        return None
    rows = read_rows(file)
    train = file.with_name("train.jsonl.gz")
    questions = [Question((True, row["text"])) for row in rows]
    group = [_group(row["labels"]) for row in rows]
    clear = [place for place, each in enumerate(group) if each != AMBIGUOUS_GROUP]
    everything = range(len(rows))

    def task(
        name: str,
        places: Sequence[int],
        of: Label,
        predict: Predict,
        measure: Measure,
        *,
        taught: bool = False,
    ) -> Task:
        return Task(
            name=name,
            texts=[rows[place]["text"] for place in places],
            gold=[of(rows[place]["labels"]) for place in places],
            groups=[rows[place]["id"] for place in places],
            predict=predict,
            measure=measure,
            ranks=False,
            lesson=_emotion_lesson(train, of, clear=places is clear) if train.is_file() else None,
            asked=[(place,) for place in places],
            taught=taught,
        )

    def moods(places: Sequence[int]) -> Predict:
        return lambda read: [float(_mood(read[place])) for place in places]

    def anger(read: Sequence[Signal]) -> list[float]:
        return [float(_is_angry(signal)) for signal in read]

    def taught(of: Label, *, cut: bool) -> Predict:
        return lambda _: _taught_emotion(_emotion_lesson(train, of)(), questions, cut=cut)

    tasks = [
        task("goemotions_anger_f1", everything, _anger, anger, found),
        task("goemotions_grouped_macro_f1", everything, _group, moods(everything), classes),
        task("goemotions_three_groups_macro_f1", clear, _group, moods(clear), classes),
    ]
    if train.is_file():
        tasks += [
            task(
                "goemotions_anger_taught_f1", everything, _anger, taught(_anger, cut=True), found, taught=True
            ),
            task(
                "goemotions_grouped_taught_macro_f1",
                everything,
                _group,
                taught(_group, cut=False),
                classes,
                taught=True,
            ),
        ]
    return PublicSet(name="goemotions", file=file, questions=questions, tasks=tasks)


def _taught_emotion(known: Lesson, questions: Sequence[Question], *, cut: bool) -> list[float]:
    drawn = known.drawn()
    features, test = inner("goemotions-lesson", drawn.questions), inner("goemotions", questions)
    if cut:
        return map_and_cut(features, drawn.gold, test)
    return answers(learnt(features, drawn.gold), test, ranks=False)


def _anger(labels: Sequence[str]) -> int:
    return int("anger" in labels)


def _group(labels: Sequence[str]) -> int:
    """Of several emotions a negative one decides, then a positive one, then neutral."""
    if NEGATIVE.intersection(labels):
        return NEGATIVE_GROUP
    if POSITIVE.intersection(labels):
        return POSITIVE_GROUP
    return NEUTRAL_GROUP if "neutral" in labels else AMBIGUOUS_GROUP


def _mood(signal: Signal) -> int:
    if signal.level or not signal.shown.isdisjoint(AIMED):
        return NEGATIVE_GROUP
    return NEUTRAL_GROUP if signal.shown.isdisjoint(("thanks", "praise")) else POSITIVE_GROUP


def _is_angry(signal: Signal) -> bool:
    return signal.level >= 3 or "angry" in signal.shown


def _emotion_lesson(train: Path, of: Label, *, clear: bool = False) -> Callable[[], Lesson]:
    """The training part; of it the comments that are not ambiguous, where only these are measured."""

    def lesson() -> Lesson:
        every = read_rows(train)
        rows = [row for row in every if not clear or _group(row["labels"]) != AMBIGUOUS_GROUP]
        return Lesson(
            texts=[row["text"] for row in rows],
            gold=[of(row["labels"]) for row in rows],
            questions=[Question((True, row["text"])) for row in rows],
        )

    return lesson


def short_chats(data: Path) -> PublicSet | None:
    """EmoContext: the third turn of a chat between two people; angry or not, on the labelled part of 2,755.

    Angry: as for GoEmotions. The first and third turn are read as a customer's, the second as an agent's.
    """
    file = find_file(data, "emocontext", ("test.jsonl.gz", "dev.jsonl.gz"))
    if file is None:
        return None
    rows = read_rows(file)
    return PublicSet(
        name="emocontext",
        file=file,
        questions=[
            Question((True, row["turns"][2]), ((True, row["turns"][0]), (False, row["turns"][1])))
            for row in rows
        ],
        tasks=[
            Task(
                name="emocontext_angry_f1",
                texts=[" / ".join(row["turns"]) for row in rows],
                gold=[int(row["label"] == "angry") for row in rows],
                groups=[str(row["id"]) for row in rows],
                predict=lambda read: [float(_is_angry(signal)) for signal in read],
                measure=found,
                ranks=False,
            )
        ],
    )
