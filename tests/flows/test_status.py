"""How things stand: what a lead reads, what anybody else reads, and the weekly word."""

from datetime import timedelta

import pytest

from bot.domain.lifecycle import MatchState, PromptState, Role, SessionState
from bot.sandbox.people import Person
from bot.services.digests import start
from bot.storage.models import Match, MentoringSession, Program, Prompt
from bot.storage.models import Person as StoredPerson
from bot.storage.unit_of_work import Tx
from tests import pairs
from tests.cast import Cast, at
from tests.world import World

FOUR_WEEKS = timedelta(days=28)


@pytest.fixture
def cast(world: World) -> Cast:
    made = Cast(world)
    made.all_speak()
    made.join()
    return made


def status(person: Person) -> str:
    person.types("/mentor status")
    return str(person.messages("app")[-1])


def late_pair(cast: Cast) -> str:
    """A pair of the cast's that began four weeks ago."""
    began = cast.world.now - FOUR_WEEKS
    return _pair(cast, cast.sari, cast.bima, began)


def _pair(cast: Cast, mentor: Person, mentee: Person, began: object) -> str:
    workspace = pairs.workspace_id(cast.world)
    mentor_id, mentee_id = pairs.known(cast.world, mentor), pairs.known(cast.world, mentee)

    def make(tx: Tx, _: None) -> str:
        row = Match(
            workspace_id=workspace,
            id=tx.new_id(),
            created_at=tx.now,
            program_id=cast.program,
            mentor_id=mentor_id,
            mentee_id=mentee_id,
            state=MatchState.ACTIVE,
            started_at=began,
            proposed_by=mentor_id,
        )
        tx.session.add(row)
        return row.id

    return cast.world.bot.db.run(make, None)


def start_digest(cast: Cast) -> None:
    """The fixture makes leads by hand, so their weekly word is begun by hand too."""
    lead_id = pairs.known(cast.world, cast.dewi)

    def begin(tx: Tx, _: None) -> None:
        lead = tx.session.query(StoredPerson).filter_by(id=lead_id).one()
        start(tx, tx.session.query(Program).one(), lead)

    cast.world.bot.db.run(begin, None)


def test_a_lead_reads_numbers_and_a_next_step_for_each(cast: Cast) -> None:
    text = status(cast.dewi)
    assert "Joined: 1 mentor and 1 mentee." in text
    assert "Pairs: 0 under way, 0 proposed, 0 ended. 1 mentee has no mentor yet." in text
    for step in ("Invite people", "Propose a pair"):
        assert step in text
    assert "@Bima" not in text


def test_pairs_are_named_from_day_28_without_a_session(cast: Cast) -> None:
    cast.begin()
    cast.world.advance_to(at(cast.world, 9, 3) + FOUR_WEEKS - timedelta(hours=2))
    assert "@Bima" not in status(cast.dewi)
    cast.world.advance(timedelta(hours=2))
    text = status(cast.dewi)
    assert "@Bima and @Sari began four weeks ago or longer" in text
    assert "Write to Bima" in text


@pytest.mark.parametrize("state", [SessionState.HELD, SessionState.SCHEDULED])
def test_one_session_is_enough_not_to_be_named(cast: Cast, state: SessionState) -> None:
    match_id = late_pair(cast)
    assert "began four weeks ago" in status(cast.dewi)

    def meet(tx: Tx, _: None) -> None:
        match = tx.session.query(Match).filter_by(id=match_id).one()
        tx.session.add(
            MentoringSession(
                workspace_id=match.workspace_id,
                id=tx.new_id(),
                created_at=tx.now,
                match_id=match_id,
                state=state,
                start_at=tx.now + timedelta(days=3),
                end_at=tx.now + timedelta(days=3, hours=1),
                organizer_id=match.mentee_id,
                organizer_tz="Asia/Jakarta",
            )
        )

    cast.world.bot.db.run(meet, None)
    assert "began four weeks ago" not in status(cast.dewi)


