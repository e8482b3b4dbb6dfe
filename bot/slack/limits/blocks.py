"""The blocks themselves, and which elements each may hold.

Pages: docs.slack.dev/reference/block-kit/blocks/<name>-block. A block Slack has and this table
lacks is refused: add it here before using it.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.slack.limits import numbers as n
from bot.slack.limits.elements import ELEMENTS, PICKERS, picture
from bot.slack.limits.objects import plain, text
from bot.slack.limits.rich_text import RICH_TEXT
from bot.slack.limits.rules import Rule, boolean, each, many, mapping, one_of, string, tagged

_ACCESSORIES: Final = PICKERS | {"button", "overflow", "image"}
_ACTIONS: Final = PICKERS | {"button", "overflow", "datetimepicker"}
_INPUTS: Final = PICKERS | {
    "datetimepicker",
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "file_input",
}
_ONLY_IN_MODALS: Final = frozenset({"file_input"})


def _elements(names: frozenset[str]) -> Rule:
    return tagged({name: ELEMENTS[name] for name in names}, "element")


def _block(name: str, required: Mapping[str, Rule], optional: Mapping[str, Rule]) -> Rule:
    shared = {"block_id": string(n.BLOCK_ID)}
    return mapping({"type": one_of(name), **required}, {**shared, **optional})


def _text_or_fields(block: Any, path: str) -> Iterator[str]:
    if block.get("text") is None and block.get("fields") is None:
        yield f"{path}: needs text or fields"


def _distinct_action_ids(block: Any, path: str) -> Iterator[str]:
    seen: set[str] = set()
    for index, element in enumerate(block["elements"]):
        action_id = element.get("action_id")
        if action_id is not None and action_id in seen:
            yield f"{path}.elements[{index}].action_id: {action_id!r} is taken in this block"
        seen.add(action_id)


_SHARED: Final[dict[str, Rule]] = {
    "section": each(
        _block(
            "section",
            {},
            {
                "text": text(n.SECTION_TEXT),
                "fields": many(text(n.SECTION_FIELD), 1, n.SECTION_FIELDS),
                "accessory": _elements(_ACCESSORIES),
                "expand": boolean,
            },
        ),
        _text_or_fields,
    ),
    "divider": _block("divider", {}, {}),
    "header": _block("header", {"text": plain(n.HEADER_TEXT)}, {}),
    "context": _block(
        "context",
        {
            "elements": many(
                tagged(
                    {
                        "image": ELEMENTS["image"],
                        "plain_text": text(n.TEXT_OBJECT),
                        "mrkdwn": text(n.TEXT_OBJECT),
                    },
                    "element",
                ),
                1,
                n.CONTEXT_ELEMENTS,
            )
        },
        {},
    ),
    "actions": each(
        _block("actions", {"elements": many(_elements(_ACTIONS), 1, n.ACTIONS_ELEMENTS)}, {}),
        _distinct_action_ids,
    ),
    "image": picture({}, {"title": plain(n.IMAGE_TITLE), "block_id": string(n.BLOCK_ID)}),
    "rich_text": _block("rich_text", {"elements": RICH_TEXT}, {}),
}


def _input(names: frozenset[str]) -> Rule:
    return _block(
        "input",
        {"label": plain(n.INPUT_LABEL), "element": _elements(names)},
        {"hint": plain(n.INPUT_HINT), "optional": boolean, "dispatch_action": boolean},
    )


_MARKDOWN: Final = _block("markdown", {"text": string(n.MARKDOWN)}, {})

BLOCKS: Final[dict[str, Rule]] = {
    "message": tagged(
        {**_SHARED, "input": _input(_INPUTS - _ONLY_IN_MODALS), "markdown": _MARKDOWN}, "block"
    ),
    "modal": tagged({**_SHARED, "input": _input(_INPUTS)}, "block"),
    "home": tagged({**_SHARED, "input": _input(_INPUTS - _ONLY_IN_MODALS)}, "block"),
}
"""Surface → the rule one of its blocks obeys."""
