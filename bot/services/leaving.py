"""Stopping, ending, leaving: what holds the bot back, and what ends a pair.

Whatever the reason, the other one reads the same words, once.
"""

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from bot.domain.actor import Actor
from bot.domain.deliveries import KINDS, MATCH_ENDED, Purpose
from bot.domain.leaving import (
    EndMatch,
    EndNotice,
    LeaveProgram,
    MatchEnded,
    ProgramLeft,
    Resumed,
    Stopped,
)
from bot.domain.lifecycle import (
    MATCH,
    PARTICIPANT,
    SESSION,
    MatchState,
    ParticipantState,
    SessionState,
)
from bot.domain.refusals import NotFound
from bot.services import (
    access,
    deliveries,
    loading,
    matches,
    people,
    proposals,
    schedules,
    transitions,
)
from bot.services.loading import Skip
from bot.storage.models import Delivery, Match, MentoringSession, Participant, Person, Program
from bot.storage.unit_of_work import Tx

_PROMPTS = tuple(kind for kind in KINDS.values() if kind.purpose is Purpose.PROMPT)
_OPEN = (MatchState.PROPOSED, MatchState.ACTIVE)


def stop(tx: Tx, actor: Actor) -> Stopped:
    """No prompt of any kind from now on; pairs, sessions and their reminders stay."""
    person = access.get_self(tx, actor)
    person.stopped_at = person.stopped_at or tx.now
    deliveries.cancel(
        tx, "stopped", workspace_id=person.workspace_id, person_id=person.id, kinds=_PROMPTS
    )
    active = access.active_matches(tx, person.workspace_id, person.id)
    partners = ((m.id, people.who(access.partner_of(tx, m, person.id))) for m in active)
    programs = ((program.id, program.name) for program in _programs(tx, person))
    return Stopped(tuple(partners), tuple(programs))


def resume(tx: Tx, actor: Actor) -> Resumed:
    """Prompts may come again. What was cancelled meanwhile stays so: there is no burst."""
    access.get_self(tx, actor).stopped_at = None
    return Resumed()


def end_match(tx: Tx, command: EndMatch) -> MatchEnded:
    """Either of the two ends it, without a reason. Raises `MatchOver`, `NotFound`."""
    match = access.get_active_match(tx, command.actor, command.match_id)
    partner = access.partner_of(tx, match, command.actor.person_id)
    _end(tx, command.actor, match, [partner], "no_fault")
    return MatchEnded(people.who(partner))


def leave_program(tx: Tx, command: LeaveProgram) -> ProgramLeft:
    """Out of a programme in every role, with every match in it. Raises `NotFound` for somebody
    who is not in it."""
    actor = command.actor
    person = access.get_self(tx, actor)
    program = tx.session.get(Program, (actor.workspace_id, command.program_id))
    places = _places(tx, person, program.id) if program else []
    if program is None or not places:
        raise NotFound
    partners = _end_all(tx, actor, person, "no_fault", program.id)
    for place in places:
        _withdraw(tx, actor, place, ParticipantState.WITHDRAWN)
    return ProgramLeft(program.name, tuple(map(people.who, partners)))


def leave_all(tx: Tx, actor: Actor) -> None:
    """Out of every programme at once, before everything about a person is deleted."""
    person = access.get_self(tx, actor)
    _end_all(tx, actor, person, "no_fault")
    deliveries.cancel(tx, "left", workspace_id=person.workspace_id, person_id=person.id)


def deactivate(tx: Tx, workspace_id: str, slack_user_id: str) -> int:
    """After Slack deactivated somebody: they leave everything, and each partner is told once, not
    why. How many matches ended; repeated, it is none."""
    person = access.find_person(tx, workspace_id, slack_user_id)
    if person is None:
        return 0
    person.is_deactivated = True
    deliveries.cancel(tx, "deactivated", workspace_id=workspace_id, person_id=person.id)
    schedules.disable(tx, workspace_id=workspace_id, person_id=person.id)
    ended = _end_all(tx, None, person, "left")
    for place in _places(tx, person):
        _withdraw(tx, None, place, ParticipantState.LEFT)
    return len(ended)


