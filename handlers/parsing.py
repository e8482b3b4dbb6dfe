"""From Slack's payloads to plain values. No other file reads a payload's keys.

Everything here is untrusted input: what is missing or of another shape becomes None or an empty
value, and the use case behind it decides.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

Body = Mapping[str, Any]
T = TypeVar("T")

_TOKEN = re.compile(r"<([^<>\s][^<>]*)>")
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")


@dataclass(frozen=True)
class Origin:
    """Who sent a request, from which workspace."""

    team_id: str
    enterprise_id: str | None
    user_id: str
    user_team_id: str | None  # the person's own team, where Slack tells it


@dataclass(frozen=True)
class Form:
    """The values of a form, by block id. An input's action id does not matter to us: there is one
    input in each block."""

    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def text(self, block_id: str) -> str:
        """What was typed, trimmed; empty when nothing was."""
        value = self._state(block_id).get("value")
        return value.strip() if isinstance(value, str) else ""

    def choice(self, block_id: str) -> str | None:
        """The value of the option picked in a select or among radio buttons."""
        option = self._state(block_id).get("selected_option")
        return _text(option.get("value")) if isinstance(option, Mapping) else None

    def choices(self, block_id: str) -> tuple[str, ...]:
        """The values ticked among checkboxes or in a multi-select."""
        options = self._state(block_id).get("selected_options")
        if not isinstance(options, list):
            return ()
        return tuple(str(o["value"]) for o in options if isinstance(o, Mapping) and "value" in o)

    def user(self, block_id: str) -> str | None:
        return _text(self._state(block_id).get("selected_user"))

    def users(self, block_id: str) -> tuple[str, ...]:
        users = self._state(block_id).get("selected_users")
        return tuple(map(str, users)) if isinstance(users, list) else ()

    def conversation(self, block_id: str) -> str | None:
        state = self._state(block_id)
        return _text(state.get("selected_conversation")) or _text(state.get("selected_channel"))

    def date(self, block_id: str) -> date | None:
        value = _text(self._state(block_id).get("selected_date"))
        return _parsed(date.fromisoformat, value)

    def time(self, block_id: str) -> time | None:
        """A wall-clock time of the person's own zone."""
        value = _text(self._state(block_id).get("selected_time"))
        return _parsed(time.fromisoformat, value)

    def _state(self, block_id: str) -> Mapping[str, Any]:
        block = self.values.get(block_id)
        if not isinstance(block, Mapping):
            return {}
        state: Any = next(iter(block.values()), None)
        return state if isinstance(state, Mapping) else {}


@dataclass(frozen=True)
class DirectMessage:
    """Something that happened to a person's own text in the bot's DM."""

    channel: str
    ts: str
    text: str
    thread_ts: str | None
    change: str  # "new", "edited" or "deleted"
    at: datetime  # of the writing, the edit or the deletion


def origin(body: Body) -> Origin | None:
    """Who sent it; None for payloads of no person (such as `app_uninstalled`)."""
    team = body.get("team")
    event = _mapping(body.get("event"))
    user = body.get("user_id") or body.get("user") or _event_user(event)
    user_id = _text(user.get("id")) if isinstance(user, Mapping) else _text(user)
    # In a shared channel the team is the presser's own; the app's is in the view or message.
    view = _mapping(body.get("view"))
    team_id = (
        _text(view.get("app_installed_team_id"))
        or _authorized_team(body)
        or (_text(team.get("id")) if isinstance(team, Mapping) else None)
        or _text(body.get("team_id"))
    )
    if not user_id or not team_id:
        return None
    user_team = _text(user.get("team_id")) if isinstance(user, Mapping) else None
    return Origin(team_id, _text(body.get("enterprise_id")), user_id, user_team)


def team(body: Body) -> str | None:
    """The workspace a payload belongs to."""
    found = origin(body)
    return found.team_id if found else _authorized_team(body) or _text(body.get("team_id"))


