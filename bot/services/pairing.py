"""A lead puts two people forward: what may stand in the way, and the proposal itself."""

from collections.abc import Set

from sqlalchemy import select

from bot.domain import limits
from bot.domain.actor import Actor
from bot.domain.lifecycle import MatchState, ParticipantState, ProgramState, Role
from bot.domain.programs import ProgramHeld
from bot.domain.proposals import (
    MENTEE,
    MENTOR,
    WHY,
    AlreadyPaired,
    ArrangePair,
    NotJoined,
    NotToBeMatched,
    PairedBefore,
    PairForm,
    Pairing,
    Propose,
    SeatsTaken,
    StartPair,
    first_is_mentor,
)
from bot.domain.refusals import InvalidField, NotALead
from bot.services import access, matches, people, proposals, transitions
from bot.storage import sealed
from bot.storage.models import Match, Participant, Person, Program, ProgramLead
from bot.storage.unit_of_work import Tx

_OPEN = (MatchState.PROPOSED, MatchState.ACTIVE)


def start(tx: Tx, command: StartPair) -> PairForm | Pairing:
    """The pair a lead means, where two people and one programme leave no question, else a form.
    Raises `NotALead`, and what `arrange` raises."""
    actor, named = command.actor, command.named
    programs = _led(tx, actor)
    if len(named) != 2 or len(programs) != 1:
        return PairForm(tuple((program.id, program.name) for program in programs), named[:2])
    program, (first, second) = programs[0], named
    if not first_is_mentor(_roles(tx, program, first), _roles(tx, program, second)):
        first, second = second, first
    return arrange(tx, ArrangePair(actor, program.id, mentor=first, mentee=second))


def arrange(tx: Tx, command: ArrangePair) -> Pairing:
    """The two as they would be proposed. Raises a refusal for whatever stands in the way."""
    return _pairing(tx, *_checked(tx, command))


def propose(tx: Tx, command: Propose) -> Pairing:
    """Ask both. Raises what `arrange` raises, `PairedBefore`, and `InvalidField` for the reason."""
    program, mentor, mentee = _checked(tx, command.pair)
    pairing = _pairing(tx, program, mentor, mentee)
    if pairing.again and not command.again:
        raise PairedBefore(mentor.slack_user_id, mentee.slack_user_id)
    match = _add(tx, command, program, mentor, mentee)
    for person in (mentee, mentor):
        proposals.ask(tx, match, person)
    return pairing


# What may stand in the way


def _checked(tx: Tx, command: ArrangePair) -> tuple[Program, Person, Person]:
    program = access.get_program_as_lead(tx, command.actor, command.program_id)
    if program.state is ProgramState.PAUSED:
        raise ProgramHeld(program.id)
    if command.mentor == command.mentee:
        raise InvalidField(MENTEE, "same_person")
    mentor = _colleague(tx, program, MENTOR, command.mentor)
    mentee = _colleague(tx, program, MENTEE, command.mentee)
    _check_open(tx, program, mentor, mentee)
    _check_places(tx, program, mentor, mentee)
    if matches.seats_left(tx, program.id, mentor) < 1:
        raise SeatsTaken(mentor.slack_user_id, program.id, own=False)
    return program, mentor, mentee


def _colleague(tx: Tx, program: Program, field: str, slack_user_id: str) -> Person:
    guests = program.guests_allowed
    return people.pick(tx, program.workspace_id, slack_user_id, input=field, guests=guests)


def _check_open(tx: Tx, program: Program, mentor: Person, mentee: Person) -> None:
    states = [
        match.state
        for match in _between(tx, mentor, mentee)
        if match.program_id == program.id and match.state in _OPEN
    ]
    if states:
        raise AlreadyPaired(active=states[0] is MatchState.ACTIVE)


def _check_places(tx: Tx, program: Program, mentor: Person, mentee: Person) -> None:
    sides = ((mentor, Role.MENTOR), (mentee, Role.MENTEE))
    places = [
        (
            person,
            role,
            access.get_participation(tx, program.workspace_id, program.id, person.id, role),
        )
        for person, role in sides
    ]
    missing = [(person.slack_user_id, role) for person, role, place in places if place is None]
    if missing:
        raise NotJoined(program.name, tuple(missing))
    private = [person.slack_user_id for person, _, place in places if place and not place.may_match]
    if private:
        raise NotToBeMatched(tuple(private))


# Rows


def _pairing(tx: Tx, program: Program, mentor: Person, mentee: Person) -> Pairing:
    earlier = [*_between(tx, mentor, mentee), *_between(tx, mentee, mentor)]
    return Pairing(
        program_id=program.id,
        program=program.name,
        mentor=people.who(mentor),
        mentee=people.who(mentee),
        swappable=Role.MENTOR in _roles(tx, program, mentee.slack_user_id)
        and Role.MENTEE in _roles(tx, program, mentor.slack_user_id),
        again=any(match.state not in _OPEN for match in earlier),
    )


def _add(tx: Tx, command: Propose, program: Program, mentor: Person, mentee: Person) -> Match:
    why, actor = command.why.strip(), command.pair.actor
    if len(why) > limits.SHORT_TEXT:
        raise InvalidField(WHY, "too_long", limits.SHORT_TEXT)
    match = Match(
        workspace_id=program.workspace_id,
        id=tx.new_id(),
        created_at=tx.now,
        program_id=program.id,
        mentor_id=mentor.id,
        mentee_id=mentee.id,
        state=MatchState.PROPOSED,
        proposed_by=actor.person_id,
    )
    sealed.write(match, "why", why or None)
    tx.session.add(match)
    tx.session.flush()
    transitions.begin(tx, actor, match, "match")
    return match


def _between(tx: Tx, mentor: Person, mentee: Person) -> list[Match]:
    query = select(Match).where(
        Match.workspace_id == mentor.workspace_id,
        Match.mentor_id == mentor.id,
        Match.mentee_id == mentee.id,
    )
    return list(tx.session.scalars(query))


def _roles(tx: Tx, program: Program, slack_user_id: str) -> Set[Role]:
    person = access.find_person(tx, program.workspace_id, slack_user_id)
    query = select(Participant.role).where(
        Participant.workspace_id == program.workspace_id,
        Participant.program_id == program.id,
        Participant.person_id == (person.id if person else ""),
        Participant.state == ParticipantState.READY,
    )
    return frozenset(tx.session.scalars(query))


def _led(tx: Tx, actor: Actor) -> list[Program]:
    query = (
        select(Program)
        .join(
            ProgramLead,
            (ProgramLead.workspace_id == Program.workspace_id)
            & (ProgramLead.program_id == Program.id),
        )
        .where(
            Program.workspace_id == actor.workspace_id,
            Program.state != ProgramState.CLOSED,
            ProgramLead.person_id == actor.person_id,
        )
        .order_by(Program.id)
    )
    programs = list(tx.session.scalars(query))
    if not programs:
        raise NotALead(access.lead_user_ids(tx, actor.workspace_id))
    return programs
