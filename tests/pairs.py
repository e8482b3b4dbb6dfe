"""Shortcuts to a programme with a pair in it, for tests whose story begins there."""

from datetime import time
from typing import Any

from bot.domain.lifecycle import MatchState, ParticipantState, ProgramState, Role
from bot.sandbox.people import Person as SandboxPerson
from bot.services import people
from bot.slack import directory
from bot.storage import sealed
from bot.storage.models import Match, Participant, Program, ProgramLead, Workspace
from bot.storage.unit_of_work import Tx
from tests.world import World


def workspace_id(world: World) -> str:
    return world.bot.db.read(lambda tx, _: tx.session.query(Workspace).one().id, None)


def known(world: World, person: SandboxPerson) -> str:
    """The id of somebody the bot has looked up."""
    workspace = workspace_id(world)
    profile = directory.fetch(world.bot.gateway, workspace, person.id)
    return world.bot.db.run(people.remember, people.Remember(workspace, profile))


def program(world: World, **chosen: Any) -> str:
    """An active programme nobody leads; its id."""

    def make(tx: Tx, _: None) -> str:
        values: dict[str, Any] = {"name": "Mentoring", "purpose": "Learn", "language": "en"}
        values |= {"every": "week", "weekday": 2, "nth": None, "local_time": time(9, 30)}
        values |= {"contact_user_id": "UCONTACT", "state": ProgramState.ACTIVE, "days_off": []}
        values |= {"channel_id": None, "created_by": "nobody"} | chosen
        row = Program(
            workspace_id=tx.session.query(Workspace).one().id,
            id=tx.new_id(),
            created_at=tx.now,
            **values,
        )
        tx.session.add(row)
        return row.id

    return world.bot.db.run(make, None)


def led(world: World, lead: SandboxPerson, **chosen: Any) -> str:
    """An active programme with a lead, who is also the person to talk to; its id."""
    program_id = program(world, **{"contact_user_id": lead.id} | chosen)
    leads(world, lead, program_id)
    return program_id


def leads(world: World, lead: SandboxPerson, program_id: str) -> None:
    """Make somebody a lead."""
    workspace, person_id = workspace_id(world), known(world, lead)

    def make(tx: Tx, _: None) -> None:
        row = ProgramLead(
            workspace_id=workspace,
            id=tx.new_id(),
            created_at=tx.now,
            program_id=program_id,
            person_id=person_id,
        )
        tx.session.add(row)

    world.bot.db.run(make, None)


def joined(
    world: World,
    person: SandboxPerson,
    program_id: str,
    role: Role,
    topics: str | None = None,
    **chosen: Any,
) -> str:
    """Somebody in a programme; the person's id."""
    workspace, person_id = workspace_id(world), known(world, person)

    def make(tx: Tx, _: None) -> None:
        values = {"state": ParticipantState.READY, "languages": ["en"], "seats": 2}
        values |= {"may_match": True, "in_directory": False, "consented_at": tx.now} | chosen
        row = Participant(
            workspace_id=workspace,
            id=tx.new_id(),
            created_at=tx.now,
            program_id=program_id,
            person_id=person_id,
            role=role,
            **values,
        )
        sealed.write(row, "topics", topics)
        tx.session.add(row)

    world.bot.db.run(make, None)
    return person_id


def pair(
    world: World, mentor: SandboxPerson, mentee: SandboxPerson, program_id: str = "", **chosen: Any
) -> str:
    """A mentoring under way between two people who joined; its id."""
    workspace, program_id = workspace_id(world), program_id or program(world)
    mentor_id = joined(world, mentor, program_id, Role.MENTOR)
    mentee_id = joined(world, mentee, program_id, Role.MENTEE)

    def make(tx: Tx, _: None) -> str:
        values = {"state": MatchState.ACTIVE, "started_at": tx.now, "proposed_by": mentor_id}
        row = Match(
            workspace_id=workspace,
            id=tx.new_id(),
            created_at=tx.now,
            program_id=program_id,
            mentor_id=mentor_id,
            mentee_id=mentee_id,
            **values | chosen,
        )
        tx.session.add(row)
        return row.id

    return world.bot.db.run(make, None)
