"""When a person may be written to: their hours, their closed days, and where a message moves to.

Answers "when", never "what" or "whether": caps, classes of message and people's settings are read
elsewhere. A window is wall time: what counts is what the person's own clock shows, also on the
nights when it jumps.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.cadence.hours import Hours, Span
from bot.domain.cadence.zones import resolve, wall_time, zone

# Nobody wants a message in the minute the working day begins.
_SETTLE_IN = timedelta(minutes=30)
_LOOK_AHEAD = timedelta(days=60)
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Availability:
    """A person's zone, message hours, and `closed`: whether a local date is off altogether.

    Closed are public holidays, the programme's days off and leave.
    """

    tz: str
    hours: Hours
    closed: Callable[[date], bool]


def local_date(instant: datetime, tz: str) -> date:
    """The date on the calendars of `tz` at `instant`."""
    return wall_time(instant, tz).date()


def is_open(who: Availability, instant: datetime) -> bool:
    """Whether a message may arrive at `instant`."""
    return _span_at(who, instant) is not None


def window_end(who: Availability, instant: datetime) -> datetime | None:
    """When the window around `instant` closes (UTC, the first minute outside); None if closed."""
    span = _span_at(who, instant)
    if span is None:
        return None
    there = instant.astimezone(zone(who.tz))
    end = _wall(there.date(), span.end_minute).replace(tzinfo=there.tzinfo, fold=there.fold)
    return end.astimezone(UTC)


def deliver_at(who: Availability, due: datetime) -> datetime | None:
    """`due` if the window is open then, else 30 minutes into the next window.

    The next window may be later on the same day. One that is over after 30 minutes is used from
    its start. None when no window opens within 60 days.
    """
    if is_open(who, due):
        return due
    today = local_date(due, who.tz)
    for day in _days(today, today + _LOOK_AHEAD):
        for span in who.hours.on(day):
            moment = _arrival(who, day, span)
            if moment is not None and moment >= due:
                return moment
    return None


def retreat(who: Availability, due: datetime, earliest: datetime) -> datetime | None:
    """`due` if the window is open then, else the last minute of the window before it.

    For what is useless when late: it moves back, never on. None when that minute is before
    `earliest`.
    """
    if is_open(who, due):
        return due
    today = local_date(due, who.tz)
    for day in reversed(list(_days(local_date(earliest, who.tz), today))):
        for span in reversed(who.hours.on(day)):
            moment = _if_open(who, resolve(_wall(day, span.end_minute) - _MINUTE, who.tz))
            if moment is not None and moment <= due:
                return moment if moment >= earliest else None
    return None


def shared_minute(
    everyone: Sequence[Availability], due: datetime, within: timedelta = timedelta(hours=72)
) -> datetime | None:
    """The first minute from `due` on at which all windows are open; None if later than `within`.

    Such a minute is `due` itself or the minute in which one of the windows opens.
    """
    last = due + within
    openings = {due, *(o for who in everyone for o in _openings(who, due, last))}
    return next((m for m in sorted(openings) if all(is_open(who, m) for who in everyone)), None)


def _openings(who: Availability, due: datetime, last: datetime) -> Iterator[datetime]:
    for day in _days(local_date(due, who.tz), local_date(last, who.tz)):
        for span in who.hours.on(day):
            moment = resolve(_wall(day, span.start_minute), who.tz)
            if moment is not None and due < moment <= last:
                yield moment


def _span_at(who: Availability, instant: datetime) -> Span | None:
    there = wall_time(instant, who.tz)
    span = next((s for s in who.hours.on(there.date()) if s.holds(there.time())), None)
    return None if span is None or who.closed(there.date()) else span


def _arrival(who: Availability, day: date, span: Span) -> datetime | None:
    # Both moments are checked: the window may be short, or a clock change carry them out of it.
    start = resolve(_wall(day, span.start_minute), who.tz)
    if start is None:
        return None
    return _if_open(who, start + _SETTLE_IN) or _if_open(who, start)


def _if_open(who: Availability, moment: datetime | None) -> datetime | None:
    return moment if moment is not None and is_open(who, moment) else None


def _wall(day: date, minute: int) -> datetime:
    return datetime.combine(day, time.min) + timedelta(minutes=minute)


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += _DAY
