"""After a crash or a silence: leases of dead workers are freed, and posts of which nobody knows
whether Slack took them are looked for, where the bot may look."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from bot import metrics
from bot.services import outbox
from bot.slack.errors import Retry, SlackFault
from bot.slack.gateway import Gateway
from bot.storage.unit_of_work import Database, Tx

log = logging.getLogger(__name__)

C = TypeVar("C")


@dataclass(frozen=True)
class Rescuer:
    db: Database
    gateway: Gateway
    worker: str

    def tick(self) -> int:
        """Free what expired and settle what is unsettled; how many rows were touched."""
        freed = self.db.run(outbox.expire_leases, None)
        found = self.db.run(outbox.stuck, outbox.Claim(self.worker))
        for row in found:
            self._reconcile(row)
        return freed + len(found)

    def _reconcile(self, row: outbox.Stuck) -> None:
        if not row.readable or not row.channel:
            self._settle("unreadable", outbox.settle_unsure, row.claimed)
            return
        try:
            ts = self.gateway.find_posted(
                row.claimed.workspace_id, row.channel, row.claimed.delivery_id, since=row.since
            )
        except Retry:
            metrics.RECONCILED.labels("later").inc()
            return  # the lease ends soon, and it is looked for again
        except SlackFault as failure:
            log.warning("history not read: %s, %s", row.claimed.delivery_id, failure)
            self._settle("unreadable", outbox.settle_unsure, row.claimed)
            return
        if ts is None:
            self._settle("absent", outbox.settle_absent, row.claimed)
        else:
            posted = outbox.Posted(row.claimed, row.channel, ts)
            self._settle("found", outbox.settle_posted, posted)

    def _settle(self, outcome: str, settle: Callable[[Tx, C], None], command: C) -> None:
        self.db.run(settle, command)
        metrics.RECONCILED.labels(outcome).inc()
