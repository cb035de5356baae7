"""The one place that picks adapters: the services of a process, made from its settings.

Each class adds the services of one noun to those that it builds on: `Ground`, `People`, `Conversations`,
`Casework`, `Training`, `Upkeep`, `Services`. A new service is one property.
"""

from coolhead.wiring.ground import local_now
from coolhead.wiring.opened import opened_accounts, opened_portability
from coolhead.wiring.services import DEFAULT_CLIENT, Services, build

__all__ = ["DEFAULT_CLIENT", "Services", "build", "local_now", "opened_accounts", "opened_portability"]
