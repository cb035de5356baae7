"""Picks at most one card for a moment, prefers silence, and can say why of every entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from coolhead.codebook import Technique, Term
from coolhead.conversation.turn import Turn
from coolhead.guidance.card import Card
from coolhead.guidance.conditions import Finding, findings
from coolhead.guidance.facts import cited_in
from coolhead.guidance.limits import Limits, default_limits
from coolhead.guidance.phrases import SLOTS, fill
from coolhead.guidance.playbook import Entry, Playbook
from coolhead.guidance.scene import Scene
from coolhead.guidance.terms import Terms
from coolhead.perception.reading import Reading
from coolhead.picture.state import Picture, ShownCard

FIT_WEIGHT = 30.0
"""Points of priority that the model's opinion of an entry is worth."""

BEST = 2
"""How many of the techniques that the model expects to help an entry may choose from, unless it is urgent.
With two, cards on validation conversations hold a wanted technique more often than with three or with any."""

RANK_FIT = (1.0, 0.75, 0.5)
"""How well an entry fits whose technique the model ranks first, second or third for the next agent turn."""


class Verdict(Term):
    """What became of one entry at one moment."""

    SHOWN = "shown", "it matched and won"
    OTHER_SIDE = "other_side", "it speaks to the other side's turns"
    NO_MATCH = "no_match", "a condition did not hold"
    UNLESS = "unless", "something held that must not"
    UNKNOWN_FACT = "unknown_fact", "it rests on a fact that the client's policies do not give"
    DONE = "done", "it was followed, and is not shown again once done"
    COOLING_DOWN = "cooling_down", "it was shown too short a while ago"
    JUST_DONE = "just_done", "the agent did all that it advises in the last turn"
    RESTING = "resting", "another card was shown too short a while ago"
    UNLIKELY = "unlikely", "the model expects something else to help more"
    OUTRANKED = "outranked", "another entry that matched came first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Considered:
    """One entry at one moment.

    Attributes:
        findings: its conditions, each tested; for `UNLESS` what held of `unless`; none for `OTHER_SIDE`.
        rank: priority plus what the model's opinion adds; what matching entries are ordered by.
    """

    entry: Entry
    verdict: Verdict
    findings: tuple[Finding, ...]
    rank: float


def advise(
    playbook: Playbook,
    picture: Picture,
    turn: Turn,
    reading: Reading,
    limits: Limits | None = None,
    terms: Terms | None = None,
) -> Card | None:
    """What the agent should see right after `turn`; None, the normal answer, when nothing is worth saying.

    `picture` has heard `turn`, and holds the cards shown before; `limits` None takes the shipped ones, and
    `terms` None knows no policy.
    """
    scene = Scene(picture, turn, reading, limits or default_limits(), terms or Terms())
    matching = [entry for entry in playbook.entries if _matches(entry, scene)]
    for considered in _considered(playbook, scene, matching):
        if considered.verdict is Verdict.SHOWN:
            return _card(considered, scene)
    return None


def explain(
    playbook: Playbook,
    picture: Picture,
    turn: Turn,
    reading: Reading,
    limits: Limits | None = None,
    terms: Terms | None = None,
) -> tuple[Considered, ...]:
    """What `advise` makes of every entry at this moment, in the order of the playbook."""
    scene = Scene(picture, turn, reading, limits or default_limits(), terms or Terms())
    return _considered(playbook, scene, playbook.entries)


def _matches(entry: Entry, scene: Scene) -> bool:
    """True when it may be shown by its conditions, which are tested no further than the first that fails."""
    return (
        (entry.after == "customer") is scene.turn.by_customer
        and all(finding.holds for finding in findings(entry.when, scene))
        and not any(finding.holds for finding in findings(entry.unless, scene))
    )


