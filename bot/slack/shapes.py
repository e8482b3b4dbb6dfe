"""Whether a signed body has the outline that Slack's requests have, so that Bolt can read it.

Only the outline: what a payload says is for the handlers to parse. Pure; nothing of a body gets
into an error.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qsl

MAX_DEPTH = 40
"""Nesting of a JSON body; views of ours and Slack's rich text stay under 20."""

MAX_FIELDS = 100
"""Fields of a form; a slash command has about 15."""


Kind = Literal["command", "action", "view", "event", "other"]


@dataclass(frozen=True)
class Sound:
    """A body of the right outline: what it is, and which team it seems to come from (untrusted;
    for logs)."""

    kind: Kind
    team_id: str


class Malformed(Exception):
    """Slack does not send such a body. `reason` is one of a few fixed words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def is_form(content_type: str) -> bool:
    return _bare(content_type) == "application/x-www-form-urlencoded"


def check_shape(content_type: str, body: bytes) -> Sound:
    """Raises `Malformed` unless the body is an event, an interaction or a slash command."""
    try:
        text = body.decode()
        if _bare(content_type) == "application/json":
            return _check_event(_object(text))
        if is_form(content_type):
            return _check_form(text)
    except UnicodeDecodeError:
        raise Malformed("encoding") from None
    raise Malformed("content-type")


def check_envelope(road: str, payload: object) -> Sound:
    """The same for what comes through Socket Mode; `road` is the envelope's type."""
    if not isinstance(payload, dict):
        raise Malformed("json")
    _check_strings(payload)
    check = ROADS.get(road)
    if check is None:
        raise Malformed("type")
    return check(payload)


def _bare(content_type: str) -> str:
    return content_type.partition(";")[0]


def _check_form(text: str) -> Sound:
    if text.startswith("{"):  # Bolt would take it for JSON
        raise Malformed("form")
    try:
        fields = dict(
            parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS)
        )
    except UnicodeDecodeError:
        raise
    except ValueError:
        raise Malformed("form") from None
    _check_strings(fields)
    if "payload" in fields:
        return _check_interaction(_object(fields["payload"]))
    if "command" in fields:
        return _check_command(fields)
    if fields.get("ssl_check") != "1":
        raise Malformed("form")
    return Sound("other", "")


def _object(text: str) -> Mapping[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise Malformed("json") from None
    if not isinstance(value, dict):
        raise Malformed("json")
    _check_strings(value)
    return value


def _check_strings(value: object, depth: int = 0) -> None:
    """No deep nests, no half surrogates and no NUL: databases choke on the latter two."""
    if depth > MAX_DEPTH:
        raise Malformed("depth")
    if isinstance(value, str):
        if "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
            raise Malformed("encoding")
    elif isinstance(value, dict):
        for key, part in value.items():
            _check_strings(key, depth + 1)
            _check_strings(part, depth + 1)
    elif isinstance(value, list):
        for part in value:
            _check_strings(part, depth + 1)


Outline = dict[str, Callable[[object], bool]]


def _check_event(body: Mapping[str, Any]) -> Sound:
    _check_outline(body, EVENTS)
    return Sound("event" if "event" in body else "other", _as_text(body.get("team_id")))


def _check_interaction(body: Mapping[str, Any]) -> Sound:
    _check_outline(body, INTERACTIONS)
    team = body.get("team") or {}
    return Sound(_KINDS.get(body["type"], "other"), _as_text(team.get("id")))


def _check_command(fields: Mapping[str, Any]) -> Sound:
    if not all(fits(fields.get(name)) for name, fits in COMMAND.items()):
        raise Malformed("command")
    return Sound("command", fields["team_id"])


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _check_outline(body: Mapping[str, Any], outlines: Mapping[str, Outline]) -> None:
    kind = body.get("type")
    outline = outlines.get(kind) if isinstance(kind, str) else None
    if outline is None:
        raise Malformed("type")
    if not all(fits(body.get(name)) for name, fits in outline.items()):
        raise Malformed("outline")


def _text(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _slash_command(value: object) -> bool:
    return isinstance(value, str) and value.startswith("/")


def _with(*names: str) -> Callable[[object], bool]:
    """An object in which each of `names` is a text."""
    return lambda value: isinstance(value, dict) and all(_text(value.get(n)) for n in names)


def _all_with(*names: str) -> Callable[[object], bool]:
    """A list, not empty, of objects in which each of `names` is a text."""
    fits = _with(*names)
    return lambda value: isinstance(value, list) and value != [] and all(map(fits, value))


def _maybe(fits: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: value is None or fits(value)


# docs.slack.dev/apis/events-api, .../interactivity/handling-user-interaction and
# .../interactivity/implementing-slash-commands. An installation for a whole organization has no
# team in an interaction.
EVENTS: Mapping[str, Outline] = {
    "url_verification": {"challenge": _text},
    "app_rate_limited": {"team_id": _text},
    "event_callback": {
        "team_id": _text,
        "event_id": _text,
        "event": _with("type"),
        "authorizations": _maybe(_all_with()),
    },
}
_BY_SOMEBODY: Outline = {"user": _with("id"), "team": _maybe(_with("id"))}
_OF_A_VIEW: Outline = _BY_SOMEBODY | {"view": _with("id", "type")}
INTERACTIONS: Mapping[str, Outline] = {
    "block_actions": _BY_SOMEBODY
    | {"actions": _all_with("action_id"), "trigger_id": _text, "container": _with("type")},
    "block_suggestion": _BY_SOMEBODY | {"action_id": _text},
    "view_submission": _OF_A_VIEW,
    "view_closed": _OF_A_VIEW,
    "shortcut": _BY_SOMEBODY | {"callback_id": _text, "trigger_id": _text},
    "message_action": _BY_SOMEBODY | {"callback_id": _text, "trigger_id": _text},
}
COMMAND: Outline = {"command": _slash_command, "user_id": _text, "team_id": _text}

ROADS: Mapping[str, Callable[[Mapping[str, Any]], Sound]] = {
    "events_api": _check_event,
    "interactive": _check_interaction,
    "slash_commands": _check_command,
}
_KINDS: Mapping[str, Kind] = {"block_actions": "action", "view_submission": "view"}
