"""Stop, end, leave: always possible, never explained, and neutral to the other one."""

from datetime import datetime, timedelta

import pytest

from bot.domain.deliveries import DID_YOU_MEET
from bot.domain.lifecycle import MatchState, ParticipantState, Role, SessionState
from bot.sandbox.sight import SeenMessage, SeenView
from bot.services import deliveries, leaving
from bot.storage.models import Match, MentoringSession, Participant, Schedule
from bot.storage.models import Person as StoredPerson
from bot.storage.unit_of_work import Tx
from tests import pairs
from tests.cast import Cast, posts
from tests.world import World


@pytest.fixture
def cast(world: World) -> Cast:
    made = Cast(world)
    made.all_speak()
    made.join(seats=2)
    made.begin()
    return made


ENDED = "Your mentoring with @{} has ended. It's no judgement of anyone."


def test_stop_leaves_the_pair_and_can_be_undone(cast: Cast) -> None:
    cast.bima.types("/mentor berhenti")
    cast.bima.sees("Stopped: from now on I ask you nothing")
    assert _stopped(cast) is not None
    assert cast.match().state is MatchState.ACTIVE
    cast.bima.types("/mentor stop")
    cast.bima.clicks("Undo")
    cast.bima.sees("I'll ask you things again")
    assert _stopped(cast) is None


def test_stop_works_for_somebody_without_a_pair(cast: Cast) -> None:
    rina = cast.world.add_person("rina", "Rina")
    cast.speaks(rina, "en")
    rina.types("/mentor stop")
    assert _message(rina.sees("Stopped")).buttons == ("Undo",)


def test_stop_silences_what_was_planned_and_undo_brings_no_heap(cast: Cast) -> None:
    _ask_soon(cast)
    cast.bima.types("/mentor stop")
    cast.bima.clicks("Undo")
    before = posts(cast.world, cast.bima)
    cast.world.advance(timedelta(days=1))
    assert posts(cast.world, cast.bima) == before


def test_two_presses_end_a_mentoring(cast: Cast) -> None:
    cast.bima.types("/mentor stop")
    cast.bima.clicks("End it with Sari")
    cast.bima.sees("They read that, and nothing about why")
    cast.sari.sees(ENDED.format("Bima"))
    cast.world.advance(timedelta(days=3))
    assert len([text for text in posts(cast.world, cast.sari) if "has ended" in text]) == 1
    assert cast.match().state is MatchState.ENDED
    assert _roles(cast) == {ParticipantState.READY}


def test_everything_of_the_pair_ends_with_it(cast: Cast) -> None:
    soon, past = timedelta(days=2), timedelta(days=-1)
    ahead, over = _session(cast, soon), _session(cast, past)
    cast.bima.types("/mentor stop")
    cast.bima.clicks("End it with Sari")
    assert _session_state(cast, ahead) is SessionState.CANCELLED
    assert _session_state(cast, over) is SessionState.SCHEDULED  # it took place or not: not ours
    assert _enabled_habits(cast) == 0
    before = posts(cast.world, cast.sari)
    cast.world.advance(timedelta(days=20))
    assert posts(cast.world, cast.sari) == before


def test_a_mentor_picks_which_one(cast: Cast) -> None:
    rina = cast.world.add_person("rina", "Rina", tz="Asia/Jakarta")
    cast.speaks(rina, "en")
    cast.enroll(rina, Role.MENTEE)
    cast.dewi.types("/mentor pair @sari @rina")
    cast.dewi.submits({})
    rina.clicks("Yes")
    cast.sari.clicks("Yes")
    cast.sari.types("/mentor stop")
    cast.sari.clicks("End it with Rina")
    rina.sees(ENDED.format("Sari"))
    cast.bima.does_not_see("has ended")


def test_the_other_ends_it_a_moment_later(cast: Cast) -> None:
    for person in (cast.bima, cast.sari):
        person.types("/mentor stop")
    cast.bima.clicks("End it with Sari")
    cast.sari.clicks("End it with Bima", in_=_message(cast.sari.sees("Stopped")))
    cast.sari.sees("This mentoring has ended")
    cast.bima.does_not_see(ENDED.format("Sari"))


def test_the_same_press_twice_ends_it_once(cast: Cast) -> None:
    cast.bima.types("/mentor stop")
    first, second = (cast.bima.payload_for_click("End it with Sari") for _ in range(2))
    for payload in (first, second, first):
        cast.world.sandbox.deliver(payload)
    cast.world.settle()
    assert len([text for text in posts(cast.world, cast.sari) if "has ended" in text]) == 1


