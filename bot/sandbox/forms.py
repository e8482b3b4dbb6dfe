"""What a person may put into an element, and what Slack's client refuses before sending.

Options are named by their text or value, people by handle, channels by name.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Protocol

from bot.sandbox.state.inputs import VALUE_KEYS
from bot.sandbox.state.views import View
from bot.sandbox.state.workspace import Workspace

Json = dict[str, Any]
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
URL = re.compile(r"https?://\S+")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
REQUIRED = "Please complete this required field."


class HasId(Protocol):
    """A person or a channel of the sandbox."""

    @property
    def id(self) -> str: ...


def value_for(workspace: Workspace, element: Json, given: Any) -> Json:
    """The state object of an element after a person chose or typed `given`.

    None empties it. Raises `AssertionError`, naming what there is, for an option, person or
    channel the element does not offer.
    """
    key, _ = VALUE_KEYS[element["type"]]
    several = isinstance(empty_value(element), list)
    if given is None:
        return {"type": element["type"], key: empty_value(element)}
    if several:
        many = given if isinstance(given, Sequence) and not isinstance(given, str) else [given]
        return {"type": element["type"], key: [_single(workspace, element, one) for one in many]}
    return {"type": element["type"], key: _single(workspace, element, given)}


def empty_value(element: Json) -> Any:
    is_many = element["type"].startswith("multi_") or element["type"] == "checkboxes"
    return [] if is_many else None


def option_of(element: Json, given: Any) -> Json:
    """The option whose text or value is `given`."""
    groups = element.get("option_groups") or [{"options": element.get("options", [])}]
    options: list[Json] = [option for group in groups for option in group["options"]]
    for option in options:
        if str(given) in (option["text"]["text"], option["value"]):
            return option
    offered = ", ".join(repr(o["text"]["text"]) for o in options)
    raise AssertionError(f"there is no option {given!r}; there are: {offered}")


def complaints(view: View) -> dict[str, str]:
    """What the client objects to in a filled-in modal, by block_id."""
    found = {}
    for block in view.blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        held = view.state[block["block_id"]][element["action_id"]]
        problem = _problem(element, held, optional=block.get("optional", False))
        if problem:
            found[block["block_id"]] = problem
    return found


def _problem(element: Json, held: Mapping[str, Any], *, optional: bool) -> str | None:
    value = held[VALUE_KEYS[element["type"]][0]]
    if value in (None, "", []):
        return None if optional else REQUIRED
    if element["type"] in ("plain_text_input", "email_text_input", "url_text_input"):
        return _text_problem(element, value)
    if element["type"] == "number_input":
        return _number_problem(element, value)
    most = element.get("max_selected_items")
    if most is not None and len(value) > most:
        return f"Choose at most {most}."
    return None


def _text_problem(element: Json, value: str) -> str | None:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < least:
        return f"At least {least} characters."
    if len(value) > most:
        return f"At most {most} characters."
    if element["type"] == "email_text_input" and not EMAIL.fullmatch(value):
        return "Not an e-mail address."
    if element["type"] == "url_text_input" and not URL.fullmatch(value):
        return "Not a web address."
    return None


def _number_problem(element: Json, value: str) -> str | None:
    if not NUMBER.fullmatch(value):
        return "Not a number."
    if "." in value and not element.get("is_decimal_allowed"):
        return "Whole numbers only."
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and float(value) < float(least):
        return f"At least {least}."
    if most is not None and float(value) > float(most):
        return f"At most {most}."
    return None


def _single(workspace: Workspace, element: Json, given: Any) -> Any:
    kind = element["type"].removeprefix("multi_")
    if kind in ("static_select", "radio_buttons", "checkboxes"):
        return option_of(element, given)
    if kind == "users_select":
        return _person_id(workspace, given)
    if kind in ("conversations_select", "channels_select"):
        return _channel_id(workspace, given)
    if kind == "rich_text_input":
        return _rich_text(str(given))
    return _moment(kind, given)


def _moment(kind: str, given: Any) -> Any:
    """Dates, times and instants in Slack's notation; everything else is text."""
    if kind == "datepicker":
        return date.fromisoformat(str(given)).isoformat()
    if kind == "timepicker":
        return f"{given if isinstance(given, time) else time.fromisoformat(given):%H:%M}"
    if kind == "datetimepicker":
        return int(given.timestamp()) if isinstance(given, datetime) else int(given)
    return str(given)


def _person_id(workspace: Workspace, given: str | HasId) -> str:
    if not isinstance(given, str):
        return given.id
    found = workspace.users.get(given) or workspace.by_handle(given)
    assert found is not None, f"nobody here is called {given!r}"
    return found.id


def _channel_id(workspace: Workspace, given: str | HasId) -> str:
    if not isinstance(given, str):
        return given.id
    found = workspace.conversations.get(given) or workspace.by_name(given)
    assert found is not None, f"there is no channel {given!r}"
    return found.id


def _rich_text(text: str) -> Json:
    leaf = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [leaf]}
