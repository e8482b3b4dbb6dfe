"""Where time comes from. Everything else is handed a Clock; nothing else asks the system.

Every instant is an aware UTC datetime. `MovableClock` serves tests, the demo and the practice
workspace: it stands still (tests) or runs at real speed (demo), and jumps only when told to.
"""

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Says what time it is."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class MovableClock:
    """A clock that starts where it is told, and either stands still or runs at real speed."""

    def __init__(self, start: datetime, *, running: bool = False) -> None:
        self._base = _utc(start)
        self._running = running
        self._since = time.monotonic()
        self._lock = threading.Lock()

    def now(self) -> datetime:
        with self._lock:
            return self._now()

    def set(self, instant: datetime) -> None:
        """Jump to `instant` (aware). Going back is allowed: clocks do that."""
        with self._lock:
            self._base, self._since = _utc(instant), time.monotonic()

    def advance(self, by: timedelta) -> datetime:
        """Jump ahead and return the new instant."""
        with self._lock:
            self._base, self._since = self._now() + by, time.monotonic()
            return self._base

    def _now(self) -> datetime:
        if not self._running:
            return self._base
        return self._base + timedelta(seconds=time.monotonic() - self._since)


def _utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone; a naive datetime means nothing here")
    return instant.astimezone(UTC)
