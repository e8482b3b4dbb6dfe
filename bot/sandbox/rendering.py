"""Blocks and mrkdwn → the plain text one viewer reads: names, dates in the viewer's own zone.

Dates follow Slack's tokens, in the words of the viewer's locale (near to Slack's, not letter for
letter). docs.slack.dev/messaging/formatting-message-text
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, format_timedelta

from bot.sandbox.state.inputs import STATELESS, VALUE_KEYS
from bot.sandbox.state.people import User
from bot.sandbox.state.workspace import Workspace

Json = dict[str, Any]
State = Mapping[str, Mapping[str, Json]]
ANGLE = re.compile(r"<([^<>\s][^<>]*)>")
BRACED = re.compile(r"\{(\w+)\}")
# *bold*, _italic_, ~struck~ and `code` are shown without their signs
STYLED = re.compile(r"(?<![\w*_~`])([*_~`])(?=\S)([^\n]+?)(?<=\S)\1(?![\w*_~`])")
DATE_STYLES = {"date": "long", "date_long": "full", "date_short": "medium"}


@dataclass(frozen=True)
class Viewer:
    """Whose eyes: names come from the workspace, zone and locale from the person."""

    workspace: Workspace
    user: User
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.user.tz or "UTC")

    @property
    def locale(self) -> str:
        return self.user.locale.replace("-", "_")

    def name_of(self, user_id: str) -> str:
        known = self.workspace.users.get(user_id)
        return known.shown_name if known else user_id

    def room_name(self, channel_id: str) -> str:
        known = self.workspace.conversations.get(channel_id)
        return known.name if known else channel_id


def mrkdwn(viewer: Viewer, text: str) -> str:
    """Slack's markup as the viewer reads it."""
    plain = ANGLE.sub(lambda found: _token(viewer, found[1]), text)
    for _ in range(3):  # styles may be nested
        plain = STYLED.sub(lambda found: found[2], plain)
    return unescape(plain)


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def message_text(viewer: Viewer, text: str, blocks: Sequence[Json]) -> str:
    """A message as it is read: its blocks, or its text when it has none."""
    return surface_text(viewer, blocks, {}) if blocks else mrkdwn(viewer, text)


def surface_text(viewer: Viewer, blocks: Sequence[Json], state: State) -> str:
    """All text of blocks but the labels of buttons; inputs show what they hold in `state`."""
    lines = (_block(viewer, block, state) for block in blocks)
    return "\n".join(line for line in lines if line)


def object_text(viewer: Viewer, text: Json | None) -> str:
    """A text object (plain_text or mrkdwn)."""
    if text is None:
        return ""
    content = str(text.get("text", ""))
    return mrkdwn(viewer, content) if text.get("type") == "mrkdwn" else content


def _block(viewer: Viewer, block: Json, state: State) -> str:
    if block["type"] == "context":
        return " ".join(_in_context(viewer, element) for element in block["elements"])
    if block["type"] == "section":
        parts = [object_text(viewer, block.get("text"))]
        parts += [object_text(viewer, field) for field in block.get("fields", [])]
        parts.append(_element(viewer, block, block.get("accessory"), state))
        return "\n".join(part for part in parts if part)
    if block["type"] == "actions":
        shown = (_element(viewer, block, element, state) for element in block["elements"])
        return "\n".join(part for part in shown if part)
    if block["type"] == "input":
        held = _element(viewer, block, block["element"], state)
        parts = [object_text(viewer, block["label"]), held, object_text(viewer, block.get("hint"))]
        return "\n".join(part for part in parts if part)
    if block["type"] == "rich_text":
        return "\n".join(_rich(viewer, element) for element in block["elements"])
    return _plain_block(viewer, block)


def _plain_block(viewer: Viewer, block: Json) -> str:
    if block["type"] == "header":
        return object_text(viewer, block["text"])
    if block["type"] == "markdown":
        return str(block["text"])
    if block["type"] == "divider":
        return "———"
    if block["type"] == "image":
        return f"{object_text(viewer, block.get('title'))} ({block['alt_text']})".strip()
    return ""


def _in_context(viewer: Viewer, element: Json) -> str:
    return (
        f"({element['alt_text']})" if element["type"] == "image" else object_text(viewer, element)
    )


def _element(viewer: Viewer, block: Json, element: Json | None, state: State) -> str:
    if element is None or element["type"] in STATELESS:
        return ""
    if element["type"] == "image":
        return f"({element['alt_text']})"
    if element["type"] not in VALUE_KEYS:
        return ""
    held = state.get(block["block_id"], {}).get(element["action_id"]) or element
    if element["type"] in ("radio_buttons", "checkboxes"):
        return _choices(viewer, element, held)
    shown = value_text(viewer, element, held)
    return shown or object_text(viewer, element.get("placeholder"))


