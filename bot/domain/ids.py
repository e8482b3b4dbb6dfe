"""Primary keys made by the application: UUIDv7 as 32 hex digits.

Kept as text, so that an id somebody made up in a button value simply finds nothing on either
database instead of raising an error from the driver. Sorted by time, and within one process by
order of making, so "oldest first" is the order of ids and indexes stay compact.
"""

import secrets
import threading
from datetime import datetime

_COUNTER_BITS = 12
_RANDOM_BITS = 62
_SECOND = 1000


class _Maker:
    """Keeps the last time and counter (RFC 9562, section 6.2, method 1)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0  # milliseconds and counter in one number

    def next(self, milliseconds: int) -> int:
        with self._lock:
            fresh = milliseconds << _COUNTER_BITS | secrets.randbits(_COUNTER_BITS - 4)
            # A full counter runs on into the next milliseconds; a clock set back starts anew.
            ahead = (self._last >> _COUNTER_BITS) - milliseconds
            self._last = self._last + 1 if 0 <= ahead < _SECOND else fresh
            return self._last


_maker = _Maker()


def new_id(now: datetime) -> str:
    """A fresh UUIDv7 (RFC 9562, section 5.7) for the instant `now` (aware)."""
    stamp = _maker.next(int(now.timestamp() * 1000))
    milliseconds, counter = divmod(stamp, 1 << _COUNTER_BITS)
    head = (milliseconds & ((1 << 48) - 1)) << 16 | 0x7 << 12 | counter
    return f"{head << 64 | 0b10 << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS):032x}"
