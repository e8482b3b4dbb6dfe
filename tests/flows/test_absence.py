"""Days away: stated, joined, taken back; what the partner reads, and the first morning after."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.cadence import offset_of
from bot.domain.deliveries import DID_YOU_MEET
from bot.domain.lifecycle import DeliveryState, PromptState, SessionState
from bot.sandbox.people import Person as SandboxPerson
from bot.services import deliveries
from bot.storage.models import Delivery, Leave, Match, MentoringSession, Person, Prompt
from bot.storage.unit_of_work import Tx
from tests.pairs import known, pair, workspace_id
from tests.world import World

# T0 is Monday 9 November 2026, 09:00 in Jakarta.


@pytest.fixture
def bima(world: World) -> SandboxPerson:
    """A mentor in Jakarta, with a mentee in Berlin."""
    bima = world.add_person("bima", "Bima", tz="Asia/Jakarta")
    pair(world, bima, world.add_person("sari", "Sari", tz="Europe/Berlin"))
    for handle in ("bima", "sari"):
        _chooses(world, world.person(handle), "en")
    return bima


def _chooses(world: World, person: SandboxPerson, locale: str) -> None:
    def choose(tx: Tx, person_id: str) -> None:
        tx.session.get_one(Person, (workspace_id(world), person_id)).locale = locale

    world.bot.db.run(choose, known(world, person))


def _leaves(world: World) -> list[tuple[date, date]]:
    def load(tx: Tx, _: None) -> list[tuple[date, date]]:
        rows = tx.session.query(Leave).filter(Leave.cancelled_at.is_(None)).order_by(Leave.id)
        return [(row.first_day, row.last_day) for row in rows]

    return world.bot.db.read(load, None)


def _session(world: World, start: datetime, state: SessionState = SessionState.SCHEDULED) -> str:
    def make(tx: Tx, _: None) -> str:
        match = tx.session.query(Match).one()
        agreed = state is SessionState.SCHEDULED
        row = MentoringSession(
            workspace_id=match.workspace_id,
            id=tx.new_id(),
            created_at=tx.now,
            match_id=match.id,
            state=state,
            organizer_id=match.mentor_id,
            organizer_tz="Asia/Jakarta",
            start_at=start if agreed else None,
            end_at=start + timedelta(minutes=45) if agreed else None,
            proposed_start_at=None if agreed else start,
        )
        tx.session.add(row)
        return row.id

    return world.bot.db.run(make, None)


def _asks(world: World, person: SandboxPerson, key: str, planned: datetime) -> None:
    def ask(tx: Tx, person_id: str) -> None:
        reader = tx.session.get_one(Person, (workspace_id(world), person_id))
        session = tx.session.query(MentoringSession).first()
        deliveries.ask(tx, DID_YOU_MEET, reader, key, session=session, planned_for=planned)

    world.bot.db.run(ask, known(world, person))


def test_dates_are_taken_as_typed_and_the_partner_reads_them_in_their_hours(
    world: World, bima: SandboxPerson
) -> None:
    sari = world.person("sari")
    bima.types("/mentor away 12 Nov - 20 Nov")
    bima.sees("you're away: 12–20 November 2026")
    assert _leaves(world) == [(date(2026, 11, 12), date(2026, 11, 20))]
    sari.does_not_see("is away")  # 03:00 in Berlin
    world.advance_to(datetime(2026, 11, 9, 8, 29, tzinfo=UTC))
    sari.does_not_see("is away")
    world.advance_to(datetime(2026, 11, 9, 8, 30, tzinfo=UTC))
    sari.sees("Bima is away: 12–20 November 2026")


def test_indonesian_works_without_a_slash_word_or_language_set(
    world: World, bima: SandboxPerson
) -> None:
    _chooses(world, bima, "id")
    bima.types("/mentor cuti besok sampai jumat")
    bima.sees("cuti: 10–13 November 2026")


def test_without_dates_a_form_asks(world: World, bima: SandboxPerson) -> None:
    bima.types("/mentor away")
    bima.submits({"First day away": date(2026, 11, 16)})
    bima.sees("you're away: 16 November 2026")
    assert _leaves(world) == [(date(2026, 11, 16), date(2026, 11, 16))]


@pytest.mark.parametrize(
    ("first", "last", "fault"),
    [
        (date(2026, 11, 16), date(2026, 11, 15), "The end comes before the start"),
        (date(2026, 11, 2), date(2026, 11, 8), "in the past"),
        (date(2026, 11, 16), date(2027, 11, 17), "within 365 days"),
    ],
)
def test_impossible_days_are_refused_in_the_form(
    world: World, bima: SandboxPerson, first: date, last: date, fault: str
) -> None:
    bima.types("/mentor away")
    bima.submits({"First day away": first, "Last day away": last})
    assert bima.modal is not None
    assert fault in str(bima.modal.errors)
    assert _leaves(world) == []


def test_what_was_typed_and_cannot_be_read_leads_to_the_form(
    world: World, bima: SandboxPerson
) -> None:
    for typed, answer in (
        ("away soonish", "I can't read that as dates"),
        ("away 2026-11-31", "no such day"),
        ("away 2026-11-20 to 2026-11-12", "comes before the first"),
        ("away 2026-01-01", "in the past"),
        ("away 2028-01-01", "within 365 days"),
    ):
        bima.types(f"/mentor {typed}")
        assert "Pick the dates" in bima.sees(answer).buttons
    bima.clicks("Pick the dates")
    assert bima.modal is not None
    assert _leaves(world) == []


def test_figures_that_read_two_ways_are_asked_about(world: World, bima: SandboxPerson) -> None:
    bima.types("/mentor away 5/6")
    bima.sees("two ways")
    bima.clicks("6 May 2027")
    bima.sees("you're away: 6 May 2027")
    assert _leaves(world) == [(date(2027, 5, 6), date(2027, 5, 6))]


def test_a_made_up_reading_finds_nothing(world: World, bima: SandboxPerson) -> None:
    bima.types("/mentor away 5/6")
    payload = bima.payload_for_click("6 May 2027")
    payload["actions"][0]["value"] = "2027-05-06' OR 1=1"
    world.sandbox.deliver(payload)
    assert _leaves(world) == []


def test_days_that_meet_become_one_leave(world: World, bima: SandboxPerson) -> None:
    bima.types("/mentor away 12 Nov - 20 Nov")
    bima.types("/mentor away 25 Nov - 30 Nov")
    bima.types("/mentor away 21 Nov - 25 Nov")
    bima.sees("Together with the days stated before")
    assert _leaves(world) == [(date(2026, 11, 12), date(2026, 11, 30))]
    world.advance_to(datetime(2026, 11, 10, 9, tzinfo=UTC))
    told = [m.text for m in world.person("sari").messages("app") if "is away" in m.text]
    assert len(told) == 1
    assert "12–30 November 2026" in told[0]


def test_the_same_press_twice_changes_nothing(world: World, bima: SandboxPerson) -> None:
    bima.types("/mentor away 5/6")
    payload = bima.payload_for_click("6 May 2027")
    world.sandbox.deliver(payload)
    world.sandbox.deliver(payload)
    bima.types("/mentor away 6 May 2027")
    bima.sees("Noted, you're away: 6 May 2027")
    assert _leaves(world) == [(date(2027, 5, 6), date(2027, 5, 6))]
    world.advance(timedelta(days=1))
    assert len([m for m in world.person("sari").messages("app") if "is away" in m.text]) == 1


def test_sessions_inside_are_asked_about(world: World, bima: SandboxPerson) -> None:
    _session(world, datetime(2026, 11, 13, 3, tzinfo=UTC))
    _session(world, datetime(2026, 11, 20, 16, 59, tzinfo=UTC), SessionState.PROPOSED)
    _session(world, datetime(2026, 11, 20, 17, tzinfo=UTC))  # already the 21st in Jakarta
    bima.types("/mentor away 12 Nov - 20 Nov")
    answer = bima.sees("These sessions fall into it")
    assert answer.buttons.count("Move") == answer.buttons.count("Keep") == 2
    assert "With @Sari, proposed: Fri 20 Nov, 23:59 WIB" in answer.text
    bima.clicks("Keep")
    bima.sees("It stays as it is")
    bima.clicks("Move")
    assert bima.modal is not None
    bima.closes()
    bima.clicks("Cancel")
    assert bima.modal is not None


def test_many_sessions_inside_still_fit_a_message(world: World, bima: SandboxPerson) -> None:
    for day in range(30):
        _session(world, datetime(2026, 12, 1, 3, tzinfo=UTC) + timedelta(days=day))
    bima.types("/mentor away 1 Dec - 31 Dec")
    answer = bima.sees("These sessions fall into it")
    assert answer.buttons.count("Keep") == 15
    assert "Our sessions" in answer.buttons


def test_no_prompt_comes_during_leave_and_one_message_after(
    world: World, bima: SandboxPerson
) -> None:
    session = _session(world, datetime(2026, 11, 24, 3, tzinfo=UTC))
    bima.types("/mentor away 12 Nov - 20 Nov")
    for day in (13, 17):
        _asks(world, bima, f"{session}|{day}", datetime(2026, 11, day, 3, tzinfo=UTC))
    before = len(bima.messages("app"))
    world.advance_to(datetime(2026, 11, 23, 2, 29, tzinfo=UTC))
    assert len(bima.messages("app")) == before
    monday = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)  # 09:30 in Jakarta
    world.advance_to(monday + offset_of(bima.id))
    bima.sees("Welcome back. Nothing piled up")
    assert "Tue 24 Nov, 10:00 WIB" in bima.messages("app")[-1].text
    assert len(bima.messages("app")) == before + 1
    bima.opens_home()
    bima.does_not_see("Answer")  # it asks nothing


def test_with_nothing_to_say_there_is_no_message_after(world: World, bima: SandboxPerson) -> None:
    bima.types("/mentor away 12 Nov - 20 Nov")
    before = len(bima.messages("app"))
    world.advance_to(datetime(2026, 11, 25, tzinfo=UTC))
    assert len(bima.messages("app")) == before


def test_a_longer_leave_moves_the_message_after_it(world: World, bima: SandboxPerson) -> None:
    _session(world, datetime(2026, 11, 26, 3, tzinfo=UTC))
    bima.types("/mentor away 12 Nov - 20 Nov")
    bima.types("/mentor away 21 Nov - 24 Nov")
    world.advance_to(datetime(2026, 11, 25, 2, 29, tzinfo=UTC))
    bima.does_not_see("Nothing piled up")
    world.advance_to(datetime(2026, 11, 25, 2, 30, tzinfo=UTC) + offset_of(bima.id))
    bima.sees("Nothing piled up")


def test_back_early_ends_it_and_tells_a_partner_who_knew(world: World, bima: SandboxPerson) -> None:
    sari = world.person("sari")
    bima.types("/mentor away 10 Nov - 30 Nov")
    world.advance_to(datetime(2026, 11, 12, 8, tzinfo=UTC))
    sari.sees("Bima is away")
    bima.types("/mentor back")
    bima.sees("Welcome back")
    assert _leaves(world) == [(date(2026, 11, 10), date(2026, 11, 11))]
    world.advance(timedelta(days=1))
    sari.sees("called off the days away until 30 November 2026")
    bima.types("/mentor kembali")
    bima.sees("You aren't away just now, so there's nothing to end")


def test_planned_days_can_be_taken_back_before_anybody_hears(
    world: World, bima: SandboxPerson
) -> None:
    bima.types("/mentor away 12 Nov - 20 Nov")
    bima.types("/mentor back")
    bima.sees("Planned days can be taken back")
    bima.clicks("12–20 November 2026")
    bima.sees("is an ordinary time again")
    bima.types("/mentor away 12 Nov")
    world.advance(timedelta(days=1))
    told = [m.text for m in world.person("sari").messages("app") if "away" in m.text]
    assert len(told) == 1
    assert told[0].count("12 November 2026") == 1


def test_somebody_elses_leave_cannot_be_taken_back(world: World, bima: SandboxPerson) -> None:
    sari = world.person("sari")
    sari.types("/mentor away 12 Nov")
    bima.types("/mentor away 20 Nov")
    theirs = sari.payload_for_click("Take it back")["actions"][0]["value"]
    payload = bima.payload_for_click("Take it back")
    payload["actions"][0]["value"] = theirs
    world.sandbox.deliver(payload)
    assert len(_leaves(world)) == 2


def test_what_waits_moves_behind_the_leave_and_back_again(
    world: World, bima: SandboxPerson
) -> None:
    _session(world, datetime(2026, 12, 1, 3, tzinfo=UTC))
    _asks(world, bima, "late", datetime(2026, 11, 13, 9, 59, tzinfo=UTC))  # Friday 16:59

    def due(tx: Tx, _: None) -> tuple[datetime, DeliveryState, PromptState]:
        row = tx.session.query(Delivery).filter(Delivery.kind == DID_YOU_MEET.name).one()
        prompt = tx.session.query(Prompt).filter(Prompt.kind == DID_YOU_MEET.name).one()
        return row.due_at, row.state, prompt.state

    bima.types("/mentor away 12 Nov - 15 Nov")
    waits = (DeliveryState.PENDING, PromptState.PLANNED)
    monday = datetime(2026, 11, 16, 2, 30, tzinfo=UTC) + offset_of(bima.id)
    assert world.bot.db.read(due, None) == (monday, *waits)
    bima.clicks("Take it back")
    assert world.bot.db.read(due, None) == (datetime(2026, 11, 13, 9, 59, tzinfo=UTC), *waits)
