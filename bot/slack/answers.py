"""What the gateway takes out of Slack's answers. An answer that lacks it raises ValueError."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from slack_sdk.web import SlackResponse


@dataclass(frozen=True)
class Posted:
    """Where a message is: Slack's conversation id and the message's timestamp there."""

    channel: str
    ts: str


@dataclass(frozen=True)
class Said:
    """A message as it stands in a conversation. Its words never show in a repr."""

    user: str | None  # who wrote it; None where Slack doesn't say
    text: str = field(repr=False)  # with Slack's markup and entities
    blocks: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class OpenView:
    """A view on somebody's screen; `hash` names this very state of it."""

    view_id: str
    hash: str


@dataclass(frozen=True)
class Identity:
    """Whose token it is and what it may do."""

    team_id: str
    enterprise_id: str | None
    bot_user_id: str
    bot_id: str | None
    scopes: frozenset[str]


def identity(answer: SlackResponse) -> Identity:
    """From auth.test, whose answer tells the scopes granted in a header."""
    return Identity(
        team_id=string_in(answer, "team_id"),
        enterprise_id=answer.get("enterprise_id"),
        bot_user_id=string_in(answer, "user_id"),
        bot_id=answer.get("bot_id"),
        scopes=_scopes(answer.headers),
    )


def opened(answer: SlackResponse) -> OpenView:
    """From views.open, views.push and views.update."""
    view = object_in(answer, "view")
    return OpenView(string_in(view, "id"), string_in(view, "hash"))


def said(message: Mapping[str, Any]) -> Said:
    """From one message of conversations.history or conversations.replies."""
    blocks = message.get("blocks")
    return Said(
        user=message.get("user"),
        text=str(message.get("text") or ""),
        blocks=tuple(blocks) if isinstance(blocks, list) else (),
    )


def string_in(answer: SlackResponse | Mapping[str, Any], key: str) -> str:
    """The string under `key`."""
    value = answer.get(key)
    if not isinstance(value, str):
        raise ValueError(key)
    return value


def object_in(answer: SlackResponse, key: str) -> Mapping[str, Any]:
    """The object under `key`."""
    value = answer.get(key)
    if not isinstance(value, Mapping):
        raise ValueError(key)
    return cast(Mapping[str, Any], value)


def objects_in(answer: SlackResponse, key: str) -> list[Mapping[str, Any]]:
    """The list of objects under `key`."""
    value = answer.get(key)
    if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
        raise ValueError(key)
    return value


def _scopes(headers: Mapping[str, str]) -> frozenset[str]:
    named = {key.lower(): value for key, value in headers.items()}
    return frozenset(s.strip() for s in named.get("x-oauth-scopes", "").split(",") if s.strip())
