"""A scenario made from a stored conversation: the same issue and manner, everybody and everything renamed.

It is entered at the turn where it went wrong. The result is a draft: what a conversation does not say is
stock (`content/from_life.yaml`), and a trainer reads all of it before it is published.
"""

from coolhead.practice.from_life.lived import Lived, LivedTurn, entry_of, mark_of
from coolhead.practice.from_life.writing import from_life

__all__ = ["Lived", "LivedTurn", "entry_of", "from_life", "mark_of"]
