"""The few moments that call a supervisor: a decision, apart from the likelihoods behind it.

Each kind has its own rule. What is sure is told at once; what is only likely waits one customer turn for a
second sign. A turn raises at most one alert, the gravest. A kind that was told is told again only when things
have got worse since. The thresholds were chosen on the training conversations (docs/explanation/picture.md).
"""

from __future__ import annotations

from collections.abc import Callable

from coolhead.codebook import Abuse, Cue, Heat, Technique, Term
from coolhead.conversation.turn import Turn
from coolhead.perception.reading import HeatReading, Reading, Sign
from coolhead.picture.heat import LEVEL
from coolhead.picture.quote import quoted
from coolhead.picture.state import Alert, AlertKind, HeatPoint, Picture

SURE_ANGER, LIKELY_ANGER = 62.0, 42.0
"""Score that is enough at one turn, and score that is enough at two customer turns in a row."""

SURE_SIGN = {
    AlertKind.THREAT: 0.3,
    AlertKind.SAFETY: 0.6,
    AlertKind.ABUSE: 0.3,
    AlertKind.ASKS_SUPERVISOR: 0.4,
}
"""Probability of the sign that is enough alone; a sign below it needs a second one in a later turn."""

WORSE = 0.8 * LEVEL
"""A rise of the score since the last alert of a kind that makes it worth telling again."""

COOLED = 1.5 * LEVEL
"""A score below which an angry customer has come down; anger after that is new."""


def alerts_after(picture: Picture, turn: Turn, reading: Reading) -> tuple[Alert, ...]:
    """The alert that a customer's turn raises, none or one; `picture` holds the turn already."""
    for rule in RULES:
        alert = rule(picture, turn, reading)
        if alert:
            return (alert,)
    return ()


def _safety(picture: Picture, turn: Turn, reading: Reading) -> Alert | None:
    sign = _sign(reading, Cue.SAFETY_RISK)
    if sign and _decided(picture, AlertKind.SAFETY, sign) and not _told(picture, AlertKind.SAFETY):
        return _alert(AlertKind.SAFETY, "Someone may come to harm", turn, sign)
    return None


def _threat(picture: Picture, turn: Turn, reading: Reading) -> Alert | None:
    sign = reading.abuse
    if not sign or sign.term is not Abuse.THREAT or not _decided(picture, AlertKind.THREAT, sign):
        return None
    if _told(picture, AlertKind.THREAT) and not _worse(picture, AlertKind.THREAT):
        return None
    return _alert(AlertKind.THREAT, "Threatens harm", turn, sign)


def _abuse(picture: Picture, turn: Turn, reading: Reading) -> Alert | None:
    sign = reading.abuse
    if (
        not sign
        or sign.term not in (Abuse.INSULT, Abuse.HARASSMENT)
        or not _decided(picture, AlertKind.ABUSE, sign)
    ):
        return None
    if (
        _told(picture, AlertKind.ABUSE)
        and not _worse(picture, AlertKind.ABUSE)
        and not _newly_harassing(picture)
    ):
        return None
    what = "Harasses the agent or staff" if sign.term is Abuse.HARASSMENT else "Insults the agent or staff"
    times = len(picture.abuse)
    return _alert(AlertKind.ABUSE, f"{what}, abuse number {times}" if times > 1 else what, turn, sign)


def _asks_supervisor(picture: Picture, turn: Turn, reading: Reading) -> Alert | None:
    sign = _sign(reading, Cue.ASKS_SUPERVISOR)
    if not sign or not _decided(picture, AlertKind.ASKS_SUPERVISOR, sign):
        return None
    last = _last(picture, AlertKind.ASKS_SUPERVISOR)
    if last is None:
        return _alert(AlertKind.ASKS_SUPERVISOR, "Wants a supervisor", turn, sign)
    handed_over = picture.techniques.get(Technique.ESCALATION)
    if handed_over is None or handed_over.number < last.number:
        return _alert(AlertKind.ASKS_SUPERVISOR, "Asks for a supervisor again, offered none", turn, sign)
    return None


def _rising_anger(picture: Picture, turn: Turn, reading: Reading) -> Alert | None:
    heat = reading.heat
    if heat is None or heat.level < Heat.FRUSTRATED or not _is_angry(picture):
        return None
    last = max((_last(picture, kind) for kind in AlertKind if kind is not AlertKind.SAFETY), key=_number)
    if last and not _worse_than(picture, last):
        return None
    words = quoted(turn.text, heat.evidence)
    return Alert(turn_id=turn.id, kind=AlertKind.RISING_ANGER, reason=f"{_course(picture, heat)}: {words}.")


def _is_angry(picture: Picture) -> bool:
    """Sure at once, or likely twice in a row."""
    last_two = [point.score for point in picture.course[-2:]]
    return last_two[-1] >= SURE_ANGER or (len(last_two) > 1 and min(last_two) >= LIKELY_ANGER)


def _course(picture: Picture, heat: HeatReading) -> str:
    now = max(heat.level, Heat.ANGRY)
    before = picture.course[-2].level if len(picture.course) > 1 else None
    if before is None:
        return f"Begins {now.words}"
    if before >= now:
        return f"Stays {now.words}"
    return f"Heat rises from {before.words} to {now.words}"


RULES: tuple[Callable[[Picture, Turn, Reading], Alert | None], ...] = (
    _safety,
    _threat,
    _abuse,
    _asks_supervisor,
    _rising_anger,
)
"""The gravest first."""


def _sign(reading: Reading, cue: Cue) -> Sign[Cue] | None:
    return next((sign for sign in reading.cues if sign.term is cue), None)


def _alert(kind: AlertKind, what: str, turn: Turn, sign: Sign[Term]) -> Alert:
    return Alert(turn_id=turn.id, kind=kind, reason=f"{what}: {quoted(turn.text, sign.evidence)}.")


def _decided(picture: Picture, kind: AlertKind, sign: Sign[Term]) -> bool:
    """Sure alone, or the second turn that shows it."""
    if sign.score >= SURE_SIGN[kind]:
        return True
    if isinstance(sign.term, Abuse):
        return sum(each.kind is sign.term for each in picture.abuse) > 1
    return sum(each.term == sign.term for each in picture.noticed) > 1


def _told(picture: Picture, kind: AlertKind) -> bool:
    return any(alert.kind is kind for alert in picture.alerts)


def _last(picture: Picture, kind: AlertKind) -> HeatPoint | None:
    """Heat at the last alert of a kind."""
    ids = {alert.turn_id for alert in picture.alerts if alert.kind is kind}
    return next((point for point in reversed(picture.course) if point.turn_id in ids), None)


def _number(point: HeatPoint | None) -> int:
    return point.number if point else -1


def _worse(picture: Picture, kind: AlertKind) -> bool:
    last = _last(picture, kind)
    return last is not None and _worse_than(picture, last)


def _worse_than(picture: Picture, last: HeatPoint) -> bool:
    """Hotter than that turn and the course then, or hot again after cooling down."""
    since = [point.score for point in picture.course if point.number > last.number]
    then = max(last.score, last.level * LEVEL)
    return picture.heat >= then + WORSE or min(since, default=COOLED) < COOLED


def _newly_harassing(picture: Picture) -> bool:
    """The first harassment after insults."""
    kinds = [each.kind for each in picture.abuse]
    return kinds[-1] is Abuse.HARASSMENT and kinds.count(Abuse.HARASSMENT) == 1
