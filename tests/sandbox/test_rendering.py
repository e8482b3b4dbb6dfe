"""What a viewer reads: markup, names, dates in their own zone, blocks, inputs."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.rendering import Viewer, message_text, mrkdwn, surface_text
from bot.sandbox.state.inputs import initial_state
from tests.sandbox.blocks import button, options, plain, section, wrapped

Json = dict[str, Any]
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STAMP = int(datetime(2026, 3, 2, 20, 30, tzinfo=UTC).timestamp())  # 3 March, 03:30 in Jakarta


@pytest.fixture
def jakarta(sandbox: Sandbox) -> Viewer:
    sandbox.add_channel("general")
    return Viewer(sandbox.team.workspace, sandbox.person("bima").user, NOW)


@pytest.fixture
def london(sandbox: Sandbox) -> Viewer:
    return Viewer(sandbox.team.workspace, sandbox.person("sari").user, NOW)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("*bold* _and_ ~not~ `code`", "bold and not code"),
        ("*bold with _more_ inside*", "bold with more inside"),
        ("2*3*4 snake_case_name", "2*3*4 snake_case_name"),
        ("a &lt; b &amp;amp; c", "a < b &amp; c"),
        ("<@U00000001> in <#C00000001>", "@Bima Sakti in #general"),
        ("<@U00000001|x> in <#C00000001|y>", "@Bima Sakti in #general"),
        ("<https://example.org|here> <https://example.org>", "here https://example.org"),
        ("<mailto:a@b.c> <!channel> <!subteam^S1|@crew>", "a@b.c @channel @crew"),
        ("&lt;!channel&gt;", "<!channel>"),
    ],
)
def test_markup_is_read_as_slack_shows_it(jakarta: Viewer, written: str, read: str) -> None:
    assert mrkdwn(jakarta, written) == read


def test_dates_are_in_the_viewers_zone_and_language(jakarta: Viewer, london: Viewer) -> None:
    token = f"<!date^{STAMP}^{{date_short_pretty}} at {{time}}|fallback>"
    assert mrkdwn(london, token) == "today at 8:30 PM"
    assert mrkdwn(jakarta, token) == "besok at 03.30"
    assert mrkdwn(jakarta, f"<!date^{STAMP}^{{date_long}}|x>") == "Selasa, 03 Maret 2026"
    assert mrkdwn(london, f"<!date^{STAMP}^{{date_num}} {{time_secs}}|x>") == (
        "2026-03-02 8:30:00 PM"
    )
    assert mrkdwn(london, f"<!date^{STAMP + 86400 * 9}^{{date_pretty}}|x>") == "March 11, 2026"
    assert mrkdwn(london, f"<!date^{STAMP}^{{ago}} {{odd}}|x>") == "in 12 hours {odd}"


def test_blocks_take_the_place_of_text(jakarta: Viewer) -> None:
    assert message_text(jakarta, "plain *text*", []) == "plain text"
    assert message_text(jakarta, "fallback", [section("*shown*")]) == "shown"


def test_every_block_has_a_reading(jakarta: Viewer) -> None:
    blocks: list[Json] = [
        {"type": "header", "text": plain("Head *line*")},
        {**section("Words"), "fields": [plain("left"), plain("right")]},
        {"type": "divider"},
        {"type": "context", "elements": [plain("small"), image("dot")]},
        {"type": "image", "title": plain("Chart"), "alt_text": "a rising line"},
        section("With picture", image("face")),
        {"type": "actions", "elements": [button("Go")]},
        {"type": "markdown", "text": "**as it is**"},
    ]
    assert surface_text(jakarta, blocks, {}).splitlines() == [
        "Head *line*", "Words", "left", "right", "———", "small (dot)",
        "Chart (a rising line)", "With picture", "(face)", "**as it is**",
    ]  # fmt: skip


def test_rich_text_is_flattened(jakarta: Viewer) -> None:
    leaves: list[Json] = [
        {"type": "text", "text": "see "},
        {"type": "link", "url": "https://example.org", "text": "this"},
        {"type": "emoji", "name": "wave"},
        {"type": "user", "user_id": "U00000001"},
        {"type": "channel", "channel_id": "C00000001"},
        {"type": "broadcast", "range": "here"},
        {"type": "date", "timestamp": STAMP, "format": " {date_num}"},
    ]
    line = {"type": "rich_text_section", "elements": leaves}
    block = {
        "type": "rich_text",
        "elements": [line, {"type": "rich_text_list", "elements": [line]}],
    }
    read = "see this:wave:@Bima Sakti#general@here 2026-03-03"
    assert surface_text(jakarta, [block], {}) == f"{read}\n• {read}"


@pytest.mark.parametrize(
    ("element", "read"),
    [
        ({"type": "plain_text_input", "initial_value": "typed"}, "typed"),
        ({"type": "plain_text_input", "placeholder": plain("Write")}, "Write"),
        ({"type": "datepicker", "initial_date": "2026-03-02"}, "2026-03-02"),
        ({"type": "datetimepicker", "initial_date_time": STAMP}, "2026-03-03 03:30"),
        ({"type": "users_select", "initial_user": "U00000001"}, "Bima Sakti"),
        ({"type": "channels_select", "initial_channel": "C00000001"}, "general"),
        ({"type": "static_select", "initial_option": options("One")[0]}, "One"),
        (
            {"type": "multi_static_select", "initial_options": options("One", "Two")},
            "One, Two",
        ),
        (
            {
                "type": "checkboxes",
                "options": options("One", "Two"),
                "initial_options": options("Two"),
            },
            "( ) One\n(x) Two",
        ),
        (
            {"type": "radio_buttons", "options": [options("One")[0] | {"description": plain("1")}]},
            "( ) One - 1",
        ),
    ],
)
def test_inputs_show_what_they_hold(jakarta: Viewer, element: Json, read: str) -> None:
    block = wrapped("Label", {"action_id": "a", **element})
    shown = surface_text(jakarta, [block], initial_state([block]))
    assert shown == f"Label\n{read}"


def image(alt: str) -> Json:
    return {"type": "image", "image_url": "https://example.org/x.png", "alt_text": alt}