def end_program(tx: Tx, actor: Actor, program: Program) -> None:
    """With a programme end its proposals and pairs, and nobody is in it any more. Both of a pair
    are told."""
    proposals.close_all(tx, actor, program)
    active = select(Match).where(
        Match.workspace_id == program.workspace_id,
        Match.program_id == program.id,
        Match.state == MatchState.ACTIVE,
    )
    for match in tx.session.scalars(active.order_by(Match.id)):
        _end(tx, actor, match, matches.both(tx, match), "program_closed")
    places = select(Participant).where(
        Participant.workspace_id == program.workspace_id,
        Participant.program_id == program.id,
        Participant.state == ParticipantState.READY,
    )
    for place in tx.session.scalars(places):
        _withdraw(tx, actor, place, ParticipantState.WITHDRAWN)


# Ending


def _end_all(
    tx: Tx, actor: Actor | None, person: Person, reason: str, program_id: str | None = None
) -> list[Person]:
    """End or close every open match of a person; the partners of those that were under way."""
    partners = []
    for match in _open_matches(tx, person, program_id):
        if match.state is MatchState.PROPOSED:
            proposals.close(tx, actor, match, reason)
            continue
        partner = access.partner_of(tx, match, person.id)
        _end(tx, actor, match, [partner], reason)
        partners.append(partner)
    return partners


def _withdraw(tx: Tx, actor: Actor | None, place: Participant, became: ParticipantState) -> None:
    """Consent ends with taking part."""
    transitions.step(tx, actor, place, "participant", PARTICIPANT, became)
    place.may_match = place.in_directory = False


def _end(tx: Tx, actor: Actor | None, match: Match, told: Iterable[Person], reason: str) -> None:
    """All that belongs to the match ends with it, in this transaction."""
    transitions.step(tx, actor, match, "match", MATCH, MatchState.ENDED, reason)
    match.ended_at, match.help_asked_at = tx.now, None
    schedules.disable(tx, workspace_id=match.workspace_id, match_id=match.id)
    deliveries.cancel(tx, "match_ended", workspace_id=match.workspace_id, match_id=match.id)
    for session in _sessions_ahead(tx, match):
        transitions.step(
            tx, actor, session, "session", SESSION, SessionState.CANCELLED, "match_ended"
        )
    for person in told:
        deliveries.tell(tx, MATCH_ENDED, person, match.id, match=match)


# Rows


def _open_matches(tx: Tx, person: Person, program_id: str | None) -> list[Match]:
    query = select(Match).where(
        Match.workspace_id == person.workspace_id,
        (Match.mentor_id == person.id) | (Match.mentee_id == person.id),
        Match.state.in_(_OPEN),
    )
    if program_id is not None:
        query = query.where(Match.program_id == program_id)
    query = query.order_by(Match.id)
    return list(tx.session.scalars(query.with_for_update() if tx.is_postgresql else query))


def _sessions_ahead(tx: Tx, match: Match) -> list[MentoringSession]:
    """Those that can still be called off: a session that is over stays as it was."""
    query = select(MentoringSession).where(
        MentoringSession.workspace_id == match.workspace_id,
        MentoringSession.match_id == match.id,
        MentoringSession.state.in_((SessionState.PROPOSED, SessionState.SCHEDULED)),
        MentoringSession.end_at.is_(None) | (MentoringSession.end_at > tx.now),
    )
    return list(tx.session.scalars(query))


def _places(tx: Tx, person: Person, program_id: str | None = None) -> list[Participant]:
    query = select(Participant).where(
        Participant.workspace_id == person.workspace_id,
        Participant.person_id == person.id,
        Participant.state == ParticipantState.READY,
    )
    if program_id is not None:
        query = query.where(Participant.program_id == program_id)
    return list(tx.session.scalars(query))


def _programs(tx: Tx, person: Person) -> list[Program]:
    values = {"workspace": person.workspace_id, "person": person.id}
    return list(tx.session.scalars(_TAKING_PART, values))


_TAKING_PART = (
    select(Program)
    .where(
        Program.workspace_id == bindparam("workspace"),
        Program.id.in_(
            select(Participant.program_id).where(
                Participant.workspace_id == bindparam("workspace"),
                Participant.person_id == bindparam("person"),
                Participant.state == ParticipantState.READY,
            )
        ),
    )
    .order_by(Program.id)
)


# What the message says


@loading.loads(MATCH_ENDED)
def _load_ended(tx: Tx, row: Delivery) -> EndNotice | Skip:
    match, person = matches.of_delivery(tx, row)
    if match.state is not MatchState.ENDED:
        return Skip("not_ended")
    return EndNotice(people.who(access.partner_of(tx, match, person.id)))
