"""What the company's side promises in a turn: what, who, and by when.

Knows the turn, the turns before it and when it was said; knows nothing of keeping or breaking promises.
"""

from coolhead.perception.promises.find import find_promises

__all__ = ["find_promises"]