def once(body: Body) -> str | None:
    """Slack's own id of this request: a second delivery of it carries the same one."""
    event_id = _text(body.get("event_id"))
    trigger = _text(body.get("trigger_id"))
    return (event_id and f"e:{event_id}") or (trigger and f"t:{trigger}") or None


def kind(body: Body) -> str:
    """A name for logs: never anything a person typed."""
    if "command" in body:
        return "command"
    if action := action_id(body):
        return f"action {action}"[:120]
    callback = callback_id(body)
    if callback:
        return f"view {callback}"[:120]
    return f"event {_text(_mapping(body.get('event')).get('type')) or '?'}"[:120]


def action_id(body: Body) -> str | None:
    """Which action was pressed, without the suffix that keeps ids of one block apart."""
    found = _text(_action(body).get("action_id"))
    return found.partition("#")[0] if found else None


def block_id(body: Body) -> str | None:
    """The block in which the button was pressed."""
    return _text(_action(body).get("block_id"))


def callback_id(body: Body) -> str | None:
    """Which form was submitted."""
    return _text(_mapping(body.get("view")).get("callback_id"))


def value(body: Body) -> str:
    """The value of the pressed button or of the option picked."""
    action = _action(body)
    chosen = _mapping(action.get("selected_option")).get("value")
    for found in (action.get("value"), chosen, action.get("selected_user")):
        if isinstance(found, str):
            return found
    return ""


def number(value: str) -> int:
    """The small number a button or an option names; 0 for anything that is none."""
    return int(value) if re.fullmatch(r"[0-9]{1,5}", value) else 0


def trigger_id(body: Body) -> str:
    return _text(body.get("trigger_id")) or ""


def response_url(body: Body) -> str | None:
    return _text(body.get("response_url"))


def container(body: Body) -> str:
    """Where a button was pressed: "message", "ephemeral", "home", "modal", or "" elsewhere."""
    view_type = _text(_mapping(body.get("view")).get("type"))
    if view_type:
        return view_type
    where = _mapping(body.get("container"))
    if where.get("type") == "message":
        return "ephemeral" if where.get("is_ephemeral") is True else "message"
    return ""


def message_place(body: Body) -> tuple[str, str] | None:
    """Channel and ts of the message a button was in."""
    where = _mapping(body.get("container"))
    channel, ts = _text(where.get("channel_id")), _text(where.get("message_ts"))
    return (channel, ts) if channel and ts else None


def message_content(body: Body) -> tuple[str, list[Mapping[str, Any]]]:
    """Text and blocks of the message a button was in: ours, as Slack gives it back."""
    message = _mapping(body.get("message"))
    found = message.get("blocks")
    blocks = [_mapping(block) for block in found] if isinstance(found, list) else []
    return _text(message.get("text")) or "", blocks


def channel_id(body: Body) -> str | None:
    """The channel a command was typed in or a button pressed in."""
    channel = _mapping(body.get("channel")).get("id")
    return _text(body.get("channel_id")) or _text(channel)


def app_id(body: Body) -> str | None:
    """Slack's id of this app."""
    return _text(body.get("api_app_id"))


def view_id(body: Body) -> str | None:
    return _text(_mapping(body.get("view")).get("id"))


def view_hash(body: Body) -> str | None:
    return _text(_mapping(body.get("view")).get("hash"))


def form(body: Body) -> Form:
    """The inputs of the view, or of the message, that the request came from."""
    for holder in (_mapping(body.get("view")), body):
        values = _mapping(_mapping(holder.get("state")).get("values"))
        if values:
            return Form(values)
    return Form()


def meta(body: Body) -> dict[str, str]:
    """What we put into `private_metadata`: ids, to be looked up again for the person."""
    raw = _text(_mapping(body.get("view")).get("private_metadata")) or "{}"
    try:
        loaded = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(loaded, dict):
        return {}
    return {str(key): value for key, value in loaded.items() if isinstance(value, str)}


