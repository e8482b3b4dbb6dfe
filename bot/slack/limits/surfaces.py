"""Whole messages, modals and Home tabs: what only shows when all the blocks are seen together."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, Literal

from bot.slack.limits import numbers as n
from bot.slack.limits.blocks import BLOCKS
from bot.slack.limits.objects import plain
from bot.slack.limits.rules import Rule, boolean, many, mapping, one_of, string

Surface = Literal["message", "modal", "home"]


def problems(surface: Surface, payload: Mapping[str, Any]) -> list[str]:
    """Everything Slack would refuse in the payload, one readable line each; empty when sound.

    For a message only `blocks` and `text` are looked at; `text` is required, since it is all a
    screen reader or a notification gets. A modal or Home payload is the whole view. No line
    repeats a text: it holds a path, key names and counts.
    """
    if surface == "message":
        return list(_message(payload))
    return list(_view(surface, payload))


def _message(payload: Mapping[str, Any]) -> Iterator[str]:
    shape = mapping(
        {"text": string(n.MESSAGE_TEXT)},
        {"blocks": many(BLOCKS["message"], 0, n.MESSAGE_BLOCKS)},
    )
    yield from shape({key: payload[key] for key in ("text", "blocks") if key in payload}, "")
    blocks = _sound(payload.get("blocks"))
    yield from _distinct_block_ids(blocks)
    yield from _markdown_together(blocks)


def _view(surface: Surface, payload: Mapping[str, Any]) -> Iterator[str]:
    yield from _VIEWS[surface](payload, "")
    blocks = _sound(payload.get("blocks"))
    yield from _distinct_block_ids(blocks)
    yield from _one_focus(blocks)
    if surface == "modal" and payload.get("submit") is None and _has_input(blocks):
        yield "submit: missing, and there is an input block"
    size = len(json.dumps(payload, ensure_ascii=False, default=str).encode())
    if size > n.VIEW_BYTES:
        yield f"view: {size} bytes, at most {n.VIEW_BYTES}"


def _view_rule(
    surface: Surface, required: Mapping[str, Rule], optional: Mapping[str, Rule]
) -> Rule:
    return mapping(
        {
            "type": one_of(surface),
            "blocks": many(BLOCKS[surface], 1, n.VIEW_BLOCKS),
            **required,
        },
        {
            "callback_id": string(n.CALLBACK_ID),
            "private_metadata": string(n.PRIVATE_METADATA, at_least=0),
            "external_id": string(n.EXTERNAL_ID),
            **optional,
        },
    )


_VIEWS: Final = {
    "modal": _view_rule(
        "modal",
        {"title": plain(n.VIEW_TITLE)},
        {
            "submit": plain(n.VIEW_BUTTON),
            "close": plain(n.VIEW_BUTTON),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
            "submit_disabled": boolean,
        },
    ),
    "home": _view_rule("home", {}, {}),
}


def _sound(blocks: Any) -> list[tuple[int, Mapping[str, Any]]]:
    if not isinstance(blocks, Sequence):
        return []
    return [(i, block) for i, block in enumerate(blocks) if isinstance(block, Mapping)]


def _distinct_block_ids(blocks: list[tuple[int, Mapping[str, Any]]]) -> Iterator[str]:
    first: dict[str, int] = {}
    for index, block in blocks:
        block_id = block.get("block_id")
        if not isinstance(block_id, str):
            continue
        if block_id in first:
            yield f"blocks[{index}].block_id: {block_id!r} is taken by blocks[{first[block_id]}]"
        first.setdefault(block_id, index)


def _markdown_together(blocks: list[tuple[int, Mapping[str, Any]]]) -> Iterator[str]:
    texts = [block.get("text") for _, block in blocks if block.get("type") == "markdown"]
    total = sum(len(words) for words in texts if isinstance(words, str))
    if len(texts) > 1 and total > n.MARKDOWN:
        yield f"blocks: {total} characters of markdown, at most {n.MARKDOWN}"


def _one_focus(blocks: list[tuple[int, Mapping[str, Any]]]) -> Iterator[str]:
    focused = [
        index
        for index, block in blocks
        for element in _held(block)
        if isinstance(element, Mapping) and element.get("focus_on_load") is True
    ]
    for index in focused[1:]:
        yield f"blocks[{index}]: focus_on_load, and blocks[{focused[0]}] has it already"


def _held(block: Mapping[str, Any]) -> list[Any]:
    elements = block.get("elements")
    listed = list(elements) if isinstance(elements, list | tuple) else []
    return [*listed, block.get("accessory"), block.get("element")]


def _has_input(blocks: list[tuple[int, Mapping[str, Any]]]) -> bool:
    return any(block.get("type") == "input" for _, block in blocks)
