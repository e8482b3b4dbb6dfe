"""Habits: "every second Friday at 16:00, wherever the pair's clock is", and when they fall due.

A rhythm knows wall time only; the zone comes with the question, since people move. What to send,
to whom, and whether the hour suits them is decided elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday

from bot.domain.cadence.zones import resolve, wall_time

LAST = -1

# A clock change moves an occurrence by less than this, so looking a day beyond either end of a
# period misses none.
_MARGIN = timedelta(days=1)


class Every(StrEnum):
    """How often a habit returns."""

    WEEK = "week"
    TWO_WEEKS = "two_weeks"
    MONTH = "month"


@dataclass(frozen=True)
class Rhythm:
    """A habit in wall time.

    `weekday` counts from 0 = Monday. `local_time` is naive, in whole minutes. The first candidate
    is the first such weekday on or after `anchor`; two-week rhythms count from it. `nth` is for
    months only: 1..4, or -1 for the last; left out, it is the anchor's own place in its month
    (a fifth Tuesday counts as the last, for most months have none). Raises ValueError.
    """

    every: Every
    weekday: int
    local_time: time
    anchor: date
    nth: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError("weekday: 0 (Monday) to 6 (Sunday)")
        if self.local_time.tzinfo or self.local_time.second or self.local_time.microsecond:
            raise ValueError("local_time: naive, in whole minutes")
        if self.nth is not None and self.nth not in (LAST, 1, 2, 3, 4):
            raise ValueError("nth: 1 to 4, or -1 for the last")
        if self.nth is not None and self.every is not Every.MONTH:
            raise ValueError("nth belongs to monthly rhythms")

    @property
    def first_day(self) -> date:
        """The first day that has the right weekday, on or after the anchor."""
        return self.anchor + timedelta(days=(self.weekday - self.anchor.weekday()) % 7)


@dataclass(frozen=True, order=True)
class Occurrence:
    """One return of a habit: `nominal` (naive local time) names it, `due` (UTC) may move."""

    nominal: datetime
    due: datetime


def occurrences(rhythm: Rhythm, tz: str, after: datetime, until: datetime) -> list[Occurrence]:
    """The occurrences due later than `after` and not later than `until` (aware), in order.

    Raises UnknownZone.
    """
    found = []
    for occurrence in occurrences_after(rhythm, tz, after):
        if occurrence.due > until:
            break
        found.append(occurrence)
    return found


def occurrences_after(rhythm: Rhythm, tz: str, after: datetime) -> Iterator[Occurrence]:
    """The occurrences due later than `after` (aware), in order and without end."""
    later = occurrences_from(rhythm, tz, wall_time(after, tz) - _MARGIN)
    return (occurrence for occurrence in later if occurrence.due > after)


def occurrences_from(rhythm: Rhythm, tz: str, nominal: datetime) -> Iterator[Occurrence]:
    """The occurrences called `nominal` (naive) or later, in order and without end.

    Wall times that fall on a date the zone never had are left out. Raises UnknownZone.
    """
    for day in _days(rhythm, nominal.date()):
        called = datetime.combine(day, rhythm.local_time)
        due = resolve(called, tz) if called >= nominal else None
        if due is not None:
            yield Occurrence(called, due)


def due_of(nominal: datetime, tz: str) -> datetime | None:
    """When the occurrence called `nominal` falls due in `tz`: for rows whose zone has changed.

    UTC; None where the zone never had that date.
    """
    return resolve(nominal, tz)


def nominal_key(nominal: datetime) -> str:
    """The occurrence's part of its row's unique key, like `2026-11-27T16:00`; free of any zone."""
    return nominal.isoformat(timespec="minutes")


def nth_of(day: date) -> int:
    """The place of `day` among its weekday's days in the month: 1..4, and -1 for a fifth."""
    place = (day.day - 1) // 7 + 1
    return place if place <= 4 else LAST


def _days(rhythm: Rhythm, earliest: date) -> Iterator[date]:
    """The habit's days from `earliest` on."""
    return (moment.date() for moment in _rule(rhythm, earliest))


def _rule(rhythm: Rhythm, earliest: date) -> rrule:
    # The rule starts near the day asked for: its cost must not grow with the habit's age.
    first = rhythm.first_day
    if rhythm.every is Every.MONTH:
        day = weekday(rhythm.weekday, rhythm.nth or nth_of(first))
        return rrule(MONTHLY, dtstart=_midnight(max(first, earliest)), byweekday=day)
    weeks = 2 if rhythm.every is Every.TWO_WEEKS else 1
    behind = max(0, (earliest - first).days)
    start = first + timedelta(weeks=-(-behind // (7 * weeks)) * weeks)
    return rrule(WEEKLY, interval=weeks, dtstart=_midnight(start))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)
