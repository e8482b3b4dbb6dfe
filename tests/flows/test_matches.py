"""A pair under way: the introduction, their conversation, their rhythm, and help."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.cadence import Every, Rhythm
from bot.domain.deliveries import REFLECTION
from bot.domain.matches import PairRhythm
from bot.sandbox.people import Person
from bot.services import matches, schedules
from bot.storage.models import Person as StoredPerson
from bot.storage.models import Program, Schedule
from bot.storage.unit_of_work import Tx
from tests import pairs
from tests.cast import Cast, posts
from tests.world import World


@pytest.fixture
def cast(world: World) -> Cast:
    made = Cast(world)
    made.all_speak()
    made.join()
    return made


# Beginning


def test_two_yeses_introduce_the_two_and_open_their_conversation(cast: Cast) -> None:
    cast.begin()
    mentor = cast.sari.sees("@Bima is your mentee")
    for text in (
        "My first talk",
        "Say hello there",
        "To break the ice",
        "[I need help]",
        "[How often I ask]",
    ):
        assert text in str(mentor)
    mentee = cast.bima.sees("@Sari is your mentor")
    for text in ("Speaking up", "within the next 14 days", "To break the ice"):
        assert text in str(mentee)
    opened = cast.bima.messages(with_="group")
    assert [message.text.splitlines()[-1] for message in opened] == [
        "I can't read what you write here."
    ]
    assert len(opened[0].text.splitlines()) == 3
    told = [text for text in posts(cast.world) if "said yes" in text or "yours" in text]
    assert "yours" in told[-1]  # the conversation opens after both introductions
    assert len(told) == 3


def test_each_reads_it_in_their_own_language_and_the_two_together_in_both(world: World) -> None:
    cast = Cast(world)
    cast.all_speak()
    cast.speaks(cast.bima, "id")
    cast.join()
    cast.propose()
    cast.bima.clicks("Ya")
    cast.sari.clicks("Yes")
    world.advance(timedelta(minutes=2))
    mentee = cast.bima.sees("Anda berdua setuju: @Sari menjadi mentor Anda")
    assert "Usulkan sesi" in str(mentee)
    assert "You both" not in str(mentee)
    cast.sari.sees("You both said yes: @Bima is your mentee")
    (opened,) = cast.sari.messages(with_="group")
    assert "Saya tidak bisa membaca percakapan di sini." in opened.text
    assert "I can't read what you write here." in opened.text
    assert cast.bima.messages(with_="group")[0].text == opened.text


def test_with_no_hour_in_common_the_conversation_opens_in_the_mentees(world: World) -> None:
    cast = Cast(world, mentor_tz="America/Los_Angeles")
    cast.all_speak()
    cast.join()
    cast.propose()
    cast.bima.clicks("Yes")
    # Monday 09:30 in Los Angeles is Tuesday 00:30 in Jakarta
    world.advance_to(datetime(2026, 11, 9, 17, 31, tzinfo=UTC))
    cast.sari.clicks("Yes")
    cast.sari.sees("@Bima is your mentee")
    assert cast.sari.messages(with_="group") == []
    world.advance_to(datetime(2026, 11, 10, 2, 29, tzinfo=UTC))
    cast.bima.does_not_see("is your mentor")
    assert cast.sari.messages(with_="group") == []
    world.advance_to(datetime(2026, 11, 10, 2, 32, tzinfo=UTC))
    cast.bima.sees("@Sari is your mentor")
    assert len(cast.sari.messages(with_="group")) == 1


def test_both_are_asked_to_reflect_by_the_rhythm_of_the_program(cast: Cast) -> None:
    cast.begin()
    assert _habits(cast) == [("month", 2, -1, "2026-11-25T16:00")] * 2


def test_a_conversation_that_opens_late_does_not_open_for_a_pair_that_ended(world: World) -> None:
    cast = Cast(world, mentor_tz="America/Los_Angeles")
    cast.all_speak()
    cast.join()
    cast.propose()
    cast.bima.clicks("Yes")
    world.advance_to(datetime(2026, 11, 9, 17, 31, tzinfo=UTC))
    cast.sari.clicks("Yes")
    cast.sari.types("/mentor stop")
    cast.sari.clicks("End it with Bima")
    world.advance(timedelta(days=1))
    assert cast.sari.messages(with_="group") == []
    cast.bima.does_not_see("is your mentor")
    cast.bima.sees("Your mentoring with @Sari has ended")


# Rhythm


def test_either_of_the_two_changes_the_rhythm_for_both(cast: Cast) -> None:
    cast.begin()
    cast.bima.clicks("How often I ask")
    assert "@Sari is told" in cast.shown(cast.bima)
    cast.bima.submits(
        {"How often": "Once a month", "Day": "Friday", "Which one in the month": "second"}
    )
    cast.bima.sees("on the second Friday of the month")
    told = cast.sari.sees("@Bima changed the rhythm of you two")
    assert "on the second Friday of the month" in str(told)
    assert _habits(cast) == [("month", 4, 2, "2026-11-13T16:00")] * 2
    cast.sari.clicks("How often I ask")
    cast.sari.submits({"How often": "As the programme does: on the last Wednesday of the month"})
    cast.bima.sees("on the last Wednesday of the month")
    assert _habits(cast) == [("month", 2, -1, "2026-11-25T16:00")] * 2


def test_a_partner_cannot_bring_back_what_somebody_asked_to_have_less_of(cast: Cast) -> None:
    _weekly(cast)
    cast.begin()
    _fewer(cast, cast.sari)
    cast.bima.clicks("How often I ask")
    cast.bima.submits({"How often": "Every week", "Day": "Friday"})
    assert sorted(_habits(cast)) == [
        ("month", 2, None, "2026-11-11T16:00"),
        ("week", 4, None, "2026-11-13T16:00"),
    ]


def test_pairs_go_with_their_program_unless_they_chose(cast: Cast) -> None:
    cast.begin()
    before = _weekly(cast)
    assert [habit[0] for habit in _habits(cast)] == ["week", "week"]
    cast.bima.clicks("How often I ask")
    cast.bima.submits({"How often": "Every second week", "Day": "Friday"})
    _weekly(cast, weekday=0, before=before)
    assert [habit[:2] for habit in _habits(cast)] == [("two_weeks", 4)] * 2


def test_a_lead_changes_the_day_and_hour_of_all_pairs(cast: Cast) -> None:
    cast.begin()
    cast.dewi.types("/mentor program")
    cast.dewi.clicks("Programme settings")
    cast.dewi.submits({"On": "Monday", "At": "09:30"})
    cast.dewi.sees("Saved.")
    assert _habits(cast) == [("month", 0, -1, "2026-11-30T09:30")] * 2


def test_a_closed_program_asks_nothing_more_whatever_its_pairs_choose(cast: Cast) -> None:
    cast.begin()
    cast.bima.clicks("How often I ask")
    cast.dewi.types("/mentor program")
    cast.dewi.clicks("Programme settings")
    cast.dewi.clicks("Close the programme")
    cast.bima.submits({"How often": "Every week"})
    assert [habit[3] for habit in _habits(cast)] == [None, None]


def test_the_same_rhythm_again_tells_nobody(cast: Cast) -> None:
    cast.begin()
    before = posts(cast.world, cast.sari)
    cast.bima.clicks("How often I ask")
    cast.bima.submits({})
    assert posts(cast.world, cast.sari) == before


def test_a_tampered_rhythm_is_refused_at_its_input(cast: Cast) -> None:
    cast.begin()
    cast.bima.clicks("How often I ask")
    payload = cast.bima.payload_for_submit()
    payload["view"]["state"]["values"]["every"]["input"]["selected_option"]["value"] = "daily"
    answer = cast.world.sandbox.deliver(payload)
    assert "every" in str(answer.body)
    assert cast.match().every is None


# Help


def test_help_is_a_person_first(cast: Cast) -> None:
    cast.begin()
    cast.bima.clicks("I need help")
    cast.bima.sees("A person to talk to: @Dewi (write to them)")
    cast.world.advance(timedelta(days=1))
    assert cast.match().help_asked_at is None
    assert not [text for text in posts(cast.world, cast.dewi) if "help" in text]


def test_a_lead_learns_which_pair_would_like_help_and_no_more(cast: Cast) -> None:
    cast.begin()
    before = posts(cast.world, cast.sari)
    cast.bima.clicks("I need help")
    cast.bima.clicks("Let the lead know that I'd like help")
    cast.bima.sees("The leads read that your pair would like help")
    told = cast.dewi.sees("somebody in the pair @Sari and @Bima would like help")
    assert "neither who nor why" in str(told)
    assert posts(cast.world, cast.sari) == before
    cast.bima.clicks("I need help")
    cast.bima.sees("The leads know that the two of you would like help")
    cast.bima.clicks("No longer needed")
    cast.bima.sees("It's taken back")
    assert cast.match().help_asked_at is None
    assert posts(cast.world, cast.sari) == before


def test_help_reaches_leads_at_night_too(cast: Cast) -> None:
    cast.begin()
    cast.world.advance_to(datetime(2026, 11, 9, 18, 0, tzinfo=UTC))
    cast.bima.clicks("I need help")
    cast.bima.clicks("Let the lead know that I'd like help")
    cast.dewi.sees("would like help")


def test_a_lead_who_is_the_partner_is_not_told(cast: Cast) -> None:
    pairs.leads(cast.world, cast.sari, cast.program)
    cast.begin()
    cast.bima.clicks("I need help")
    cast.bima.clicks("Let the lead know that I'd like help")
    cast.dewi.sees("would like help")
    cast.sari.does_not_see("would like help")


def test_a_person_to_talk_to_who_is_the_partner_is_not_offered(world: World) -> None:
    cast = Cast(world)
    cast.all_speak()
    cast.join()
    rina = world.add_person("rina", "Rina")
    pairs.leads(world, rina, cast.program)
    pairs.known(world, cast.sari)
    _contact(cast, cast.sari.id)
    cast.begin()
    cast.bima.clicks("I need help")
    seen = cast.bima.sees("A person to talk to")
    assert "@Dewi" in str(seen)
    assert "@Rina" in str(seen)
    assert "@Sari (" not in str(seen)


def test_help_stays_there_after_the_end(cast: Cast) -> None:
    cast.begin()
    asked = cast.bima.payload_for_click("I need help")
    rhythm = cast.bima.payload_for_click("How often I ask")
    cast.sari.types("/mentor stop")
    cast.sari.clicks("End it with Bima")
    cast.world.sandbox.deliver(asked)
    cast.bima.sees("A person to talk to: @Dewi")
    cast.world.sandbox.deliver(rhythm)
    cast.bima.sees("This mentoring has ended, so nothing was changed")


def test_strangers_reach_nothing_of_a_pair(cast: Cast) -> None:
    cast.begin()
    rina = cast.world.add_person("rina", "Rina", tz="Asia/Jakarta")
    rina.types("/mentor frobnicate")
    for action in ("help.ask", "help.tell_lead", "help.take_back", "match.rhythm", "match.end"):
        payload = rina.payload_for_click("Help")
        payload["actions"][0] |= {"action_id": action, "value": cast.match().id}
        cast.world.sandbox.deliver(payload)
        rina.sees("I can't find that any more")
    assert cast.match().help_asked_at is None
    assert cast.match().ended_at is None


def test_nobody_in_particular_reads_about_a_person_to_talk_to(cast: Cast) -> None:
    cast.bima.types("/mentor frobnicate")
    payload = cast.bima.payload_for_click("Help")
    payload["actions"][0] |= {"action_id": "help.ask", "value": ""}
    cast.world.sandbox.deliver(payload)
    seen = cast.bima.sees("A person to talk to: @Dewi")
    assert "Let the lead know" not in str(seen)


def _habits(cast: Cast) -> list[tuple[str, int, int | None, str | None]]:
    rows = cast.world.bot.db.read(
        lambda tx, _: tx.session.query(Schedule).filter_by(match_id=cast.match().id).all(), None
    )
    return [(row.every, row.weekday, row.nth, row.next_nominal) for row in rows]


def _weekly(cast: Cast, weekday: int = 2, before: PairRhythm | None = None) -> PairRhythm:
    """The programme asks every week now; its rhythm."""

    def change(tx: Tx, _: None) -> PairRhythm:
        program = tx.session.query(Program).one()
        was = before or matches.program_rhythm(program)
        program.every, program.weekday, program.nth = "week", weekday, None
        matches.follow_program(tx, program, was)
        return matches.program_rhythm(program)

    return cast.world.bot.db.run(change, None)


def _fewer(cast: Cast, person: Person) -> None:
    """Somebody asks to be asked once a month."""
    person_id = pairs.known(cast.world, person)

    def change(tx: Tx, _: None) -> None:
        row = tx.session.query(Schedule).filter_by(person_id=person_id).one()
        reader = tx.session.query(StoredPerson).filter_by(id=person_id).one()
        rhythm = Rhythm(Every.MONTH, row.weekday, row.local_time, row.anchor)
        schedules.set_schedule(tx, REFLECTION, row.subject_id, reader, rhythm)

    cast.world.bot.db.run(change, None)


def _contact(cast: Cast, slack_user_id: str) -> None:
    cast.world.bot.db.run(
        lambda tx, _: tx.session.query(Program).update({"contact_user_id": slack_user_id}), None
    )


def test_a_lead_who_is_the_partner_reads_nothing_of_a_wish_for_help(cast: Cast) -> None:
    """Neither in the status nor in the Monday digest; another lead does."""
    cast.begin()
    pairs.leads(cast.world, cast.sari, cast.program)
    cast.bima.clicks("I need help")
    cast.bima.clicks("help.tell_lead")
    for lead in (cast.sari, cast.dewi):
        lead.types("/mentor status")
    cast.world.advance(timedelta(days=8))
    cast.dewi.sees("would like your help")
    cast.sari.does_not_see("would like your help")
