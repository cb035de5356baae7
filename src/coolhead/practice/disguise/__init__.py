"""Other names, numbers, days and places in the place of those in some texts, the same ones throughout.

Knows nothing of scenarios. It would rather replace a word too many than leave a name: what it cannot
tell from a name is one.
"""

from coolhead.practice.disguise.disguising import Disguise
from coolhead.practice.disguise.plain import is_plain

__all__ = ["Disguise", "is_plain"]
