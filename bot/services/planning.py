"""From habits to messages: what falls due within the horizon becomes rows, under unique keys.

Any number of replicas may plan at once; on a conflict nothing happens. Features say what an
occurrence of their kind becomes with `@plans(KIND)`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.domain.cadence import Occurrence
from bot.domain.deliveries import KINDS, Kind
from bot.services import schedules
from bot.storage.models import Person, Schedule
from bot.storage.unit_of_work import Tx

HORIZON = timedelta(hours=48)

Planner = Callable[[Tx, Schedule, Person, Occurrence], None]

_PLANNERS: dict[str, Planner] = {}


@dataclass(frozen=True)
class Plan:
    limit: int = 200


def plans(kind: Kind) -> Callable[[Planner], Planner]:
    """Mark the function that makes a message of one occurrence of a habit of `kind`."""

    def mark(planner: Planner) -> Planner:
        _PLANNERS[kind.name] = planner
        return planner

    return mark


def plan(tx: Tx, command: Plan) -> int:
    """Turn due habits into rows and point them further; how many habits that were.

    Occurrences that fell into a time when nobody planned, and are past their grace, are left out:
    there is no burst after a downtime.
    """
    until = tx.now + HORIZON
    query = (
        select(Schedule)
        .where(Schedule.enabled.is_(True), Schedule.next_due <= until)
        .order_by(Schedule.next_due)
        .limit(command.limit)
    )
    if tx.is_postgresql:
        query = query.with_for_update(skip_locked=True)
    rows = list(tx.session.scalars(query))
    for row in rows:
        person = tx.session.get_one(Person, (row.workspace_id, row.person_id))
        for occurrence in schedules.upcoming(row, person, until):
            if not _too_late(row, occurrence, tx.now):
                _PLANNERS[row.kind](tx, row, person, occurrence)
        schedules.advance(row, person, after=until)
    return len(rows)


def next_plan(tx: Tx, _: None) -> datetime | None:
    """When the next habit comes into the horizon."""
    due = tx.session.scalar(
        select(Schedule.next_due)
        .where(Schedule.enabled.is_(True), Schedule.next_due.is_not(None))
        .order_by(Schedule.next_due)
        .limit(1)
    )
    return due - HORIZON if due else None


def kinds() -> frozenset[str]:
    return frozenset(_PLANNERS)


def _too_late(row: Schedule, occurrence: Occurrence, now: datetime) -> bool:
    grace = KINDS[row.kind].grace
    return grace is not None and occurrence.due + grace <= now
