"""What a server needs of the bot that it serves."""

from typing import Protocol

from slack_bolt import App


class Runtime(Protocol):
    """The bot, put together in this process: connections open, schedule not yet running."""

    @property
    def bolt(self) -> App: ...

    def start_scheduler(self) -> None:
        """Begin to plan and deliver."""
        ...

    def stop(self) -> None:
        """Finish the delivery in hand, give back what was claimed and close every connection."""
        ...

    def healthy(self) -> bool:
        """Whether the schedule is alive."""
        ...
