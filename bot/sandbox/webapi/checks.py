"""Checks shared by methods that take blocks, views, metadata and people."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from bot.sandbox.errors import SlackError
from bot.sandbox.posting import TEXT_LIMIT
from bot.sandbox.state.people import User
from bot.sandbox.state.workspace import Workspace
from bot.slack.limits import problems

Json = dict[str, Any]
EVENT_TYPE = re.compile(r"[A-Za-z0-9_-]+")  # docs.slack.dev/messaging/message-metadata


def check_message(text: str | None, blocks: Any) -> list[Json]:
    """The blocks of a message, if Slack would take them. Raises `SlackError`."""
    if not text and not blocks:
        raise SlackError("no_text")
    if blocks is not None and not _is_list_of_objects(blocks):
        raise SlackError("invalid_blocks_format")
    found: list[Json] = list(blocks or [])
    if found:
        shown = {"text": text[:TEXT_LIMIT]} if text else {}  # longer text is cut, not refused
        payload = {"blocks": found, **shown}
        if faults := problems("message", payload):
            raise SlackError.because("invalid_blocks", faults)
    return found


def check_view(view: Any, surface: Literal["modal", "home"]) -> Json:
    """A view Slack would take on this surface. Raises `SlackError`."""
    if not isinstance(view, Mapping) or not _is_list_of_objects(view.get("blocks")):
        raise SlackError.because("invalid_arguments", ["view: must be an object with blocks"])
    if view.get("type") != surface:
        raise SlackError.because("invalid_arguments", [f"view.type: must be {surface}"])
    if faults := problems(surface, view):
        raise SlackError.because("invalid_arguments", faults)
    return dict(view)


def check_metadata(metadata: Any) -> tuple[Json | None, str | None]:
    """(metadata, warning): malformed metadata is left out with a warning, the message goes on."""
    if metadata is None:
        return None, None
    well_formed = (
        isinstance(metadata, dict)
        and isinstance(metadata.get("event_payload"), dict)
        and isinstance(metadata.get("event_type"), str)
        and EVENT_TYPE.fullmatch(metadata["event_type"]) is not None
    )
    return (metadata, None) if well_formed else (None, "invalid_metadata_schema")


def reachable(workspace: Workspace, user_id: str) -> User:
    """A person the app may write to for the first time."""
    user = workspace.user(user_id)
    if user.is_bot:
        raise SlackError("cannot_dm_bot")
    if user.is_stranger:
        raise SlackError("user_not_visible")
    return user


def _is_list_of_objects(value: Any) -> bool:
    is_list = isinstance(value, Sequence) and not isinstance(value, str)
    return is_list and all(isinstance(item, Mapping) for item in value)
