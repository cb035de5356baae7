"""The last few stands of conversations lately heard, so that a turn a little late replays only a little.

A process may lose them at any time: then the replay begins at the conversation's start and ends the same.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Sequence

from coolhead.conversation.turn import Turn
from coolhead.storage.conversations import Stand
from coolhead.storage.moments import KeptMoment

MOST_CONVERSATIONS = 128
STANDS_EACH = 6


class RecentStands:
    """Stands that were committed, by conversation; the one unheard for longest is forgotten first."""

    def __init__(self) -> None:
        self._stands: OrderedDict[str, deque[Stand]] = OrderedDict()

    def keep(self, stand: Stand) -> None:
        """Remembers a stand that has been committed."""
        stands = self._stands.setdefault(stand.summary.id, deque(maxlen=STANDS_EACH))
        stands.append(stand)
        self._stands.move_to_end(stand.summary.id)
        while len(self._stands) > MOST_CONVERSATIONS:
            self._stands.popitem(last=False)

    def before(self, conversation_id: str, turn: Turn, kept: Sequence[KeptMoment]) -> Stand | None:
        """The latest stand from which `turn` and all after it can be heard; None when there is none.

        Turns are never taken away, so a stand that has heard as many turns as are kept up to its last one has
        heard exactly those.
        """
        for stand in sorted(self._stands.get(conversation_id, ()), key=_heard, reverse=True):
            if stand.last is None or stand.last >= turn.order:
                continue
            if stand.summary.turns == sum(moment.turn.order <= stand.last for moment in kept):
                return stand
        return None


def _heard(stand: Stand) -> int:
    return stand.summary.turns
