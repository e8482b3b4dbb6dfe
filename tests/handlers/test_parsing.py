"""What is made of Slack's payloads; most of it is tested where it is used, in the flows."""

from datetime import UTC, datetime
from typing import Any

import pytest

from handlers import parsing


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"),
        ("see <https://example.org/a?b=1&amp;c=2>", "see https://example.org/a?b=1&c=2"),
        ("see <https://example.org|example.org>", "see example.org"),
        ("write to <mailto:a@b.example>", "write to a@b.example"),
        ("in <#C1|general> and <#C2>", "in #general and #C2"),
        ("<!here> and <!subteam^S1|@team>", "@here and @team"),
        ("ask <@U1|sari> or <@U2>", "ask <@U1> or <@U2>"),
        ("  a &amp;lt; b\n<>  ", "a &lt; b\n<>"),
    ],
)
def test_slack_s_writing_becomes_what_was_typed(sent: str, typed: str) -> None:
    assert parsing.typed_text(sent) == typed


def event(**parts: Any) -> dict[str, Any]:
    return {"event": {"type": "message", "channel": "D1", "channel_type": "im", **parts}}


def test_an_edit_says_when_it_was_made() -> None:
    message = {"user": "U1", "text": "new", "ts": "1800000000.000100", "thread_ts": "1.0"}
    body = event(subtype="message_changed", message=message, event_ts="1800000060.000200")
    found = parsing.direct_message(body)
    assert found is not None
    assert (found.change, found.ts, found.thread_ts) == ("edited", "1800000000.000100", "1.0")
    assert found.at == datetime.fromtimestamp(1800000060.0002, UTC)


def test_what_bots_write_is_nobody_s_message() -> None:
    assert parsing.direct_message(event(user="U1", bot_id="B1", text="hi", ts="1.0")) is None
    edited = {"user": "U1", "bot_id": "B1", "text": "hi", "ts": "1.0"}
    assert parsing.direct_message(event(subtype="message_changed", message=edited)) is None


def test_a_broken_timestamp_is_no_error() -> None:
    assert parsing.instant_of("soon") == datetime(1970, 1, 1, tzinfo=UTC)
