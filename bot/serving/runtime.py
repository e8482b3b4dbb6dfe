"""What a server needs of the bot that it serves."""

from collections.abc import Mapping
from typing import Protocol

from slack_bolt import App

from bot.services.backlog import Backlog


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

    def checks(self) -> Mapping[str, bool]:
        """What has to be right before requests are sent here. May wait for the database."""
        ...

    def backlog(self) -> Backlog | None:
        """What waits to be sent; None if the database does not say. May wait for it."""
        ...

    def build_info(self) -> Mapping[str, str]:
        """Which version of what this is."""
        ...
