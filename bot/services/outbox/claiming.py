"""Taking what is due, under a lease, and giving it back."""

from datetime import datetime

from sqlalchemy import func, select

from bot.domain.deliveries import KINDS, Conversation
from bot.domain.lifecycle import DeliveryState
from bot.services import deliveries
from bot.services.outbox.rows import blocked_scopes, held
from bot.services.outbox.values import LEASE, WORKSPACE, Claim, Claimed
from bot.storage.models import Delivery, Throttle, Workspace
from bot.storage.unit_of_work import Tx


def claim(tx: Tx, command: Claim) -> list[Claimed]:
    """Take what is due, at most one for each conversation, under a lease."""
    blocked = blocked_scopes(tx)
    query = (
        select(Delivery)
        .join(Workspace, Workspace.id == Delivery.workspace_id)
        .where(
            Delivery.state == DeliveryState.PENDING,
            Delivery.due_at <= tx.now,
            Workspace.state == "active",
            Delivery.workspace_id.not_in([w for w, scope in blocked if scope == WORKSPACE]),
            Delivery.slack_channel.is_(None)
            | Delivery.slack_channel.not_in([scope for _, scope in blocked]),
        )
        .order_by(Delivery.due_at, Delivery.id)
        .limit(command.limit * 3)
    )
    if tx.is_postgresql:
        query = query.with_for_update(skip_locked=True, of=Delivery)
    claimed: dict[str, Claimed] = {}
    for row in tx.session.scalars(query):
        conversation = row.slack_channel or row.match_id or row.person_id or row.id
        if KINDS[row.kind].conversation is Conversation.DM:
            conversation = row.person_id or row.id
        if conversation in claimed or len(claimed) == command.limit:
            continue
        row.state, row.lease_owner = DeliveryState.LEASED, command.worker
        row.lease_until = tx.now + LEASE
        deliveries.note(tx, row, command.worker)
        claimed[conversation] = Claimed(row.workspace_id, row.id, command.worker)
    return list(claimed.values())


def give_back(tx: Tx, claimed: Claimed) -> None:
    """Return a leased row that will not be handled now."""
    row = held(tx, claimed, DeliveryState.LEASED)
    if row is not None:
        deliveries.close(tx, row, DeliveryState.PENDING, "returned", claimed.worker)


def give_back_all(tx: Tx, worker: str) -> int:
    """At the end of a process: return every lease it holds, so that others need not wait."""
    query = select(Delivery).where(
        Delivery.lease_owner == worker, Delivery.state == DeliveryState.LEASED
    )
    rows = list(tx.session.scalars(query))
    for row in rows:
        deliveries.close(tx, row, DeliveryState.PENDING, "returned", worker)
    return len(rows)


def expire_leases(tx: Tx, _: None) -> int:
    """Rows whose worker died before it marked them as posting may be claimed again."""
    query = select(Delivery).where(
        Delivery.state == DeliveryState.LEASED, Delivery.lease_until < tx.now
    )
    if tx.is_postgresql:
        query = query.with_for_update(skip_locked=True)
    rows = list(tx.session.scalars(query))
    for row in rows:
        deliveries.close(tx, row, DeliveryState.PENDING, "lease_expired")
    return len(rows)


def next_due(tx: Tx, _: None) -> datetime | None:
    """When the next waiting message may leave: when it is due, and its channel and workspace are
    not held back."""
    held_until = func.max(Throttle.blocked_until)
    query = (
        select(Delivery.due_at, held_until)
        .join(Workspace, Workspace.id == Delivery.workspace_id)
        .outerjoin(
            Throttle,
            (Throttle.workspace_id == Delivery.workspace_id)
            & Throttle.scope.in_([Delivery.slack_channel, WORKSPACE])
            & (Throttle.blocked_until > tx.now),
        )
        .where(Delivery.state == DeliveryState.PENDING, Workspace.state == "active")
        .group_by(Delivery.workspace_id, Delivery.id)
    )
    rows = tx.session.execute(query)
    return min((max(due, held) if held else due for due, held in rows), default=None)
