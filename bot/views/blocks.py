"""Block Kit, one small function for each thing we use. Pure; knows Slack's shapes and nothing of
mentoring. Texts arrive translated: `Markup` from `t(...)` for mrkdwn, `str` from `t.plain(...)`
for what is shown as plain text."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from typing import Any

from bot.domain.message import Block, View
from bot.i18n import Markup

Element = Mapping[str, Any]
Option = tuple[str, str]  # what is shown (plain), what is sent


def section(text: Markup, *, accessory: Element | None = None, block_id: str = "") -> Block:
    block: dict[str, Any] = {"type": "section", "text": _mrkdwn(text)}
    if accessory:
        block["accessory"] = accessory
    return _with_id(block, block_id)


def header(text: str) -> Block:
    return {"type": "header", "text": _plain(text, 150)}


def context(*texts: Markup) -> Block:
    return {"type": "context", "elements": [_mrkdwn(text) for text in texts]}


def copyable(text: str) -> Block:
    """Plain text to be copied elsewhere, as it stands."""
    inner = [{"type": "text", "text": text}]
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_preformatted", "elements": inner}],
    }


def part(name: str, shown: Iterable[Block]) -> tuple[Block, ...]:
    """Blocks that belong together within a message: `replaced` finds them by their block ids."""
    return tuple({**block, "block_id": f"{name}.{n}"} for n, block in enumerate(shown))


def replaced(shown: Iterable[Block], name: str, new: Sequence[Block]) -> tuple[Block, ...]:
    """A message's blocks with `new` in place of the part called `name`, wherever it stands."""
    kept: list[Block] = []
    is_new = True
    for block in shown:
        if not str(block.get("block_id", "")).startswith(f"{name}."):
            kept.append(block)
        elif is_new:
            kept += part(name, new)
            is_new = False
    return tuple(kept)


def divider() -> Block:
    return {"type": "divider"}


def actions(*elements: Element, block_id: str = "") -> Block:
    return _with_id({"type": "actions", "elements": list(elements)}, block_id)


def quote(text: str) -> Block:
    """A person's own words, exactly as written: nothing in them is read as markup, link or
    mention."""
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_quote", "elements": [{"type": "text", "text": text}]}],
    }


def said(label: str, text: str) -> Block:
    """A label and, after it, a person's own words, exactly as written."""
    words = [{"type": "text", "text": f"{label} ", "style": {"bold": True}}]
    words.append({"type": "text", "text": text})
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": words}],
    }


def button(
    label: str,
    action_id: str,
    value: str = "",
    *,
    style: str = "",
    confirm: Element | None = None,
    url: str = "",
) -> Element:
    """`style` is "primary", "danger" or nothing. Slack wants action ids distinct within a block,
    so the same action twice in one row needs a suffix after "#" (cut off again on arrival)."""
    element: dict[str, Any] = {
        "type": "button",
        "text": _plain(label, 75),
        "action_id": action_id,
    }
    if value:
        element["value"] = value
    if style:
        element["style"] = style
    if confirm:
        element["confirm"] = confirm
    if url:
        element["url"] = url
    return element


def confirm(title: str, text: str, yes: str, no: str) -> Element:
    return {
        "title": _plain(title, 100),
        "text": _plain(text, 300),
        "confirm": _plain(yes, 30),
        "deny": _plain(no, 30),
    }


def overflow(action_id: str, options: Sequence[Option]) -> Element:
    return {"type": "overflow", "action_id": action_id, "options": _options(options)}


def menu(action_id: str, options: Sequence[Option], *, initial: str | None = None) -> Element:
    """A select that answers at once, beside a text or in a row of buttons."""
    element: dict[str, Any] = {"type": "static_select", "action_id": action_id}
    element["options"] = _options(options)
    _choose(element, options, initial)
    return element


# Inputs of forms. The block id names the input; handlers read values by it.


def text_input(
    block_id: str,
    label: str,
    *,
    initial: str = "",
    multiline: bool = False,
    limit: int,
    optional: bool = False,
    hint: str = "",
    placeholder: str = "",
) -> Block:
    element: dict[str, Any] = {"type": "plain_text_input", "action_id": "input"}
    element |= {"multiline": multiline, "max_length": limit}
    if initial:
        element["initial_value"] = initial[:limit]
    if placeholder:
        element["placeholder"] = _plain(placeholder, 150)
    return input_block(block_id, label, element, optional=optional, hint=hint)


def select_input(
    block_id: str,
    label: str,
    options: Sequence[Option],
    *,
    initial: str | None = None,
    optional: bool = False,
    hint: str = "",
) -> Block:
    element: dict[str, Any] = {"type": "static_select", "action_id": "input"}
    element["options"] = _options(options)
    _choose(element, options, initial)
    return input_block(block_id, label, element, optional=optional, hint=hint)


