"""What the bot asks a workspace for, and why: scopes and events, as tables.

`why` and `without` are keys for the words shown to the one who installs it; the words live with
the other texts. No scope here reads what people say to each other, and none ever may.
Pages: docs.slack.dev/reference/scopes/<name> and docs.slack.dev/reference/events/<name>.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Scope:
    name: str
    why: str  # what it is for
    without: str  # what stops when it isn't granted
    optional: bool = False  # the installer may decline it and the bot still works


@dataclass(frozen=True)
class Event:
    name: str
    scope: str | None  # without it Slack does not deliver the event


SCOPES: Final = (
    Scope("chat:write", "post_messages", "everything"),
    Scope("commands", "slash_command", "everything"),
    Scope("im:write", "open_direct_messages", "everything"),
    Scope("im:history", "read_replies_to_the_bot", "typed_answers_and_recovery"),
    Scope("mpim:write", "open_pair_conversations", "pair_conversations"),
    Scope("users:read", "names_zones_and_languages", "everything"),
    Scope("channels:read", "channel_members", "channel_rounds", optional=True),
    Scope("groups:read", "private_channel_members", "private_channel_rounds", optional=True),
    Scope("chat:write.public", "announce_without_joining", "announcements", optional=True),
    Scope("files:write", "send_files", "calendar_files_and_reports", optional=True),
    Scope("users:read.email", "import_by_email", "import_by_email", optional=True),
    Scope("app_mentions:read", "answer_mentions", "mentions", optional=True),
)

EVENTS: Final = (
    Event("app_home_opened", None),
    Event("app_uninstalled", None),
    Event("tokens_revoked", None),
    Event("message.im", "im:history"),
    Event("user_change", "users:read"),
)

REQUIRED: Final = frozenset(scope.name for scope in SCOPES if not scope.optional)


def missing(granted: frozenset[str]) -> tuple[Scope, ...]:
    """The scopes asked for and not granted, the required ones first."""
    absent = [scope for scope in SCOPES if scope.name not in granted]
    return tuple(sorted(absent, key=lambda scope: scope.optional))
