"""Habits: which days they fall on, and what holds for all of them in every zone."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import (
    Every,
    Rhythm,
    due_of,
    nominal_key,
    nth_of,
    occurrences,
    resolve,
    wall_time,
)
from tests.domain.cadence.strategies import near_a_change, repeatable, rhythms, zones

NEW_YORK, JAKARTA = "America/New_York", "Asia/Jakarta"
NINE = time(9)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def keys(rhythm: Rhythm, tz: str, after: str, until: str) -> list[str]:
    return [nominal_key(o.nominal) for o in occurrences(rhythm, tz, utc(after), utc(until))]


def test_every_second_tuesday_keeps_its_hour_when_new_york_changes_its_clocks() -> None:
    rhythm = Rhythm(Every.TWO_WEEKS, 1, NINE, date(2026, 10, 20))
    found = occurrences(rhythm, NEW_YORK, utc("2026-10-19"), utc("2026-11-18"))
    assert [o.due for o in found] == [
        utc("2026-10-20T13:00"),
        utc("2026-11-03T14:00"),
        utc("2026-11-17T14:00"),
    ]


def test_every_second_tuesday_stays_two_weeks_apart_over_new_year() -> None:
    rhythm = Rhythm(Every.TWO_WEEKS, 1, NINE, date(2026, 11, 3))
    assert keys(rhythm, NEW_YORK, "2026-12-14", "2027-01-27") == [
        "2026-12-15T09:00",
        "2026-12-29T09:00",
        "2027-01-12T09:00",
        "2027-01-26T09:00",
    ]


def test_the_last_friday_of_each_month() -> None:
    rhythm = Rhythm(Every.MONTH, 4, time(16), date(2026, 10, 1), nth=-1)
    assert keys(rhythm, JAKARTA, "2026-10-01", "2027-01-31") == [
        "2026-10-30T16:00",
        "2026-11-27T16:00",
        "2026-12-25T16:00",
        "2027-01-29T16:00",
    ]


def test_a_month_without_a_named_place_takes_the_anchors() -> None:
    second_tuesday = Rhythm(Every.MONTH, 1, NINE, date(2026, 5, 12))
    assert keys(second_tuesday, JAKARTA, "2026-05-01", "2026-07-31") == [
        "2026-05-12T09:00",
        "2026-06-09T09:00",
        "2026-07-14T09:00",
    ]


def test_a_fifth_weekday_counts_as_the_last() -> None:
    assert [nth_of(date(2026, 5, day)) for day in (1, 7, 8, 28, 29)] == [1, 1, 2, 4, -1]
    fifth_friday = Rhythm(Every.MONTH, 4, NINE, date(2026, 5, 29))
    assert keys(fifth_friday, JAKARTA, "2026-05-28", "2026-06-30") == [
        "2026-05-29T09:00",
        "2026-06-26T09:00",
    ]


@pytest.mark.parametrize("every", Every)
def test_begins_with_the_first_such_weekday_on_or_after_the_anchor(every: Every) -> None:
    for anchor in (date(2026, 5, 13), date(2026, 5, 19)):
        rhythm = Rhythm(every, 1, NINE, anchor)
        assert keys(rhythm, JAKARTA, "2026-04-01", "2026-06-20")[0] == "2026-05-19T09:00"


def test_a_habit_years_old_answers_with_the_next_date_not_a_past_one() -> None:
    rhythm = Rhythm(Every.TWO_WEEKS, 1, NINE, date(2001, 1, 2))
    (found,) = occurrences(rhythm, JAKARTA, utc("2026-11-20"), utc("2026-12-03T12:00"))
    assert found.due > utc("2026-11-20")
    assert (found.nominal.date() - date(2001, 1, 2)).days % 14 == 0


def test_the_period_leaves_out_its_start_and_includes_its_end() -> None:
    rhythm = Rhythm(Every.WEEK, 1, NINE, date(2026, 5, 12))
    assert keys(rhythm, "UTC", "2026-05-12T09:00", "2026-05-19T09:00") == ["2026-05-19T09:00"]


def test_a_period_that_begins_or_ends_amid_a_clock_change_misses_nothing() -> None:
    rhythm = Rhythm(Every.WEEK, 6, time(2, 30), date(2026, 3, 29))
    # The clocks show 03:15, past the habit's wall time, which was skipped: it is due at 03:30.
    assert keys(rhythm, "Europe/Berlin", "2026-03-29T01:15", "2026-03-30") == ["2026-03-29T02:30"]
    # They show 02:10 for the second time: the first 02:30 is over.
    assert keys(rhythm, "Europe/Berlin", "2026-10-24", "2026-10-25T01:10") == ["2026-10-25T02:30"]


def test_a_change_of_zone_moves_the_instant_and_keeps_the_key() -> None:
    rhythm = Rhythm(Every.WEEK, 4, time(16), date(2026, 11, 27))
    (there,) = occurrences(rhythm, JAKARTA, utc("2026-11-26"), utc("2026-11-28"))
    (here,) = occurrences(rhythm, "Europe/Berlin", utc("2026-11-26"), utc("2026-11-28"))
    assert nominal_key(there.nominal) == nominal_key(here.nominal) == "2026-11-27T16:00"
    assert here.due - there.due == timedelta(hours=6)
    assert due_of(there.nominal, "Europe/Berlin") == here.due


@pytest.mark.parametrize(
    ("every", "weekday", "local_time", "nth"),
    [
        (Every.WEEK, 7, NINE, None),
        (Every.WEEK, -1, NINE, None),
        (Every.WEEK, 1, time(9, 0, 30), None),
        (Every.WEEK, 1, time(9, tzinfo=UTC), None),
        (Every.WEEK, 1, NINE, 2),
        (Every.MONTH, 1, NINE, 5),
        (Every.MONTH, 1, NINE, 0),
    ],
)
def test_a_habit_that_cannot_be_is_refused(
    every: Every, weekday: int, local_time: time, nth: int | None
) -> None:
    with pytest.raises(ValueError, match=r"weekday|local_time|nth"):
        Rhythm(every, weekday, local_time, date(2026, 5, 12), nth)


@repeatable
@given(rhythms, near_a_change(), st.integers(1, 120))
def test_in_every_zone_instants_rise_and_each_stands_for_one_wall_time(
    rhythm: Rhythm, moment: tuple[str, datetime], days: int
) -> None:
    tz, after = moment
    until = after + timedelta(days=days)
    found = occurrences(rhythm, tz, after, until)
    dues, nominals = [o.due for o in found], [o.nominal for o in found]
    assert dues == sorted(set(dues))
    assert nominals == sorted(set(nominals))
    for nominal, due in zip(nominals, dues, strict=True):
        assert after < due <= until
        assert nominal.weekday() == rhythm.weekday
        assert nominal.time() == rhythm.local_time
        shown = wall_time(due, tz)
        # Only a gap moves the wall time, and only one at midnight moves the date.
        assert timedelta(0) <= shown - nominal <= timedelta(hours=1)
        assert shown == nominal or wall_time(due - (shown - nominal), tz) < nominal


@repeatable
@given(rhythms, near_a_change(), st.integers(1, 60), st.integers(0, 60 * 24 * 60))
def test_two_periods_in_a_row_miss_and_repeat_nothing(
    rhythm: Rhythm, moment: tuple[str, datetime], days: int, cut: int
) -> None:
    tz, after = moment
    until = after + timedelta(days=days)
    middle = min(after + timedelta(minutes=cut), until)
    halves = occurrences(rhythm, tz, after, middle) + occurrences(rhythm, tz, middle, until)
    assert halves == occurrences(rhythm, tz, after, until)


@repeatable
@given(rhythms, zones, st.datetimes(datetime(2010, 1, 1), datetime(2030, 1, 1)))  # noqa: DTZ001
def test_starting_near_the_period_finds_what_counting_day_by_day_finds(
    rhythm: Rhythm, tz: str, start: datetime
) -> None:
    after = start.replace(tzinfo=UTC)
    until = after + timedelta(days=70)
    days = [wall_time(after, tz).date() + timedelta(days=n) for n in range(-2, 73)]
    dues = [
        resolve(datetime.combine(day, rhythm.local_time), tz) for day in days if _on(rhythm, day)
    ]
    expected = [due for due in dues if due is not None and after < due <= until]
    assert [o.due for o in occurrences(rhythm, tz, after, until)] == expected


def _on(rhythm: Rhythm, day: date) -> bool:
    """Whether the habit falls on `day`, told from the calendar alone."""
    first = rhythm.anchor
    while first.weekday() != rhythm.weekday:
        first += timedelta(days=1)
    if day < first or day.weekday() != rhythm.weekday:
        return False
    if rhythm.every is not Every.MONTH:
        return (day - first).days % (14 if rhythm.every is Every.TWO_WEEKS else 7) == 0
    last = (day + timedelta(days=7)).month != day.month
    place = rhythm.nth or nth_of(first)
    return last if place == -1 else (day.day + 6) // 7 == place
