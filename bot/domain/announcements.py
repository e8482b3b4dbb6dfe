"""The post that invites people into a programme."""

from dataclasses import dataclass

from bot.domain.actor import Actor
from bot.domain.refusals import Refusal


@dataclass(frozen=True)
class PreviewAnnouncement:
    actor: Actor
    program_id: str
    app_id: str | None  # Slack's id of this app, for the link


@dataclass(frozen=True)
class Announce:
    actor: Actor
    program_id: str
    again: bool  # it was posted before, and the lead says: once more
    app_id: str | None


@dataclass(frozen=True)
class Announcement:
    """What the post in the channel says."""

    program_id: str
    name: str
    purpose: str
    contact: str  # Slack user id


@dataclass(frozen=True)
class AnnouncementPreview:
    announcement: Announcement
    channel_id: str
    posted_before: bool
    readers: tuple[tuple[str, str], ...]  # locale and zone of each text in the post
    link: str | None  # opens the bot's own conversation; for mail and messengers


@dataclass(frozen=True)
class NotAnnounced:
    """The channel did not take the post; for the lead who asked for it."""

    program_id: str
    name: str
    channel_id: str
    bot_user_id: str
    invite: bool  # the bot is not in the channel; else the channel is not to be posted in


@dataclass(eq=False)
class AnnouncedBefore(Refusal):
    """It is in the channel already; posting it again is asked for first."""

    program_id: str


# Slack's codes for a channel the bot is not in. A private one it does not even admit to exist
# (docs.slack.dev/reference/methods/chat.postMessage).
NOT_IN_CHANNEL = frozenset({"not_in_channel", "channel_not_found"})


def link(team_id: str, app_id: str | None) -> str | None:
    """The address that opens the bot's conversation in anybody's Slack
    (docs.slack.dev/interactivity/deep-linking, app_redirect)."""
    return f"https://slack.com/app_redirect?app={app_id}&team={team_id}" if app_id else None
