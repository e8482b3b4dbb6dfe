"""Joining a programme, from the first press to a profile that can be changed again."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.lifecycle import ParticipantState, ProgramState
from bot.storage import sealed
from bot.storage.models import Audit, Participant, Person, Program
from bot.storage.unit_of_work import Tx
from tests import pairs
from tests.world import World

BOTH_TICKS = {"I agree": ["I take part, as described above", "The programme may match me"]}
ONE_TICK = {"I agree": ["I take part, as described above"]}


def _participants(tx: Tx, _: None) -> list[Participant]:
    return list(tx.session.scalars(select(Participant).order_by(Participant.id)))


def participants(world: World) -> list[Participant]:
    return world.bot.db.read(_participants, None)


def change_program(world: World, program_id: str, **values: Any) -> None:
    """Set columns of a programme, such as its state."""

    def change(tx: Tx, _: None) -> None:
        row = tx.session.scalars(select(Program).where(Program.id == program_id)).one()
        for column, value in values.items():
            setattr(row, column, value)

    world.bot.db.run(change, None)


def _hours(tx: Tx, name: str) -> Any:
    return tx.session.scalars(select(Person.meeting_hours).where(Person.name == name)).one()


def test_a_mentor_joins_in_three_presses_and_one_form(world: World) -> None:
    pairs.program(world, name="Engineering")
    sari = world.add_person("sari", tz="Asia/Jakarta")
    sari.types("/mentor join")
    sari.clicks("Join as a mentor")
    form = sari.modal
    assert form is not None
    for words in ("Your mentoring partner sees", "Programme leads see", "You alone see"):
        assert words in form.text
    sari.submits({"What I can help with": "Careers", "How many mentees at once": "2", **BOTH_TICKS})
    sari.sees("You're in Engineering as a mentor.")
    sari.sees("Nothing more to do. The most I'll send you is 3 prompts a week.")
    [row] = participants(world)
    assert (row.role, row.state, row.seats, row.may_match) == ("mentor", "ready", 2, True)
    assert sealed.read(row, "topics") == "Careers"
    assert row.languages == ["en"]
    assert row.consented_at == world.now
    assert row.joined_on is not None


def test_a_mentee_is_asked_less_and_told_what_comes_next(world: World) -> None:
    rina = world.add_person("rina")
    rina.types("/mentor")
    pairs.led(world, rina, name="Engineering")
    bima = world.add_person("bima", tz="Asia/Jakarta")
    bima.types("/mentor gabung")
    bima.clicks("Join as a mentee")
    bima.does_not_see("How many mentees at once")
    bima.submits({"What I want to work on": "Data", **BOTH_TICKS})
    bima.sees("Now @Rina can look for somebody who fits")
    bima.sees("Write down a goal")


def test_consent_is_never_ticked_beforehand_and_taking_part_needs_it(world: World) -> None:
    pairs.program(world, name="Engineering")
    bima = world.add_person("bima")
    bima.types("/mentor join")
    bima.clicks("Join as a mentee")
    bima.submits({"What I want to work on": "Data", "I agree": ["The programme may match me"]})
    assert bima.modal is not None
    assert "tick that you take part" in bima.modal.errors["I agree"]
    assert participants(world) == []
    bima.submits(ONE_TICK)
    bima.sees("Nobody is proposed to you while The programme may match me is off.")
    assert not participants(world)[0].may_match


@pytest.mark.parametrize(
    ("hours", "error"),
    [
        ("nine to five", "Write hours like"),
        ("17:00-09:00", "The end comes before the start"),
        ("25:00-26:00", "Write hours like"),
        (",", "Something needs to go in here"),
    ],
)
def test_hours_that_cannot_be_read_are_named_at_their_field(
    world: World, hours: str, error: str
) -> None:
    pairs.program(world, name="Engineering")
    bima = world.add_person("bima")
    bima.types("/mentor join")
    bima.clicks("Join as a mentee")
    bima.submits({"What I want to work on": "Data", "Hours on these days": hours, **ONE_TICK})
    assert bima.modal is not None
    assert error in bima.modal.errors["Hours on these days"]
    assert participants(world) == []


def test_joining_again_edits_the_profile(world: World) -> None:
    pairs.program(world, name="Engineering")
    bima = world.add_person("bima", tz="Asia/Jakarta")
    bima.types("/mentor join")
    bima.clicks("Join as a mentee")
    evenings = {"Days I can meet": ["Tuesday"], "Hours on these days": "19.00-21.00"}
    bima.submits({"What I want to work on": "Data", **evenings, **BOTH_TICKS})
    first = participants(world)[0].consented_at
    bima.closes(everything=True)
    world.advance(timedelta(days=1))
    bima.types("/mentor join")
    bima.clicks("My mentee profile")
    assert bima.modal is not None
    assert "Data" in bima.modal.text
    assert "19:00-21:00" in bima.modal.text
    bima.submits({"What I want to work on": "Leading a team", **ONE_TICK})
    bima.sees("Saved: your mentee profile in Engineering.")
    [row] = participants(world)
    assert sealed.read(row, "topics") == "Leading a team"
    assert not row.may_match
    assert row.consented_at == first
    assert world.bot.db.read(_hours, "Bima")[1] == "19:00-21:00"


def test_one_person_may_be_both(world: World) -> None:
    pairs.program(world, name="Engineering")
    bima = world.add_person("bima")
    for role, wish in (("mentor", "What I can help with"), ("mentee", "What I want to work on")):
        bima.types("/mentor join")
        bima.clicks(f"Join as a {role}")
        bima.submits({wish: "Data", **BOTH_TICKS})
        bima.closes(everything=True)
    assert {row.role for row in participants(world)} == {"mentor", "mentee"}
    bima.opens_home()
    bima.sees("Engineering: mentor and mentee")


def test_hours_too_manifold_for_the_form_are_kept(world: World) -> None:
    pairs.program(world, name="Engineering")
    bima = world.add_person("bima")
    bima.types("/mentor")
    week = ["09:00-12:00", "", "13:00-17:00", "", "", "", ""]
    world.bot.db.run(_set_hours, week)
    bima.types("/mentor join")
    bima.clicks("Join as a mentee")
    bima.does_not_see("Hours on these days")
    bima.submits({"What I want to work on": "Data", **ONE_TICK})
    bima.sees("You're in Engineering")
    assert world.bot.db.read(_hours, "Bima") == week


def _set_hours(tx: Tx, week: list[str]) -> None:
    tx.session.scalars(select(Person)).one().meeting_hours = week


def test_a_preview_shows_what_is_typed_and_nothing_as_markup(world: World) -> None:
    pairs.program(world, name="Engineering")
    sari = world.add_person("sari", tz="Asia/Jakarta")
    sari.types("/mentor join")
    sari.clicks("Join as a mentor")
    nasty = "<!channel> *bold* <https://evil.example|here> & @everyone"
    sari.fills({"What I can help with": nasty})
    sari.clicks("Preview as others see me")
    assert sari.modal is not None
    assert nasty in sari.modal.text
    assert "Can meet Mon–Fri 09:00–17:00, by the clock of Asia/Jakarta" in sari.modal.text
    sari.closes()
    sari.submits(ONE_TICK)
    sari.sees("You're in Engineering")
    assert sealed.read(participants(world)[0], "topics") == nasty


def test_with_several_programmes_each_is_offered(world: World) -> None:
    pairs.program(world, name="Engineering", purpose="Build well")
    design = pairs.program(world, name="Design", purpose="See well")
    bima = world.add_person("bima")
    bima.types("/mentor join")
    bima.sees("Engineering")
    bima.clicks("Join as a mentee", beside="See well")
    bima.submits({"What I want to work on": "Colour", **ONE_TICK})
    assert [row.program_id for row in participants(world)] == [design]


def test_a_join_button_stands_for_its_programme(world: World) -> None:
    pairs.program(world, name="Engineering")
    pairs.program(world, name="Design")
    bima = world.add_person("bima")
    bima.types("/mentor")
    bima.clicks("Join", beside="Design")
    assert bima.modal is not None
    assert "Design" in bima.modal.text
    assert "Engineering" not in bima.modal.text


def test_where_there_is_no_programme_the_next_step_is_offered(world: World) -> None:
    bima, rina = world.add_person("bima"), world.add_person("rina", is_admin=True)
    bima.types("/mentor join")
    assert "I'd like to run one" in bima.sees("There's no programme to join just now").buttons
    rina.types("/mentor join")
    assert "Create a programme" in rina.sees("You can create the first one").buttons


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (ProgramState.PAUSED, "Engineering is on hold just now, so nobody can join."),
        (ProgramState.CLOSED, "Engineering is over, so nobody can join any more."),
    ],
)
def test_a_form_left_open_meets_a_programme_that_changed(
    world: World, state: ProgramState, words: str
) -> None:
    program = pairs.program(world, name="Engineering")
    bima = world.add_person("bima")
    bima.types("/mentor join")
    bima.clicks("Join as a mentee")
    change_program(world, program, state=state)
    bima.submits({"What I want to work on": "Data", **ONE_TICK})
    bima.sees(words)
    assert participants(world) == []
    bima.closes()
    assert bima.modal is not None
    assert "Data" in bima.modal.text, "what was typed is still there"


def test_an_old_join_button_says_what_became_of_the_programme(world: World) -> None:
    program = pairs.program(world, name="Engineering")
    bima = world.add_person("bima")
    bima.types("/mentor")
    change_program(world, program, state=ProgramState.CLOSED)
    bima.clicks("Join")
    bima.sees("Engineering is over")


def test_who_is_in_a_held_programme_may_still_change_their_profile(world: World) -> None:
    program = pairs.program(world, name="Engineering")
    bima = world.add_person("bima")
    bima.types("/mentor join")
    bima.clicks("Join as a mentee")
    bima.submits({"What I want to work on": "Data", **ONE_TICK})
    bima.clicks("Change my profile")
    change_program(world, program, state=ProgramState.PAUSED)
    bima.submits({"What I want to work on": "Leading"})
    bima.sees("Saved")


@pytest.mark.parametrize(
    "account", [{"is_restricted": True}, {"is_ultra_restricted": True}], ids=["several", "single"]
)
def test_guests_join_where_the_programme_lets_them(world: World, account: dict[str, Any]) -> None:
    program = pairs.program(world, name="Engineering")
    visitor = world.add_person("visitor", **account)
    visitor.types("/mentor join")
    visitor.sees("Engineering is not open to guests")
    change_program(world, program, guests_allowed=True)
    visitor.types("/mentor join")
    visitor.clicks("Join as a mentee")
    visitor.submits({"What I want to work on": "Data", **ONE_TICK})
    visitor.sees("You're in Engineering")


def test_the_same_submission_twice_is_one_participation(world: World) -> None:
    pairs.program(world, name="Engineering")
    bima = world.add_person("bima")
    bima.types("/mentor join")
    bima.clicks("Join as a mentee")
    bima.submits({"What I want to work on": "Data", **ONE_TICK})
    world.sandbox.redeliver(world.sandbox.deliveries[-1])
    assert len(participants(world)) == 1
    assert world.bot.db.read(_steps, None) == [(None, "ready")]


def _steps(tx: Tx, _: None) -> list[tuple[str | None, str]]:
    query = select(Audit.was, Audit.became).where(Audit.subject == "participant")
    return [(row.was, row.became) for row in tx.session.execute(query.order_by(Audit.id))]


@pytest.mark.parametrize(
    ("meta", "words"),
    [
        ('{"program": "of somebody else", "role": "mentee"}', "I can't find that any more"),
        ('{"program": "", "role": "mentee"}', "I can't find that any more"),
        ('{"role": "lead"}', "This has changed meanwhile"),
        ("nonsense", "This has changed meanwhile"),
    ],
)
def test_a_form_that_was_tampered_with_changes_nothing(world: World, meta: str, words: str) -> None:
    pairs.program(world, name="Engineering")
    bima = world.add_person("bima")
    bima.types("/mentor join")
    bima.clicks("Join as a mentee")
    bima.fills({"What I want to work on": "Data", **ONE_TICK})
    payload = bima.payload_for_submit()
    payload["view"]["private_metadata"] = meta
    answer = world.sandbox.deliver(payload)
    assert words in str(answer)
    assert participants(world) == []


def test_coming_back_finds_what_was_said_before(world: World) -> None:
    pairs.program(world, name="Engineering")
    bima = world.add_person("bima")
    bima.types("/mentor join")
    bima.clicks("Join as a mentee")
    bima.submits({"What I want to work on": "Data", **BOTH_TICKS})
    bima.closes(everything=True)
    world.bot.db.run(_withdrawn, None)
    bima.types("/mentor join")
    bima.clicks("Join as a mentee")
    assert bima.modal is not None
    assert "Data" in bima.modal.text
    bima.submits(ONE_TICK)
    bima.sees("You're in Engineering as a mentee.")
    [row] = participants(world)
    assert row.state is ParticipantState.READY


def _withdrawn(tx: Tx, _: None) -> None:
    row = tx.session.scalars(select(Participant)).one()
    row.state, row.may_match = ParticipantState.WITHDRAWN, False


def test_the_whole_form_in_indonesian(world: World) -> None:
    pairs.program(world, name="Teknik")
    bima = world.add_person("bima", tz="Asia/Jakarta")
    bima.types("/mentor gabung")
    bima.clicks("Bahasa Indonesia")
    bima.clicks("Bergabung sebagai mentee")
    ticks = ["Saya ikut serta, seperti dijelaskan di atas"]
    bima.submits({"Yang ingin saya kembangkan": "Analisis data", "Saya setuju": ticks})
    bima.sees("Anda sudah bergabung di Teknik sebagai mentee.")
    bima.sees("Paling banyak saya mengirim 3 ajakan dalam seminggu.")
    assert participants(world)[0].languages == ["id"]
