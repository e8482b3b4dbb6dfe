"""A week's hours: typed, stored, read back."""

from datetime import date, time

import pytest
from hypothesis import given

from bot.domain.cadence import BadHours, BadHoursReason, Hours, Span, parse_spans
from tests.domain.cadence.strategies import hours, repeatable


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("09:00-17:00", "09:00-17:00"),
        ("09:00-12:00, 13:00-17:00", "09:00-12:00, 13:00-17:00"),
        ("13.00–17.00; 9 - 12", "09:00-12:00, 13:00-17:00"),
        ("9-12, 11-14, 14-15", "09:00-15:00"),
        ("9-17, 10-11", "09:00-17:00"),
        ("18-24, 20-22", "18:00-24:00"),
        ("0-24", "00:00-24:00"),
        ("", ""),
        (" , ", ""),
    ],
)
def test_reads_ranges_and_merges_those_that_meet(text: str, day: str) -> None:
    spans = parse_spans(text)
    assert isinstance(spans, tuple)
    assert ", ".join(map(str, spans)) == day


@pytest.mark.parametrize(
    ("text", "reason", "part"),
    [
        ("mornings", BadHoursReason.UNREADABLE, "mornings"),
        ("9-12, 13:0-17", BadHoursReason.UNREADABLE, "13:0-17"),
        ("9", BadHoursReason.UNREADABLE, "9"),
        ("9-25", BadHoursReason.NO_SUCH_TIME, "9-25"),
        ("9:60-12", BadHoursReason.NO_SUCH_TIME, "9:60-12"),
        ("9-24:30", BadHoursReason.NO_SUCH_TIME, "9-24:30"),
        ("22-02", BadHoursReason.ENDS_BEFORE_START, "22-02"),
        ("9-9", BadHoursReason.ENDS_BEFORE_START, "9-9"),
        ("24-24", BadHoursReason.ENDS_BEFORE_START, "24-24"),
    ],
)
def test_says_which_part_is_wrong_and_why(text: str, reason: BadHoursReason, part: str) -> None:
    assert parse_spans(text) == BadHours(reason, part)


def test_the_default_is_the_working_week() -> None:
    week = Hours.default()
    assert week.on(date(2026, 5, 15)) == (Span(time(9), time(17)),)
    assert week.on(date(2026, 5, 16)) == week.on(date(2026, 5, 17)) == ()


def test_a_span_holds_its_start_and_not_its_end() -> None:
    evening = Span(time(18), time(0))
    assert evening.holds(time(18))
    assert evening.holds(time(23, 59, 59))
    assert not Span(time(9), time(17)).holds(time(17))
    assert not evening.holds(time(17, 59))


@repeatable
@given(hours)
def test_stored_hours_come_back_the_same(week: Hours) -> None:
    assert Hours.from_json(week.to_json()) == week


@pytest.mark.parametrize("stored", [[], ["09:00-17:00"] * 6, ["9 to 5"] * 7])
def test_stored_hours_that_cannot_be_read_are_an_error(stored: list[str]) -> None:
    with pytest.raises(ValueError, match=r"seven days|cannot be read"):
        Hours.from_json(stored)


def test_a_span_must_end_after_it_starts() -> None:
    with pytest.raises(ValueError, match="after it starts"):
        Span(time(17), time(9))
