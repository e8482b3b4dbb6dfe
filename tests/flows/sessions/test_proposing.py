"""Times proposed, answered and taken."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.lifecycle import SessionState
from bot.sandbox.people import Person
from tests.flows.sessions.acts import (
    TUESDAY,
    agree,
    away,
    last,
    member,
    proposes,
    rows,
    states,
)
from tests.world import World


def test_proposed_countered_accepted_reminded_and_held(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    proposes(bima, place="https://meet.example/abc", agenda="My first talk")
    sari.does_not_see("proposes a session")  # it is night in Berlin
    world.advance(timedelta(hours=7))
    asked = sari.sees("@Bima proposes a session")
    assert "Tue 10:00 your time · 16:00 for @Bima" in asked.text
    assert "My first talk" in asked.text

    sari.clicks("Another time")
    sari.submits({"Time": "11:00", "Length": "1 hour"})
    assert "Tue 11:00 your time · 17:00 for @Bima" in sari.sees("Check the time").text
    sari.submits()
    sari.closes()
    sari.clicks("Not now", in_="message")  # of the proposal that is replaced
    sari.sees("This session has changed meanwhile")

    world.advance(timedelta(days=1))
    bima.sees("@Sari suggests another time")
    bima.clicks("Accept")
    bima.sees("Agreed.")
    world.advance(timedelta(days=1))
    sari.sees("@Bima accepts. Your session is agreed: Tue 17 Nov, 11:00 CET")

    before = datetime(2026, 11, 16, 10, tzinfo=UTC)  # 24 hours ahead
    world.advance_to(before - timedelta(minutes=1))
    sari.does_not_see("Your session with")
    world.advance_to(before)
    bima.sees("Your session with")  # 16:59, the last minute of the hours before
    reminder = sari.sees("Your session with @Bima: Tue 17 Nov, 11:00 CET")
    assert "Tue 11:00 your time · 17:00 for @Bima" in reminder.text
    assert "https://meet.example/abc" in reminder.text
    assert "My first talk" in reminder.text
    assert {"Move", "Add to agenda"} <= set(reminder.buttons)

    world.advance_to(datetime(2026, 11, 18, 9, tzinfo=UTC))
    bima.clicks("Yes, we met")
    answer = last(bima)
    assert "Noted: you met" in answer.text
    assert {"Write a reflection", "Propose the next session"} <= set(answer.buttons)
    assert [row.state for row in rows(world)] == [SessionState.HELD]


def test_a_past_time_is_refused_under_its_field_and_nothing_is_lost(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    bima.types("/mentor session")
    bima.clicks("Propose a session")
    bima.submits({"Date": date(2026, 11, 9), "Time": "08:59", "Place or link": "Canteen"})
    assert bima.modal
    assert bima.modal.errors == {"Time": "That's in the past. Pick a later one."}
    bima.submits({"Date": date(2026, 11, 8)})
    assert "in the past" in bima.modal.errors["Date"]
    bima.submits({"Date": date(2027, 6, 1)})
    assert "within 180 days" in bima.modal.errors["Date"]
    bima.submits({"Date": TUESDAY, "Place or link": "http://meet.example"})
    assert "https://" in bima.modal.errors["Place or link"]
    bima.submits({"Place or link": "Canteen"})
    assert bima.modal.values["Place or link"] == "Canteen"
    assert not rows(world)


def test_a_changed_time_is_previewed_again_before_it_is_sent(
    world: World, match_id: str, bima: Person
) -> None:
    bima.types("/mentor session")
    bima.clicks("Propose a session")
    bima.submits({"Date": TUESDAY, "Time": "16:00"})
    bima.submits({"Time": "15:00"})
    assert "15:00 your time" in bima.sees("Check the time").text
    assert not rows(world)
    bima.submits()
    bima.sees("Sent.")
    assert len(rows(world)) == 1


def test_the_same_proposal_sent_twice_is_one(world: World, match_id: str, bima: Person) -> None:
    bima.types("/mentor session")
    bima.clicks("Propose a session")
    bima.submits({"Date": TUESDAY, "Time": "16:00"})
    first, second = bima.payload_for_submit(), bima.payload_for_submit()
    world.sandbox.deliver(first)
    world.sandbox.deliver(second)
    assert len(rows(world)) == 1
    assert len(states(world, "session.proposed")) == 1


def test_a_partner_on_leave_is_named_but_does_not_forbid(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    away(world, sari, date(2026, 11, 16), date(2026, 11, 18))
    bima.types("/mentor session")
    bima.clicks("Propose a session")
    bima.submits({"Date": TUESDAY, "Time": "16:00"})
    bima.sees("@Sari is away that day.")
    bima.submits()
    bima.sees("Sent.")


def test_a_time_the_partner_would_hear_of_too_late_is_said(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    bima.types("/mentor session")
    bima.clicks("Propose a session")
    bima.submits({"Date": date(2026, 11, 9), "Time": "15:15"})  # 09:15 in Berlin
    bima.sees("My message reaches @Sari only after that time")


def test_a_time_that_is_agreed_already_cannot_be_proposed_again(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    agree(world, bima, sari)
    sari.types("/mentor session")
    sari.clicks("Propose another session")
    sari.submits({"Date": TUESDAY, "Time": "10:30"})
    assert sari.modal
    assert "agreed on a session at that time already" in sari.modal.errors["Time"]


def test_both_propose_at_once_and_each_learns_of_the_other(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    for person in (bima, sari):
        person.types("/mentor session")
        person.clicks("Propose a session")
        person.submits({"Date": TUESDAY, "Time": "16:00" if person is bima else "10:30"})
    bima.submits()
    bima.does_not_see("has a proposal open for you as well")
    sari.submits()
    crossed = sari.sees("@Bima has a proposal open for you as well")
    assert "10:00 your time · 16:00 for @Bima" in crossed.text
    assert [row.state for row in rows(world)] == [SessionState.PROPOSED] * 2

    sari.clicks("Accept")  # Bima's; her own overlaps it and need not be answered
    sari.sees("Agreed.")
    assert {row.state for row in rows(world)} == {SessionState.SCHEDULED, SessionState.CANCELLED}
    world.advance(timedelta(hours=8))
    bima.sees("@Sari accepts")
    sari.does_not_see("@Bima proposes a session")  # it was answered before it was sent
    bima.clicks("Accept")
    bima.sees("This session has changed meanwhile")


def test_a_proposal_nobody_answers_lapses_in_silence(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    proposes(bima, date(2026, 12, 1))
    world.advance(timedelta(hours=8))
    world.advance(timedelta(days=6, hours=18))
    assert rows(world)[0].state is SessionState.PROPOSED  # it arrived some hours after it was made
    read = len(bima.messages())
    world.advance(timedelta(days=1))
    assert rows(world)[0].state is SessionState.LAPSED
    assert len(bima.messages()) == read
    sari.clicks("Accept")
    sari.sees("This session has changed meanwhile")


def test_not_now_tells_the_other_and_offers_another_time(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    proposes(bima)
    world.advance(timedelta(hours=7))
    sari.clicks("Not now")
    sari.sees("@Bima will read that this one doesn't suit")
    world.advance(timedelta(days=1))
    told = bima.sees("@Sari can't make Tue 17 Nov, 16:00 WIB")
    assert told.buttons == ("Propose another time",)
    assert rows(world)[0].state is SessionState.CANCELLED


def test_a_withdrawn_proposal_the_partner_has_not_read_is_never_sent(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    proposes(bima)
    bima.types("/mentor session")
    bima.clicks("Withdraw")
    bima.sees("Withdrawn. @Sari needn't answer.")
    world.advance(timedelta(days=2))
    assert not sari.messages("app")


def test_what_people_type_is_shown_as_text(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    nasty = "<!channel> *bold* <https://evil.example|ok>"
    proposes(bima, place="<!here> room", agenda=nasty)
    world.advance(timedelta(hours=7))
    asked = sari.sees("@Bima proposes a session")
    assert nasty in asked.text
    assert "<!here> room" in asked.text
    assert "<!channel>" not in asked.raw["text"]
    assert "bold" not in asked.raw["text"]


def test_accept_pressed_twice_agrees_once(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    proposes(bima)
    world.advance(timedelta(hours=7))
    once, again = sari.payload_for_click("Accept"), sari.payload_for_click("Accept")
    for press in (once, again):
        world.sandbox.deliver(press)
    world.settle()
    assert rows(world)[0].revision == 1
    world.advance(timedelta(days=1))
    assert len([m for m in bima.messages("app") if "@Sari accepts" in m.text]) == 1


def test_a_time_that_has_passed_can_no_longer_be_accepted(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    proposes(bima, date(2026, 11, 10), "16:00")
    world.advance_to(datetime(2026, 11, 10, 9, tzinfo=UTC))
    sari.clicks("Accept")
    refused = sari.sees("That time has passed")
    assert "Propose another time" in refused.buttons
    assert rows(world)[0].state is SessionState.PROPOSED


@pytest.mark.parametrize("button", ["Accept", "Another time", "Not now"])
def test_a_stranger_with_the_ids_learns_and_changes_nothing(
    world: World, match_id: str, bima: Person, sari: Person, button: str
) -> None:
    citra = member(world, "citra", "Asia/Tokyo")
    proposes(bima)
    world.advance(timedelta(hours=7))
    press = sari.payload_for_click(button)
    press["user"] = {**press["user"], "id": citra.id, "name": "citra", "username": "citra"}
    world.sandbox.deliver(press)
    assert rows(world)[0].state is SessionState.PROPOSED
    assert rows(world)[0].proposal == 1
    citra.types("/mentor session @bima")
    citra.sees("Sessions are for people in a mentoring programme")
