"""Habits: a rhythm of some kind for one person about one thing. Plans are made from them in
`bot.services.planning`; nothing is sent from here."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.domain.cadence import (
    Every,
    Occurrence,
    Rhythm,
    due_of,
    nominal_key,
    occurrences,
    resolve,
)
from bot.domain.deliveries import Kind
from bot.services import deliveries
from bot.storage.models import Person, Schedule
from bot.storage.unit_of_work import Tx

# Two monthly occurrences are at most this far apart; a month's rhythm always has one within it.
_NEXT_WITHIN = timedelta(days=70)


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
    """Start a habit, or change it: what was planned by the old rhythm is then cancelled. Safe to
    repeat; the same rhythm again changes nothing."""
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
            # Looked for from a day before the nominal date: no occurrence lies between.
            before = datetime.fromisoformat(row.next_nominal) - timedelta(days=1)
            found = _next(row, person, before)
            row.next_nominal, row.next_due = found or (None, None)


def rhythm_of(row: Schedule) -> Rhythm:
    return Rhythm(Every(row.every), row.weekday, row.local_time, row.anchor, row.nth)


def advance(row: Schedule, person: Person, after: datetime) -> None:
    """Point the habit at its first occurrence later than `after`."""
    upcoming = occurrences(rhythm_of(row), person.tz, after, after + _NEXT_WITHIN)
    row.next_nominal = nominal_key(upcoming[0].nominal) if upcoming else None
    row.next_due = upcoming[0].due if upcoming else None


def upcoming(row: Schedule, person: Person, until: datetime) -> list[Occurrence]:
    """From the one the habit points at, up to `until`.

    Its instant is worked out anew: the zone's rules may have changed since, and an occurrence
    that has moved to an earlier instant must not be passed over.
    """
    if row.next_nominal is None:
        return []
    first = due_of(datetime.fromisoformat(row.next_nominal), person.tz) or row.next_due
    if first is None:
        return []
    return occurrences(rhythm_of(row), person.tz, first - timedelta(microseconds=1), until)


def _next(row: Schedule, person: Person, nominal_after: datetime) -> tuple[str, datetime] | None:
    start = resolve(nominal_after, person.tz)
    if start is None:
        return None
    for found in occurrences(rhythm_of(row), person.tz, start, start + _NEXT_WITHIN):
        if nominal_key(found.nominal) >= (row.next_nominal or ""):
            return nominal_key(found.nominal), found.due
    return None


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
    for row in rows:
        deliveries.cancel(tx, reason, workspace_id=row.workspace_id, schedule_id=row.id)
