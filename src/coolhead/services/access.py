"""Who asks, and what they may see and do: the only place where that is decided."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from coolhead.errors import ForbiddenError, NotFoundError
from coolhead.storage.accounts import Role
from coolhead.storage.api_keys import Scope

RANK = {Role.AGENT: 0, Role.SUPERVISOR: 1, Role.ADMIN: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """A signed-in person, or a program with an API key.

    Attributes:
        id: of the account or the key.
        name: as people read it.
        role: None for a program.
        clients: ids of the clients they are assigned to; None for all of them.
        scopes: what they may do with conversations; people may read and write.
    """

    id: str
    name: str
    role: Role | None
    clients: frozenset[str] | None
    scopes: frozenset[Scope] = frozenset(Scope)

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
        return None if self.role is None else self.id

    def has(self, role: Role) -> bool:
        """True when the person may do what `role` may."""
        return self.role is not None and RANK[self.role] >= RANK[role]

    def require(self, role: Role) -> None:
        """Passes who may do what `role` may.

        Raises:
            ForbiddenError: they may not.
        """
        if not self.has(role):
            raise ForbiddenError(f"This needs the role {role.value}.", hint="Ask an admin of Coolhead.")

    def require_scope(self, scope: Scope) -> None:
        """Passes who has the scope.

        Raises:
            ForbiddenError: the key lacks it.
        """
        if scope not in self.scopes:
            raise ForbiddenError(
                f"This key lacks the scope {scope.value}.", hint="Use a key that was made with that scope."
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

    def narrowed(self, client_id: str | None) -> Collection[str] | None:
        """The clients that a question about `client_id` (None: any) may touch; None for all of them.

        Raises:
            NotFoundError: they may not know of that client.
        """
        if client_id is None:
            return self.clients
        self.require_client(client_id)
        return (client_id,)


def no_client(client_id: str) -> NotFoundError:
    """The error for a client that does not exist or may not be known of."""
    return NotFoundError(f"There is no client {client_id!r}.", hint="Check its short name with your admin.")


def no_conversation() -> NotFoundError:
    """The error for a conversation that does not exist or may not be known of."""
    return NotFoundError("There is no such conversation.", hint="Check the address or the id.")
