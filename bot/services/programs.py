"""Programmes: made, changed, held and closed by their leads."""

from datetime import date

from sqlalchemy import func, select

from bot.domain import lifecycle, program_settings
from bot.domain.actor import Actor
from bot.domain.cadence import Every, local_date
from bot.domain.lifecycle import ParticipantState, ProgramState, Role
from bot.domain.program_settings import (
    Basics,
    ChangeProgram,
    CheckedBasics,
    CreateProgram,
    Habit,
    Settings,
)
from bot.domain.programs import OfProgram, Panel, ProgramSummary
from bot.domain.refusals import InvalidField, NotALead
from bot.services import access, announcing, leading, leaving, matches, people, schedules
from bot.services.transitions import begin, step
from bot.storage.models import Participant, Program
from bot.storage.unit_of_work import Tx


def may_create(tx: Tx, actor: Actor) -> bool:
    return actor.may_found or access.is_lead(tx, actor)


def check_may_create(tx: Tx, actor: Actor) -> None:
    """Raises `NotALead`, naming whom to ask."""
    if not may_create(tx, actor):
        raise NotALead(access.lead_user_ids(tx, actor.workspace_id))


def create(tx: Tx, command: CreateProgram) -> ProgramSummary:
    """A programme from six fields, under way at once, with its maker as the lead."""
    actor = command.actor
    check_may_create(tx, actor)
    row = Program(
        workspace_id=actor.workspace_id,
        id=tx.new_id(),
        created_at=tx.now,
        state=ProgramState.ACTIVE,
        session_minutes=program_settings.DEFAULT_SESSION_MINUTES,
        guests_allowed=False,
        days_off=[],
        created_by=actor.person_id,
    )
    basics = _set_basics(tx, row, actor, command.basics)
    _set_habit(row, program_settings.default_habit(basics.every))
    tx.session.add(row)
    tx.session.flush()
    begin(tx, actor, row, "program")
    leading.make_lead(tx, actor, row, access.get_self(tx, actor))
    return summary(tx, row)


def load_panel(tx: Tx, actor: Actor) -> Panel:
    """What the actor runs. Raises `NotALead` for whoever runs nothing and may not begin to."""
    check_may_create(tx, actor)
    found = _not_closed(tx, actor.workspace_id)
    led = [row for row in found if access.is_lead(tx, actor, row.id)]
    others = [row for row in found if row not in led] if actor.may_found else []
    return Panel(tuple(summary(tx, row) for row in led), tuple(summary(tx, row) for row in others))


def load_summary(tx: Tx, command: OfProgram) -> ProgramSummary:
    return summary(tx, access.get_program_as_lead(tx, command.actor, command.program_id))


def load_settings(tx: Tx, command: OfProgram) -> Settings:
    row = access.get_program_as_lead(tx, command.actor, command.program_id)
    today = local_date(tx.now, command.actor.tz)
    return Settings(
        id=row.id,
        name=row.name,
        purpose=row.purpose,
        channel_id=row.channel_id or "",
        speaks=program_settings.speaks(row.language, row.address),
        habit=Habit(Every(row.every), row.weekday, row.nth, row.local_time),
        contact_user_id=row.contact_user_id,
        session_minutes=row.session_minutes,
        guests_allowed=row.guests_allowed,
        days_off=tuple(day for day in _days_off(row) if day >= today),
    )


def change(tx: Tx, command: ChangeProgram) -> ProgramSummary:
    """Take all settings as the form has them. Pairs without a rhythm of their own go along; days
    off are looked at in the moment of sending."""
    actor = command.actor
    row = access.get_program_as_lead(tx, actor, command.program_id)
    basics = _set_basics(tx, row, actor, command.basics)
    habit = program_settings.check_habit(
        basics.every, command.weekday, command.nth, command.local_time
    )
    before = matches.program_rhythm(row)
    _set_habit(row, habit)
    row.session_minutes = program_settings.check_minutes(command.session_minutes)
    row.guests_allowed = command.guests_allowed
    today = local_date(tx.now, actor.tz)
    days = program_settings.read_days_off(command.days_off, today)
    row.days_off = [day.isoformat() for day in days]
    tx.session.flush()
    matches.follow_program(tx, row, before)
    return summary(tx, row)


def hold(tx: Tx, command: OfProgram) -> ProgramSummary:
    """Prompts wait unsent until the programme goes on; agreed sessions keep their reminders."""
    return _turn(tx, command, ProgramState.PAUSED)


def resume(tx: Tx, command: OfProgram) -> ProgramSummary:
    """From the next occurrence on; what fell into the pause is not made up for."""
    return _turn(tx, command, ProgramState.ACTIVE)


def close(tx: Tx, command: OfProgram) -> str:
    """The end of a programme and of all its pairs, for good; its name."""
    row = access.get_program_as_lead(tx, command.actor, command.program_id)
    step(tx, command.actor, row, "program", lifecycle.PROGRAM, ProgramState.CLOSED)
    leaving.end_program(tx, command.actor, row)
    schedules.disable(tx, workspace_id=row.workspace_id, program_id=row.id)
    return row.name


def _turn(tx: Tx, command: OfProgram, became: ProgramState) -> ProgramSummary:
    row = access.get_program_as_lead(tx, command.actor, command.program_id)
    if row.state is not became:
        step(tx, command.actor, row, "program", lifecycle.PROGRAM, became)
    return summary(tx, row)


def summary(tx: Tx, row: Program) -> ProgramSummary:
    joined = _joined(tx, row)
    return ProgramSummary(
        id=row.id,
        name=row.name,
        state=row.state,
        channel_id=row.channel_id or "",
        leads=access.lead_user_ids(tx, row.workspace_id, row.id),
        mentors=joined.get(Role.MENTOR, 0),
        mentees=joined.get(Role.MENTEE, 0),
        announced=announcing.posted_before(tx, row),
    )


# Inside


def _not_closed(tx: Tx, workspace_id: str) -> list[Program]:
    return list(
        tx.session.scalars(
            select(Program)
            .where(Program.workspace_id == workspace_id, Program.state != ProgramState.CLOSED)
            .order_by(Program.id)
        )
    )


def _set_basics(tx: Tx, row: Program, actor: Actor, basics: Basics) -> CheckedBasics:
    checked = program_settings.check_basics(basics)
    for other in _not_closed(tx, actor.workspace_id):
        if other.id != row.id and other.name.casefold() == checked.name.casefold():
            raise InvalidField("name", "name_taken")
    contact = people.pick(
        tx, actor.workspace_id, basics.contact, input="contact", guests=row.guests_allowed
    )
    row.name, row.purpose, row.channel_id = checked.name, checked.purpose, checked.channel_id
    row.language, row.address = checked.speaks.language.value, checked.speaks.address.value
    row.contact_user_id = contact.slack_user_id
    return checked


def _set_habit(row: Program, habit: Habit) -> None:
    row.every, row.weekday, row.nth = habit.every.value, habit.weekday, habit.nth
    row.local_time = habit.local_time


def _days_off(row: Program) -> list[date]:
    return [date.fromisoformat(day) for day in row.days_off]


def _joined(tx: Tx, row: Program) -> dict[Role, int]:
    query = (
        select(Participant.role, func.count())
        .where(
            Participant.workspace_id == row.workspace_id,
            Participant.program_id == row.id,
            Participant.state == ParticipantState.READY,
        )
        .group_by(Participant.role)
    )
    return {Role(role): n for role, n in tx.session.execute(query)}
