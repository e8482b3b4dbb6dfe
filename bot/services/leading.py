"""Who leads a programme: added, removed, asked for."""

from sqlalchemy import delete, select

from bot.domain.actor import Actor
from bot.domain.cadence import local_date
from bot.domain.deliveries import LEAD_ADDED, LEAD_WISH
from bot.domain.leads import (
    AddLead,
    Asked,
    AskLeads,
    LastLead,
    LeadAdded,
    Leads,
    LeadWish,
    RemoveLead,
)
from bot.domain.lifecycle import ProgramState
from bot.domain.programs import OfProgram
from bot.services import access, deliveries, digests, loading, people
from bot.services.loading import Skip
from bot.storage.models import Audit, Delivery, Person, Program, ProgramLead, Workspace
from bot.storage.unit_of_work import Tx


def load_leads(tx: Tx, command: OfProgram) -> Leads:
    return _shown(tx, _get_to_name_leads(tx, command.actor, command.program_id))


def add_lead(tx: Tx, command: AddLead) -> Leads:
    """Make somebody a lead; they are told. Safe to repeat."""
    actor = command.actor
    program = _get_to_name_leads(tx, actor, command.program_id)
    person = people.pick(
        tx,
        actor.workspace_id,
        command.slack_user_id,
        input="lead",
        guests=program.guests_allowed,
    )
    if make_lead(tx, actor, program, person) and person.id != actor.person_id:
        params = {"by": actor.slack_user_id}
        key = f"{program.id}|{tx.now.isoformat()}"
        deliveries.tell(tx, LEAD_ADDED, person, key, program=program, params=params)
    return _shown(tx, program, added=person.slack_user_id)


def remove_lead(tx: Tx, command: RemoveLead) -> Leads:
    """One of the leads less, oneself included; never the last one. Safe to repeat."""
    actor = command.actor
    program = access.get_program_as_lead(tx, actor, command.program_id)
    person = access.find_person(tx, actor.workspace_id, command.slack_user_id)
    if person is not None and person in loading.leads(tx, actor.workspace_id, program.id):
        _remove(tx, actor, program, person)
    return _shown(tx, program)


def make_lead(tx: Tx, actor: Actor, program: Program, person: Person) -> bool:
    """Whether the person has become a lead by this; False: they were one."""
    inserted = tx.insert_once(
        ProgramLead,
        workspace_id=program.workspace_id,
        id=tx.new_id(),
        created_at=tx.now,
        program_id=program.id,
        person_id=person.id,
    )
    if inserted:
        digests.start(tx, program, person)
        _note(tx, actor, program, person, "lead")
    return inserted


def ask_leads(tx: Tx, command: AskLeads) -> Asked:
    """Pass on the wish to lead, or to have a programme, once a day at most. Without leads it goes
    to whoever installed the bot."""
    actor = command.actor
    program = access.get_program(tx, actor, command.program_id) if command.program_id else None
    readers = _who_decides(tx, actor, program)
    today = local_date(tx.now, actor.tz).isoformat()
    key = f"{actor.person_id}|{program.id if program else '-'}|{today}"
    for reader in readers:
        params = {"who": actor.slack_user_id}
        deliveries.tell(tx, LEAD_WISH, reader, key, program=program, params=params)
    return Asked(tuple(reader.slack_user_id for reader in readers))


@loading.loads(LEAD_WISH)
def _load_wish(tx: Tx, row: Delivery) -> object:
    asker = access.find_person(tx, row.workspace_id, row.params["who"])
    if asker is None or asker.is_deactivated:
        return Skip("asker_gone")
    if row.program_id is None:
        if _led_by(tx, row.workspace_id, asker.id):
            return Skip("settled")
        choices = tuple((p.id, p.name) for p in _led_by(tx, row.workspace_id, row.person_id))
        return LeadWish(asker.slack_user_id, None, choices)
    about = tx.session.get_one(Program, (row.workspace_id, row.program_id))
    if about.state is ProgramState.CLOSED or asker in loading.leads(tx, row.workspace_id, about.id):
        return Skip("settled")
    return LeadWish(asker.slack_user_id, about.name, ((about.id, about.name),))


@loading.loads(LEAD_ADDED)
def _load_added(tx: Tx, row: Delivery) -> object:
    program = tx.session.get_one(Program, (row.workspace_id, row.program_id))
    if row.person_id not in {p.id for p in loading.leads(tx, row.workspace_id, program.id)}:
        return Skip("no_lead")
    return LeadAdded(program.id, program.name, row.params["by"])


# Inside


def _get_to_name_leads(tx: Tx, actor: Actor, program_id: str) -> Program:
    """Those who may found a programme may name leads for any: its own may all have left."""
    if actor.may_found:
        return access.get_program(tx, actor, program_id)
    return access.get_program_as_lead(tx, actor, program_id)


def _remove(tx: Tx, actor: Actor, program: Program, person: Person) -> None:
    others = [
        lead
        for lead in loading.leads(tx, program.workspace_id, program.id)
        if lead is not person and not lead.is_deactivated
    ]
    if not others:
        raise LastLead(program.id)
    tx.session.execute(
        delete(ProgramLead).where(
            ProgramLead.workspace_id == program.workspace_id,
            ProgramLead.program_id == program.id,
            ProgramLead.person_id == person.id,
        )
    )
    digests.stop(tx, program, person)
    _note(tx, actor, program, person, "no_lead")


def _note(tx: Tx, actor: Actor, program: Program, person: Person, became: str) -> None:
    tx.session.add(
        Audit(
            workspace_id=program.workspace_id,
            at=tx.now,
            actor_id=actor.person_id,
            subject="lead",
            subject_id=person.id,
            became=became,
            reason=program.id,
        )
    )


def _shown(tx: Tx, program: Program, added: str | None = None) -> Leads:
    leads = loading.leads(tx, program.workspace_id, program.id)
    shown = tuple((lead.slack_user_id, lead.name) for lead in leads)
    return Leads(program.id, program.name, shown, added)


def _who_decides(tx: Tx, actor: Actor, program: Program | None) -> list[Person]:
    programs = [program] if program else _led_by(tx, actor.workspace_id, None)
    leads = {
        lead.id: lead
        for found in programs
        for lead in loading.leads(tx, actor.workspace_id, found.id)
        if not lead.is_deactivated
    }
    return list(leads.values()) or _installer(tx, actor)


def _installer(tx: Tx, actor: Actor) -> list[Person]:
    workspace = tx.session.get_one(Workspace, actor.workspace_id)
    if workspace.installer_user_id is None:
        return []
    stub = people.Stub(workspace.id, workspace.installer_user_id)
    return [access.get_person(tx, workspace.id, people.remember_stub(tx, stub))]


def _led_by(tx: Tx, workspace_id: str, person_id: str | None) -> list[Program]:
    """The open programmes this person leads; those of all leads when nobody is named."""
    led = select(ProgramLead.program_id).where(ProgramLead.workspace_id == workspace_id)
    if person_id is not None:
        led = led.where(ProgramLead.person_id == person_id)
    query = select(Program).where(
        Program.workspace_id == workspace_id,
        Program.state != ProgramState.CLOSED,
        Program.id.in_(led),
    )
    return list(tx.session.scalars(query.order_by(Program.id)))
