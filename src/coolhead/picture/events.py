"""What a step can tell: each kind of event, worth storing, streaming and sending on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from coolhead.codebook import Heat
from coolhead.picture.state import Alert, Promised, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelChanged:
    """The conversation's heat level moved."""

    turn_id: str
    before: Heat
    after: Heat
    kind: Literal["level_changed"] = "level_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class StageChanged:
    """The conversation came to another stage."""

    turn_id: str
    before: Stage
    after: Stage
    kind: Literal["stage_changed"] = "stage_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseMade:
    """The company's side promised something."""

    promised: Promised
    kind: Literal["promise_made"] = "promise_made"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRaised:
    """A supervisor should look."""

    alert: Alert
    kind: Literal["alert_raised"] = "alert_raised"


Event = LevelChanged | StageChanged | PromiseMade | AlertRaised
