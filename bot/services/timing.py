"""When a message may reach somebody: their hours, holidays, leave, and the programme's days off."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from bot.domain import holidays
from bot.domain.cadence import (
    Availability,
    Hours,
    deliver_at,
    is_open,
    retreat,
    shared_minute,
)
from bot.domain.deliveries import Conversation, Kind, Window
from bot.storage.models import Leave, Person, Program
from bot.storage.unit_of_work import Tx

# A session's reminder may move back by this much at most (from T-24 h to T-72 h).
_RETREAT_AT_MOST = timedelta(hours=48)
_SHARED_WITHIN = timedelta(hours=72)
# No open minute within the look-ahead: looked at again then.
_FAR = timedelta(days=60)


@dataclass(frozen=True)
class Audience:
    """Whose hours count. In a group DM, when no minute suits everybody, the hours of the first
    decide: the one who has to act."""

    people: tuple[Availability, ...]


def availability(tx: Tx, person: Person, program_id: str | None = None) -> Availability:
    """When `person` may be written to by a programme (or by the bot itself)."""
    hours = Hours.from_json(person.message_hours) if person.message_hours else Hours.default()
    return Availability(person.tz, hours, _closed(tx, person, program_id))


def meeting_availability(tx: Tx, person: Person) -> Availability:
    """When `person` says they can meet."""
    spans = person.meeting_hours or person.message_hours
    hours = Hours.from_json(spans) if spans else Hours.default()
    return Availability(person.tz, hours, _closed(tx, person, None))


def on_leave(tx: Tx, person: Person, day: date) -> bool:
    """Whether `day`, on the person's own calendar, is within a leave of theirs."""
    return any(leave.first_day <= day <= leave.last_day for leave in leaves(tx, person))


def leaves(tx: Tx, person: Person) -> list[Leave]:
    return list(
        tx.session.scalars(
            select(Leave).where(
                Leave.workspace_id == person.workspace_id,
                Leave.person_id == person.id,
                Leave.cancelled_at.is_(None),
            )
        )
    )


def due(kind: Kind, audience: Audience, planned_for: datetime) -> datetime | None:
    """When a message of `kind`, planned for an instant, is to leave; None: it is dropped."""
    who = audience.people[0]
    if kind.window is Window.NONE:
        return planned_for
    if kind.window is Window.RETREAT:
        return retreat(who, planned_for, earliest=planned_for - _RETREAT_AT_MOST)
    if kind.conversation is Conversation.GROUP:
        shared = shared_minute(audience.people, planned_for, within=_SHARED_WITHIN)
        if shared is not None:
            return shared
    return deliver_at(who, planned_for) or planned_for + _FAR


def later(kind: Kind, audience: Audience, now: datetime) -> datetime | None:
    """At the moment of sending: None if it may leave now, else when to look again. It only ever
    moves on: earlier was decided when it was planned."""
    who = audience.people[0]
    if kind.window is Window.NONE or is_open(who, now):
        return None
    if kind.conversation is Conversation.GROUP:
        return shared_minute(audience.people, now, within=_SHARED_WITHIN) or deliver_at(who, now)
    return deliver_at(who, now) or now + _FAR


def _closed(tx: Tx, person: Person, program_id: str | None) -> Callable[[date], bool]:
    away = [(leave.first_day, leave.last_day) for leave in leaves(tx, person)]
    program = tx.session.get(Program, (person.workspace_id, program_id)) if program_id else None
    days_off = frozenset(program.days_off) if program else frozenset()
    country = person.holiday_country or holidays.country_of_zone(person.tz)
    subdivision = person.holiday_subdivision

    def closed(day: date) -> bool:
        return (
            any(first <= day <= last for first, last in away)
            or day.isoformat() in days_off
            or holidays.public_holiday(country, subdivision, day) is not None
        )

    return closed
