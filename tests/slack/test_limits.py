"""The validator: each rule has a payload at the limit, and one just past it with its message."""

import inspect
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models import blocks as sdk
from slack_sdk.models.views import View

from bot.slack.limits import numbers as n
from bot.slack.limits import problems
from tests.slack.payloads import (
    Json,
    actions,
    button,
    confirm,
    entry,
    home,
    message,
    modal,
    mrkdwn,
    option,
    options,
    plain,
    rich_section,
    rich_text,
    section,
    select,
)

RED = {"type": "plain_text_input", "action_id": "text"}


def on_button(**more: Any) -> Json:
    return message(actions(button(**more)))


def on_select(**more: Any) -> Json:
    return message(section(accessory=select(**more)))


def boxes(kind: str, count: int, **more: Any) -> Json:
    return message(actions({"type": kind, "action_id": "box", "options": options(count), **more}))


def typed(**more: Any) -> Json:
    return modal(entry({**RED, **more}))


def number(**more: Any) -> Json:
    return modal(entry({"type": "number_input", "is_decimal_allowed": False, **more}))


def element(kind: str, **more: Any) -> Json:
    return modal(entry({"type": kind, "action_id": "x", **more}))


def image(**more: Any) -> Json:
    return message({"type": "image", "alt_text": "A chart", **more})


def menu_without_options(**more: Any) -> Json:
    return message(section(accessory={"type": "static_select", "action_id": "pick", **more}))


LINK = "https://example.org/"
PICTURE = {"type": "image", "image_url": LINK, "alt_text": "A chart"}
NO_MRKDWN = "text of type 'mrkdwn' is not allowed here"
NO_SCHEME = "must start with https://, http:// or mailto:"
ONE_SOURCE = "blocks[0]: needs either image_url or slack_file"
ENTER_OR_CHARACTER = "must be one of on_enter_pressed, on_character_entered"
FULL_TITLE = plain("x" * 24)

