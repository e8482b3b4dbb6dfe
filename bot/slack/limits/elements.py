"""Block elements: buttons, menus, pickers, inputs and images.

Pages: docs.slack.dev/reference/block-kit/block-elements/<name>-element. An element Slack has and
this table lacks is refused: add it here before using it.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.slack.limits import numbers as n
from bot.slack.limits.objects import (
    BOX_OPTION,
    CONFIRM,
    MENU_OPTION,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    plain,
)
from bot.slack.limits.rules import (
    Rule,
    at,
    boolean,
    clock_time,
    day,
    each,
    integer,
    many,
    mapping,
    one_of,
    string,
    web_address,
)

_SLACK_ID: Final = string(255)


def _offered(element: Mapping[str, Any]) -> list[Any]:
    groups = element.get("option_groups") or ()
    return [*(element.get("options") or ()), *(o for g in groups for o in g["options"])]


def _initial_among_options(element: Any, path: str) -> Iterator[str]:
    offered = _offered(element)
    if element.get("initial_option") is not None and element["initial_option"] not in offered:
        yield f"{at(path, 'initial_option')}: not among the options"
    for index, chosen in enumerate(element.get("initial_options") or ()):
        if chosen not in offered:
            yield f"{at(path, 'initial_options')}[{index}]: not among the options"


def _options_or_groups(element: Any, path: str) -> Iterator[str]:
    if (element.get("options") is None) == (element.get("option_groups") is None):
        yield f"{path}: needs either options or option_groups"


def _ordered(low: str, high: str) -> Rule:
    def check(element: Any, path: str) -> Iterator[str]:
        least, most = element.get(low), element.get(high)
        if least is not None and most is not None and float(least) > float(most):
            yield f"{at(path, low)}: more than {high}"

    return check


def _number_text(value: Any, path: str) -> Iterator[str]:
    """number_input takes its bounds as strings."""
    try:
        float(value if isinstance(value, str) else "")
    except ValueError:
        yield f"{path}: must be a number written as a string"


def _length_bounds(element: Any, path: str) -> Iterator[str]:
    yield from _ordered("min_length", "max_length")(element, path)
    words, most = element.get("initial_value"), element.get("max_length")
    if words is not None and most is not None and len(words) > most:
        yield f"{at(path, 'initial_value')}: {len(words)} characters, at most {most}"


_BASE: Final = {"action_id": string(n.ACTION_ID)}
_FOCUS: Final = {**_BASE, "focus_on_load": boolean}
_PICKER: Final = {**_FOCUS, "confirm": CONFIRM, "placeholder": plain(n.PLACEHOLDER)}
_BOXES: Final = {**_FOCUS, "confirm": CONFIRM}
_DISPATCH: Final = mapping(
    {"trigger_actions_on": many(one_of("on_enter_pressed", "on_character_entered"), 1, 2)}
)
_TYPED: Final = {
    **_FOCUS,
    "placeholder": plain(n.PLACEHOLDER),
    "dispatch_action_config": _DISPATCH,
}
_OPTIONS: Final = many(MENU_OPTION, 1, n.SELECT_OPTIONS)
_SELECTED: Final = {"max_selected_items": integer(1, n.SELECT_OPTIONS)}
_FILTER: Final = mapping(
    {},
    {
        "include": many(one_of("im", "mpim", "private", "public"), 1, 4),
        "exclude_bot_users": boolean,
        "exclude_external_shared_channels": boolean,
    },
)
_CONVERSATIONS: Final = {"default_to_current_conversation": boolean, "filter": _FILTER}


def _element(name: str, required: Mapping[str, Rule], optional: Mapping[str, Rule]) -> Rule:
    return mapping({"type": one_of(name), **required}, optional)


def _menu(name: str, optional: Mapping[str, Rule]) -> Rule:
    groups = many(OPTION_GROUP, 1, n.OPTION_GROUPS)
    shape = _element(
        name, {}, {**_PICKER, "options": _OPTIONS, "option_groups": groups, **optional}
    )
    return each(shape, _options_or_groups, _initial_among_options)


def _boxes(name: str, at_most: int, optional: Mapping[str, Rule]) -> Rule:
    shape = _element(name, {"options": many(BOX_OPTION, 1, at_most)}, {**_BOXES, **optional})
    return each(shape, _initial_among_options)


def _picture_source(value: Any, path: str) -> Iterator[str]:
    if (value.get("image_url") is None) == (value.get("slack_file") is None):
        yield f"{path}: needs either image_url or slack_file"


PICTURE: Final[dict[str, Rule]] = {
    "image_url": web_address(n.URL),
    "slack_file": mapping({}, {"id": _SLACK_ID, "url": web_address(n.URL)}),
}
"""The keys an image block and an image element share, beside alt_text."""


def picture(required: Mapping[str, Rule], optional: Mapping[str, Rule]) -> Rule:
    """An image, block or element: alt_text and exactly one source."""
    shape = mapping(
        {"type": one_of("image"), "alt_text": string(n.IMAGE_ALT), **required},
        {**PICTURE, **optional},
    )
    return each(shape, _picture_source)


ELEMENTS: Final[dict[str, Rule]] = {
    "button": _element(
        "button",
        {"text": plain(n.BUTTON_TEXT)},
        {
            **_BASE,
            "value": string(n.BUTTON_VALUE),
            "url": web_address(n.URL),
            "style": one_of("primary", "danger"),
            "confirm": CONFIRM,
            "accessibility_label": string(n.ACCESSIBILITY_LABEL),
        },
    ),
    "overflow": _element(
        "overflow",
        {"options": many(OVERFLOW_OPTION, 1, n.OVERFLOW_OPTIONS)},
        {**_BASE, "confirm": CONFIRM},
    ),
    "checkboxes": _boxes(
        "checkboxes", n.CHECKBOXES, {"initial_options": many(BOX_OPTION, 1, n.CHECKBOXES)}
    ),
    "radio_buttons": _boxes("radio_buttons", n.RADIO_BUTTONS, {"initial_option": BOX_OPTION}),
    "datepicker": _element("datepicker", {}, {**_PICKER, "initial_date": day}),
    "timepicker": _element(
        "timepicker", {}, {**_PICKER, "initial_time": clock_time, "timezone": string(255)}
    ),
    "datetimepicker": _element(
        "datetimepicker", {}, {**_BOXES, "initial_date_time": integer(10**9, 10**10 - 1)}
    ),
    "static_select": _menu("static_select", {"initial_option": MENU_OPTION}),
    "multi_static_select": _menu("multi_static_select", {"initial_options": _OPTIONS, **_SELECTED}),
    "external_select": _element(
        "external_select",
        {},
        {**_PICKER, "initial_option": MENU_OPTION, "min_query_length": integer(0, 255)},
    ),
    "multi_external_select": _element(
        "multi_external_select",
        {},
        {**_PICKER, **_SELECTED, "initial_options": _OPTIONS, "min_query_length": integer(0, 255)},
    ),
    "users_select": _element("users_select", {}, {**_PICKER, "initial_user": _SLACK_ID}),
    "multi_users_select": _element(
        "multi_users_select",
        {},
        {**_PICKER, **_SELECTED, "initial_users": many(_SLACK_ID, 1, n.SELECT_OPTIONS)},
    ),
    "channels_select": _element("channels_select", {}, {**_PICKER, "initial_channel": _SLACK_ID}),
    "multi_channels_select": _element(
        "multi_channels_select",
        {},
        {**_PICKER, **_SELECTED, "initial_channels": many(_SLACK_ID, 1, n.SELECT_OPTIONS)},
    ),
    "conversations_select": _element(
        "conversations_select",
        {},
        {**_PICKER, **_CONVERSATIONS, "initial_conversation": _SLACK_ID},
    ),
    "multi_conversations_select": _element(
        "multi_conversations_select",
        {},
        {
            **_PICKER,
            **_CONVERSATIONS,
            **_SELECTED,
            "initial_conversations": many(_SLACK_ID, 1, n.SELECT_OPTIONS),
        },
    ),
    "plain_text_input": each(
        _element(
            "plain_text_input",
            {},
            {
                **_TYPED,
                "initial_value": string(n.INPUT_LENGTH, at_least=0),
                "multiline": boolean,
                "min_length": integer(0, n.INPUT_LENGTH),
                "max_length": integer(1, n.INPUT_LENGTH),
            },
        ),
        _length_bounds,
    ),
    "email_text_input": _element(
        "email_text_input", {}, {**_TYPED, "initial_value": string(n.INPUT_LENGTH, at_least=0)}
    ),
    "url_text_input": _element(
        "url_text_input", {}, {**_TYPED, "initial_value": string(n.INPUT_LENGTH, at_least=0)}
    ),
    "number_input": each(
        _element(
            "number_input",
            {"is_decimal_allowed": boolean},
            {
                **_TYPED,
                "initial_value": _number_text,
                "min_value": _number_text,
                "max_value": _number_text,
            },
        ),
        _ordered("min_value", "max_value"),
    ),
    "file_input": _element(
        "file_input",
        {},
        {**_BASE, "filetypes": many(string(255), 1, 255), "max_files": integer(1, n.INPUT_FILES)},
    ),
    "image": picture({}, {}),
}

_MENUS: Final = frozenset(name for name in ELEMENTS if name.endswith("_select"))
PICKERS: Final = frozenset({"datepicker", "timepicker", "checkboxes", "radio_buttons"}) | _MENUS
