"""Times of day as people type them."""

import pytest

from bot.domain.times import BadTime, BadTimeReason, parse_time


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("9", "09:00"),
        ("09.30", "09:30"),
        ("9:30", "09:30"),
        ("0:05", "00:05"),
        ("9pm", "21:00"),
        ("9.30 P.M.", "21:30"),
        ("12am", "00:00"),
        ("12 pm", "12:00"),
        ("pukul 14.00", "14:00"),
        (" jam  7 ", "07:00"),
        ("at 7 am", "07:00"),
    ],
)
def test_reads_a_time(text: str, clock: str) -> None:
    assert f"{parse_time(text):%H:%M}" == clock


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", BadTimeReason.UNREADABLE),
        ("nine", BadTimeReason.UNREADABLE),
        ("9.3", BadTimeReason.UNREADABLE),
        ("9:00-10:00", BadTimeReason.UNREADABLE),
        ("24:00", BadTimeReason.NO_SUCH_TIME),
        ("9:60", BadTimeReason.NO_SUCH_TIME),
        ("13pm", BadTimeReason.NO_SUCH_TIME),
        ("0am", BadTimeReason.NO_SUCH_TIME),
        ("14.00 WIB", BadTimeReason.NAMES_A_ZONE),
        ("2pm UTC+7", BadTimeReason.NAMES_A_ZONE),
    ],
)
def test_says_why_it_is_no_time(text: str, reason: BadTimeReason) -> None:
    assert parse_time(text) == BadTime(reason, text)
