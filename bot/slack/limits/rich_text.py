"""Rich text: sections, lists, quotes and code, made of words, links and mentions.

Page: docs.slack.dev/reference/block-kit/blocks/rich-text-block.
"""

from collections.abc import Mapping
from typing import Final

from bot.slack.limits import numbers as n
from bot.slack.limits.rules import (
    Rule,
    boolean,
    integer,
    many,
    mapping,
    one_of,
    string,
    tagged,
    web_address,
)

_STYLE: Final = mapping(
    {}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), boolean)
)
_ID: Final = string(255)
_ANY_NUMBER: Final = 10**9


def _part(name: str, required: Mapping[str, Rule], optional: Mapping[str, Rule]) -> Rule:
    return mapping({"type": one_of(name), **required}, {"style": _STYLE, **optional})


_WORDS: Final = _part("text", {"text": string(_ANY_NUMBER)}, {})
_LINK: Final = _part("link", {"url": web_address(n.URL)}, {"text": string(_ANY_NUMBER)})
_PARTS: Final = {
    "text": _WORDS,
    "link": _LINK,
    "user": _part("user", {"user_id": _ID}, {}),
    "channel": _part("channel", {"channel_id": _ID}, {}),
    "usergroup": _part("usergroup", {"usergroup_id": _ID}, {}),
    "emoji": _part("emoji", {"name": _ID}, {"unicode": _ID, "skin_tone": integer(1, 6)}),
    "date": _part(
        "date",
        {"timestamp": integer(0, 10**10 - 1), "format": string(_ANY_NUMBER)},
        {"url": web_address(n.URL), "fallback": string(_ANY_NUMBER)},
    ),
}
_BORDER: Final = {"border": one_of(0, 1)}


def _group(name: str, parts: Mapping[str, Rule], optional: Mapping[str, Rule]) -> Rule:
    elements = many(tagged(parts, "rich text"), 0, _ANY_NUMBER)
    return mapping({"type": one_of(name), "elements": elements}, optional)


_SECTION: Final = _group("rich_text_section", _PARTS, {})
_LIST: Final = mapping(
    {
        "type": one_of("rich_text_list"),
        "style": one_of("bullet", "ordered"),
        "elements": many(tagged({"rich_text_section": _SECTION}, "rich text"), 0, _ANY_NUMBER),
    },
    {"indent": integer(0, 8), "offset": integer(0, _ANY_NUMBER), **_BORDER},
)

RICH_TEXT: Final = many(
    tagged(
        {
            "rich_text_section": _SECTION,
            "rich_text_list": _LIST,
            "rich_text_quote": _group("rich_text_quote", _PARTS, _BORDER),
            "rich_text_preformatted": _group(
                "rich_text_preformatted", {"text": _WORDS, "link": _LINK}, _BORDER
            ),
        },
        "rich text",
    ),
    1,
    _ANY_NUMBER,
)
