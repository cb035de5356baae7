"""How the customer of a conversation was: who is most like them, how hard they were, what upset them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from coolhead.codebook import Behaviour, Heat, Trigger
from coolhead.practice.from_life.lived import LivedTurn, customers_in, heat_of


def persona_like(turns: Sequence[LivedTurn]) -> str:
    """The shipped persona who is most like this customer."""
    said = customers_in(turns)
    shown = Counter(sign.term for turn in said for sign in turn.reading.behaviours)
    if any(turn.reading.abuse and turn.reading.abuse.term.is_personal for turn in said):
        return "abusive"
    for behaviour, persona in (
        (Behaviour.PASSIVE_AGGRESSIVE, "passive-aggressive"),
        (Behaviour.INDECISIVE, "indecisive"),
    ):
        if shown[behaviour] and shown[behaviour] >= shown[Behaviour.ANGRY]:
            return persona
    if shown[Behaviour.ANGRY] or max(map(heat_of, said)) >= Heat.ANGRY:
        return "angry"
    if any(sign.term is Trigger.EXTERNAL_STRESS for turn in said for sign in turn.reading.triggers):
        return "anxious"
    return "chatty" if sum(len(turn.text.split()) for turn in said) > 45 * len(said) else "icy-polite"


def difficulty_of(turns: Sequence[LivedTurn], entered: int) -> str:
    """How hard it is, by how hot it became."""
    after = max((heat_of(turn) for turn in turns[entered:]), default=0.0)
    return "hard" if after >= Heat.ANGRY else "normal" if after >= Heat.FRUSTRATED - 0.5 else "easy"


def trigger_of(turns: Sequence[LivedTurn]) -> str:
    """What upset them most often."""
    shown = Counter(sign.term for turn in customers_in(turns) for sign in turn.reading.triggers)
    return shown.most_common(1)[0][0].value if shown else Trigger.UNMET_EXPECTATION.value


def warmth_of(turns: Sequence[LivedTurn]) -> str:
    """Which of the stock feelings fits."""
    peak = max(map(heat_of, customers_in(turns)))
    return "hot" if peak >= Heat.ANGRY - 0.5 else "warm" if peak >= Heat.TENSE + 0.5 else "cool"
