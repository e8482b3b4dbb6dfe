"""Every clock change that has broken a scheduler somewhere, as fixed cases."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.cadence import Every, Rhythm, due_of, occurrences, resolve, wall_time

BERLIN, LORD_HOWE, SAO_PAULO = "Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo"


def dues(tz: str, nominal: str, days: int = 1) -> list[str]:
    """Local times at which a habit of that wall time falls due from its own day on."""
    at = datetime.fromisoformat(nominal)
    rhythm = Rhythm(Every.WEEK, at.weekday(), at.time(), at.date())
    start = datetime.combine(at.date(), time.min, UTC) - timedelta(days=1)
    found = occurrences(rhythm, tz, start, start + timedelta(days=days + 2))
    return [wall_time(o.due, tz).isoformat(timespec="minutes") for o in found]


@pytest.mark.parametrize(
    ("tz", "nominal", "local"),
    [
        (BERLIN, "2026-03-29T02:30", "2026-03-29T03:30"),
        (BERLIN, "2026-10-25T02:30", "2026-10-25T02:30"),
        (LORD_HOWE, "2026-10-04T02:15", "2026-10-04T02:45"),
        (LORD_HOWE, "2026-04-05T01:45", "2026-04-05T01:45"),
        (SAO_PAULO, "2018-11-04T00:30", "2018-11-04T01:30"),
        (SAO_PAULO, "2026-11-01T00:30", "2026-11-01T00:30"),
        ("Africa/Cairo", "2026-04-24T00:30", "2026-04-24T01:30"),
        ("Asia/Jakarta", "2026-03-29T02:30", "2026-03-29T02:30"),
        ("Pacific/Apia", "2011-12-29T09:00", "2011-12-29T09:00"),
        ("Pacific/Apia", "2011-12-31T09:00", "2011-12-31T09:00"),
    ],
)
def test_falls_due_once_and_a_skipped_hour_moves_on(tz: str, nominal: str, local: str) -> None:
    assert dues(tz, nominal) == [local]


@pytest.mark.parametrize(
    ("tz", "nominal", "instant"),
    [
        (BERLIN, "2026-10-25T02:30", "2026-10-25T00:30"),  # the first of the two, still summer time
        (LORD_HOWE, "2026-04-05T01:45", "2026-04-04T14:45"),
    ],
)
def test_an_hour_that_comes_twice_means_the_first(tz: str, nominal: str, instant: str) -> None:
    due = due_of(datetime.fromisoformat(nominal), tz)
    assert due == datetime.fromisoformat(instant).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("tz", "day"),
    [
        ("Pacific/Apia", "2011-12-30"),
        ("Pacific/Fakaofo", "2011-12-30"),
        ("Pacific/Kwajalein", "1993-08-21"),
        ("Pacific/Kiritimati", "1994-12-31"),
    ],
)
def test_a_date_the_place_never_had_has_no_occurrence(tz: str, day: str) -> None:
    assert resolve(datetime.fromisoformat(f"{day}T09:00"), tz) is None
    assert dues(tz, f"{day}T09:00") == []


def test_apia_daily_habits_make_one_row_for_each_day_that_existed() -> None:
    days = [date(2011, 12, 28) + timedelta(days=n) for n in range(5)]
    found = [resolve(datetime.combine(day, time(9)), "Pacific/Apia") for day in days]
    kept = [due for due in found if due is not None]
    assert len(set(kept)) == len(kept) == 4


def test_a_gap_at_midnight_carries_a_late_hour_into_the_next_date() -> None:
    # Nuuk 2024: Saturday's last hour was skipped. The habit is an hour late, but it is not lost.
    assert dues("America/Nuuk", "2024-03-30T23:30") == ["2024-03-31T00:30"]