def command_text(body: Body) -> str:
    return _unescape(_text(body.get("text")) or "")


def mentions(text: str) -> tuple[str, ...]:
    """Slack ids of the people named in a command, in the order they are named."""
    return tuple(_MENTION.findall(text))


def without_mentions(text: str) -> str:
    return " ".join(_MENTION.sub(" ", text).split())


def direct_message(body: Body) -> DirectMessage | None:
    """A person's own message in the bot's DM, its edit or its deletion; None for anything else,
    messages of bots included."""
    event = _mapping(body.get("event"))
    if event.get("channel_type") != "im" or event.get("bot_id"):
        return None
    subtype = event.get("subtype")
    if not isinstance(subtype, str | None):
        return None
    inner = {
        None: event,
        "file_share": event,
        "message_changed": _mapping(event.get("message")),
        "message_deleted": _mapping(event.get("previous_message")),
    }.get(subtype)
    if inner is None or inner.get("bot_id") or inner.get("subtype") == "bot_message":
        return None
    channel, ts = _text(event.get("channel")), _text(inner.get("ts"))
    if not channel or not ts or not _text(inner.get("user")):
        return None
    change = {"message_changed": "edited", "message_deleted": "deleted"}.get(subtype or "", "new")
    if inner.get("subtype") == "tombstone":
        change = "deleted"
    return DirectMessage(
        channel,
        ts,
        typed_text(_text(inner.get("text")) or ""),
        _text(inner.get("thread_ts")),
        change,
        instant_of(_text(event.get("event_ts")) or ts),
    )


def typed_text(text: str) -> str:
    """What somebody typed in a DM, from Slack's own writing of it: links as their words, entities
    as characters. People stay `<@U…>`, for whoever looks them up."""
    return _unescape(_TOKEN.sub(_spelled, text)).strip()


def instant_of(ts: str) -> datetime:
    """The instant of a message's timestamp; the beginning of time when it is none."""
    try:
        return datetime.fromtimestamp(float(ts), UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)


def event(body: Body) -> Mapping[str, Any]:
    """The inner event, for handlers of events that carry no text."""
    return _mapping(body.get("event"))


def event_channel(body: Body) -> str | None:
    return _text(event(body).get("channel"))


def revokes_bot(body: Body) -> bool:
    """Whether the bot's own token is among those of a `tokens_revoked` event."""
    return bool(_mapping(event(body).get("tokens")).get("bot"))


def event_time(body: Body) -> datetime | None:
    seconds = body.get("event_time")
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) else None


def _event_user(event: Mapping[str, Any]) -> Any:
    for holder in (event, _mapping(event.get("message")), _mapping(event.get("previous_message"))):
        if holder.get("user"):
            return holder["user"]
    return None


def _authorized_team(body: Body) -> str | None:
    authorizations = body.get("authorizations")
    first = authorizations[0] if isinstance(authorizations, list) and authorizations else None
    return _text(_mapping(first).get("team_id"))


def _action(body: Body) -> Mapping[str, Any]:
    actions = body.get("actions")
    return _mapping(actions[0]) if isinstance(actions, list) and actions else {}


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _parsed(parse: Callable[[str], T], value: str | None) -> T | None:
    try:
        return parse(value) if value else None
    except ValueError:
        return None


def _spelled(token: re.Match[str]) -> str:
    """`<https://x|word>` -> word, `<#C1|general>` -> #general, `<!here>` -> @here."""
    target, _, label = token[1].partition("|")
    if target.startswith("@"):
        return f"<{target}>"
    if target[0] in "#!":
        sign = "#" if target[0] == "#" else "@"
        return f"{sign}{label.lstrip('@#') or target[1:]}"
    return label or target.removeprefix("mailto:")


def _unescape(text: str) -> str:
    """Slack escapes three characters in what people type (docs.slack.dev, formatting text)."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