SOUND: list[Json] = [
    message(),
    {"text": "x" * 4000},
    message(*[{"type": "divider"}] * 50),
    modal(*[{"type": "divider"}] * 100),
    home(*[{"type": "divider"}] * 100),
    message(section(text=mrkdwn("x" * 3000), block_id="b" * 255, expand=True)),
    message({"type": "section", "fields": [mrkdwn("x" * 2000)] * 10}),
    message({"type": "header", "text": plain("x" * 150)}),
    message({"type": "context", "elements": [mrkdwn("x" * 3000)] * 10}),
    message({"type": "context", "elements": [PICTURE]}),
    message(actions(*[button(action_id=str(i)) for i in range(25)])),
    message(actions(button()), actions(button())),
    message({"type": "markdown", "text": "x" * 12000}),
    image(image_url=LINK, title=plain("x" * 2000)),
    image(slack_file={"id": "F1"}),
    on_button(text=plain("x" * 75), value="x" * 2000, url=LINK + "x" * 2980),
    on_button(style="danger", confirm=confirm(style="danger"), accessibility_label="x" * 75),
    on_button(action_id="x" * 255),
    on_select(options=options(100), placeholder=plain("x" * 150)),
    on_select(options=options(3), initial_option=option("1")),
    on_select(options=[option("a" * 150, text=plain("x" * 75), description=plain("x" * 75))]),
    menu_without_options(option_groups=[{"label": plain("x" * 75), "options": options(100)}] * 100),
    menu_without_options(
        option_groups=[{"label": plain(), "options": options(2)}], initial_option=option("1")
    ),
    boxes("checkboxes", 10, initial_options=[option("0"), option("9")]),
    boxes("radio_buttons", 10, initial_option=option("9")),
    boxes("overflow", 5),
    message(actions({"type": "overflow", "options": [option(url=LINK)]})),
    message(actions({"type": "datepicker", "initial_date": "2028-02-29"})),
    message(actions({"type": "timepicker", "initial_time": "23:59", "timezone": "Asia/Jakarta"})),
    message(actions({"type": "datetimepicker", "initial_date_time": 1628633820})),
    message(entry(), entry(optional=True, dispatch_action=True, hint=plain("x" * 2000))),
    typed(min_length=1, max_length=3000, multiline=True, initial_value="x" * 3000),
    typed(dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"]}),
    number(min_value="1", max_value="2.5", initial_value="2"),
    element("email_text_input", initial_value="a@example.org"),
    element("url_text_input", placeholder=plain()),
    element("file_input", filetypes=["csv"], max_files=10),
    element("users_select", initial_user="U1"),
    element("multi_users_select", initial_users=["U1", "U2"], max_selected_items=2),
    element("conversations_select", filter={"include": ["im"], "exclude_bot_users": True}),
    element("multi_conversations_select", initial_conversations=["C1"]),
    element("channels_select", initial_channel="C1"),
    element("multi_channels_select", initial_channels=["C1"]),
    element("external_select", min_query_length=3),
    element("multi_external_select", initial_options=options(2)),
    element("multi_static_select", options=options(3), initial_options=options(2)),
    modal(title=FULL_TITLE, submit=FULL_TITLE, close=FULL_TITLE, callback_id="x" * 255),
    modal(private_metadata="x" * 3000, notify_on_close=True, clear_on_close=False),
    {"type": "modal", "title": plain(), "blocks": [section()]},
    home(private_metadata="", external_id="x" * 255),
    message(
        rich_text(
            rich_section(
                {"type": "text", "text": "Hi ", "style": {"bold": True}},
                {"type": "user", "user_id": "U1"},
                {"type": "channel", "channel_id": "C1"},
                {"type": "usergroup", "usergroup_id": "S1"},
                {"type": "emoji", "name": "wave"},
                {"type": "link", "url": LINK, "text": "here"},
                {"type": "date", "timestamp": 1628633820, "format": "{date}", "url": LINK},
            ),
            {
                "type": "rich_text_list",
                "style": "bullet",
                "indent": 8,
                "elements": [rich_section()],
            },
            {"type": "rich_text_quote", "elements": [], "border": 1},
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x"}]},
        )
    ),
]

FAULTY: list[tuple[Json, str]] = [
    # messages
    ({"blocks": []}, "text: missing"),
    (message(text=""), "text: 0 characters, at least 1"),
    (message(text="x" * 4001), "text: 4001 characters, at most 4000"),
    (message(text=7), "text: must be a string"),
    ({"text": "x", "blocks": "none"}, "blocks: must be a list"),
    (message(*[{"type": "divider"}] * 51), "blocks: 51 items, at most 50"),
    (message({"type": "poll"}), "blocks[0]: block of type 'poll' is not allowed here"),
    (message({"type": ["section"]}), "blocks[0]: block without a type"),
    (message({"text": plain()}), "blocks[0]: block without a type"),
    (message(section(), "words"), "blocks[1]: block without a type"),  # type: ignore[arg-type]
    (
        message(section(block_id="b"), section(block_id="b")),
        "blocks[1].block_id: 'b' is taken by blocks[0]",
    ),
    (message(section(block_id="b" * 256)), "blocks[0].block_id: 256 characters, at most 255"),
    (message(section(colour="red")), "blocks[0].colour: unknown key"),
    (
        message(*[{"type": "markdown", "text": "x" * 7000}] * 2),
        "blocks: 14000 characters of markdown, at most 12000",
    ),
    (
        message({"type": "markdown", "text": "x" * 12001}),
        "blocks[0].text: 12001 characters, at most 12000",
    ),
    # blocks
    (message({"type": "section"}), "blocks[0]: needs text or fields"),
    (message(section(text=mrkdwn("x" * 3001))), "blocks[0].text: 3001 characters, at most 3000"),
    (message(section(text=mrkdwn(""))), "blocks[0].text: 0 characters, at least 1"),
    (message(section(text="bare")), "blocks[0].text: text without a type"),
    (message(section(text={"type": "plain_text"})), "blocks[0].text.text: missing"),
    (message(section(text={"type": "mrkdwn", "text": 1})), "blocks[0].text.text: must be a string"),
    (message(section(text={**mrkdwn(), "emoji": True})), "blocks[0].text.emoji: unknown key"),
    (message(section(fields=[mrkdwn()] * 11)), "blocks[0].fields: 11 items, at most 10"),
    (message(section(fields=[])), "blocks[0].fields: 0 items, at least 1"),
    (
        message(section(fields=[mrkdwn(), mrkdwn("x" * 2001)])),
        "blocks[0].fields[1]: 2001 characters, at most 2000",
    ),
    (message(section(expand="yes")), "blocks[0].expand: must be true or false"),
    (
        message(section(accessory=RED)),
        "blocks[0].accessory: element of type 'plain_text_input' is not allowed here",
    ),
    (
        message({"type": "header", "text": mrkdwn()}),
        f"blocks[0].text: {NO_MRKDWN}",
    ),
    (message({"type": "header"}), "blocks[0].text: missing"),
    (
        message({"type": "header", "text": plain("x" * 151)}),
        "blocks[0].text: 151 characters, at most 150",
    ),
    (
        message({"type": "context", "elements": [mrkdwn()] * 11}),
        "blocks[0].elements: 11 items, at most 10",
    ),
    (
        message({"type": "context", "elements": [button()]}),
        "blocks[0].elements[0]: element of type 'button' is not allowed here",
    ),
    (
        message(actions(*[button(action_id=str(i)) for i in range(26)])),
        "blocks[0].elements: 26 items, at most 25",
    ),
    (message({"type": "actions", "elements": []}), "blocks[0].elements: 0 items, at least 1"),
    (
        message(actions(button(), button())),
        "blocks[0].elements[1].action_id: 'go' is taken in this block",
    ),
    (message({"type": "image", "image_url": LINK}), "blocks[0].alt_text: missing"),
    (image(), ONE_SOURCE),
    (
        image(image_url=LINK, slack_file={"id": "F1"}),
        "blocks[0]: needs either image_url or slack_file",
    ),
    (
        image(image_url="file:///etc"),
        f"blocks[0].image_url: {NO_SCHEME}",
    ),
    (
        image(image_url=LINK, title=mrkdwn()),
        f"blocks[0].title: {NO_MRKDWN}",
    ),
    # elements
    (on_button(text=plain("x" * 76)), "blocks[0].elements[0].text: 76 characters, at most 75"),
    (
        on_button(text=mrkdwn()),
        f"blocks[0].elements[0].text: {NO_MRKDWN}",
    ),
    (on_button(value="x" * 2001), "blocks[0].elements[0].value: 2001 characters, at most 2000"),
    (on_button(url=LINK + "x" * 3000), "blocks[0].elements[0].url: 3020 characters, at most 3000"),
    (
        on_button(url="javascript:x"),
        f"blocks[0].elements[0].url: {NO_SCHEME}",
    ),
    (on_button(style="default"), "blocks[0].elements[0].style: must be one of primary, danger"),
    (
        on_button(action_id="x" * 256),
        "blocks[0].elements[0].action_id: 256 characters, at most 255",
    ),
    (
        on_button(accessibility_label="x" * 76),
        "blocks[0].elements[0].accessibility_label: 76 characters, at most 75",
    ),
    (
        on_button(confirm=confirm(title=plain("x" * 101))),
        "blocks[0].elements[0].confirm.title: 101 characters, at most 100",
    ),
    (
        on_button(confirm=confirm(text=plain("x" * 301))),
        "blocks[0].elements[0].confirm.text: 301 characters, at most 300",
    ),
    (
        on_button(confirm=confirm(deny=plain("x" * 31))),
        "blocks[0].elements[0].confirm.deny: 31 characters, at most 30",
    ),
    (
        on_button(confirm={"title": plain(), "text": plain(), "confirm": plain()}),
        "blocks[0].elements[0].confirm.deny: missing",
    ),
    (on_select(options=options(101)), "blocks[0].accessory.options: 101 items, at most 100"),
    (
        on_select(options=[*options(2), option("c", text=plain("x" * 81))]),
        "blocks[0].accessory.options[2].text: 81 characters, at most 75",
    ),
    (
        on_select(options=[option("x" * 151, text=plain())]),
        "blocks[0].accessory.options[0].value: 151 characters, at most 150",
    ),
    (
        on_select(options=[option(text=mrkdwn())]),
        f"blocks[0].accessory.options[0].text: {NO_MRKDWN}",
    ),
    (
        on_select(options=[option(description=plain("x" * 76))]),
        "blocks[0].accessory.options[0].description: 76 characters, at most 75",
    ),
    (on_select(options=[option(url=LINK)]), "blocks[0].accessory.options[0].url: unknown key"),
    (
        on_select(initial_option=option("9")),
        "blocks[0].accessory.initial_option: not among the options",
    ),
    (
        on_select(initial_option=option("1", text=plain("Another word"))),
        "blocks[0].accessory.initial_option: not among the options",
    ),
    (menu_without_options(), "blocks[0].accessory: needs either options or option_groups"),
    (
        on_select(option_groups=[{"label": plain(), "options": options(1)}]),
        "blocks[0].accessory: needs either options or option_groups",
    ),
    (
        menu_without_options(option_groups=[{"label": plain("x" * 76), "options": options(1)}]),
        "blocks[0].accessory.option_groups[0].label: 76 characters, at most 75",
    ),
    (
        on_select(placeholder=plain("x" * 151)),
        "blocks[0].accessory.placeholder: 151 characters, at most 150",
    ),
    (boxes("checkboxes", 11), "blocks[0].elements[0].options: 11 items, at most 10"),
    (boxes("radio_buttons", 11), "blocks[0].elements[0].options: 11 items, at most 10"),
    (boxes("overflow", 6), "blocks[0].elements[0].options: 6 items, at most 5"),
    (boxes("overflow", 0), "blocks[0].elements[0].options: 0 items, at least 1"),
    (
        boxes("checkboxes", 2, initial_options=[option("0"), option("7")]),
        "blocks[0].elements[0].initial_options[1]: not among the options",
    ),
    (
        message(actions({"type": "datepicker", "initial_date": "2027-02-29"})),
        "blocks[0].elements[0].initial_date: must be a date, YYYY-MM-DD",
    ),
    (
        message(actions({"type": "datepicker", "initial_date": "20270228"})),
        "blocks[0].elements[0].initial_date: must be a date, YYYY-MM-DD",
    ),
    (
        message(actions({"type": "timepicker", "initial_time": "9:30"})),
        "blocks[0].elements[0].initial_time: must be a time, HH:mm",
    ),
    (
        message(actions({"type": "timepicker", "initial_time": "24:30"})),
        "blocks[0].elements[0].initial_time: must be a time, HH:mm",
    ),
    (
        message(actions({"type": "datetimepicker", "initial_date_time": 99})),
        "blocks[0].elements[0].initial_date_time: must be between 1000000000 and 9999999999",
    ),
    (typed(max_length=3001), "blocks[0].element.max_length: must be between 1 and 3000"),
    (typed(min_length=9, max_length=8), "blocks[0].element.min_length: more than max_length"),
    (
        typed(max_length=3, initial_value="word"),
        "blocks[0].element.initial_value: 4 characters, at most 3",
    ),
    (typed(max_length=True), "blocks[0].element.max_length: must be a whole number"),
    (
        typed(dispatch_action_config={"trigger_actions_on": ["click"]}),
        f"blocks[0].element.dispatch_action_config.trigger_actions_on[0]: {ENTER_OR_CHARACTER}",
    ),
    (number(min_value=1), "blocks[0].element.min_value: must be a number written as a string"),
    (number(min_value="3", max_value="2"), "blocks[0].element.min_value: more than max_value"),
    (
        modal(entry({"type": "number_input"})),
        "blocks[0].element.is_decimal_allowed: missing",
    ),
    (element("file_input", max_files=11), "blocks[0].element.max_files: must be between 1 and 10"),
    (element("slider"), "blocks[0].element: element of type 'slider' is not allowed here"),
    (element("button"), "blocks[0].element: element of type 'button' is not allowed here"),
    (
        modal(entry(label=mrkdwn())),
        f"blocks[0].label: {NO_MRKDWN}",
    ),
    (modal(entry(label=plain("x" * 2001))), "blocks[0].label: 2001 characters, at most 2000"),
    (modal(entry(hint=plain("x" * 2001))), "blocks[0].hint: 2001 characters, at most 2000"),
    (
        message(entry({"type": "file_input"})),
        "blocks[0].element: element of type 'file_input' is not allowed here",
    ),
    (
        home(entry({"type": "file_input"})),
        "blocks[0].element: element of type 'file_input' is not allowed here",
    ),
    # rich text
    (message(rich_text()), "blocks[0].elements: 0 items, at least 1"),
    (
        message(rich_text(rich_section({"type": "text", "text": ""}))),
        "blocks[0].elements[0].elements[0].text: 0 characters, at least 1",
    ),
    (
        message(rich_text(rich_section({"type": "user"}))),
        "blocks[0].elements[0].elements[0].user_id: missing",
    ),
    (
        message(rich_text({"type": "text", "text": "x"})),
        "blocks[0].elements[0]: rich text of type 'text' is not allowed here",
    ),
    (
        message(rich_text({"type": "rich_text_list", "elements": []})),
        "blocks[0].elements[0].style: missing",
    ),
    (
        message(
            rich_text(
                {"type": "rich_text_preformatted", "elements": [{"type": "emoji", "name": "x"}]}
            )
        ),
        "blocks[0].elements[0].elements[0]: rich text of type 'emoji' is not allowed here",
    ),
    # views
    (modal(title=plain("x" * 25)), "title: 25 characters, at most 24"),
    (modal(title=mrkdwn()), f"title: {NO_MRKDWN}"),
    (modal(submit=plain("x" * 25)), "submit: 25 characters, at most 24"),
    (modal(close=plain("x" * 25)), "close: 25 characters, at most 24"),
    (modal(title=None), "title: missing"),
    (modal(entry(), submit=None), "submit: missing, and there is an input block"),
    (modal(private_metadata="x" * 3001), "private_metadata: 3001 characters, at most 3000"),
    (modal(callback_id="x" * 256), "callback_id: 256 characters, at most 255"),
    (modal(*[{"type": "divider"}] * 101), "blocks: 101 items, at most 100"),
    ({**modal(), "blocks": []}, "blocks: 0 items, at least 1"),
    ({"type": "modal", "title": plain()}, "blocks: missing"),
    (
        modal({"type": "markdown", "text": "x"}),
        "blocks[0]: block of type 'markdown' is not allowed here",
    ),
    (modal(colour="red"), "colour: unknown key"),
    (
        modal(section(block_id="b"), section(block_id="b")),
        "blocks[1].block_id: 'b' is taken by blocks[0]",
    ),
    (
        modal(entry({**RED, "focus_on_load": True}), entry({**RED, "focus_on_load": True})),
        "blocks[1]: focus_on_load, and blocks[0] has it already",
    ),
    (modal(*[section(text=mrkdwn("x" * 3000))] * 90), "view: 275619 bytes, at most 250000"),
    (home(*[{"type": "divider"}] * 101), "blocks: 101 items, at most 100"),
    (home(title=plain()), "title: unknown key"),
    (home(submit=plain()), "submit: unknown key"),
]


def surface_of(payload: Json) -> Any:
    return payload.get("type", "message")


@pytest.mark.parametrize("payload", SOUND)
def test_a_payload_at_the_limit_is_sound(payload: Json) -> None:
    assert problems(surface_of(payload), payload) == []


@pytest.mark.parametrize(("payload", "problem"), FAULTY, ids=[line for _, line in FAULTY])
def test_a_payload_past_the_limit_says_what_is_wrong_and_where(payload: Json, problem: str) -> None:
    assert problems(surface_of(payload), payload) == [problem]


def test_a_view_for_another_surface_is_refused() -> None:
    assert problems("home", modal())[0] == "type: must be one of home"


def test_every_fault_is_told_at_once() -> None:
    found = problems("message", message({"type": "header"}, actions(button(style="loud")), text=""))
    assert found == [
        "text: 0 characters, at least 1",
        "blocks[0].text: missing",
        "blocks[1].elements[0].style: must be one of primary, danger",
    ]


def test_no_problem_repeats_a_persons_words() -> None:
    words = "I am afraid of my manager " * 200
    payload = message(
        section(text=mrkdwn(words), fields=[words]), {"type": "header", "text": words}
    )
    found = problems("message", {**payload, "text": words})
    assert len(found) == 4
    assert not any("afraid" in line for line in found)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "text", "elements", "element", "options", "fields", "accessory"]
            ),
            inner | st.sampled_from(["section", "actions", "input", "plain_text", "static_select"]),
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(
    max_examples=50,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(payload=st.dictionaries(st.sampled_from(["text", "blocks", "type", "title"]), JSON))
@pytest.mark.parametrize("surface", ["message", "modal", "home"])
def test_no_payload_makes_the_check_itself_fail(surface: Any, payload: Json) -> None:
    assert all(isinstance(line, str) for line in problems(surface, payload))


def sdk_refuses(payload: Json) -> bool:
    """Whether the SDK's own models find a fault in the blocks, or in the view."""
    try:
        for block in payload.get("blocks") or ():
            parsed = sdk.Block.parse(block)
            if parsed is not None:
                parsed.to_dict()
        if "type" in payload:
            View(**payload).to_dict()
    except SlackObjectFormationError:
        return True
    return False


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("payload", SOUND)
def test_the_sdk_finds_nothing_in_what_we_call_sound(payload: Json) -> None:
    assert not sdk_refuses(payload)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (n.BLOCK_ID, sdk.Block.block_id_max_length),
        (n.SECTION_TEXT, sdk.SectionBlock.text_max_length),
        (n.SECTION_FIELDS, sdk.SectionBlock.fields_max_length),
        (n.HEADER_TEXT, sdk.HeaderBlock.text_max_length),
        (n.CONTEXT_ELEMENTS, sdk.ContextBlock.elements_max_length),
        (n.ACTIONS_ELEMENTS, sdk.ActionsBlock.elements_max_length),
        (n.INPUT_LABEL, sdk.InputBlock.label_max_length),
        (n.INPUT_HINT, sdk.InputBlock.hint_max_length),
        (n.IMAGE_ALT, sdk.ImageBlock.alt_text_max_length),
        (n.IMAGE_TITLE, sdk.ImageBlock.title_max_length),
        (n.MARKDOWN, sdk.MarkdownBlock.text_max_length),
        (n.ACTION_ID, sdk.InteractiveElement.action_id_max_length),
        (n.PLACEHOLDER, sdk.InputInteractiveElement.placeholder_max_length),
        (n.BUTTON_TEXT, sdk.ButtonElement.text_max_length),
        (n.BUTTON_VALUE, sdk.ButtonElement.value_max_length),
        (n.URL, sdk.ButtonElement.url_max_length),
        (n.SELECT_OPTIONS, sdk.StaticSelectElement.options_max_length),
        (n.OPTION_GROUPS, sdk.StaticSelectElement.option_groups_max_length),
        (n.OVERFLOW_OPTIONS, sdk.OverflowMenuElement.options_max_length),
        (n.OPTION_TEXT, sdk.Option.label_max_length),
        (n.OPTION_VALUE, sdk.Option.value_max_length),
        (n.CONFIRM_TITLE, sdk.ConfirmObject.title_max_length),
        (n.CONFIRM_TEXT, sdk.ConfirmObject.text_max_length),
        (n.CONFIRM_BUTTON, sdk.ConfirmObject.confirm_max_length),
        (n.VIEW_TITLE, View.title_max_length),
        (n.VIEW_BLOCKS, View.blocks_max_length),
        (n.PRIVATE_METADATA, View.private_metadata_max_length),
        (n.CALLBACK_ID, View.callback_id_max_length),
    ],
)
def test_where_the_sdk_knows_a_limit_it_is_ours(ours: int, theirs: int) -> None:
    assert ours == theirs


def test_every_number_stands_under_the_page_it_comes_from() -> None:
    code = inspect.getsource(n).partition("# --- ")[2]
    for paragraph in ("# --- " + code).split("\n\n"):
        assert paragraph.startswith("# --- ")
