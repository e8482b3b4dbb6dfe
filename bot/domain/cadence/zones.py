"""Time zones: one database on every machine, and the way from wall time to instant and back.

No rule about habits or messages belongs here. Importing this module makes the whole process read
the `tzdata` package instead of the operating system's files: two machines with different system
data would plan the same habit for two instants.
"""

import zoneinfo
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import tzdata

zoneinfo.reset_tzpath(to=[])
ZoneInfo.clear_cache()

# "Factory" is the database's name for a machine nobody has set up yet: not a place.
_NAMES = frozenset(zoneinfo.available_timezones()) - {"Factory"}

# A gap of half a day or more is not a clock change but a date the place never had.
_DATE_SKIPPED = timedelta(hours=12)


class UnknownZone(ValueError):
    """The name is not an IANA zone."""


def iana_version() -> str:
    """The version of the time-zone database in use, like `2026f`."""
    return str(tzdata.IANA_VERSION)


def is_zone(name: str) -> bool:
    """Whether `name` is an IANA zone, spelled as the database spells it."""
    return name in _NAMES


@cache
def zone(name: str) -> ZoneInfo:
    """The zone called `name`. Raises UnknownZone."""
    if not is_zone(name):
        raise UnknownZone(name)
    return ZoneInfo(name)


def resolve(local: datetime, tz: str) -> datetime | None:
    """The UTC instant at which the clocks of `tz` show `local` (naive).

    A time that comes twice means the first; a time the clocks jump over is read with the offset
    that held before the jump (02:30 becomes 03:30), as RFC 5545 section 3.3.5 says. None where
    the place never had that date: Apia, 2011-12-30.
    """
    if local.tzinfo is not None:
        raise ValueError("a local time is naive; this one has a zone already")
    instant = local.replace(tzinfo=zone(tz), fold=0).astimezone(UTC)
    moved = wall_time(instant, tz) - local
    return None if moved >= _DATE_SKIPPED else instant


def wall_time(instant: datetime, tz: str) -> datetime:
    """What the clocks of `tz` show at `instant` (aware), as a naive datetime."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(zone(tz)).replace(tzinfo=None, fold=0)
