"""A person's own world is in the order in which it needs them, and holds nothing of others."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.clock import MovableClock
from bot.domain.actor import Actor
from bot.domain.home import HomeSummary, Need
from bot.domain.lifecycle import (
    MatchState,
    ProgramState,
    PromptState,
    SessionState,
)
from bot.services import access, home
from bot.storage import sealed
from bot.storage.engine import open_engine
from bot.storage.models import (
    Goal,
    Leave,
    Match,
    MentoringSession,
    Person,
    Program,
    Prompt,
    Workspace,
)
from bot.storage.unit_of_work import Database, Tx

NOW = datetime(2026, 11, 9, 2, tzinfo=UTC)
TOMORROW, NEXT_WEEK = NOW + timedelta(days=1), NOW + timedelta(days=7)
WORKSPACE = "w"


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    """A workspace with one programme, and the people bima (who looks), a, b, c, d and other."""
    engine = open_engine(database_url)
    database = Database(engine, MovableClock(NOW))
    database.run(_people, None)
    yield database
    engine.dispose()


def _people(tx: Tx, _: None) -> None:
    workspace = Workspace(
        id=WORKSPACE, team_id="T1", name="Team", bot_user_id="UBOT", state="active", created_at=NOW
    )
    tx.session.add(workspace)
    tx.session.flush()
    for who in ("bima", "a", "b", "c", "d", "other"):
        person = Person(
            workspace_id=WORKSPACE,
            id=who,
            created_at=NOW,
            slack_user_id=f"U{who.upper()}",
            name=who,
            tz="Asia/Jakarta" if who == "bima" else "Europe/Berlin",
            profile_checked_at=NOW,
        )
        tx.session.add(person)
    program = Program(
        workspace_id=WORKSPACE,
        id="p",
        created_at=NOW,
        name="Engineering",
        purpose="Grow",
        language="en",
        every="week",
        weekday=4,
        local_time=time(16),
        contact_user_id="UWATI",
        state=ProgramState.ACTIVE,
        created_by="a",
    )
    tx.session.add(program)


@dataclass(frozen=True)
class Planned:
    """A session of the pair of bima and `mentor`."""

    mentor: str
    state: SessionState = SessionState.SCHEDULED
    start: datetime | None = None
    proposed: datetime | None = None
    proposed_by: str | None = None


def pair(tx: Tx, mentor: str, state: MatchState = MatchState.ACTIVE, mentee: str = "bima") -> None:
    tx.session.add(
        Match(
            workspace_id=WORKSPACE,
            id=f"m-{mentor}",
            created_at=NOW,
            program_id="p",
            mentor_id=mentor,
            mentee_id=mentee,
            proposed_by="other",
            state=state,
        )
    )
    tx.session.flush()


def session(tx: Tx, planned: Planned) -> None:
    end = planned.start + timedelta(minutes=45) if planned.start else None
    tx.session.add(
        MentoringSession(
            workspace_id=WORKSPACE,
            id=tx.new_id(),
            created_at=NOW,
            match_id=f"m-{planned.mentor}",
            state=planned.state,
            start_at=planned.start,
            end_at=end,
            organizer_id=planned.mentor,
            organizer_tz="UTC",
            proposed_start_at=planned.proposed,
            proposed_minutes=45 if planned.proposed else None,
            proposed_by=planned.proposed_by,
        )
    )


def actor(who: str = "bima") -> Actor:
    return Actor(
        WORKSPACE, who, f"U{who.upper()}", who, "UTC", "en", chose_language=True, may_found=False
    )


def look(db: Database) -> HomeSummary:
    return db.read(home.load, actor())


def test_whoever_needs_an_answer_comes_first(db: Database) -> None:
    def four_pairs(tx: Tx, _: None) -> None:
        for mentor in "abcd":
            pair(tx, mentor)
        session(tx, Planned("a", start=NEXT_WEEK))
        session(tx, Planned("b", start=TOMORROW))
        proposed = SessionState.PROPOSED
        session(tx, Planned("d", proposed, proposed=TOMORROW, proposed_by="d"))

    db.run(four_pairs, None)
    lines = look(db).pairs
    assert [(line.partner_name, line.need) for line in lines] == [
        ("d", Need.ANSWER),
        ("c", Need.PLAN),
        ("b", Need.MEET),
        ("a", Need.MEET),
    ]
    assert [line.at for line in lines] == [TOMORROW, None, TOMORROW, NEXT_WEEK]


def test_a_move_the_partner_proposes_comes_before_the_time_agreed(db: Database) -> None:
    def moved(tx: Tx, by: str) -> None:
        pair(tx, "a")
        session(tx, Planned("a", start=TOMORROW, proposed=NEXT_WEEK, proposed_by=by))

    db.run(moved, "a")
    [line] = look(db).pairs
    assert (line.need, line.at) == (Need.ANSWER, NEXT_WEEK)


def test_until_the_partner_answers_the_time_agreed_stands(db: Database) -> None:
    def moved(tx: Tx, _: None) -> None:
        pair(tx, "a")
        session(tx, Planned("a", start=TOMORROW, proposed=NEXT_WEEK, proposed_by="bima"))
        pair(tx, "b")
        session(tx, Planned("b", SessionState.PROPOSED, proposed=TOMORROW, proposed_by="bima"))

    db.run(moved, None)
    assert [(line.need, line.at) for line in look(db).pairs] == [
        (Need.WAIT, TOMORROW),
        (Need.MEET, TOMORROW),
    ]


def test_sessions_that_are_over_or_off_plan_nothing(db: Database) -> None:
    def over(tx: Tx, _: None) -> None:
        pair(tx, "a")
        session(tx, Planned("a", start=NOW - timedelta(hours=1)))
        session(tx, Planned("a", SessionState.CANCELLED, start=TOMORROW))
        session(tx, Planned("a", SessionState.HELD, start=NOW - timedelta(days=7)))

    db.run(over, None)
    assert [line.need for line in look(db).pairs] == [Need.PLAN]


def test_a_session_under_way_is_still_the_next_one(db: Database) -> None:
    def now(tx: Tx, _: None) -> None:
        pair(tx, "a")
        session(tx, Planned("a", start=NOW - timedelta(minutes=20)))

    db.run(now, None)
    assert [line.need for line in look(db).pairs] == [Need.MEET]


def test_what_waits_for_an_answer_is_shown_until_it_is_answered(db: Database) -> None:
    def proposals(tx: Tx, _: None) -> None:
        pair(tx, "a", MatchState.PROPOSED)
        pair(tx, "b", MatchState.PROPOSED)
        answered = tx.session.get_one(Match, (WORKSPACE, "m-b"))
        answered.mentee_yes_at = NOW
        pair(tx, "c", MatchState.CLOSED)
        for number, state in enumerate(PromptState):
            tx.session.add(
                Prompt(
                    workspace_id=WORKSPACE,
                    id=str(number),
                    created_at=NOW,
                    key=str(number),
                    kind="reflection.prompt",
                    person_id="bima",
                    match_id="m-a",
                    state=state,
                )
            )

    db.run(proposals, None)
    summary = look(db)
    assert [line.match_id for line in summary.proposals] == ["m-a"]
    assert len(summary.prompts) == 2, "one sent, one put off"
    assert {line.partner for line in summary.prompts} == {"UA"}


def test_nothing_of_others_is_in_it(db: Database) -> None:
    def theirs(tx: Tx, _: None) -> None:
        pair(tx, "a", mentee="other")
        for owner, words in (("other", "secret"), ("bima", "mine"), ("bima", "done")):
            goal = Goal(
                workspace_id=WORKSPACE,
                id=tx.new_id(),
                created_at=NOW,
                person_id=owner,
                what=sealed.seal(words),
                done_at=NOW if words == "done" else None,
            )
            tx.session.add(goal)

    db.run(theirs, None)
    summary = look(db)
    assert (summary.pairs, summary.prompts, summary.proposals) == ((), (), ())
    assert [goal.what for goal in summary.goals] == ["mine"]
    assert "mine" not in repr(summary)


def test_leave_of_ones_own_and_of_the_partner(db: Database) -> None:
    def away(tx: Tx, _: None) -> None:
        pair(tx, "a")
        for who, first, last in (
            ("bima", date(2026, 12, 1), date(2026, 12, 5)),
            ("bima", date(2026, 11, 16), date(2026, 11, 20)),
            ("bima", date(2026, 10, 1), date(2026, 10, 5)),
            ("a", date(2026, 11, 8), date(2026, 11, 12)),
        ):
            tx.session.add(
                Leave(
                    workspace_id=WORKSPACE,
                    id=tx.new_id(),
                    created_at=NOW,
                    person_id=who,
                    first_day=first,
                    last_day=last,
                )
            )

    db.run(away, None)
    summary = look(db)
    assert summary.away is not None
    assert (summary.away.first_day, summary.away.is_now) == (date(2026, 11, 16), False)
    assert summary.pairs[0].partner_away_until == date(2026, 11, 12)


def test_only_homes_opened_within_the_hour_are_published_again(db: Database) -> None:
    clock = db._clock
    assert isinstance(clock, MovableClock)

    def change(tx: Tx, _: None) -> None:
        for who in ("bima", "a"):
            home.mark_stale(tx, access.get_person(tx, WORKSPACE, who))

    db.run(home.open_home, actor("a"))
    clock.set(NOW + timedelta(minutes=30))
    db.run(home.open_home, actor("bima"))
    clock.set(NOW + timedelta(minutes=59))
    db.run(change, None)
    clock.set(NOW + timedelta(minutes=61))
    assert [one.slack_user_id for one in db.run(home.take_stale, 10)] == ["UBIMA"]
    assert db.run(home.take_stale, 10) == ()


def test_opening_home_makes_it_fresh(db: Database) -> None:
    db.run(home.open_home, actor())
    db.run(home.touch, actor())
    db.run(home.open_home, actor())
    assert db.run(home.take_stale, 10) == ()