def _considered(playbook: Playbook, scene: Scene, entries: Iterable[Entry]) -> tuple[Considered, ...]:
    judged = [_judged(entry, playbook, scene) for entry in entries]
    ready = [each for each in judged if each.verdict is Verdict.SHOWN]
    winner = max(ready, key=lambda each: (playbook.is_urgent(each.entry), each.rank), default=None)
    return tuple(
        replace(each, verdict=Verdict.OUTRANKED) if each in ready and each is not winner else each
        for each in judged
    )


def _judged(entry: Entry, playbook: Playbook, scene: Scene) -> Considered:
    rank = entry.priority + FIT_WEIGHT * _fit(entry, scene.reading)
    if (entry.after == "customer") is not scene.turn.by_customer:
        return Considered(entry=entry, verdict=Verdict.OTHER_SIDE, findings=(), rank=rank)
    found = tuple(findings(entry.when, scene))
    barred = tuple(finding for finding in findings(entry.unless, scene) if finding.holds)
    if not all(finding.holds for finding in found):
        return Considered(entry=entry, verdict=Verdict.NO_MATCH, findings=found, rank=rank)
    if barred:
        return Considered(entry=entry, verdict=Verdict.UNLESS, findings=barred, rank=rank)
    verdict = _patience(entry, playbook, scene) if _wordings(entry, scene) else Verdict.UNKNOWN_FACT
    return Considered(entry=entry, verdict=verdict, findings=found, rank=rank)


def _patience(entry: Entry, playbook: Playbook, scene: Scene) -> Verdict:
    """`SHOWN`, or why it is better to keep quiet although the entry matches."""
    own = _shown(entry, scene)
    if entry.not_again_once_done and any(card.followed_by for card in own):
        return Verdict.DONE
    if own and scene.now - own[-1].number <= entry.cool_down:
        return Verdict.COOLING_DOWN
    if playbook.is_urgent(entry):
        return Verdict.SHOWN
    if entry.after == "customer" and _just_done(entry.techniques, scene):
        return Verdict.JUST_DONE
    if _unlikely(entry.techniques, scene.reading.next_best):
        return Verdict.UNLIKELY
    cards = scene.picture.cards
    if cards and scene.now - cards[-1].number <= playbook.rest:
        return Verdict.RESTING
    return Verdict.SHOWN


def _shown(entry: Entry, scene: Scene) -> list[ShownCard]:
    return [card for card in scene.picture.cards if card.card_id == entry.name]


def _just_done(techniques: tuple[Technique, ...], scene: Scene) -> bool:
    last = scene.agent_turn
    return last is not None and all(scene.done_since(technique, last) for technique in techniques)


def _unlikely(techniques: tuple[Technique, ...], next_best: tuple[Technique, ...]) -> bool:
    """True when the model names what would help next, and none of it comes near."""
    return bool(next_best) and not set(techniques) & set(next_best[:BEST])


def _fit(entry: Entry, reading: Reading) -> float:
    """How well the model thinks that the entry's best technique would do in the next agent turn, 0–1."""
    ranks = dict(zip(reading.next_best, RANK_FIT, strict=False))
    return max(ranks.get(technique, 0.0) for technique in entry.techniques)


def _card(considered: Considered, scene: Scene) -> Card:
    entry = considered.entry
    wordings = _wordings(entry, scene)
    wording = wordings[len(_shown(entry, scene)) % len(wordings)]
    return Card(
        id=entry.name,
        title=entry.title,
        say=fill(wording, scene, entry.when),
        techniques=entry.techniques,
        why=fill(entry.why, scene, entry.when),
        learn=entry.learn,
        noticed=tuple(finding.words for finding in considered.findings),
        cites=scene.terms.cited(*cited_in(wording), *cited_in(entry.why)),
    )


def _wordings(entry: Entry, scene: Scene) -> list[str]:
    """The example wordings that can be said: those whose facts the client's policies give."""
    facts = scene.terms.facts
    if not all(name in facts for name in _facts_in(entry.why)):
        return []
    return [line for line in entry.say if all(name in facts for name in _facts_in(line))]


def _facts_in(text: str) -> list[str]:
    return [name for name in cited_in(text) if name not in SLOTS]
