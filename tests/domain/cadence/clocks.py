"""Where the clocks change, for tests that go there on purpose."""

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.cadence import is_zone

ALL_ZONES = sorted(filter(is_zone, available_timezones()))


@cache
def clock_changes(tz: str, year: int) -> tuple[datetime, ...]:
    """The instants of `year` (UTC, to the minute) from which `tz` has another offset."""
    there, step = ZoneInfo(tz), timedelta(days=7)
    changes, at = [], datetime(year, 1, 1, tzinfo=UTC)
    while at.year == year:
        if _offset(at, there) != _offset(at + step, there):
            changes.append(_bisect(at, at + step, there))
        at += step
    return tuple(changes)


def _bisect(low: datetime, high: datetime, there: ZoneInfo) -> datetime:
    before = _offset(low, there)
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) // timedelta(minutes=2) * timedelta(minutes=1)
        low, high = (middle, high) if _offset(middle, there) == before else (low, middle)
    return high


def _offset(at: datetime, there: ZoneInfo) -> timedelta | None:
    return at.astimezone(there).utcoffset()
