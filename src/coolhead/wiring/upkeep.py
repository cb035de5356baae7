"""What goes out, what is kept, and the work that time brings."""

from __future__ import annotations

import random
from functools import cached_property

from coolhead.channels.egress import GuardedTransport, HttpPoster
from coolhead.services.casework.reminders import Reminders
from coolhead.services.conversations.inlets import Inlets
from coolhead.services.keeping.erasure import Erasure
from coolhead.services.keeping.portability import Portability
from coolhead.services.keeping.retention import Retention
from coolhead.services.sending import mail
from coolhead.services.sending.dispatch import Dispatch
from coolhead.services.sending.outbox import Outbox
from coolhead.services.sending.webhooks import Webhooks
from coolhead.services.ticker import Job, Ticker
from coolhead.storage.outbox import Parcel
from coolhead.wiring.ground import local_now
from coolhead.wiring.training import Training


class Upkeep(Training):
    """What goes out, what is kept, and the work that time brings."""

    @cached_property
    def retention(self) -> Retention:
        return Retention(self.database, local_now)

    @cached_property
    def erasure(self) -> Erasure:
        return Erasure(self.database, local_now)

    @cached_property
    def portability(self) -> Portability:
        return Portability(self.database, local_now)

    @cached_property
    def letters(self) -> mail.Letters:
        return mail.Letters(self.database, local_now)

    @cached_property
    def dispatch(self) -> Dispatch:
        return Dispatch(
            self.database,
            HttpPoster(GuardedTransport(self.settings.webhook_networks)),
            local_now,
            mail_is_on=self.mail_is_on,
        )

    @cached_property
    def webhooks(self) -> Webhooks:
        return Webhooks(self.database, self.dispatch, local_now)

    @cached_property
    def inlets(self) -> Inlets:
        return Inlets(self.database, self.live, local_now)

    @cached_property
    def outbox(self) -> Outbox:
        senders = {Parcel.MAIL: mail.sender(self.mailer), Parcel.WEBHOOK: self.dispatch.send}
        return Outbox(self.database, senders, local_now, random.Random())  # noqa: S311 (spreads retries only)

    @cached_property
    def reminders(self) -> Reminders:
        return Reminders(self.database, self.feed, mail_is_on=self.mail_is_on)

    @cached_property
    def ticker(self) -> Ticker:
        jobs = [
            Job(name="reminders", every_s=15.0, run=self.reminders.remind),
            Job(name="escalations", every_s=15.0, run=self.escalations.rise),
            Job(name="pauses", every_s=30.0, run=self.boundaries.end_run_out),
            Job(name="webhooks", every_s=1.0, run=self.dispatch.take_up),
            Job(name="webhook_log", every_s=3600.0, run=self.dispatch.forget_old),
            Job(name="purge", every_s=600.0, run=self.retention.purge_due),
            Job(name="progress", every_s=60.0, run=self.progressing.count_due),
        ]
        return Ticker(jobs, local_now)
