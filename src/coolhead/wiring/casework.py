"""What a conversation leaves to be done."""

from __future__ import annotations

from functools import cached_property

from coolhead.services.casework.boundaries import Boundaries
from coolhead.services.casework.customers import Customers
from coolhead.services.casework.escalations import Escalations
from coolhead.services.casework.follow_ups import FollowUps
from coolhead.services.casework.gestures import Gestures
from coolhead.services.casework.offers import Offers
from coolhead.services.casework.promises import Promises
from coolhead.services.conversations.wrap_up import WrapUp
from coolhead.wiring.conversations import Conversations
from coolhead.wiring.ground import local_now


class Casework(Conversations):
    """What a conversation leaves to be done."""

    @cached_property
    def wrap_up(self) -> WrapUp:
        return WrapUp(self.database, self.feed, local_now)

    @cached_property
    def promises(self) -> Promises:
        return Promises(self.database, self.feed, local_now)

    @cached_property
    def follow_ups(self) -> FollowUps:
        return FollowUps(self.database, self.feed, local_now, mail_is_on=self.mail_is_on)

    @cached_property
    def customers(self) -> Customers:
        return Customers(self.database, local_now)

    @cached_property
    def offers(self) -> Offers:
        return Offers(self.database, self.guides, self.feed, local_now)

    @cached_property
    def gestures(self) -> Gestures:
        return Gestures(self.database, self.guides, self.feed, local_now)

    @cached_property
    def escalations(self) -> Escalations:
        return Escalations(self.database, self.live, self.promises, self.feed, local_now)

    @cached_property
    def boundaries(self) -> Boundaries:
        return Boundaries(self.database, self.guides, self.feed, local_now)
