"""After a crash or a silence: posts of which nobody knows whether Slack took them."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.domain.deliveries import DID_IT_ARRIVE, KINDS, Conversation, WhenUnsure
from bot.domain.lifecycle import DeliveryState
from bot.services import deliveries
from bot.services.outbox.prompts import mark_sent, release_slot
from bot.services.outbox.rows import in_posting
from bot.services.outbox.values import LEASE, MAX_ATTEMPTS, SETTLE, Claim, Claimed, Stuck
from bot.storage.models import Delivery, Match, Person, Workspace
from bot.storage.unit_of_work import Tx


def stuck(tx: Tx, command: Claim) -> list[Stuck]:
    """Take posts left unsettled for longer than Slack may need to show them."""
    query = (
        select(Delivery)
        .join(Workspace, Workspace.id == Delivery.workspace_id)
        .where(
            Delivery.state == DeliveryState.POSTING,
            Delivery.lease_until < tx.now,
            Delivery.last_post_at <= tx.now - SETTLE,
            Workspace.state == "active",
        )
        .order_by(Delivery.last_post_at)
        .limit(command.limit)
    )
    if tx.is_postgresql:
        query = query.with_for_update(skip_locked=True, of=Delivery)
    found = []
    for row in tx.session.scalars(query):
        row.lease_owner, row.lease_until = command.worker, tx.now + LEASE
        readable = KINDS[row.kind].conversation is Conversation.DM
        claimed = Claimed(row.workspace_id, row.id, command.worker)
        since = row.first_post_at or tx.now
        found.append(Stuck(claimed, row.slack_channel or "", readable, since))
    return found


def settle_absent(tx: Tx, claimed: Claimed) -> None:
    """It is proved that Slack does not have it: once more, later each time."""
    row = in_posting(tx, claimed)
    if row is None:
        return
    release_slot(tx, row)
    if row.attempt >= MAX_ATTEMPTS:
        deliveries.close(tx, row, DeliveryState.DEAD, "attempts", claimed.worker)
        return
    row.due_at = tx.now + _back_off(row)
    deliveries.close(tx, row, DeliveryState.PENDING, "absent", claimed.worker)


def settle_unsure(tx: Tx, claimed: Claimed) -> None:
    """It cannot be known whether Slack has it: the kind says what then."""
    row = in_posting(tx, claimed)
    if row is None:
        return
    when_unsure = KINDS[row.kind].when_unsure
    if when_unsure is WhenUnsure.REPOST:
        settle_absent(tx, claimed)
        return
    deliveries.close(tx, row, DeliveryState.UNKNOWN, "unsure", claimed.worker)
    mark_sent(tx, row)  # found in App Home
    if when_unsure is WhenUnsure.ASK and row.person_id:
        asked = tx.session.get_one(Person, (row.workspace_id, row.person_id))
        key, params = f"{row.id}|{row.attempt}", {"delivery": row.id}
        match = tx.session.get(Match, (row.workspace_id, row.match_id)) if row.match_id else None
        deliveries.tell(tx, DID_IT_ARRIVE, asked, key, match=match, params=params)


def next_rescue(tx: Tx, _: None) -> datetime | None:
    """When the oldest unsettled post may be looked for."""
    last_post = tx.session.scalar(
        select(Delivery.last_post_at)
        .where(Delivery.state == DeliveryState.POSTING)
        .order_by(Delivery.last_post_at)
        .limit(1)
    )
    return last_post + SETTLE if last_post else None


def _back_off(row: Delivery) -> timedelta:
    """30 s, doubling up to an hour, times 0.5 to 1 by the row's own dice."""
    dice = int(hashlib.sha256(f"{row.id}{row.attempt}".encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
    seconds = min(30 * 2 ** (row.attempt - 1), 3600)
    return timedelta(seconds=seconds * (0.5 + dice / 2))
