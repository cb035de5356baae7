"""What a turn's words show, after the turns before it: every label of the codebook, with score and evidence.

The networks and the words beside them decide; the few rules here are the codebook's own rulings on how
labels go together.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from importlib.resources.abc import Traversable
from typing import TypeVar

import numpy as np

from coolhead.codebook import Abuse, Behaviour, Cue, Heat, Issue, Misstep, Resolved, Technique, Term, Trigger
from coolhead.conversation.turn import Turn
from coolhead.perception.calibration import Floats, Sheet
from coolhead.perception.embedding import Embedding
from coolhead.perception.embedding import Floats as Vector
from coolhead.perception.encoder import BEFORE, MODELS, Encoded, Encoder, Outputs
from coolhead.perception.evidence import Words
from coolhead.perception.reading import Evidence, HeatReading, Reading, Sign

T = TypeVar("T", bound=Term)

LEAST_ADVICE, MOST_ADVICE = 2, 3
"""Techniques in `next_best`: always something else to do too, and a third where it is nearly as likely."""


class TextModel:
    """Reads turns: the same turn after the same turns always gives the same reading; threads may share it.

    Args:
        folder: holds the weights; those that ship by default.
        threads: processor threads that one turn may use.

    Raises:
        SetupError: when the weights are missing or damaged.
    """

    def __init__(self, folder: Traversable = MODELS, *, threads: int = 1) -> None:
        self._sheet = Sheet.read(folder)
        self._encoder = Encoder(folder, threads=threads)
        self._embedding = Embedding.read(folder)

    @property
    def version(self) -> str:
        """Of the weights."""
        return self._sheet.version

    def read(self, turn: Turn, before: Sequence[Turn]) -> Reading:
        """What a turn shows.

        Args:
            turn: the present turn, masked.
            before: earlier turns, oldest first; the last eight count.
        """
        seen = before[-BEFORE:]
        vectors = [self._encoder.vector(each.text, by_customer=each.by_customer) for each in seen]
        encoded = self._encoder.encode(turn.text, by_customer=turn.by_customer)
        window = (*seen, turn)
        outputs = self._encoder.heads(
            encoded, vectors, [each.by_customer for each in window], [each.text for each in window]
        )
        shown = _Shown(self._sheet, turn.text, encoded, outputs)
        return shown.of_customer() if turn.by_customer else shown.of_agent()

    def read_all(self, turns: Sequence[Turn]) -> list[Reading]:
        """What each turn of a conversation shows after the turns before it; the same as `read` gives."""
        return [self.read(turn, turns[max(0, place - BEFORE) : place]) for place, turn in enumerate(turns)]

    def vector(self, text: str, *, by_customer: bool = False) -> Vector:
        """What the words of an agent (or a customer) mean by themselves [384], as the encoder sees them."""
        return self._encoder.vector(text, by_customer=by_customer)

    def embed(self, turn: Turn) -> Vector:
        """What a turn is about, a unit vector [128] for `perception.grouping`; of its words alone."""
        return self._embedding.of(self._encoder.encode(turn.text, by_customer=turn.by_customer))


class _Shown:
    """One turn's outputs on their way to a `Reading`."""

    def __init__(self, sheet: Sheet, text: str, encoded: Encoded, outputs: Outputs) -> None:
        self._sheet = sheet
        self._text = text
        self._spans = encoded.spans[1:-1]
        self._outputs = outputs
        self._likelihoods: dict[str, Floats] = {}

    @cached_property
    def _words(self) -> Words:
        return Words(self._text, self._spans)

    def _likelihood(self, name: str) -> Floats:
        """Of each label of the turn's group of that name."""
        if name not in self._likelihoods:
            self._likelihoods[name] = self._sheet.turn[name].likelihood(self._outputs.turn)
        return self._likelihoods[name]

    def of_customer(self) -> Reading:
        abuse = self._abuse()
        heat = self._heat(Heat.ANGRY if abuse and abuse.term.is_personal else Heat.CALM)
        return Reading(
            heat=heat,
            behaviours=_settled(self._signs(Behaviour, "behaviours"), abuse),
            abuse=abuse,
            triggers=self._signs(Trigger, "triggers"),
            cues=self._signs(Cue, "cues"),
            next_best=self._next_best(),
            issue=self._conversation(Issue, "issue"),
            resolved=self._conversation(Resolved, "resolved"),
            csat=self._csat(),
            scores=self._scores("behaviours", "abuse", "triggers", "cues"),
        )

    def of_agent(self) -> Reading:
        return Reading(
            techniques=self._signs(Technique, "techniques"),
            missteps=self._signs(Misstep, "missteps"),
            issue=self._conversation(Issue, "issue"),
            resolved=self._conversation(Resolved, "resolved"),
            csat=self._csat(),
            scores=self._scores("techniques", "missteps"),
        )

    def _heat(self, least: Heat) -> HeatReading:
        """Heat; abuse of a person is never below angry, as the codebook rules."""
        group = self._sheet.turn["heat"]
        reached = np.minimum.accumulate(self._likelihood("heat"))
        level = max(least, list(Heat)[(reached >= group.threshold).cumprod().sum()])
        chances = -np.diff(np.concatenate(([1.0], reached, [0.0])))
        calm, tense, frustrated, angry, furious = _rounded(chances)
        return HeatReading(
            level=level,
            expected=round(float(reached.sum()), 4),
            probabilities=(calm, tense, frustrated, angry, furious),
            evidence=self._evidence(group.place.start + level - 1) if level else self._soothing(),
        )

    def _abuse(self) -> Sign[Abuse] | None:
        """The likeliest kind that is aimed at a person, else swearing, else none."""
        signs = self._signs(Abuse, "abuse")
        personal = [sign for sign in signs if sign.term.is_personal]
        return max(personal or signs, key=lambda sign: sign.score, default=None)

    def _next_best(self) -> tuple[Technique, ...]:
        group = self._sheet.turn["next_best"]
        chances = group.choice(self._outputs.turn)
        order = np.argsort(-chances, kind="stable")
        enough = int((chances >= group.threshold * chances.max()).sum())
        return tuple(
            _term(Technique, group.names[place])
            for place in order[: min(max(enough, LEAST_ADVICE), MOST_ADVICE)]
        )

    def _signs(self, kind: type[T], name: str) -> tuple[Sign[T], ...]:
        group, chances = self._sheet.turn[name], self._likelihood(name)
        return tuple(
            Sign(
                _term(kind, group.names[place]),
                round(float(chances[place]), 4),
                self._evidence(group.place.start + place),
            )
            for place in np.flatnonzero(chances >= group.threshold).tolist()
        )

    def _soothing(self) -> Evidence:
        """The words that speak most against any heat."""
        first = self._outputs.added[:, self._sheet.turn["heat"].place.start]
        return self._words.showing(-first)

    def _evidence(self, output: int) -> Evidence:
        return self._words.showing(self._outputs.added[:, output])

    def _scores(self, *names: str) -> dict[str, float]:
        scores: dict[str, float] = {}
        for name in names:
            scores |= zip(self._sheet.turn[name].names, _rounded(self._likelihood(name)), strict=True)
        return scores

    def _conversation(self, kind: type[T], name: str) -> dict[T, float]:
        group = self._sheet.conversation[name]
        chances = _rounded(group.choice(self._outputs.conversation))
        return {_term(kind, term): chance for term, chance in zip(group.names, chances, strict=True)}

    def _csat(self) -> float:
        group = self._sheet.conversation["csat"]
        return round(
            float(group.choice(self._outputs.conversation) @ np.array(group.names, dtype=np.float64)), 4
        )


@cache
def _term(kind: type[T], name: str) -> T:
    return kind.__members__[name.upper()]


def _settled(signs: tuple[Sign[Behaviour], ...], abuse: Sign[Abuse] | None) -> tuple[Sign[Behaviour], ...]:
    """Behaviour is abusive if and only if the abuse is aimed at a person, as the codebook defines it."""
    rest = tuple(sign for sign in signs if sign.term is not Behaviour.ABUSIVE)
    if abuse is None or not abuse.term.is_personal:
        return rest
    return (*rest, Sign(Behaviour.ABUSIVE, abuse.score, abuse.evidence))


def _rounded(chances: Floats) -> list[float]:
    return [round(chance, 4) for chance in chances.tolist()]
