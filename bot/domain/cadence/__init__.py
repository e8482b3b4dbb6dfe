"""Rhythm and zone to due instants: the one room where local habits become points in time.

Everything here is pure: plain values in, plain values out. No clock is read, nothing is stored and
nothing is sent; "now" is always an argument. Instants are aware UTC. The only naive datetimes of
the project live here too: a *nominal* time is local wall time, the identity of an occurrence.
"""

from bot.domain.cadence.caps import next_allowed_date
from bot.domain.cadence.hours import BadHours, BadHoursReason, Hours, Span, parse_spans
from bot.domain.cadence.leave import Leave
from bot.domain.cadence.reminders import Reminder, reminder_due
from bot.domain.cadence.rhythm import (
    Every,
    Occurrence,
    Rhythm,
    due_of,
    nominal_key,
    nth_of,
    occurrences,
    occurrences_after,
    occurrences_from,
)
from bot.domain.cadence.spread import SPREAD, offset_of, put_off
from bot.domain.cadence.windows import (
    Availability,
    deliver_at,
    is_open,
    local_date,
    retreat,
    shared_minute,
    window_end,
)
from bot.domain.cadence.zones import UnknownZone, iana_version, is_zone, resolve, wall_time, zone

__all__ = [
    "SPREAD",
    "Availability",
    "BadHours",
    "BadHoursReason",
    "Every",
    "Hours",
    "Leave",
    "Occurrence",
    "Reminder",
    "Rhythm",
    "Span",
    "UnknownZone",
    "deliver_at",
    "due_of",
    "iana_version",
    "is_open",
    "is_zone",
    "local_date",
    "next_allowed_date",
    "nominal_key",
    "nth_of",
    "occurrences",
    "occurrences_after",
    "occurrences_from",
    "offset_of",
    "parse_spans",
    "put_off",
    "reminder_due",
    "resolve",
    "retreat",
    "shared_minute",
    "wall_time",
    "window_end",
    "zone",
]
