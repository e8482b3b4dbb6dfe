"""Habits: a rhythm of some kind for one person about one thing. Plans are made from them in
`bot.services.planning`; nothing is sent from here."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select, update

from bot.domain.cadence import (
    Every,
    Occurrence,
    Rhythm,
    nominal_key,
    occurrences_after,
    occurrences_from,
)
from bot.domain.deliveries import Kind
from bot.services import deliveries
from bot.services.timing import Reader
from bot.storage.models import Person, Schedule
from bot.storage.unit_of_work import Tx


class Habit(NamedTuple):
    """A habit that comes into the horizon, as a plain value: a transaction takes many."""

    id: str
    kind: str
    subject_id: str
    match_id: str | None
    program_id: str | None
    every: str
    weekday: int
    nth: int | None
    local_time: time
    anchor: date
    version: int
    next_nominal: str
    reader: Reader


_OF_HABIT = [getattr(Schedule, name) for name in Habit._fields if name != "reader"]
_OF_READER = [getattr(Person, name) for name in Reader._fields]


def set_schedule(
    tx: Tx,
    kind: Kind,
    subject_id: str,
    person: Person,
    rhythm: Rhythm,
    *,
    match_id: str | None = None,
    program_id: str | None = None,
) -> Schedule:
    """Start a habit, or change it: what was planned by the old rhythm is then taken back. Safe
    to repeat; the same rhythm again changes nothing."""
    row = find(tx, kind, subject_id, person)
    if row is None:
        row = Schedule(
            workspace_id=person.workspace_id,
            id=tx.new_id(),
            created_at=tx.now,
            kind=kind.name,
            subject_id=subject_id,
            match_id=match_id,
            program_id=program_id,
            person_id=person.id,
            version=0,
        )
        tx.session.add(row)
    elif row.enabled and rhythm_of(row) == rhythm:
        return row
    else:
        _cancel_planned(tx, [row], "rhythm_changed")
    row.every, row.weekday, row.nth = rhythm.every.value, rhythm.weekday, rhythm.nth
    row.local_time, row.anchor = rhythm.local_time, rhythm.anchor
    row.enabled, row.version = True, row.version + 1
    advance(row, person, after=tx.now)
    tx.session.flush()
    return row


def disable(
    tx: Tx,
    *,
    workspace_id: str,
    match_id: str | None = None,
    program_id: str | None = None,
    person_id: str | None = None,
    kind: Kind | None = None,
) -> None:
    """End the habits that match all that is given, with what is planned by them."""
    query = select(Schedule).where(
        Schedule.workspace_id == workspace_id, Schedule.enabled.is_(True)
    )
    for column, value in (
        (Schedule.match_id, match_id),
        (Schedule.program_id, program_id),
        (Schedule.person_id, person_id),
        (Schedule.kind, kind.name if kind else None),
    ):
        if value is not None:
            query = query.where(column == value)
    rows = list(tx.session.scalars(query))
    for row in rows:
        row.enabled, row.next_due, row.next_nominal = False, None, None
    _cancel_planned(tx, rows, "schedule_ended")


def replan_person(tx: Tx, person: Person) -> None:
    """After a change of zone: the habits of this person go by their new clock. Occurrences that
    are planned already are moved by `deliveries.replan_person`."""
    query = select(Schedule).where(
        Schedule.workspace_id == person.workspace_id,
        Schedule.person_id == person.id,
        Schedule.enabled.is_(True),
    )
    for row in tx.session.scalars(query):
        if row.next_nominal is not None:
            _point(row, next(_from(row, row.next_nominal, person.tz)))


def rhythm_of(row: Schedule | Habit) -> Rhythm:
    return Rhythm(Every(row.every), row.weekday, row.local_time, row.anchor, row.nth)


def advance(row: Schedule, person: Person, after: datetime) -> None:
    """Point the habit at its first occurrence later than `after`."""
    _point(row, next(occurrences_after(rhythm_of(row), person.tz, after)))


# Planning, many at once


def due(tx: Tx, until: datetime, limit: int) -> list[Habit]:
    """Habits with an occurrence due by `until`, soonest first; other replicas get others."""
    query = (
        select(*_OF_HABIT, *_OF_READER)
        .join(
            Person,
            (Person.workspace_id == Schedule.workspace_id) & (Person.id == Schedule.person_id),
        )
        .where(Schedule.enabled.is_(True), Schedule.next_due <= until)
        .order_by(Schedule.next_due)
        .limit(limit)
    )
    if tx.is_postgresql:
        query = query.with_for_update(skip_locked=True, of=Schedule)
    cut = len(_OF_HABIT)
    rows = tx.session.execute(query)
    return [Habit._make((*row[:cut], Reader._make(row[cut:]))) for row in rows]


def turns(row: Schedule | Habit, tz: str, until: datetime) -> tuple[list[Occurrence], Occurrence]:
    """The occurrences due by `until`, from the one the habit points at, and the first one later.

    Instants are worked out anew: the zone's rules may have changed since, and an occurrence that
    has moved to an earlier instant must not be passed over.
    """
    planned = []
    following = _from(row, row.next_nominal or "", tz)
    while (occurrence := next(following)).due <= until:
        planned.append(occurrence)
    return planned, occurrence


def point(tx: Tx, habits: Iterable[tuple[Habit, Occurrence]]) -> None:
    """Point each habit at an occurrence."""
    table: Any = Schedule.__table__
    statement = (
        update(table)
        .where(table.c.workspace_id == bindparam("of"), table.c.id == bindparam("habit"))
        .values(next_nominal=bindparam("nominal"), next_due=bindparam("due"))
    )
    rows = [
        {
            "of": habit.reader.workspace_id,
            "habit": habit.id,
            "nominal": nominal_key(occurrence.nominal),
            "due": occurrence.due,
        }
        for habit, occurrence in habits
    ]
    if rows:
        tx.session.connection().execute(statement, rows)


def _from(row: Schedule | Habit, nominal: str, tz: str) -> Iterator[Occurrence]:
    return occurrences_from(rhythm_of(row), tz, datetime.fromisoformat(nominal))


def _point(row: Schedule, occurrence: Occurrence) -> None:
    row.next_nominal, row.next_due = nominal_key(occurrence.nominal), occurrence.due


def find(tx: Tx, kind: Kind, subject_id: str, person: Person) -> Schedule | None:
    return tx.session.scalar(
        select(Schedule).where(
            Schedule.workspace_id == person.workspace_id,
            Schedule.kind == kind.name,
            Schedule.subject_id == subject_id,
            Schedule.person_id == person.id,
        )
    )


def _cancel_planned(tx: Tx, rows: Sequence[Schedule], reason: str) -> None:
    """What nobody has had in hand is unplanned rather than cancelled: the habit may come back to
    the very same hour, and a row that is left would keep that occurrence from being planned."""
    for row in rows:
        deliveries.unplan(tx, workspace_id=row.workspace_id, schedule_id=row.id)
        deliveries.cancel(tx, reason, workspace_id=row.workspace_id, schedule_id=row.id)