def test_a_cry_for_help_is_named_without_saying_whose(cast: Cast) -> None:
    match_id = late_pair(cast)

    def ask(tx: Tx, _: None) -> None:
        tx.session.query(Match).filter_by(id=match_id).one().help_asked_at = tx.now

    cast.world.bot.db.run(ask, None)
    text = status(cast.dewi)
    assert "one of them would like your help" in text
    assert "began four weeks ago" not in text  # said once


def test_answers_are_counted_from_five_people_up(cast: Cast) -> None:
    match_id = late_pair(cast)
    people = [cast.sari, cast.bima] + [cast.world.add_person(f"p{n}") for n in range(3)]
    for person in people[:4]:
        prompted(cast, person, match_id, PromptState.ANSWERED)
    text = status(cast.dewi)
    assert "From 5 people up" in text
    assert "questions were answered" not in text
    prompted(cast, people[4], match_id, PromptState.LAPSED)
    assert "In four weeks, 4 of 5 questions were answered." in status(cast.dewi)


def prompted(cast: Cast, person: Person, match_id: str, state: PromptState) -> None:
    person_id, workspace = pairs.known(cast.world, person), pairs.workspace_id(cast.world)

    def make(tx: Tx, _: None) -> None:
        tx.session.add(
            Prompt(
                workspace_id=workspace,
                id=tx.new_id(),
                created_at=tx.now,
                key=f"test|{person_id}",
                kind="reflection.prompt",
                person_id=person_id,
                match_id=match_id,
                state=state,
                sent_at=tx.now,
            )
        )

    cast.world.bot.db.run(make, None)


def test_others_read_their_own_state_and_nothing_of_anybody_elses(cast: Cast) -> None:
    late_pair(cast)
    stranger = cast.world.add_person("rina", tz="Asia/Jakarta")
    cast.speaks(stranger, "en")
    pairs.joined(cast.world, stranger, cast.program, Role.MENTEE)
    text = status(stranger)
    assert "You're a mentee in Growing." in text
    assert "You aren't in a pair yet." in text
    for name in ("@Sari", "@Bima", "Joined:", "Pairs:"):
        assert name not in text
    mine = status(cast.bima)
    assert "Your mentoring: with @Sari." in mine
    assert "No session is planned." in mine


def test_the_weekly_word_comes_on_monday_morning_and_only_with_news(cast: Cast) -> None:
    start_digest(cast)
    monday = at(cast.world, 16, 2)  # 09:00 in Jakarta
    cast.world.advance_to(monday - timedelta(minutes=1))
    cast.dewi.does_not_see("the week in short")
    cast.world.advance_to(monday + timedelta(minutes=1))
    news = cast.dewi.sees("Growing: the week in short")
    assert "New: 2 people joined." in str(news)
    cast.world.advance_to(monday + timedelta(days=7, minutes=1))
    assert sum("the week in short" in m.text for m in cast.dewi.messages("app")) == 1


def test_a_removed_lead_gets_no_weekly_word(world: World) -> None:
    ani = world.add_person("ani", "Ani", tz="Asia/Jakarta", is_admin=True)
    budi = world.add_person("budi", "Budi", tz="Asia/Jakarta")
    world.add_channel("growth", [ani])
    ani.types("/mentor program")
    ani.clicks("Create a programme")
    ani.submits({"Name": "G", "What it's for": "x", "Channel for the announcement": "#growth"})
    ani.clicks("Add a second lead")
    ani.submits({"Add a lead": budi})
    budi.sees("made you a lead")
    ani.clicks("leads.remove#" + budi.id)
    ani.closes(everything=True)
    program_id = world.bot.db.read(lambda tx, _: tx.session.query(Program).one().id, None)
    pairs.joined(world, world.add_person("citra"), program_id, Role.MENTEE)
    world.advance(timedelta(days=8))
    ani.sees("the week in short")
    budi.does_not_see("the week in short")


def test_with_a_programme_its_pairs_end_and_both_are_told(cast: Cast) -> None:
    cast.begin()
    cast.dewi.types("/mentor program")
    cast.dewi.clicks("Programme settings")
    cast.dewi.clicks("Close the programme")
    cast.dewi.sees("is closed")
    for person in (cast.sari, cast.bima):
        person.sees("has ended")
    assert cast.match().state is MatchState.ENDED
