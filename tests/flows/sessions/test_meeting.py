"""Whether they met, and finding one's sessions."""

from datetime import UTC, datetime, timedelta

from bot.domain.lifecycle import SessionState
from bot.sandbox.people import Person
from tests.flows.sessions.acts import (
    AGREED,
    TUESDAY,
    agree,
    change,
    last,
    member,
    proposes,
    rows,
)
from tests.pairs import pair
from tests.world import World


def test_one_no_and_silence_means_it_was_not_held(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    agree(world, bima, sari)
    world.advance_to(AGREED + timedelta(days=1))
    bima.clicks("Not this time")
    bima.sees("Noted, that happens.")
    assert rows(world)[0].state is SessionState.SCHEDULED
    world.advance(timedelta(days=8))
    assert rows(world)[0].state is SessionState.NOT_HELD
    sari.clicks("Yes, we met")  # late, and still true
    assert rows(world)[0].state is SessionState.HELD


def test_no_word_from_anybody_stays_unknown(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    agree(world, bima, sari)
    world.advance_to(AGREED + timedelta(days=9))
    assert rows(world)[0].state is SessionState.UNKNOWN
    bima.clicks("Yes, we met")
    assert rows(world)[0].state is SessionState.HELD


def test_asked_again_tomorrow_when_later_is_pressed(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    agree(world, bima, sari)
    world.advance_to(AGREED + timedelta(days=1))
    bima.clicks("Later")
    bima.clicks("Tomorrow")
    bima.sees("I'll ask again on Thursday 19 November")
    count = len(bima.messages("app"))
    world.advance_to(datetime(2026, 11, 19, 3, tzinfo=UTC))
    assert len(bima.messages("app")) == count + 1
    bima.clicks("Yes, we met")
    assert rows(world)[0].state is SessionState.HELD


def test_the_other_is_not_asked_once_one_has_said_they_met(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    proposes(bima, TUESDAY, "20:00")
    world.advance(timedelta(hours=7))
    sari.clicks("Accept")
    world.advance_to(datetime(2026, 11, 17, 15, tzinfo=UTC))  # 16:00 in Berlin, night in Jakarta
    sari.clicks("Yes, we met")
    world.advance(timedelta(days=2))
    bima.does_not_see("Did you and")


def test_two_mentees_are_asked_about_in_one_message_and_answered_apart(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    citra = member(world, "citra", "Asia/Tokyo")
    pair(world, sari, citra)
    proposes(bima)
    proposes(citra, at="20:00")
    world.advance(timedelta(hours=7))
    sari.clicks("Accept")
    sari.clicks("Accept")
    world.advance_to(AGREED)
    world.jump(timedelta(hours=6))  # both questions fall due before the bot works again
    asked = last(sari)
    assert "@Bima meet on" in asked.text
    assert "@Citra meet on" in asked.text
    sari.clicks("Yes, we met")
    assert "Did you and" in last(sari).text  # the other question is still there
    sari.clicks("Yes, we met")
    assert {row.state for row in rows(world)} == {SessionState.HELD}


def test_a_mentor_with_two_mentees_picks_one(
    world: World, match_id: str, bima: Person, sari: Person
) -> None:
    citra = member(world, "citra", "Asia/Tokyo")
    pair(world, sari, citra)
    sari.types("/mentor sesi")
    sari.sees("With whom?")
    sari.clicks("Citra")
    sari.sees("No session with @Citra is planned.")
    sari.types("/mentor session @bima")
    sari.sees("No session with @Bima is planned.")
    bima.types("/mentor session @citra")
    bima.sees("Sessions are with your own mentoring partners")


def test_without_a_partner_there_is_a_next_step(world: World) -> None:
    citra = member(world, "citra", "Asia/Tokyo")
    citra.types("/mentor session")
    assert citra.sees("Sessions are for people in a mentoring programme").buttons == ("Join",)


def test_in_indonesian(world: World, match_id: str, bima: Person, sari: Person) -> None:
    change(world, bima, locale="id")
    agree_in = {"Tanggal": TUESDAY, "Jam": "16:00"}
    bima.types("/mentor sesi")
    bima.clicks("Usulkan sesi")
    bima.submits(agree_in)
    bima.sees("Selasa 16.00 waktu Anda · 10.00 waktu @Sari")
    bima.submits()
    world.advance(timedelta(hours=7))
    sari.clicks("Accept")
    world.advance_to(AGREED - timedelta(hours=23))
    bima.sees("Sesi dengan @Sari: Selasa, 17 November 2026 pukul 16.00 WIB")
