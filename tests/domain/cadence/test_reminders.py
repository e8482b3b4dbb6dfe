"""The three messages around a session."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given

from bot.domain.cadence import Hours, Reminder, is_open, reminder_due
from tests.domain.cadence.strategies import hours, near_a_change, person, repeatable

JAKARTA = "Asia/Jakarta"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) - timedelta(hours=7)


@pytest.mark.parametrize(
    ("kind", "start", "due"),
    [
        (Reminder.DAY_BEFORE, "2026-05-13T10:00", "2026-05-12T10:00"),
        (Reminder.DAY_BEFORE, "2026-05-18T09:30", "2026-05-15T16:59"),
        (Reminder.DAY_BEFORE, "2026-05-18T19:00", None),
        (Reminder.QUARTER_HOUR, "2026-05-13T10:00", "2026-05-13T09:45"),
        (Reminder.QUARTER_HOUR, "2026-05-16T21:00", "2026-05-16T20:45"),
        (Reminder.DID_YOU_MEET, "2026-05-13T10:00", "2026-05-13T11:45"),
        (Reminder.DID_YOU_MEET, "2026-05-15T16:00", "2026-05-18T09:30"),
    ],
)
def test_when_each_falls_due(kind: Reminder, start: str, due: str | None) -> None:
    who = person(JAKARTA, Hours.default())
    moment = reminder_due(kind, at(start), at(start) + timedelta(minutes=45), who)
    assert moment == (at(due) if due else None)


def test_the_day_before_skips_leave() -> None:
    who = person(JAKARTA, Hours.default(), {date(2026, 5, 12)})
    start = at("2026-05-13T10:00")
    assert reminder_due(Reminder.DAY_BEFORE, start, start, who) == at("2026-05-11T16:59")


@repeatable
@given(hours, near_a_change())
def test_a_reminder_comes_between_three_days_and_one_before_and_the_question_after(
    plan: Hours, session: tuple[str, datetime]
) -> None:
    tz, start = session
    end, who = start + timedelta(minutes=45), person(tz, plan)
    before = reminder_due(Reminder.DAY_BEFORE, start, end, who)
    if before is not None:
        assert start - timedelta(hours=72) <= before <= start - timedelta(hours=24)
        assert is_open(who, before)
    after = reminder_due(Reminder.DID_YOU_MEET, start, end, who)
    if after is not None:
        assert after >= end + timedelta(hours=1)
        assert is_open(who, after)
