"""What a server needs of the bot that it serves."""

from collections.abc import Mapping
from typing import Protocol

from slack_bolt import App

STOP_SECONDS = 10.0
"""How long work in hand may take to finish once the process is told to stop."""


class Runtime(Protocol):
    """The bot, put together in this process: connections open, schedule not yet running."""

    @property
    def bolt(self) -> App: ...

    def start_scheduler(self) -> None:
        """Begin to plan and deliver."""
        ...

    def stop(self, timeout_s: float) -> None:
        """Stop the schedule, give back what was claimed and close every connection.

        Work in hand gets at most `timeout_s` seconds to finish.
        """
        ...

    def healthy(self) -> tuple[bool, Mapping[str, object]]:
        """Whether this process does its work, and figures that show it (ids and numbers only)."""
        ...
