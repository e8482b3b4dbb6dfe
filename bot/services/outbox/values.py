"""What goes in and out of the outbox, and its few numbers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LEASE = timedelta(seconds=60)
SETTLE = timedelta(seconds=120)  # how late Slack may show a post it took
SPACING = timedelta(seconds=1)  # docs.slack.dev/apis/web-api/rate-limits: 1 message/s/channel
MAX_ATTEMPTS = 8
WORKSPACE = "*"


@dataclass(frozen=True)
class Claim:
    worker: str
    limit: int = 20


@dataclass(frozen=True)
class Claimed:
    workspace_id: str
    delivery_id: str
    worker: str


@dataclass(frozen=True)
class Conversing:
    """A conversation has to be opened first, with these people (Slack user ids)."""

    claimed: Claimed
    slack_user_ids: tuple[str, ...]


@dataclass(frozen=True)
class Opened:
    claimed: Claimed
    channel: str


@dataclass(frozen=True)
class Ready:
    """Marked as posting: exactly this is to be posted, once."""

    claimed: Claimed
    channel: str
    readers: tuple[tuple[str, str], ...]  # locale and zone of each text, in this order
    offers_languages: bool  # somebody's first message: with a switch below
    summaries: tuple[object, ...]


@dataclass(frozen=True)
class Posted:
    claimed: Claimed
    channel: str
    ts: str


@dataclass(frozen=True)
class Refused:
    claimed: Claimed
    reason: str


@dataclass(frozen=True)
class Throttled:
    claimed: Claimed
    seconds: float
    channel: str | None  # None: the whole workspace


@dataclass(frozen=True)
class Stuck:
    """A post of which it is not known whether Slack took it."""

    claimed: Claimed
    channel: str
    readable: bool  # the bot may read this conversation back
    since: datetime
