"""Short-lived tickets Slack hands to an app: trigger ids and response urls."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.errors import SlackError

TRIGGER_LIFE = timedelta(seconds=3)  # docs.slack.dev/interactivity/handling-user-interaction
RESPONSE_LIFE = timedelta(minutes=30)
RESPONSE_USES = 5


@dataclass
class Trigger:
    """Leave to show one person one modal."""

    id: str
    team: str
    user: str
    issued: datetime
    from_modal: bool
    used: bool = False

    def redeem(self, now: datetime) -> None:
        """Use it up. Raises `SlackError` when it was used before or is older than 3 seconds."""
        if self.used:
            raise SlackError("exchanged_trigger_id")
        if now - self.issued > TRIGGER_LIFE:
            raise SlackError("expired_trigger_id")
        self.used = True


@dataclass
class ResponseUrl:
    """Leave to answer an interaction up to five times within half an hour.

    `message_ts` is the message it came from; None when it came from a slash command.
    """

    token: str
    team: str
    user: str
    channel: str
    issued: datetime
    message_ts: str | None = None
    ephemeral: bool = False
    uses: int = 0

    def spend(self, now: datetime) -> None:
        if now - self.issued > RESPONSE_LIFE:
            raise SlackError("expired_url")
        if self.uses >= RESPONSE_USES:
            raise SlackError("used_url")
        self.uses += 1
