"""Sending what is due: claim, prepare, post, settle. One row at a time between two transactions.

`checkpoint` names each step as it is passed; tests raise there, as a crash would.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from bot.services import outbox, workspaces
from bot.slack.errors import Ambiguous, Permanent, Retry, Revoked
from bot.slack.gateway import Gateway
from bot.storage.unit_of_work import Database
from bot.views import messages

log = logging.getLogger(__name__)

Checkpoint = Callable[[str], None]


def no_checkpoint(_step: str) -> None:
    """Where nothing watches."""


@dataclass(frozen=True)
class Dispatcher:
    db: Database
    gateway: Gateway
    worker: str
    checkpoint: Checkpoint = no_checkpoint
    stopping: Callable[[], bool] = lambda: False

    def tick(self) -> int:
        """Send all that is due now; how many rows were handled."""
        handled = 0
        while not self.stopping():
            self.checkpoint("before_claim")
            batch = self.db.run(outbox.claim, outbox.Claim(self.worker))
            if not batch:
                break
            self.checkpoint("claimed")
            for claimed in batch:
                if self.stopping():
                    self.db.run(outbox.give_back, claimed)
                    continue
                self.send(claimed)
                handled += 1
        return handled

    def send(self, claimed: outbox.Claimed) -> None:
        """Send one claimed row, opening its conversation first if it has none."""
        prepared = self.db.run(outbox.prepare, claimed)
        if isinstance(prepared, outbox.Conversing):
            if not self._open(prepared):
                return
            prepared = self.db.run(outbox.prepare, claimed)
        if isinstance(prepared, outbox.Ready):
            self._post(prepared)

    def _open(self, wanted: outbox.Conversing) -> bool:
        """Opening is idempotent, so whatever goes wrong here is simply tried again later."""
        workspace_id, users = wanted.claimed.workspace_id, wanted.slack_user_ids
        try:
            if len(users) == 1:
                channel = self.gateway.open_dm(workspace_id, users[0])
            else:
                channel = self.gateway.open_group_dm(workspace_id, users)
        except Permanent as refusal:
            self.db.run(outbox.settle_unopened, outbox.Refused(wanted.claimed, refusal.reason))
        except Retry as later:
            self.db.run(outbox.wait, outbox.Throttled(wanted.claimed, later.after, None))
        except Ambiguous:
            self.db.run(outbox.wait, outbox.Throttled(wanted.claimed, 30.0, None))
        except Revoked:
            self._revoked(wanted.claimed)
        else:
            self.db.run(outbox.opened, outbox.Opened(wanted.claimed, channel))
            return True
        return False

    def _post(self, ready: outbox.Ready) -> None:
        claimed = ready.claimed
        self.checkpoint("posting")
        try:
            message = messages.render(
                ready.readers, ready.summaries, offers_languages=ready.offers_languages
            )
        except Exception as fault:  # noqa: BLE001 (whatever it is, nothing was posted)
            log.error("not rendered: %s, %s", claimed.delivery_id, type(fault).__name__)
            self.db.run(outbox.settle_refused, outbox.Refused(claimed, "not_rendered"))
            return
        try:
            posted = self.gateway.post(
                claimed.workspace_id, ready.channel, message, key=claimed.delivery_id
            )
        except Retry as later:
            throttled = outbox.Throttled(claimed, later.after, ready.channel)
            self.db.run(outbox.settle_throttled, throttled)
        except Permanent as refusal:
            self.db.run(outbox.settle_refused, outbox.Refused(claimed, refusal.reason))
        except Revoked:
            self._revoked(claimed)
        except Ambiguous as silence:
            # It stays in `posting`; rescue looks for it once Slack has had time to show it.
            log.warning("unsettled: %s, %s", claimed.delivery_id, silence)
        else:
            self.checkpoint("accepted")
            settled = outbox.Posted(claimed, posted.channel, posted.ts)
            self.db.run(outbox.settle_posted, settled)
            self.checkpoint("settled")

    def _revoked(self, claimed: outbox.Claimed) -> None:
        log.error("token no longer accepted; workspace %s waits", claimed.workspace_id)
        self.db.run(outbox.settle_revoked, claimed)
        self.db.run(workspaces.pause, claimed.workspace_id)
