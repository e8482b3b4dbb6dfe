"""Dates as people type them. The day is Tuesday, 12 May 2026."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.dates import (
    Ambiguous,
    BadDate,
    BadDateReason,
    DateRange,
    parse_date,
    parse_range,
)
from tests.domain.cadence.strategies import repeatable

TODAY = date(2026, 5, 12)
UNREADABLE, NO_SUCH_DAY = BadDateReason.UNREADABLE, BadDateReason.NO_SUCH_DAY
OTHER_WEEKDAY, BACKWARDS = BadDateReason.OTHER_WEEKDAY, BadDateReason.ENDS_BEFORE_START


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-01-02", "2027-01-02"),
        ("12 May", "2026-05-12"),  # today is not past
        ("11 May", "2027-05-11"),  # yesterday is
        ("12 Mei", "2026-05-12"),
        ("May 13", "2026-05-13"),
        ("12 May 2027", "2027-05-12"),
        ("11 May 2026", "2026-05-11"),  # a year that is written is meant
        ("  13th of MAY, 2026 ", "2026-05-13"),
        ("Sept. 5", "2026-09-05"),
        ("17 Agustus", "2026-08-17"),
        ("1 Des", "2026-12-01"),
        ("3 Pebruari 2027", "2027-02-03"),
        ("29 Feb 2028", "2028-02-29"),
        ("today", "2026-05-12"),
        ("hari ini", "2026-05-12"),
        ("tomorrow", "2026-05-13"),
        ("Besok", "2026-05-13"),
        ("lusa", "2026-05-14"),
        ("friday", "2026-05-15"),
        ("jumat", "2026-05-15"),
        ("Jum’at", "2026-05-15"),
        ("minggu", "2026-05-17"),
        ("tuesday", "2026-05-19"),  # the next one, not today
        ("Selasa, 12 Mei 2026", "2026-05-12"),
        ("Fri 15 May", "2026-05-15"),
        ("25/6", "2026-06-25"),
        ("6/25", "2026-06-25"),
        ("6/6", "2026-06-06"),
        ("25/6/2027", "2027-06-25"),
        ("25.6.27", "2027-06-25"),
    ],
)
def test_reads_a_date(text: str, day: str) -> None:
    assert parse_date(text, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "a", "b"),
    [
        ("5/6", "2026-06-05", "2027-05-06"),
        ("6/5", "2027-05-06", "2026-06-05"),
        ("5/6/2026", "2026-06-05", "2026-05-06"),
    ],
)
def test_offers_both_readings_of_figures(text: str, a: str, b: str) -> None:
    assert parse_date(text, TODAY) == Ambiguous(date.fromisoformat(a), date.fromisoformat(b))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", UNREADABLE),
        ("soon", UNREADABLE),
        ("12", UNREADABLE),
        ("May", UNREADABLE),
        ("12 Mayo", UNREADABLE),
        ("12 May 1999", UNREADABLE),
        ("31/6", NO_SUCH_DAY),
        ("30 Feb", NO_SUCH_DAY),
        ("29 Feb", NO_SUCH_DAY),  # neither this year's nor next year's
        ("0 May", NO_SUCH_DAY),
        ("2026-13-01", NO_SUCH_DAY),
        ("Fri 12 May 2026", OTHER_WEEKDAY),
    ],
)
def test_says_why_it_is_no_date(text: str, reason: BadDateReason) -> None:
    assert parse_date(text, TODAY) == BadDate(reason, text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("12 May - 20 May", "2026-05-12", "2026-05-20"),
        ("12–20 Mei", "2026-05-12", "2026-05-20"),
        ("12-20 mei 2027", "2027-05-12", "2027-05-20"),
        ("May 12-20, 2027", "2027-05-12", "2027-05-20"),
        ("from 12 May to 20 May 2027", "2027-05-12", "2027-05-20"),
        ("dari 13 Mei s.d. 20 Mei", "2026-05-13", "2026-05-20"),
        ("13 Mei sampai dengan 20 Mei", "2026-05-13", "2026-05-20"),
        ("besok sampai jumat", "2026-05-13", "2026-05-15"),
        ("besok sampai rabu", "2026-05-13", "2026-05-13"),
        ("until 20 May", "2026-05-12", "2026-05-20"),
        ("sampai besok", "2026-05-12", "2026-05-13"),
        ("monday-friday", "2026-05-18", "2026-05-22"),
        ("friday - monday", "2026-05-15", "2026-05-18"),
        ("2026-05-13 - 2026-05-20", "2026-05-13", "2026-05-20"),
        ("2026-05-13–2026-05-20", "2026-05-13", "2026-05-20"),
        ("14 May", "2026-05-14", "2026-05-14"),
        ("10 May - 20 May", "2026-05-10", "2026-05-20"),  # under way
        ("10 May 2026 - 20 May", "2026-05-10", "2026-05-20"),
        ("1 May - 5 May", "2027-05-01", "2027-05-05"),  # over: next year's
        ("28 Dec - 3 Jan", "2026-12-28", "2027-01-03"),
        ("28 Dec - 3 Jan 2028", "2027-12-28", "2028-01-03"),
        ("20 May 2026 - 12 May 2027", "2026-05-20", "2027-05-12"),
        ("5/6 - 20/6", "2026-06-05", "2026-06-20"),
    ],
)
def test_reads_a_range(text: str, first: str, last: str) -> None:
    expected = DateRange(date.fromisoformat(first), date.fromisoformat(last))
    assert parse_range(text, TODAY) == expected


def test_a_leave_over_new_year_can_still_be_told_in_january() -> None:
    told = parse_range("28 Dec - 5 Jan", date(2027, 1, 2))
    assert told == DateRange(date(2026, 12, 28), date(2027, 1, 5))


def test_a_range_in_figures_is_read_one_way_throughout() -> None:
    assert parse_range("5/6 - 7/6", TODAY) == Ambiguous(
        DateRange(date(2026, 6, 5), date(2026, 6, 7)),
        DateRange(date(2026, 5, 6), date(2026, 7, 6)),
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("20 May - 12 May", BACKWARDS),
        ("20 May 2026 - 12 May 2026", BACKWARDS),
        ("friday - tomorrow", BACKWARDS),
        ("12 May - 13 May - 14 May", UNREADABLE),
        ("until", UNREADABLE),
        ("12 - 20", UNREADABLE),
        ("12 May - 40 May", NO_SUCH_DAY),
    ],
)
def test_says_why_it_is_no_range(text: str, reason: BadDateReason) -> None:
    assert parse_range(text, TODAY) == BadDate(reason, text)


def test_what_was_typed_stays_out_of_logs() -> None:
    assert "dentist" not in repr(parse_date("dentist", TODAY))


_DAYS = st.dates(date(2020, 1, 1), date(2090, 1, 1))


@repeatable
@given(_DAYS, st.integers(0, 364))
def test_a_date_without_its_year_is_found_again(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    assert parse_date(f"{day.day} {day:%B}", today) == day


@repeatable
@given(_DAYS, st.integers(-10, 300), st.integers(0, 180))
def test_a_range_without_its_years_is_found_again(today: date, ahead: int, length: int) -> None:
    assume(ahead + length < 365)  # else last year's dates are under way, and just as likely meant
    first = today + timedelta(days=ahead)
    last = first + timedelta(days=max(length, -ahead))
    text = f"{first.day} {first:%b} – {last.day} {last:%b}"
    assert parse_range(text, today) == DateRange(first, last)


@repeatable
@given(st.text(max_size=40) | st.text("0123456789/.- maytoend", max_size=20))
def test_any_text_gets_an_answer(text: str) -> None:
    assert isinstance(parse_date(text, TODAY), date | Ambiguous | BadDate)
    assert isinstance(parse_range(text, TODAY), DateRange | Ambiguous | BadDate)
