"""The hours that words of time stand for where a client's own calendar says nothing else."""

from __future__ import annotations

from datetime import time

from coolhead.perception.when.parts import DayPart

DAY_END = time(23, 59)
"""The latest moment of a bare day."""

CLOSE = time(18, 0)
"""When the business day, and with it the week and the month, ends."""

PART_END: dict[DayPart, time] = {
    DayPart.FIRST_THING: time(9, 0),
    DayPart.MORNING: time(12, 0),
    DayPart.NOON: time(12, 0),
    DayPart.AFTERNOON: time(18, 0),
    DayPart.CLOSE: CLOSE,
    DayPart.EVENING: time(21, 0),
    DayPart.NIGHT: DAY_END,
}
"""The latest moment of each part of a day; midnight is the first moment of the next."""

DAYTIME_FROM = 7
"""A bare hour on another day is read as 07:00–18:59; the same hour from which a new morning is meant."""

LAST_WORKDAY = 4
"""The week's last working day, Monday being 0; the days after it are no business days."""
