"""Rows past their use: bookkeeping that has aged, and workspaces that removed the app.

Nothing a person wrote is judged by age here; their texts go when they delete them, or with the
workspace.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Delete, delete, select

from bot.domain.lifecycle import DELIVERY, DeliveryState
from bot.services.maintenance import sweeps
from bot.storage.models import (
    Base,
    Delivery,
    DeliveryEvent,
    FailedRequest,
    Inbox,
    PromptSlot,
    Throttle,
    Worker,
    Workspace,
)
from bot.storage.unit_of_work import Tx

# Slack sends an event again within minutes (docs.slack.dev/apis/events-api, retries); a dialog may
# stay open for days, but its request is new each time.
INBOX_LASTS = timedelta(days=3)
DELIVERIES_LAST = timedelta(days=180)
HISTORY_LASTS = timedelta(days=30)  # the steps of a delivery, for whoever looks into a fault
FAILURES_LAST = timedelta(days=90)
SLOTS_LAST = timedelta(days=14)  # the cap looks back seven days
WORKERS_LAST = timedelta(days=1)

_OVER = [state for state in DeliveryState if not DELIVERY[state]]


@sweeps
def prune(tx: Tx, _: None) -> int:
    """Remove bookkeeping that nothing looks at any more; how many rows that were."""
    now = tx.now
    return sum(
        _removed(tx, statement)
        for statement in (
            _older(Inbox, Inbox.at < now - INBOX_LASTS),
            _older(DeliveryEvent, DeliveryEvent.at < now - HISTORY_LASTS),
            _older(
                Delivery,
                Delivery.state.in_(_OVER) & (Delivery.due_at < now - DELIVERIES_LAST),
            ),
            _older(FailedRequest, FailedRequest.at < now - FAILURES_LAST),
            _older(PromptSlot, PromptSlot.local_date < (now - SLOTS_LAST).date()),
            _older(Worker, Worker.last_beat < now - WORKERS_LAST),
            _older(Throttle, Throttle.blocked_until < now - WORKERS_LAST),
        )
    )


@sweeps
def purge(tx: Tx, _: None) -> int:
    """Remove every row of the workspaces whose time is up after they removed the app; how many
    workspaces that were."""
    query = select(Workspace).where(Workspace.state == "removed", Workspace.purge_at <= tx.now)
    if tx.is_postgresql:
        query = query.with_for_update(skip_locked=True)
    gone = list(tx.session.scalars(query))
    for workspace in gone:
        for table in reversed(Base.metadata.sorted_tables):
            if "workspace_id" in table.c:
                tx.session.execute(delete(table).where(table.c.workspace_id == workspace.id))
        tx.session.delete(workspace)
    return len(gone)


def _older(model: type[Base], is_old: ColumnElement[bool]) -> Delete:
    return delete(model).where(is_old)


def _removed(tx: Tx, statement: Delete) -> int:
    result: Any = tx.session.execute(statement, execution_options={"synchronize_session": False})
    return int(result.rowcount)
