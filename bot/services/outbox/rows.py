"""A delivery row in the hands of a worker: held, moved on, skipped, given up."""

from datetime import datetime

from sqlalchemy import select

from bot.domain.deliveries import ANNOUNCEMENT, CANNOT_REACH, NOT_ANNOUNCED
from bot.domain.lifecycle import DeliveryState
from bot.services import deliveries, loading
from bot.services.outbox.values import Claimed, Refused
from bot.storage.models import Delivery, Person, Program, Throttle
from bot.storage.unit_of_work import Tx


def held(tx: Tx, claimed: Claimed, state: DeliveryState) -> Delivery | None:
    """The row, if this worker still holds it in `state`."""
    row = tx.session.get(
        Delivery, (claimed.workspace_id, claimed.delivery_id), with_for_update=tx.is_postgresql
    )
    held = row is not None and row.state is state and row.lease_owner == claimed.worker
    return row if held else None


def in_posting(tx: Tx, claimed: Claimed) -> Delivery | None:
    return held(tx, claimed, DeliveryState.POSTING)


def postpone(tx: Tx, row: Delivery, until: datetime, reason: str) -> None:
    if row.expires_at is not None and until >= row.expires_at:
        skip(tx, row, reason, row.lease_owner)
        return
    row.due_at = until
    deliveries.close(tx, row, DeliveryState.PENDING, reason, row.lease_owner)


def skip(tx: Tx, row: Delivery, reason: str, worker: str | None) -> None:
    deliveries.skip_prompts(tx, row)
    deliveries.close(tx, row, DeliveryState.SKIPPED, reason, worker)


def give_up(tx: Tx, row: Delivery, command: Refused) -> None:
    """It will never arrive. Who asked for a post in a channel reads why; for anything else, leads
    read that somebody cannot be reached."""
    deliveries.close(tx, row, DeliveryState.DEAD, command.reason[:120], command.claimed.worker)
    program = (
        tx.session.get(Program, (row.workspace_id, row.program_id)) if row.program_id else None
    )
    if program is None or row.person_id is None or row.kind == CANNOT_REACH.name:
        return
    params = {"delivery": row.id}
    if row.kind == ANNOUNCEMENT.name:
        asked = tx.session.get_one(Person, (row.workspace_id, row.person_id))
        deliveries.tell(tx, NOT_ANNOUNCED, asked, row.id, program=program, params=params)
        return
    once_a_day = f"{row.person_id}|{tx.now.date().isoformat()}"
    for lead in loading.leads(tx, row.workspace_id, program.id):
        deliveries.tell(tx, CANNOT_REACH, lead, once_a_day, program=program, params=params)


# Throttles


def blocked_scopes(tx: Tx) -> list[tuple[str, str]]:
    rows = tx.session.execute(
        select(Throttle.workspace_id, Throttle.scope).where(Throttle.blocked_until > tx.now)
    )
    return [(row.workspace_id, row.scope) for row in rows]


def block(tx: Tx, workspace_id: str, scope: str, until: datetime) -> None:
    row = tx.session.get(Throttle, (workspace_id, scope))
    if row is None:
        tx.insert_once(Throttle, workspace_id=workspace_id, scope=scope, blocked_until=until)
    else:
        row.blocked_until = max(row.blocked_until, until)