def value_text(viewer: Viewer, element: Json, held: Json) -> str:
    """What an element shows for the value it holds (a state object, or the element's initial)."""
    key, initial = VALUE_KEYS[element["type"]]
    value = held.get(key, held.get(initial))
    values = value if isinstance(value, list) else [value]
    return ", ".join(_one_value(viewer, key, one) for one in values if one is not None)


def _one_value(viewer: Viewer, key: str, value: Any) -> str:
    if key.startswith("selected_option"):
        return object_text(viewer, value["text"])
    if key.startswith("selected_user"):
        return viewer.name_of(value)
    if key.startswith(("selected_conversation", "selected_channel")):
        return viewer.room_name(value)
    if key == "rich_text_value":
        return _block(viewer, value, {})
    if key == "selected_date_time":
        return f"{datetime.fromtimestamp(value, viewer.zone):%Y-%m-%d %H:%M}"
    return str(value)


def _choices(viewer: Viewer, element: Json, held: Json) -> str:
    key, initial = VALUE_KEYS[element["type"]]
    value = held.get(key, held.get(initial))
    chosen = value if isinstance(value, list) else [value]
    values = {option["value"] for option in chosen if option}
    marks = ((o, "(x)" if o["value"] in values else "( )") for o in element["options"])
    return "\n".join(f"{mark} {_option(viewer, option)}" for option, mark in marks)


def _option(viewer: Viewer, option: Json) -> str:
    parts = [object_text(viewer, option["text"]), object_text(viewer, option.get("description"))]
    return " - ".join(part for part in parts if part)


def _rich(viewer: Viewer, element: Json) -> str:
    """One part of a rich text: a section, a list, a quote, code, or a leaf of those."""
    leaves: dict[str, Callable[[], str]] = {
        "text": lambda: str(element["text"]),
        "link": lambda: str(element.get("text") or element["url"]),
        "emoji": lambda: f":{element['name']}:",
        "user": lambda: f"@{viewer.name_of(element['user_id'])}",
        "channel": lambda: f"#{viewer.room_name(element['channel_id'])}",
        "broadcast": lambda: f"@{element['range']}",
        "date": lambda: _date(viewer, element["timestamp"], element["format"]),
    }
    if element["type"] in leaves:
        return leaves[element["type"]]()
    inner = [_rich(viewer, child) for child in element.get("elements", [])]
    if element["type"] == "rich_text_list":
        return "\n".join(f"• {line}" for line in inner)
    return "".join(inner)


def _token(viewer: Viewer, inner: str) -> str:
    """What stands for `<inner>`."""
    target, _, label = inner.partition("|")
    if target.startswith("@"):
        return f"@{viewer.name_of(target[1:])}"
    if target.startswith("#"):
        return f"#{viewer.room_name(target[1:])}"
    if target.startswith("!date^"):
        _, stamp, form, *_ = target.split("^")
        return _date(viewer, int(stamp), form)
    if target.startswith("!"):
        return label or f"@{target[1:].partition('^')[0]}"
    return label or target.removeprefix("mailto:")


def _date(viewer: Viewer, stamp: int, form: str) -> str:
    moment = datetime.fromtimestamp(stamp, UTC).astimezone(viewer.zone)
    return BRACED.sub(lambda found: _date_part(viewer, moment, found[1]), form)


def _date_part(viewer: Viewer, moment: datetime, name: str) -> str:
    style = name.removesuffix("_pretty")
    if name == "date_num":
        return moment.date().isoformat()
    if name == "ago":
        return format_timedelta(moment - viewer.now, add_direction=True, locale=viewer.locale)
    if name in ("time", "time_secs"):
        size = "short" if name == "time" else "medium"
        return format_time(moment.timetz(), size, moment.tzinfo, viewer.locale).replace(
            "\u202f", " "
        )
    if style not in DATE_STYLES:
        return "{" + name + "}"
    if style != name and (word := _near_day(viewer, moment)):
        return word
    return format_date(moment.date(), DATE_STYLES[style], viewer.locale)


def _near_day(viewer: Viewer, moment: datetime) -> str | None:
    """yesterday, today or tomorrow, in the viewer's language; None for other days."""
    days = (moment.date() - viewer.now.astimezone(viewer.zone).date()).days
    if abs(days) > 1:
        return None
    names = {"id": ("kemarin", "hari ini", "besok"), "en": ("yesterday", "today", "tomorrow")}
    words = names.get(viewer.locale[:2])
    return words[days + 1] if words else None
