"""Where a message goes when its time is outside a person's hours."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import (
    Hours,
    Span,
    deliver_at,
    is_open,
    local_date,
    retreat,
    shared_minute,
    wall_time,
    window_end,
)
from tests.domain.cadence.strategies import hours, near_a_change, person, repeatable

JAKARTA, BERLIN = "Asia/Jakarta", "Europe/Berlin"
OFFICE = Hours.default()
MINUTE = timedelta(minutes=1)


def week(*days: str) -> Hours:
    """The hours of the first days of the week; the rest are closed."""
    return Hours.from_json([*days, *[""] * (7 - len(days))])


def at(text: str) -> datetime:
    """Jakarta's wall time as an instant: seven hours ahead of UTC all year."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC) - timedelta(hours=7)


# 2026-05-11 is a Monday.
@pytest.mark.parametrize(
    ("due", "delivered"),
    [
        ("2026-05-11T09:00", "2026-05-11T09:00"),  # the first minute is inside
        ("2026-05-11T16:59", "2026-05-11T16:59"),
        ("2026-05-11T17:00", "2026-05-12T09:30"),  # the last is not
        ("2026-05-11T07:00", "2026-05-11T09:30"),  # today's window is still to come
        ("2026-05-15T18:00", "2026-05-18T09:30"),  # Friday evening: Monday
    ],
)
def test_a_message_waits_for_half_an_hour_into_the_next_window(due: str, delivered: str) -> None:
    assert deliver_at(person(JAKARTA, OFFICE), at(due)) == at(delivered)


def test_a_later_window_of_the_same_day_is_next() -> None:
    split = person(JAKARTA, week("09:00-12:00, 13:00-17:00"))
    assert deliver_at(split, at("2026-05-11T12:10")) == at("2026-05-11T13:30")


def test_a_window_of_at_most_half_an_hour_is_used_from_its_start() -> None:
    brief = person(JAKARTA, week("09:00-09:20", "09:00-09:30", "09:00-09:31"))
    assert deliver_at(brief, at("2026-05-11T08:00")) == at("2026-05-11T09:00")
    assert deliver_at(brief, at("2026-05-12T08:00")) == at("2026-05-12T09:00")
    assert deliver_at(brief, at("2026-05-13T08:00")) == at("2026-05-13T09:30")


def test_a_closed_day_is_outside_even_during_hours() -> None:
    away = person(JAKARTA, OFFICE, {date(2026, 5, 14), date(2026, 5, 15)})
    assert not is_open(away, at("2026-05-14T10:00"))
    assert deliver_at(away, at("2026-05-14T10:00")) == at("2026-05-18T09:30")
    assert retreat(away, at("2026-05-15T10:00"), at("2026-05-12T10:00")) == at("2026-05-13T16:59")


def test_looks_sixty_days_ahead_and_no_further() -> None:
    day = date(2026, 5, 11)
    for length, opens in [(60, True), (61, False)]:
        off = {day + timedelta(days=n) for n in range(length)}
        everyday = person(JAKARTA, week(*["09:00-17:00"] * 7), off)
        assert (deliver_at(everyday, at("2026-05-11T10:00")) is not None) is opens
    assert deliver_at(person(JAKARTA, week()), at("2026-05-11T10:00")) is None


@pytest.mark.parametrize(
    ("session", "reminder"),
    [
        ("2026-05-13T10:00", "2026-05-12T10:00"),
        ("2026-05-18T09:30", "2026-05-15T16:59"),  # Monday morning: Friday afternoon
        ("2026-05-18T17:30", None),  # Friday's last minute is more than 72 h before
        ("2026-05-12T18:00", "2026-05-11T16:59"),
    ],
)
def test_a_reminder_moves_back_and_never_on(session: str, reminder: str | None) -> None:
    start = at(session)
    moved = retreat(
        person(JAKARTA, OFFICE), start - timedelta(hours=24), start - timedelta(hours=72)
    )
    assert moved == (at(reminder) if reminder else None)


def test_the_window_before_may_be_on_the_same_day() -> None:
    split = person(JAKARTA, week("09:00-12:00, 13:00-17:00"))
    for due, moved in [("12:30", "11:59"), ("18:00", "16:59")]:
        evening = at(f"2026-05-11T{due}")
        assert retreat(split, evening, evening - timedelta(days=2)) == at(f"2026-05-11T{moved}")


def test_two_zones_meet_in_the_minute_the_later_one_opens() -> None:
    both = [person(JAKARTA, OFFICE), person(BERLIN, OFFICE)]
    # In May Berlin's 09:00 is Jakarta's 14:00.
    assert shared_minute(both, at("2026-05-11T09:00")) == at("2026-05-11T14:00")
    assert shared_minute(both, at("2026-05-11T15:10")) == at("2026-05-11T15:10")
    assert shared_minute(both, at("2026-05-11T17:00")) == at("2026-05-12T14:00")


