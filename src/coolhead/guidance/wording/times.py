"""Patterns of the words that say when."""

from __future__ import annotations

from coolhead.guidance.wording.draft import either

DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
)
_PART = r"(?: (?:morning|afternoon|evening|night))?"
_CLOCK = r"\d{1,2}(?:[:.]\d{2})? ?(?:am|pm|o'clock)?"
_AT = rf"(?: at {_CLOCK})?"
_DATE = r"\d{1,2}(?:st|nd|rd|th)?"

TIME = either(
    rf"(?:next |this |early |late )?{DAY}{_PART}(?: the {_DATE})?{_AT}",
    rf"(?:the )?{_DATE}(?: of)? {_MONTH}",
    rf"{_MONTH} {_DATE}",
    r"the \d{1,2}(?:st|nd|rd|th)",
    rf"tomorrow{_PART}{_AT}",
    r"next (?:week|month|year)",
    r"noon|midnight",
    r"(?:the )?end of (?:the |this |next )?(?:day|week|month)",
    rf"\d{{1,2}}(?:[:.]\d{{2}}|(?:[:.]\d{{2}})? ?(?:am|pm|o'clock))(?: (?:today|tomorrow|on {DAY}))?",
)