def multi_select_input(
    block_id: str,
    label: str,
    options: Sequence[Option],
    *,
    initial: Iterable[str] = (),
    optional: bool = False,
    hint: str = "",
) -> Block:
    element: dict[str, Any] = {"type": "multi_static_select", "action_id": "input"}
    element["options"] = _options(options)
    _tick(element, initial)
    return input_block(block_id, label, element, optional=optional, hint=hint)


def radio_input(
    block_id: str,
    label: str,
    options: Sequence[Option],
    *,
    initial: str | None = None,
    optional: bool = False,
    hint: str = "",
) -> Block:
    element: dict[str, Any] = {"type": "radio_buttons", "action_id": "input"}
    element["options"] = _options(options)
    _choose(element, options, initial)
    return input_block(block_id, label, element, optional=optional, hint=hint)


def checkbox_input(
    block_id: str,
    label: str,
    options: Sequence[Option],
    *,
    initial: Iterable[str] = (),
    optional: bool = True,
    hint: str = "",
) -> Block:
    element: dict[str, Any] = {"type": "checkboxes", "action_id": "input"}
    element["options"] = _options(options)
    _tick(element, initial)
    return input_block(block_id, label, element, optional=optional, hint=hint)


def date_input(
    block_id: str,
    label: str,
    *,
    initial: date | None = None,
    optional: bool = False,
    hint: str = "",
) -> Block:
    element: dict[str, Any] = {"type": "datepicker", "action_id": "input"}
    if initial:
        element["initial_date"] = initial.isoformat()
    return input_block(block_id, label, element, optional=optional, hint=hint)


def time_input(
    block_id: str,
    label: str,
    *,
    initial: time | None = None,
    optional: bool = False,
    hint: str = "",
) -> Block:
    element: dict[str, Any] = {"type": "timepicker", "action_id": "input"}
    if initial:
        element["initial_time"] = initial.strftime("%H:%M")
    return input_block(block_id, label, element, optional=optional, hint=hint)


def user_input(
    block_id: str, label: str, *, initial: str = "", optional: bool = False, hint: str = ""
) -> Block:
    element: dict[str, Any] = {"type": "users_select", "action_id": "input"}
    if initial:
        element["initial_user"] = initial
    return input_block(block_id, label, element, optional=optional, hint=hint)


def channel_input(
    block_id: str, label: str, *, initial: str = "", optional: bool = False, hint: str = ""
) -> Block:
    """Public and private channels, no DMs, nothing shared with other companies."""
    element: dict[str, Any] = {"type": "conversations_select", "action_id": "input"}
    element["filter"] = {
        "include": ["public", "private"],
        "exclude_external_shared_channels": True,
        "exclude_bot_users": True,
    }
    if initial:
        element["initial_conversation"] = initial
    return input_block(block_id, label, element, optional=optional, hint=hint)


def input_block(block_id: str, label: str, element: Element, *, optional: bool, hint: str) -> Block:
    block: dict[str, Any] = {
        "type": "input",
        "block_id": block_id,
        "label": _plain(label, 2000),
        "element": element,
        "optional": optional,
    }
    if hint:
        block["hint"] = _plain(hint, 2000)
    return block


def modal(
    title: str,
    blocks: Sequence[Block],
    *,
    callback_id: str = "",
    submit: str = "",
    close: str = "",
    meta: str = "",
) -> View:
    """A modal view. `meta` is private_metadata: JSON of ids, never a person's text."""
    view: dict[str, Any] = {"type": "modal", "title": _plain(title, 24), "blocks": list(blocks)}
    if callback_id:
        view["callback_id"] = callback_id
    if submit:
        view["submit"] = _plain(submit, 24)
    if close:
        view["close"] = _plain(close, 24)
    if meta:
        view["private_metadata"] = meta
    return view


def home(blocks: Sequence[Block]) -> View:
    return {"type": "home", "blocks": list(blocks)}


def _mrkdwn(text: Markup) -> Element:
    # verbatim: Slack must not turn what a person typed into links or mentions by itself
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _plain(text: str, limit: int) -> Element:
    shown = text if len(text) <= limit else text[: limit - 1] + "…"
    return {"type": "plain_text", "text": shown, "emoji": False}


def _options(options: Sequence[Option]) -> list[Element]:
    return [{"text": _plain(label, 75), "value": value} for label, value in options]


def _choose(element: dict[str, Any], options: Sequence[Option], initial: str | None) -> None:
    for option, (_, value) in zip(element["options"], options, strict=True):
        if value == initial:
            element["initial_option"] = option


def _tick(element: dict[str, Any], initial: Iterable[str]) -> None:
    chosen = set(initial)
    ticked = [option for option in element["options"] if option["value"] in chosen]
    if ticked:
        element["initial_options"] = ticked


def _with_id(block: dict[str, Any], block_id: str) -> Block:
    if block_id:
        block["block_id"] = block_id
    return block
