"""The words that say by when, and the moment they mean.

Knows a phrase and the moment at which it was said; knows nothing of promises, models or business calendars.
"""

from coolhead.perception.when.due import resolve_due
from coolhead.perception.when.phrases import Kind, Phrase, find_phrases

__all__ = ["Kind", "Phrase", "find_phrases", "resolve_due"]
