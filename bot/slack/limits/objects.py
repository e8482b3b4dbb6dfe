"""Composition objects: texts, confirmations and options, which elements are made of.

Pages: docs.slack.dev/reference/block-kit/composition-objects/<name>-object.
"""

from collections.abc import Mapping
from typing import Final

from bot.slack.limits import numbers as n
from bot.slack.limits.rules import (
    Rule,
    boolean,
    each,
    many,
    mapping,
    one_of,
    string,
    tagged,
    web_address,
)

_ANY_STRING: Final = string(10**9, at_least=0)


def _length(at_most: int) -> Rule:
    """The length of a text object's text, told at the object's own path."""
    inner = string(at_most)
    return lambda value, path: inner(value["text"], path)


def _text_object(kind: str, optional: Mapping[str, Rule], at_most: int) -> Rule:
    shape = mapping({"type": one_of(kind), "text": _ANY_STRING}, optional)
    return each(shape, _length(at_most))


def plain(at_most: int) -> Rule:
    """A plain_text object."""
    return tagged({"plain_text": _text_object("plain_text", {"emoji": boolean}, at_most)}, "text")


def text(at_most: int) -> Rule:
    """A plain_text or mrkdwn object."""
    return tagged(
        {
            "plain_text": _text_object("plain_text", {"emoji": boolean}, at_most),
            "mrkdwn": _text_object("mrkdwn", {"verbatim": boolean}, at_most),
        },
        "text",
    )


CONFIRM: Final = mapping(
    {
        "title": plain(n.CONFIRM_TITLE),
        "text": plain(n.CONFIRM_TEXT),
        "confirm": plain(n.CONFIRM_BUTTON),
        "deny": plain(n.CONFIRM_BUTTON),
    },
    {"style": one_of("primary", "danger")},
)


def _option(words: Rule, about: Rule, optional: Mapping[str, Rule] | None = None) -> Rule:
    return mapping(
        {"text": words, "value": string(n.OPTION_VALUE)},
        {"description": about, **(optional or {})},
    )


MENU_OPTION: Final = _option(plain(n.OPTION_TEXT), plain(n.OPTION_DESCRIPTION))
BOX_OPTION: Final = _option(text(n.OPTION_TEXT), text(n.OPTION_DESCRIPTION))
OVERFLOW_OPTION: Final = _option(
    plain(n.OPTION_TEXT), plain(n.OPTION_DESCRIPTION), {"url": web_address(n.URL)}
)
OPTION_GROUP: Final = mapping(
    {
        "label": plain(n.OPTION_GROUP_LABEL),
        "options": many(MENU_OPTION, 1, n.SELECT_OPTIONS),
    }
)
