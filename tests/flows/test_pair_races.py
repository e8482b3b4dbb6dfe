"""Two people press in the same moment: exactly one outcome, whoever comes first."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest

from bot.domain.actor import Actor
from bot.domain.lifecycle import MatchState, Role
from bot.domain.proposals import (
    AlreadyPaired,
    AnswerProposal,
    ArrangePair,
    Outcome,
    ProposalAnswered,
    Propose,
)
from bot.domain.refusals import Refusal
from bot.sandbox.people import Person
from bot.services import pairing, people, proposals
from bot.storage.models import Match
from bot.storage.unit_of_work import Tx
from tests import pairs
from tests.cast import Cast, posts
from tests.world import World

C = TypeVar("C")
E = TypeVar("E")


@pytest.fixture
def cast(world: World) -> Cast:
    made = Cast(world)
    made.all_speak()
    made.join()
    return made


def test_both_say_yes_at_once(cast: Cast) -> None:
    cast.propose()
    match_id = cast.match().id
    answers = [AnswerProposal(_actor(cast, who), match_id, True) for who in (cast.sari, cast.bima)]
    outcomes = [event.outcome for event in _answer(cast, answers)]
    assert sorted(outcomes) == [Outcome.STARTED, Outcome.WAITING]
    cast.world.settle()
    for person in (cast.sari, cast.bima):
        assert len([text for text in posts(cast.world, person) if "both said yes" in text]) == 1


def test_yes_and_no_at_once(cast: Cast) -> None:
    cast.propose()
    match_id = cast.match().id
    sari, bima = _actor(cast, cast.sari), _actor(cast, cast.bima)
    _answer(cast, [AnswerProposal(sari, match_id, True), AnswerProposal(bima, match_id, False)])
    assert cast.match().state is MatchState.CLOSED


def test_two_mentees_and_one_place(cast: Cast) -> None:
    rina = cast.world.add_person("rina", "Rina", tz="Asia/Jakarta")
    cast.enroll(rina, Role.MENTEE)
    cast.propose()
    cast.dewi.types("/mentor pair @sari @rina")
    cast.dewi.submits({})
    ids = {row.mentee_id: row.id for row in _matches(cast)}
    sari, bima, rina_ = (_actor(cast, who) for who in (cast.sari, cast.bima, rina))
    for match_id in ids.values():
        cast.world.bot.db.run(proposals.answer, AnswerProposal(sari, match_id, True))
    answers = [AnswerProposal(who, ids[who.person_id], True) for who in (bima, rina_)]
    outcomes = [event.outcome for event in _answer(cast, answers)]
    assert sorted(outcomes) == [Outcome.PLACE_TAKEN, Outcome.STARTED]
    assert sorted(row.state for row in _matches(cast)) == [MatchState.ACTIVE, MatchState.CLOSED]


def test_two_leads_propose_the_same_two_at_once(cast: Cast) -> None:
    rina = cast.world.add_person("rina", "Rina", tz="Asia/Jakarta")
    pairs.leads(cast.world, rina, cast.program)
    commands = [
        Propose(
            ArrangePair(_actor(cast, lead), cast.program, cast.sari.id, cast.bima.id), "", False
        )
        for lead in (cast.dewi, rina)
    ]
    results = _at_once(cast, pairing.propose, commands)
    assert len([r for r in results if isinstance(r, AlreadyPaired)]) == 1
    assert len(_matches(cast)) == 1


def _answer(cast: Cast, commands: Sequence[AnswerProposal]) -> list[ProposalAnswered]:
    results = _at_once(cast, proposals.answer, commands)
    return [result for result in results if isinstance(result, ProposalAnswered)]


def _at_once(
    cast: Cast, use_case: Callable[[Tx, C], E], commands: Sequence[C]
) -> list[E | Refusal]:
    """What each got, when all are run in the same moment."""
    barrier = Barrier(len(commands))

    def run(command: C) -> E | Refusal:
        barrier.wait(10)
        try:
            return cast.world.bot.db.run(use_case, command)
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(commands)) as pool:
        return list(pool.map(run, commands))


def _actor(cast: Cast, person: Person) -> Actor:
    pairs.known(cast.world, person)
    wanted = people.FindActor(cast.world.sandbox.team.id, person.id, (), fresh=False)
    actor = cast.world.bot.db.read(people.find_actor, wanted).actor
    assert actor is not None
    return actor


def _matches(cast: Cast) -> list[Match]:
    return cast.world.bot.db.read(lambda tx, _: tx.session.query(Match).all(), None)
