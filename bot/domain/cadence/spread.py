"""Prompts of one minute do not leave in one second: each reader has a place of their own after it.

Slack takes about one message a second from an app; a whole programme asked at 16:00 would have its
last member asked whenever the queue is through. The name of an occurrence stays its minute.
"""

from datetime import datetime, timedelta
from zlib import crc32

from bot.domain.cadence.windows import Availability, window_end

SPREAD = timedelta(minutes=10)

_MINUTE = timedelta(minutes=1)


def offset_of(reader: str) -> timedelta:
    """How long after the minute the prompts of `reader` (a Slack user id) leave, in whole seconds
    below `SPREAD`. The same on every machine and for all prompts of one person, so that those of
    one minute stay together."""
    return timedelta(seconds=crc32(reader.encode()) % int(SPREAD.total_seconds()))


def put_off(who: Availability, moment: datetime, by: timedelta) -> datetime:
    """`moment` later `by` so much, but not out of the window that is open then: its last minute is
    the latest."""
    end = window_end(who, moment)
    return moment + by if end is None else max(moment, min(moment + by, end - _MINUTE))
