"""Which elements hold a value, where they are, and what they hold before anyone touches them."""

from collections.abc import Iterator, Sequence
from typing import Any

Json = dict[str, Any]

# element type → (key of the value in state and actions, key of its initial value)
VALUE_KEYS: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}
# elements that answer at once and keep nothing
STATELESS = {"button", "overflow", "workflow_button", "icon_button", "feedback_buttons"}


def elements(blocks: Sequence[Json]) -> Iterator[tuple[Json, Json]]:
    """Every interactive element with the block it stands in, in reading order."""
    for block in blocks:
        for element in _of_block(block):
            if "type" in element and (element["type"] in VALUE_KEYS or _stateless(element)):
                yield block, element


def initial_state(blocks: Sequence[Json]) -> dict[str, dict[str, Json]]:
    """The values of a fresh surface, as Slack would send them."""
    state: dict[str, dict[str, Json]] = {}
    for block, element in elements(blocks):
        if element["type"] in VALUE_KEYS:
            state.setdefault(block["block_id"], {})[element["action_id"]] = _initial(element)
    return state


def carried_over(
    old: dict[str, dict[str, Json]], blocks: Sequence[Json]
) -> dict[str, dict[str, Json]]:
    """State after a view was updated: what has the same block_id, action_id and type stays."""
    state = initial_state(blocks)
    for block_id, held in state.items():
        for action_id, value in held.items():
            kept = old.get(block_id, {}).get(action_id)
            if kept is not None and kept["type"] == value["type"]:
                held[action_id] = kept
    return state


def with_ids(blocks: Sequence[Json], mint: Iterator[str]) -> list[Json]:
    """Give each block and element without an id one of its own, as Slack does."""
    found = []
    for given in blocks:
        block: Json = {"block_id": next(mint), **given}
        if not block["block_id"]:
            block["block_id"] = next(mint)
        found.append(block)
        for element in _of_block(block):
            if element.get("type") in VALUE_KEYS or _stateless(element):
                element.setdefault("action_id", next(mint))
    return found


def _of_block(block: Json) -> list[Json]:
    if block.get("type") == "input":
        return [block["element"]]
    if block.get("type") == "section":
        return [block["accessory"]] if "accessory" in block else []
    if block.get("type") in ("actions", "context_actions"):
        return list(block["elements"])
    return []


def _stateless(element: Json) -> bool:
    return element.get("type") in STATELESS


def _initial(element: Json) -> Json:
    key, initial = VALUE_KEYS[element["type"]]
    empty: Any = [] if key.startswith("selected_") and key.endswith("s") else None
    return {"type": element["type"], key: element.get(initial, empty)}
