"""Who asks, and what they may see and do: the only place where that is decided.

`GRANTS` is the one table of rights. A new right is one member of `Right` and one line of `GRANTS`; the routes
that ask for it are listed in `coolhead.channels.routes`; `docs/reference/rights.md` is generated from both.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from coolhead.errors import ForbiddenError, NotFoundError
from coolhead.storage.accounts import Role
from coolhead.storage.api_keys import Scope


class Right(StrEnum):
    """One thing that may be done; `GRANTS` tells by whom."""

    READ = "conversations.read"
    EXPORT = "conversations.export"
    TALK = "conversations.talk"
    WORK = "conversations.work"
    NOTE = "conversations.note"
    RAISE = "gestures.raise"
    ANSWER_CALLS = "escalations.answer"
    LIFT_PAUSES = "pauses.lift"
    CONTEST = "labels.contest"
    PROMISE = "promises.keep"
    FOLLOW_UP = "follow_ups.keep"
    MERGE_CUSTOMERS = "customers.merge"
    WATCH = "floor.watch"
    AUDIT = "audit.read"
    PRACTISE = "practice.do"
    TRAIN = "practice.train"
    KEEP_DOCUMENTS = "documents.keep"
    KEEP_PEOPLE = "people.keep"
    KEEP_CLIENTS = "clients.keep"
    KEEP_KEYS = "keys.keep"
    KEEP_INTEGRATIONS = "integrations.keep"
    KEEP_DATA = "data.keep"


@dataclass(frozen=True, slots=True)
class Grant:
    """Who has a right.

    Attributes:
        words: what it allows, to follow "the right to".
        roles: which roles have it at the clients where a person has them; admins have every right everywhere.
        scope: the scope with which a program has it; None where it is for people only.
    """

    words: str
    roles: frozenset[Role]
    scope: Scope | None = None


A, S, N, T, C = Role.AGENT, Role.SUPERVISOR, Role.ANALYST, Role.TRAINER, Role.CLIENT_VIEWER

GRANTS: Mapping[Right, Grant] = {
    Right.READ: Grant("read conversations", frozenset({A, S, N, T, C}), Scope.READ),
    Right.EXPORT: Grant("take conversations away as files", frozenset({A, S, N, C})),
    Right.TALK: Grant("open conversations, add turns, end them", frozenset({A, S}), Scope.WRITE),
    Right.WORK: Grant("work at the desk", frozenset({A, S})),
    Right.NOTE: Grant("edit notes", frozenset({A, S})),
    Right.RAISE: Grant("see what gestures cost and raise their budgets", frozenset({S})),
    Right.ANSWER_CALLS: Grant("answer calls for a supervisor", frozenset({S})),
    Right.LIFT_PAUSES: Grant("open a paused channel again", frozenset({S})),
    Right.CONTEST: Grant("contest labels", frozenset({A, S, N, T})),
    Right.PROMISE: Grant("keep the promise ledger", frozenset({A, S}), Scope.WRITE),
    Right.FOLLOW_UP: Grant("plan and do follow-ups", frozenset({A, S})),
    Right.MERGE_CUSTOMERS: Grant("merge customers' records, and part them again", frozenset({S})),
    Right.WATCH: Grant("watch the floor, whisper and assign", frozenset({S})),
    Right.AUDIT: Grant("read the audit log", frozenset({S})),
    Right.PRACTISE: Grant("practise, and read one's own runs and progress", frozenset({A, S, N, T})),
    Right.TRAIN: Grant(
        "keep practice material, assign practice and see the progress of a client's people", frozenset({S, T})
    ),
    Right.KEEP_DOCUMENTS: Grant("edit and publish playbooks, solutions, policies and limits", frozenset({S})),
    Right.KEEP_PEOPLE: Grant("keep people and their roles", frozenset()),
    Right.KEEP_CLIENTS: Grant("keep clients", frozenset()),
    Right.KEEP_KEYS: Grant("make and revoke API keys", frozenset()),
    Right.KEEP_INTEGRATIONS: Grant("keep webhooks, and what other systems send", frozenset()),
    Right.KEEP_DATA: Grant(
        "set retention and legal holds, delete customers, take a whole client away or in", frozenset()
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """A signed-in person, or a program with an API key.

    Attributes:
        id: of the account or the key.
        name: as people read it.
        is_admin: True for a person who may do everything at every client.
        roles: what a person is at each of their clients, by the client's id; empty for admins and programs.
        program_of: the clients that a program belongs to; empty for a person.
        scopes: what a program may do.
    """

    id: str
    name: str
    is_admin: bool = False
    roles: Mapping[str, Role] = field(default_factory=dict, hash=False)
    program_of: frozenset[str] = frozenset()
    scopes: frozenset[Scope] = frozenset()

    @property
    def clients(self) -> frozenset[str] | None:
        """Ids of the clients that they may know of; None for all of them."""
        return None if self.is_admin else self.program_of or frozenset(self.roles)

    @property
    def only_client(self) -> str:
        """The one client that a program belongs to.

        Raises:
            ForbiddenError: they see several clients, or none.
        """
        if self.clients is None or len(self.clients) != 1:
            raise ForbiddenError("This belongs to no single client.", hint="Use the API key of a client.")
        return next(iter(self.clients))

    @property
    def account_id(self) -> str | None:
        """The person's account; None for a program."""
        return None if self.program_of else self.id

    @property
    def title(self) -> str:
        """What the person is here, in words: "admin", "supervisor and agent"."""
        held = {Role.ADMIN} if self.is_admin else set(self.roles.values())
        return " and ".join(role.words for role in Role if role in held) or "no client yet"

    def may(self, right: Right, client_id: str | None = None) -> bool:
        """True when they have the right at that client, or for None at one of their clients at least."""
        if self.is_admin:
            return True
        grant = GRANTS[right]
        if self.program_of:
            return grant.scope in self.scopes and (client_id is None or client_id in self.program_of)
        if client_id is None:
            return not grant.roles.isdisjoint(self.roles.values())
        return self.roles.get(client_id) in grant.roles

    def require(self, right: Right, client_id: str | None = None) -> None:
        """Passes who has the right at that client, or for None at one of their clients at least.

        Raises:
            NotFoundError: they may not know of that client.
            ForbiddenError: they lack the right.
        """
        if client_id is not None:
            self.require_client(client_id)
        if self.may(right, client_id):
            return
        grant = GRANTS[right]
        if not self.program_of:
            raise ForbiddenError(f"This needs the right to {grant.words}.", hint="Ask an admin of Coolhead.")
        if grant.scope is None:
            raise ForbiddenError("This is for people, not for programs.", hint="Sign in to do it.")
        raise ForbiddenError(
            f"This key lacks the scope {grant.scope.value}.", hint="Use a key that was made with that scope."
        )

    def sees(self, client_id: str) -> bool:
        """True when they may know of the client."""
        return self.clients is None or client_id in self.clients

    def require_client(self, client_id: str) -> None:
        """Passes who may know of the client.

        Raises:
            NotFoundError: they may not; it sounds the same as when there is no such client.
        """
        if not self.sees(client_id):
            raise no_client(client_id)

    def narrowed(self, right: Right, client_id: str | None = None) -> Collection[str] | None:
        """The clients that a question about `client_id` (None: any) may touch; None for all of them.

        Raises:
            NotFoundError: they may not know of that client.
            ForbiddenError: they lack the right, there or everywhere.
        """
        self.require(right, client_id)
        if client_id is not None:
            return (client_id,)
        return None if self.clients is None else {each for each in self.clients if self.may(right, each)}


def no_client(client_id: str) -> NotFoundError:
    """The error for a client that does not exist or may not be known of."""
    return NotFoundError(f"There is no client {client_id!r}.", hint="Check its short name with your admin.")


def no_conversation() -> NotFoundError:
    """The error for a conversation that does not exist or may not be known of."""
    return NotFoundError("There is no such conversation.", hint="Check the address or the id.")
