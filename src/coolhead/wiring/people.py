"""Who may come in, and what they did."""

from __future__ import annotations

from functools import cached_property

from coolhead.channels.oidc import provider_of
from coolhead.services.audit import Audit
from coolhead.services.people.accounts import Accounts
from coolhead.services.people.clients import Clients
from coolhead.services.people.invitations import Invitations
from coolhead.services.people.keys import Keys
from coolhead.services.people.resets import Resets
from coolhead.services.people.sessions import Sessions
from coolhead.services.people.settings import ClientSettings
from coolhead.services.people.single_sign_on import SingleSignOn
from coolhead.wiring.ground import Ground, local_now


class People(Ground):
    """Who may come in, and what they did."""

    @cached_property
    def accounts(self) -> Accounts:
        return Accounts(self.database, local_now, self.passwords)

    @cached_property
    def sessions(self) -> Sessions:
        return Sessions(self.database, local_now, self.passwords, self.accounts)

    @cached_property
    def invitations(self) -> Invitations:
        return Invitations(
            self.database,
            local_now,
            self.passwords,
            address=self.settings.address,
            mail_is_on=self.mail_is_on,
        )

    @cached_property
    def resets(self) -> Resets:
        return Resets(
            self.database,
            local_now,
            self.passwords,
            self.accounts,
            address=self.settings.address,
            mail_is_on=self.mail_is_on,
        )

    @cached_property
    def single_sign_on(self) -> SingleSignOn:
        return SingleSignOn(self.database, local_now, self.accounts, provider_of(self.settings))

    @cached_property
    def keys(self) -> Keys:
        return Keys(self.database, local_now)

    @cached_property
    def audit(self) -> Audit:
        return Audit(self.database, local_now)

    @cached_property
    def clients(self) -> Clients:
        return Clients(self.database, local_now, self.settings.time_zone)

    @cached_property
    def client_settings(self) -> ClientSettings:
        return ClientSettings(self.database)
