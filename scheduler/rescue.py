"""After a crash or a silence: leases of dead workers are freed, and posts of which nobody knows
whether Slack took them are looked for, where the bot may look."""

import logging
from dataclasses import dataclass

from bot.services import outbox
from bot.slack.errors import Retry, SlackFault
from bot.slack.gateway import Gateway
from bot.storage.unit_of_work import Database

log = logging.getLogger(__name__)


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
            self.db.run(outbox.settle_unsure, row.claimed)
            return
        try:
            ts = self.gateway.find_posted(
                row.claimed.workspace_id, row.channel, row.claimed.delivery_id, since=row.since
            )
        except Retry:
            return  # the lease ends soon, and it is looked for again
        except SlackFault as failure:
            log.warning("history not read: %s, %s", row.claimed.delivery_id, failure)
            self.db.run(outbox.settle_unsure, row.claimed)
            return
        if ts is None:
            self.db.run(outbox.settle_absent, row.claimed)
        else:
            self.db.run(outbox.settle_posted, outbox.Posted(row.claimed, row.channel, ts))
