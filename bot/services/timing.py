"""When a message may reach somebody: their hours, holidays, leave, and the programme's days off."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import select

from bot.domain import holidays
from bot.domain.cadence import (
    Availability,
    Hours,
    deliver_at,
    is_open,
    offset_of,
    put_off,
    retreat,
    shared_minute,
)
from bot.domain.deliveries import Conversation, Kind, Purpose, Window
from bot.storage.models import Leave, Person, Program
from bot.storage.unit_of_work import Tx

# A session's reminder may move back by this much at most (from T-24 h to T-72 h).
_RETREAT_AT_MOST = timedelta(hours=48)
_SHARED_WITHIN = timedelta(hours=72)
# No open minute within the look-ahead: looked at again then.
_FAR = timedelta(days=60)


class Reader(NamedTuple):
    """What of a person decides when they may be written to."""

    workspace_id: str
    id: str
    slack_user_id: str
    tz: str
    message_hours: list[str] | None
    holiday_country: str | None
    holiday_subdivision: str | None


@dataclass(frozen=True)
class Audience:
    """Whose hours count. In a group DM, when no minute suits everybody, the hours of the first
    decide: the one who has to act. `offset` is the reader's place among the prompts of a minute."""

    people: tuple[Availability, ...]
    offset: timedelta = timedelta(0)


@dataclass(frozen=True)
class Absences:
    """Leaves and programmes' days off, read once for many people of one workspace."""

    away: Mapping[str, Sequence[tuple[date, date]]]  # by person
    days_off: Mapping[str, frozenset[str]]  # by programme; ISO dates

    def audience(self, reader: Reader, program_id: str | None) -> Audience:
        """The one reader of a DM."""
        days_off = self.days_off.get(program_id or "", frozenset())
        who = _availability(reader, reader.message_hours, self.away.get(reader.id, ()), days_off)
        return Audience((who,), offset_of(reader.slack_user_id))


def audience(tx: Tx, person: Person, program_id: str | None) -> Audience:
    """The one reader of a DM from a programme, or from the bot itself."""
    return Audience((availability(tx, person, program_id),), offset_of(person.slack_user_id))


def absences(
    tx: Tx, workspace_id: str, people: Collection[str], programs: Collection[str]
) -> Absences:
    """What keeps these people, in these programmes, from being written to."""
    stated = select(Leave.person_id, Leave.first_day, Leave.last_day).where(
        Leave.workspace_id == workspace_id,
        Leave.person_id.in_(people),
        Leave.cancelled_at.is_(None),
    )
    away = defaultdict(list)
    for person, first, last in tx.session.execute(stated):
        away[person].append((first, last))
    closed = select(Program.id, Program.days_off).where(
        Program.workspace_id == workspace_id, Program.id.in_(programs)
    )
    return Absences(away, {id_: frozenset(days) for id_, days in tx.session.execute(closed)})


def availability(tx: Tx, person: Person, program_id: str | None = None) -> Availability:
    """When `person` may be written to by a programme (or by the bot itself)."""
    program = tx.session.get(Program, (person.workspace_id, program_id)) if program_id else None
    days_off = frozenset(program.days_off) if program else frozenset()
    return _availability(person, person.message_hours, _away(tx, person), days_off)


def meeting_availability(tx: Tx, person: Person) -> Availability:
    """When `person` says they can meet."""
    spans = person.meeting_hours or person.message_hours
    return _availability(person, spans, _away(tx, person), frozenset())


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
    return _spread(kind, audience, deliver_at(who, planned_for) or planned_for + _FAR)


def later(kind: Kind, audience: Audience, now: datetime) -> datetime | None:
    """At the moment of sending: None if it may leave now, else when to look again. It only ever
    moves on: earlier was decided when it was planned."""
    who = audience.people[0]
    if kind.window is Window.NONE or is_open(who, now):
        return None
    if kind.conversation is Conversation.GROUP:
        return shared_minute(audience.people, now, within=_SHARED_WITHIN) or deliver_at(who, now)
    moment = deliver_at(who, now) or now + _FAR
    return _spread(kind, audience, moment)


def _spread(kind: Kind, audience: Audience, moment: datetime) -> datetime:
    """Prompts only: what people did is answered, and a session's time kept, to the minute."""
    if kind.purpose is not Purpose.PROMPT:
        return moment
    return put_off(audience.people[0], moment, audience.offset)


def _away(tx: Tx, person: Person) -> list[tuple[date, date]]:
    return [(leave.first_day, leave.last_day) for leave in leaves(tx, person)]


def _availability(
    person: Person | Reader,
    spans: Sequence[str] | None,
    away: Sequence[tuple[date, date]],
    days_off: frozenset[str],
) -> Availability:
    country = person.holiday_country or holidays.country_of_zone(person.tz)
    subdivision = person.holiday_subdivision

    def closed(day: date) -> bool:
        return (
            any(first <= day <= last for first, last in away)
            or day.isoformat() in days_off
            or holidays.public_holiday(country, subdivision, day) is not None
        )

    return Availability(person.tz, _hours(tuple(spans or ())), closed)


@lru_cache(maxsize=1024)
def _hours(spans: tuple[str, ...]) -> Hours:
    return Hours.from_json(spans) if spans else Hours.default()
