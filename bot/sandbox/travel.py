"""Time travel for a workspace and the app that lives in it.

Time is moved only while both are at rest, and never past an instant at which the app has
something to do: "advance to t, working until idle at every stop on the way".
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import MovableClock
from bot.sandbox.sandbox import Sandbox

# An app may have things to do of which it names no instant, so it is given a chance this often.
STEP = timedelta(hours=6)
# Coming to rest may take the seconds that Slack's limits ask for between two messages.
SOON = timedelta(seconds=5)
PATIENCE = timedelta(minutes=5)


class Steerable(Protocol):
    """An app whose clock and work are in our hands."""

    def set_clock(self, now: datetime) -> None:
        """Make it `now` (aware UTC) for the app."""
        ...

    def work(self) -> int:
        """Do what is due; how much there was to do."""
        ...

    def next_due(self) -> datetime | None:
        """The next instant at which there is something to do."""
        ...


class Travel:
    """Moves the clocks of a workspace and of its app together."""

    def __init__(self, clock: MovableClock, sandbox: Sandbox, app: Steerable) -> None:
        self.clock = clock
        self.app = app
        self._sandbox = sandbox

    def settle(self) -> None:
        """Let both work until nothing is due. Raises `TimeoutError` if they never come to rest."""
        self._sandbox.wait_idle()
        until = self.clock.now() + PATIENCE
        while self.clock.now() < until:
            while self.app.work():
                self._sandbox.wait_idle()
            due = self.app.next_due()
            if due is None or due > self.clock.now() + SOON:
                return
            self.set_clock(max(due, self.clock.now() + timedelta(milliseconds=1)))
        raise TimeoutError("the app does not come to rest")

    def advance_to(self, instant: datetime) -> None:
        """Move time on to `instant`, working at every stop."""
        for _ in self.stops(instant):
            pass

    def stops(self, instant: datetime) -> Iterator[datetime]:
        """The same, one stop at a time; what is due already is done first."""
        self.settle()
        while self.clock.now() < instant:
            now, due = self.clock.now(), self.app.next_due()
            stop = min(instant, now + STEP)
            if due is not None and now < due < stop:
                stop = due
            self.set_clock(stop)
            self.settle()
            yield stop

    def jump_to(self, instant: datetime) -> None:
        """Time passes while nobody works; then both do."""
        self.set_clock(instant)
        self.settle()

    def set_clock(self, instant: datetime) -> None:
        self.clock.set(instant)
        self.app.set_clock(instant)
        self._sandbox.tick()
