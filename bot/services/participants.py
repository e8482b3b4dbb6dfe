"""Joining a programme, and changing what one said there. Leaving is in `leaving`."""

from dataclasses import replace

from sqlalchemy import select

from bot.domain.actor import Actor
from bot.domain.cadence import Hours, local_date
from bot.domain.lifecycle import PARTICIPANT, ParticipantState, ProgramState, Role
from bot.domain.participants import (
    Answers,
    CannotJoin,
    Card,
    Join,
    JoinChoice,
    Joined,
    JoinForm,
    LookAround,
    Obstacle,
    Offer,
    OpenForm,
    Profile,
    checked,
    fresh_profile,
)
from bot.domain.refusals import NotFound
from bot.services import access, transitions
from bot.storage import sealed
from bot.storage.models import Participant, Person, Program
from bot.storage.unit_of_work import Tx


def look_around(tx: Tx, command: LookAround) -> JoinChoice:
    """The programmes this person could join, or the one a button named. Raises `CannotJoin`."""
    actor = command.actor
    person = access.get_person(tx, actor.workspace_id, actor.person_id)
    named = _find_program(tx, actor, command.program_id)
    if named is not None:
        _check(tx, actor, person, named, _roles(tx, person, named.id))
    programs = [named] if named else _open_to(tx, actor, person)
    offers = tuple(_offer(tx, person, program) for program in programs)
    return JoinChoice(offers, named.id if named else "", actor.chose_language)


def open_form(tx: Tx, command: OpenForm) -> JoinForm:
    """The form for one role, with what is known filled in. Raises `CannotJoin`, `NotFound`."""
    actor = command.actor
    person = access.get_person(tx, actor.workspace_id, actor.person_id)
    program = _program(tx, actor, person, command.program_id)
    row = _place(tx, person, program.id, command.role)
    again = row is not None and row.state is ParticipantState.READY
    profile = profile_of(row, person) if row else fresh_profile(actor.locale, _hours(person))
    return JoinForm(program.id, program.name, command.role, again, profile)


def preview(tx: Tx, command: Join) -> Card:
    """How others would see what is in the form now. Raises `InvalidField`."""
    actor = command.actor
    person = access.get_person(tx, actor.workspace_id, actor.person_id)
    profile = checked(_taking_part(command.answers), command.role, _hours(person))
    return Card(person.slack_user_id, person.tz, command.role, profile)


def join(tx: Tx, command: Join) -> Joined:
    """Take part in one role, or change what one said. Raises `CannotJoin`, `InvalidField`."""
    actor = command.actor
    person = access.get_self(tx, actor)
    program = _program(tx, actor, person, command.program_id)
    profile = checked(command.answers, command.role, _hours(person))
    row = _place(tx, person, program.id, command.role)
    again = row is not None and row.state is ParticipantState.READY
    if row is None:
        row = _add(tx, actor, person, program, command.role)
    elif not again:
        transitions.step(tx, actor, row, "participant", PARTICIPANT, ParticipantState.READY)
        row.consented_at, row.joined_on = tx.now, local_date(tx.now, person.tz)
    _keep(row, person, profile)
    leads = access.lead_user_ids(tx, actor.workspace_id, program.id)
    return Joined(
        program.id,
        program.name,
        command.role,
        again,
        profile.may_match,
        person.prompts_per_week,
        leads,
    )


# What is possible


def _open_to(tx: Tx, actor: Actor, person: Person) -> list[Program]:
    active = access.active_programs(tx, actor.workspace_id)
    if not active:
        leads = access.lead_user_ids(tx, actor.workspace_id)
        raise CannotJoin(Obstacle.NOTHING_OPEN, leads=leads, may_found=actor.may_found)
    possible = [program for program in active if _obstacle(person, program) is None]
    if not possible:
        _check(tx, actor, person, active[0], frozenset())
    return possible


def _program(tx: Tx, actor: Actor, person: Person, program_id: str) -> Program:
    program = _find_program(tx, actor, program_id)
    if program is None:
        raise NotFound
    _check(tx, actor, person, program, _roles(tx, person, program.id))
    return program


def _find_program(tx: Tx, actor: Actor, program_id: str) -> Program | None:
    """In any state: somebody who presses an old button is told what became of the programme."""
    return tx.session.get(Program, (actor.workspace_id, program_id)) if program_id else None


def _check(tx: Tx, actor: Actor, person: Person, program: Program, mine: frozenset[Role]) -> None:
    obstacle = _obstacle(person, program)
    if obstacle is Obstacle.HELD and mine:
        return  # who is in may still change what they said
    if obstacle is not None:
        leads = access.lead_user_ids(tx, actor.workspace_id, program.id)
        raise CannotJoin(obstacle, program.name, leads)


def _obstacle(person: Person, program: Program) -> Obstacle | None:
    if person.is_bot or person.is_deactivated:
        return Obstacle.NOT_A_PERSON
    if program.state is ProgramState.CLOSED:
        return Obstacle.CLOSED
    if person.is_external and not program.guests_allowed:
        return Obstacle.EXTERNAL
    if person.is_guest and not program.guests_allowed:
        return Obstacle.GUEST
    return Obstacle.HELD if program.state is ProgramState.PAUSED else None


# Rows and what they say


def _offer(tx: Tx, person: Person, program: Program) -> Offer:
    return Offer(program.id, program.name, program.purpose, _roles(tx, person, program.id))


def _roles(tx: Tx, person: Person, program_id: str) -> frozenset[Role]:
    query = select(Participant.role).where(
        Participant.workspace_id == person.workspace_id,
        Participant.program_id == program_id,
        Participant.person_id == person.id,
        Participant.state == ParticipantState.READY,
    )
    return frozenset(tx.session.scalars(query))


def _place(tx: Tx, person: Person, program_id: str, role: Role) -> Participant | None:
    """In any state: who comes back finds what they once said."""
    return tx.session.scalar(
        select(Participant).where(
            Participant.workspace_id == person.workspace_id,
            Participant.program_id == program_id,
            Participant.person_id == person.id,
            Participant.role == role,
        )
    )


def _add(tx: Tx, actor: Actor, person: Person, program: Program, role: Role) -> Participant:
    row = Participant(
        workspace_id=person.workspace_id,
        id=tx.new_id(),
        created_at=tx.now,
        program_id=program.id,
        person_id=person.id,
        role=role,
        state=ParticipantState.READY,
        consented_at=tx.now,
        joined_on=local_date(tx.now, person.tz),
    )
    tx.session.add(row)
    transitions.begin(tx, actor, row, "participant")
    return row


def _keep(row: Participant, person: Person, profile: Profile) -> None:
    sealed.write(row, "topics", profile.topics)
    row.languages = list(profile.languages)
    row.seats, row.may_match = profile.seats, profile.may_match
    if profile.hours != _hours(person):
        person.meeting_hours = profile.hours.to_json()


def profile_of(row: Participant, person: Person) -> Profile:
    """What somebody said on joining. Shown to its author, and to leads of that programme."""
    return Profile(
        topics=sealed.read(row, "topics") or "",
        languages=tuple(row.languages),
        seats=row.seats,
        hours=_hours(person),
        may_match=row.may_match,
    )


def _hours(person: Person) -> Hours:
    spans = person.meeting_hours or person.message_hours
    return Hours.from_json(spans) if spans else Hours.default()


def _taking_part(answers: Answers) -> Answers:
    """A preview needs no consent yet."""
    return replace(answers, takes_part=True)
