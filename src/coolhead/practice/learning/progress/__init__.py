"""How often a technique is used where it is due, over time, and how sure that is. Pure: counts in, rates out.

Formulas and sources: docs/explanation/progress.md.
"""

from coolhead.practice.learning.progress.counting import Heard, count
from coolhead.practice.learning.progress.course import (
    PERIOD,
    Counted,
    Course,
    Progress,
    Week,
    monday_of,
    progress,
)
from coolhead.practice.learning.progress.interval import ENOUGH, Change, Interval, change, difference, wilson
from coolhead.practice.learning.progress.tally import Counts, Source, Tally

__all__ = [
    "ENOUGH",
    "PERIOD",
    "Change",
    "Counted",
    "Counts",
    "Course",
    "Heard",
    "Interval",
    "Progress",
    "Source",
    "Tally",
    "Week",
    "change",
    "count",
    "difference",
    "monday_of",
    "progress",
    "wilson",
]
