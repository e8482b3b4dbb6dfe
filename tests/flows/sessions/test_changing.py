"""Sessions moved, cancelled and prepared."""

from datetime import UTC, date, datetime, timedelta

from bot.domain.lifecycle import SessionState
from bot.sandbox.people import Person
from tests.flows.sessions.acts import (
    AGREED,
    agree,
    change,
    end,
    rows,
    states,
)
from tests.world import World


def test_a_move_replaces_the_waiting_reminder(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    agree(world, bima, sari)
    bima.types("/mentor session")
    bima.clicks("Move")
    bima.sees("That stands until @Sari takes the new time")
    bima.submits({"Date": date(2026, 11, 19)})
    bima.submits()
    bima.closes()
    world.advance(timedelta(days=1))
    assert rows(world)[0].start_at == AGREED  # until it is taken
    sari.sees("@Bima asks to move your session of Tue 17 Nov, 10:00 CET")
    sari.clicks("Accept")
    world.advance_to(datetime(2026, 11, 17, 8, tzinfo=UTC))
    bima.does_not_see("Your session with")
    world.advance_to(datetime(2026, 11, 18, 9, 1, tzinfo=UTC))
    for person, clock in ((bima, "16:00 WIB"), (sari, "10:00 CET")):
        reminders = [m.text for m in person.messages("app") if "Your session with" in m.text]
        assert len(reminders) == 1
        assert f"Thu 19 Nov, {clock}" in reminders[0]
    assert states(world, "session.reminder") == ["cancelled"] * 2 + ["sent"] * 2
    assert rows(world)[0].revision == 2


def test_a_move_that_is_declined_leaves_the_agreed_time(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    agree(world, bima, sari)
    bima.types("/mentor session")
    bima.clicks("Move")
    bima.submits({"Date": date(2026, 11, 19)})
    bima.submits()
    world.advance(timedelta(days=1))
    sari.clicks("Keep the agreed time")
    sari.sees("The agreed time stays: Tue 17 Nov, 10:00 CET")
    world.advance(timedelta(days=1))
    bima.sees("@Sari would rather keep the agreed time: Tue 17 Nov, 16:00 WIB")
    row = rows(world)[0]
    assert (row.start_at, row.proposed_start_at) == (AGREED, None)


def test_cancelling_offers_moving_first_and_another_time_in_the_same_step(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    agree(world, bima, sari)
    sari.types("/mentor session")
    sari.clicks("Cancel the session")
    assert sari.modal
    assert sari.modal.buttons[0] == "Move instead"
    sari.submits({"Date": date(2026, 11, 20)})
    assert sari.modal.errors == {"Time": "Something needs to go in here."}
    sari.submits({"Time": "10:00"})
    assert "Proposed instead:" in sari.sees("Cancelled.").text
    sari.closes()
    world.advance(timedelta(days=1))
    told = bima.sees("@Sari cancelled the session on Tue 17 Nov, 16:00 WIB")
    assert "Fri 16:00 your time · 10:00 for @Sari" in told.text
    bima.clicks("Accept")
    bima.sees("Agreed.")
    world.advance_to(AGREED + timedelta(days=1))
    bima.does_not_see("Did you and")
    assert "sent" not in states(world, "session.reminder")[:2]


def test_moving_instead_from_the_cancel_form(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    agree(world, bima, sari)
    sari.types("/mentor session")
    sari.clicks("Cancel the session")
    sari.clicks("Move instead")
    sari.submits({"Time": "09:00"})
    sari.submits()
    sari.sees("Sent.")
    assert rows(world)[0].state is SessionState.SCHEDULED


def test_an_old_form_after_a_change_keeps_its_text_and_changes_nothing(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    agree(world, bima, sari)
    sari.types("/mentor session")
    sari.clicks("Cancel the session")
    bima.types("/mentor session")
    bima.clicks("Move")
    bima.submits({"Time": "15:00"})
    bima.submits()
    sari.submits()
    sari.sees("This session has changed meanwhile")
    assert rows(world)[0].state is SessionState.SCHEDULED


def test_when_the_mentoring_ended_nothing_can_be_done_and_nothing_is_sent(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    agree(world, bima, sari)
    bima.types("/mentor session")
    world.bot.db.run(end, match_id)
    bima.clicks("Move")
    bima.sees("This mentoring has ended")
    world.advance_to(AGREED + timedelta(days=2))
    assert set(states(world, "session.reminder")) == {"skipped"}
    bima.does_not_see("Did you and")


def test_a_partner_whose_account_is_gone(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    agree(world, bima, sari)
    change(world, sari, is_deactivated=True)
    bima.types("/mentor session")
    bima.clicks("Propose another session")
    bima.submits({"Date": date(2026, 11, 20), "Time": "16:00"})
    bima.sees("no longer active")
    world.advance_to(AGREED)
    bima.does_not_see("Your session with")
