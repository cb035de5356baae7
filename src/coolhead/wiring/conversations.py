"""Conversations, and the documents that guide them."""

from __future__ import annotations

from functools import cached_property

from coolhead.services.conversations.chat import Chat
from coolhead.services.conversations.desk import Desk
from coolhead.services.conversations.live import Live
from coolhead.services.conversations.search import Search
from coolhead.services.documents.documents import Documents
from coolhead.services.documents.editing import Editing
from coolhead.services.documents.guides import Guides
from coolhead.services.documents.policies import Policies
from coolhead.services.documents.publishing import Publishing
from coolhead.services.documents.trials import Trials
from coolhead.wiring.ground import local_now
from coolhead.wiring.people import People


class Conversations(People):
    """Conversations, and the documents that guide them."""

    @cached_property
    def documents(self) -> Documents:
        return Documents(self.database, self.threads, local_now)

    @cached_property
    def editing(self) -> Editing:
        return Editing(self.database, self.documents, local_now)

    @cached_property
    def publishing(self) -> Publishing:
        return Publishing(self.database, self.documents, local_now)

    @cached_property
    def policies(self) -> Policies:
        return Policies(self.database, self.documents, local_now)

    @cached_property
    def guides(self) -> Guides:
        return Guides(self.documents, self.engine)

    @cached_property
    def trials(self) -> Trials:
        return Trials(self.database, self.documents, self.guides, self.threads, local_now)

    @cached_property
    def live(self) -> Live:
        return Live(self.database, self.guides, self.feed, self.threads, local_now)

    @cached_property
    def chat(self) -> Chat:
        return Chat(self.database, self.live, self.feed, local_now)

    @cached_property
    def desk(self) -> Desk:
        return Desk(self.database, self.feed, local_now)

    @cached_property
    def search(self) -> Search:
        return Search(self.database)
