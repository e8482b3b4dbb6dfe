"""Messages of which the bot cannot know whether they arrived, and people it cannot reach."""

from dataclasses import dataclass, field

from bot.domain.actor import Actor


@dataclass(frozen=True)
class SayArrival:
    """The answer to "do you see it?"."""

    actor: Actor
    delivery_id: str
    arrived: bool


@dataclass(frozen=True)
class ArrivalSaid:
    posts_again: bool


@dataclass(frozen=True)
class DidItArrive:
    """The question: about the opening of a pair's group DM, or a post in a channel."""

    delivery_id: str
    channel_id: str
    partner_user_id: str | None  # the other one in the group DM


@dataclass(frozen=True)
class CannotReach:
    """Slack does not let the bot write to somebody."""

    user_id: str
    reason: str = field(repr=False)  # Slack's error code
