"""Habits as rows: what they point at."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.cadence import nominal_key
from bot.services import schedules
from bot.storage.models import Person, Schedule

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize("hours", [-1, 0, 1])
def test_an_occurrence_survives_a_change_of_its_zones_rules(hours: int) -> None:
    person = Person(tz="America/Vancouver")
    row = Schedule(every="month", weekday=4, nth=1, local_time=time(16), anchor=date(2026, 11, 1))
    schedules.advance(row, person, after=NOW)
    assert row.next_due is not None
    due = row.next_due
    row.next_due += timedelta(hours=hours)  # as an older time-zone database would have it
    planned, _ = schedules.turns(row, person.tz, until=due + timedelta(hours=2))
    assert [(nominal_key(o.nominal), o.due) for o in planned] == [("2026-12-04T16:00", due)]