def test_leaving_the_program_ends_its_pairs_and_closes_what_was_proposed(cast: Cast) -> None:
    rina = cast.world.add_person("rina", "Rina", tz="Asia/Jakarta")
    cast.speaks(rina, "en")
    cast.enroll(rina, Role.MENTEE)
    cast.dewi.types("/mentor pair @sari @rina")
    cast.dewi.submits({})
    cast.sari.types("/mentor stop")
    cast.sari.clicks("Leave Growing")
    cast.sari.sees("You've left Growing")
    cast.bima.sees(ENDED.format("Sari"))
    rina.clicks("Yes")
    rina.sees("came to nothing")
    cast.dewi.sees("@Sari and @Rina, not this time")
    cast.sari.types("/mentor stop")
    assert _message(cast.sari.sees("Stopped")).buttons == ("Undo",)


def test_leaving_twice_is_refused_kindly(cast: Cast) -> None:
    cast.sari.types("/mentor stop")
    first, second = (cast.sari.payload_for_click("Leave Growing") for _ in range(2))
    cast.world.sandbox.deliver(first)
    cast.world.sandbox.deliver(second)
    cast.sari.sees("I can't find that any more")


@pytest.mark.parametrize("way", ["end", "leave", "deactivated"])
def test_no_reason_can_be_read_from_how_it_ended(cast: Cast, way: str) -> None:
    """Ended by a person, by leaving, or by Slack: the other one reads the same to the letter."""
    if way == "deactivated":
        _deactivate(cast, cast.sari.id)
        cast.world.settle()
    else:
        cast.sari.types("/mentor stop")
        cast.sari.clicks({"end": "End it with Bima", "leave": "Leave Growing"}[way])
    told = _message(cast.bima.sees(ENDED.format("Sari")))
    assert told.text == (
        "Your mentoring with @Sari has ended. It's no judgement of anyone. A lead may propose "
        "somebody new to you; you say yes or no then."
    )
    assert told.buttons == ("Open the menu", "I need help")


def test_somebody_deactivated_leaves_everything(cast: Cast) -> None:
    assert _deactivate(cast, cast.sari.id) == 1
    assert _deactivate(cast, cast.sari.id) == 0
    cast.world.settle()
    cast.bima.sees(ENDED.format("Sari"))
    assert cast.match().state is MatchState.ENDED
    assert len([text for text in posts(cast.world, cast.bima) if "has ended" in text]) == 1
    assert _roles(cast) == {ParticipantState.READY, ParticipantState.LEFT}


def _message(seen: SeenMessage | SeenView) -> SeenMessage:
    assert isinstance(seen, SeenMessage)
    return seen


def _stopped(cast: Cast) -> datetime | None:
    person_id = pairs.known(cast.world, cast.bima)
    return cast.world.bot.db.read(
        lambda tx, _: tx.session.query(StoredPerson).filter_by(id=person_id).one().stopped_at, None
    )


def _roles(cast: Cast) -> set[ParticipantState]:
    return cast.world.bot.db.read(
        lambda tx, _: {row.state for row in tx.session.query(Participant)}, None
    )


def _enabled_habits(cast: Cast) -> int:
    return cast.world.bot.db.read(
        lambda tx, _: tx.session.query(Schedule).filter_by(enabled=True).count(), None
    )


def _session(cast: Cast, in_: timedelta) -> str:
    """An agreed session of the pair, that long from now."""
    match = cast.match()

    def make(tx: Tx, _: None) -> str:
        row = MentoringSession(
            workspace_id=match.workspace_id,
            id=tx.new_id(),
            created_at=tx.now,
            match_id=match.id,
            state=SessionState.SCHEDULED,
            revision=1,
            start_at=tx.now + in_,
            end_at=tx.now + in_ + timedelta(minutes=45),
            organizer_id=match.mentee_id,
            organizer_tz="Asia/Jakarta",
        )
        tx.session.add(row)
        return row.id

    return cast.world.bot.db.run(make, None)


def _session_state(cast: Cast, session_id: str) -> SessionState:
    return cast.world.bot.db.read(
        lambda tx, _: tx.session.query(MentoringSession).filter_by(id=session_id).one().state, None
    )


def _ask_soon(cast: Cast) -> None:
    """A question to Bima that is due within the hour."""
    session_id, person_id = _session(cast, timedelta(hours=-1)), pairs.known(cast.world, cast.bima)

    def ask(tx: Tx, _: None) -> None:
        session = tx.session.query(MentoringSession).filter_by(id=session_id).one()
        match = tx.session.query(Match).filter_by(id=session.match_id).one()
        person = tx.session.query(StoredPerson).filter_by(id=person_id).one()
        deliveries.ask(
            tx,
            DID_YOU_MEET,
            person,
            "soon",
            match=match,
            session=session,
            planned_for=tx.now + timedelta(minutes=50),
        )

    cast.world.bot.db.run(ask, None)


def _deactivate(cast: Cast, slack_user_id: str) -> int:
    workspace = pairs.workspace_id(cast.world)
    return cast.world.bot.db.run(
        lambda tx, _: leaving.deactivate(tx, workspace, slack_user_id), None
    )
