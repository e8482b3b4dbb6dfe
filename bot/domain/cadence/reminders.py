"""When the messages around a session fall due.

They hang on the session's instants, not on a habit: a moved session is planned anew.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.cadence.windows import Availability, deliver_at, retreat


class Reminder(StrEnum):
    """The messages around a session; the value is their part of a row's unique key."""

    DAY_BEFORE = "day_before"
    QUARTER_HOUR = "quarter_hour"
    DID_YOU_MEET = "did_you_meet"


_DAY_BEFORE = timedelta(hours=24)
# Earlier than this a reminder has been forgotten again by the time it matters.
_EARLIEST = timedelta(hours=72)
_QUARTER_HOUR = timedelta(minutes=15)
_AFTERWARDS = timedelta(hours=1)


def reminder_due(
    kind: Reminder, start: datetime, end: datetime, who: Availability
) -> datetime | None:
    """When `who` gets the message of this `kind` about the session from `start` to `end` (UTC).

    The day before: 24 h ahead, or the last minute of the window before that, at most 72 h ahead.
    The quarter hour: exactly then, for who asks for it wants it at any hour.
    The question afterwards: 1 h after the end, or in the next window.
    None: no moment suits, the message is dropped.
    """
    match kind:
        case Reminder.DAY_BEFORE:
            return retreat(who, start - _DAY_BEFORE, earliest=start - _EARLIEST)
        case Reminder.QUARTER_HOUR:
            return start - _QUARTER_HOUR
        case Reminder.DID_YOU_MEET:
            return deliver_at(who, end + _AFTERWARDS)