def test_clocks_that_never_meet_share_no_minute() -> None:
    apart = [person(JAKARTA, OFFICE), person("America/New_York", OFFICE)]
    assert shared_minute(apart, at("2026-05-11T09:00")) is None
    weekend = [person(JAKARTA, OFFICE), person(BERLIN, OFFICE)]
    assert shared_minute(weekend, at("2026-05-15T17:00"), timedelta(hours=24)) is None


def test_the_end_of_the_window_is_its_first_minute_outside() -> None:
    late = person(JAKARTA, week("09:00-12:00, 18:00-24:00"))
    assert window_end(late, at("2026-05-11T10:00")) == at("2026-05-11T12:00")
    assert window_end(late, at("2026-05-11T18:00")) == at("2026-05-12T00:00")
    assert window_end(late, at("2026-05-11T12:00")) is None


def test_the_hour_that_comes_twice_is_open_twice() -> None:
    night = person(BERLIN, week(*["02:00-03:00"] * 7))
    first, second = (datetime(2026, 10, 25, hour, 15, tzinfo=UTC) for hour in (0, 1))
    assert deliver_at(night, first) == first
    assert deliver_at(night, second) == second
    assert window_end(night, second) == datetime(2026, 10, 25, 2, tzinfo=UTC)


def test_an_end_that_comes_twice_is_the_one_still_ahead() -> None:
    night = person(BERLIN, week(*["01:00-02:30"] * 7))
    for hour in (0, 1):
        instant = datetime(2026, 10, 25, hour, 15, tzinfo=UTC)
        assert window_end(night, instant) == instant + timedelta(minutes=15)


def test_a_window_the_clocks_jump_over_does_not_open_that_night() -> None:
    night = person(BERLIN, week(*["02:00-03:00"] * 7))
    due = datetime(2026, 3, 28, 12, tzinfo=UTC)  # the next night has no such hour
    assert deliver_at(night, due) == datetime(2026, 3, 30, 0, 30, tzinfo=UTC)


def test_the_date_is_the_readers_own() -> None:
    instant = datetime(2026, 5, 11, 20, tzinfo=UTC)
    assert local_date(instant, JAKARTA) == date(2026, 5, 12)
    assert local_date(instant, BERLIN) == date(2026, 5, 11)


@repeatable
@given(hours, near_a_change(), st.sets(st.integers(0, 9)))
def test_what_is_delivered_is_never_early_and_always_within_hours(
    plan: Hours, moment: tuple[str, datetime], off: set[int]
) -> None:
    tz, due = moment
    closed = {local_date(due, tz) + timedelta(days=n) for n in off}
    who = person(tz, plan, closed)
    moved = deliver_at(who, due)
    if moved is None:
        assert not any(plan.spans)  # nobody who has hours is out of reach for 60 days
        return
    assert moved >= due
    assert _within_hours(moved, tz, plan)
    assert local_date(moved, tz) not in closed


@repeatable
@given(hours, near_a_change(), st.integers(0, 72))
def test_what_retreats_is_never_late_and_always_within_hours(
    plan: Hours, moment: tuple[str, datetime], room: int
) -> None:
    tz, due = moment
    earliest = due - timedelta(hours=room)
    moved = retreat(person(tz, plan), due, earliest)
    if moved is not None:
        assert earliest <= moved <= due
        assert _within_hours(moved, tz, plan)
        assert moved == due or not _within_hours(due, tz, plan)


@repeatable
@given(hours, hours, near_a_change(), st.sampled_from(["Asia/Jakarta", "America/New_York"]))
def test_a_shared_minute_is_open_for_all_and_none_comes_before_it(
    mine: Hours, yours: Hours, moment: tuple[str, datetime], other: str
) -> None:
    tz, due = moment
    both = [person(tz, mine), person(other, yours)]
    found = shared_minute(both, due, timedelta(hours=24))
    if found is not None:
        assert due <= found <= due + timedelta(hours=24)
        assert all(is_open(who, found) for who in both)
    last = found or due + timedelta(hours=24)
    steps = range(0, int((last - due) / MINUTE), 7)
    assert not any(all(is_open(who, due + n * MINUTE) for who in both) for n in steps)


def _within_hours(instant: datetime, tz: str, plan: Hours) -> bool:
    """Read off the person's own clock, without the code under test."""
    shown = wall_time(instant, tz)
    minute = shown.hour * 60 + shown.minute
    return any(
        span.start.hour * 60 + span.start.minute <= minute < _end(span)
        for span in plan.spans[shown.weekday()]
    )


def _end(span: Span) -> int:
    return 24 * 60 if span.end == time(0) else span.end.hour * 60 + span.end.minute
