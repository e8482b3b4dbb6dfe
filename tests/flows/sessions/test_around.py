"""What surrounds a session: reminders, clock changes, zones."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.sandbox.people import Person
from tests.flows.sessions.acts import (
    AGREED,
    agree,
    change,
    last,
    member,
    proposes,
    rest,
    rows,
    states,
)
from tests.pairs import pair
from tests.world import World


def test_three_days_down_drops_the_reminder_of_a_session_that_has_begun(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    agree(world, bima, sari)
    world.advance_to(datetime(2026, 11, 15, 9, tzinfo=UTC))
    world.jump(timedelta(days=3))
    bima.does_not_see("Your session with")
    assert states(world, "session.reminder") == ["skipped", "skipped"]
    bima.sees("Did you and @Sari meet")


def test_a_reminder_that_is_past_already_is_dropped(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    proposes(bima, date(2026, 11, 10))
    world.advance(timedelta(hours=8))
    sari.clicks("Accept")
    world.advance_to(datetime(2026, 11, 10, 9, tzinfo=UTC))
    bima.sees("@Sari accepts")
    bima.does_not_see("Your session with")


def test_the_reminder_shortly_before_is_for_those_who_want_it(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    change(world, sari, soon_reminder=True)
    agree(world, bima, sari)
    bima.types("/mentor settings")
    bima.clicks("settings.soon")
    change(world, sari, soon_reminder=False)
    world.advance_to(AGREED - timedelta(minutes=15))
    bima.sees("Your session with @Sari begins soon: 16:00")
    sari.does_not_see("begins soon")


def test_without_an_agenda_the_reminder_brings_a_plan(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    agree(world, bima, sari)
    world.advance_to(AGREED - timedelta(hours=23))
    assert "A plan you could use: First session" in sari.sees("Your session with").text
    sari.clicks("Add to agenda")
    sari.submits({"Agenda": "1. Hello\n2. Goals"})
    sari.sees("Saved. @Bima sees it too.")
    sari.closes()
    bima.types("/mentor session")
    assert "2. Goals" in last(bima).text


def test_an_agenda_changed_by_the_partner_is_not_overwritten(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    agree(world, bima, sari)
    for person in (bima, sari):
        person.types("/mentor session")
        person.clicks("Add to agenda")
    bima.submits({"Agenda": "Bima's point"})
    sari.submits({"Agenda": "Sari's point"})
    sari.sees("Your partner changed the agenda meanwhile")
    sari.closes()
    assert sari.modal
    assert sari.modal.values["Agenda"] == "Sari's point"


def test_a_programme_that_rests_keeps_the_reminders_of_what_is_agreed(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    agree(world, bima, sari)
    world.bot.db.run(rest, match_id)
    world.advance_to(AGREED + timedelta(days=1))
    bima.sees("Your session with @Sari")
    bima.does_not_see("Did you and")  # a question of ours, and those wait


def test_both_clocks_across_the_end_of_summer_time_in_america(world: World) -> None:
    world.clock.set(datetime(2026, 10, 26, 2, tzinfo=UTC))
    bima, dan = member(world, "bima", "Asia/Jakarta"), member(world, "dan", "America/Los_Angeles")
    pair(world, dan, bima)
    for day, there in ((date(2026, 10, 31), "Fri 20:00"), (date(2026, 11, 2), "Sun 19:00")):
        bima.types("/mentor session")
        bima.clicks("Propose a session")
        bima.submits({"Date": day, "Time": "10:00"})
        assert f"{day:%a} 10:00 your time · {there} for @Dan" in bima.sees("Check the time").text
        bima.closes()


@pytest.mark.parametrize(
    ("day", "said", "start"),
    [
        (
            date(2026, 10, 25),
            "comes twice. The first is meant",
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        ),
        (
            date(2027, 3, 28),
            "skip the time you picked",
            datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
        ),
    ],
)
def test_times_that_come_twice_or_never_are_said(
    world: World, day: date, said: str, start: datetime
) -> None:
    world.clock.set(datetime(2026, 10, 5, 7, tzinfo=UTC))
    bima, sari = member(world, "bima", "Asia/Jakarta"), member(world, "sari", "Europe/Berlin")
    pair(world, bima, sari)
    sari.types("/mentor session")
    sari.clicks("Propose a session")
    sari.submits({"Date": day, "Time": "02:30"})
    sari.sees(said)
    sari.submits()
    assert rows(world)[0].proposed_start_at == start


def test_a_change_of_zone_keeps_the_session_and_moves_the_reminder(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    proposes(bima, date(2026, 11, 18))
    world.advance(timedelta(hours=7))
    sari.clicks("Accept")
    sari.changes(tz="America/New_York")
    assert rows(world)[0].start_at == AGREED + timedelta(days=1)
    evening = datetime(2026, 11, 16, 21, 59, tzinfo=UTC)  # 16:59: at 04:00 she is asleep
    world.advance_to(evening - timedelta(minutes=1))
    sari.does_not_see("Your session with")
    world.advance_to(evening)
    assert "Wed 18 Nov, 04:00 EST" in sari.sees("Your session with").text
