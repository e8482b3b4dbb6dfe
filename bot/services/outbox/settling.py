"""What Slack said, written down."""

from datetime import timedelta
from functools import partial

from bot import metrics
from bot.domain.lifecycle import DeliveryState
from bot.services import deliveries
from bot.services.outbox.prompts import mark_sent, release_slot
from bot.services.outbox.rows import block, give_up, held, in_posting, postpone
from bot.services.outbox.values import SPACING, WORKSPACE, Claimed, Posted, Refused, Throttled
from bot.storage.unit_of_work import Tx


def settle_posted(tx: Tx, command: Posted) -> None:
    """Slack has it."""
    row = in_posting(tx, command.claimed)
    if row is None:
        return
    row.slack_channel, row.slack_ts, row.sent_at = command.channel, command.ts, tx.now
    deliveries.close(tx, row, DeliveryState.SENT, None, command.claimed.worker)
    tx.count(partial(metrics.LATENESS.observe, (tx.now - row.due_at).total_seconds()))
    mark_sent(tx, row)
    block(tx, row.workspace_id, command.channel, tx.now + SPACING)


def settle_throttled(tx: Tx, command: Throttled) -> None:
    """Slack says later; every replica keeps to it, and it does not count as an attempt."""
    row = in_posting(tx, command.claimed)
    if row is None:
        return
    until = tx.now + timedelta(seconds=command.seconds)
    row.attempt -= 1
    row.due_at = max(row.due_at, until)
    release_slot(tx, row)
    deliveries.close(tx, row, DeliveryState.PENDING, "throttled", command.claimed.worker)
    block(tx, row.workspace_id, command.channel or WORKSPACE, until)


def settle_refused(tx: Tx, command: Refused) -> None:
    """Slack will never take it. Leads are told that somebody cannot be reached, once."""
    row = in_posting(tx, command.claimed)
    if row is None:
        return
    release_slot(tx, row)
    give_up(tx, row, command)


def settle_unopened(tx: Tx, command: Refused) -> None:
    """The conversation cannot be opened: Slack does not let us reach these people."""
    row = held(tx, command.claimed, DeliveryState.LEASED)
    if row is not None:
        give_up(tx, row, command)


def settle_revoked(tx: Tx, claimed: Claimed) -> None:
    """The token was refused, so nothing was posted: it waits for a good one."""
    for state in (DeliveryState.LEASED, DeliveryState.POSTING):
        row = held(tx, claimed, state)
        if row is not None:
            release_slot(tx, row)
            deliveries.close(tx, row, DeliveryState.PENDING, "token_refused", claimed.worker)


def wait(tx: Tx, command: Throttled) -> None:
    """Nothing was posted yet; look again later."""
    row = held(tx, command.claimed, DeliveryState.LEASED)
    if row is not None:
        postpone(tx, row, tx.now + timedelta(seconds=command.seconds), "waits")
