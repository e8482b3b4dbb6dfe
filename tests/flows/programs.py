"""Programmes that are simply there, for stories that are about something else."""

from dataclasses import dataclass, field
from datetime import time
from typing import Any

from sqlalchemy import select

from bot.domain.lifecycle import ProgramState
from bot.services import access
from bot.storage.models import Program, ProgramLead, Workspace
from bot.storage.unit_of_work import Tx
from tests.world import World


@dataclass(frozen=True)
class _Wanted:
    name: str
    lead: str | None  # Slack user id
    values: dict[str, Any] = field(default_factory=dict)


def add_program(world: World, name: str, *, lead: str | None = None, **values: Any) -> str:
    """The id of an active programme. `lead` is the Slack id of somebody the bot knows."""
    return world.bot.db.run(_add, _Wanted(name, lead, values))


def change_program(world: World, program_id: str, **values: Any) -> None:
    """Set columns of a programme, such as its state."""
    world.bot.db.run(_change, (program_id, values))


def _add(tx: Tx, wanted: _Wanted) -> str:
    workspace = tx.session.scalars(select(Workspace).order_by(Workspace.id)).first()
    assert workspace is not None
    values: dict[str, Any] = {
        "purpose": "Grow together",
        "language": "en",
        "every": "week",
        "weekday": 4,
        "local_time": time(16),
        "contact_user_id": "UCONTACT",
        "state": ProgramState.ACTIVE,
        "created_by": "nobody",
    }
    row = Program(workspace_id=workspace.id, id=tx.new_id(), created_at=tx.now, name=wanted.name)
    for column, value in (values | wanted.values).items():
        setattr(row, column, value)
    tx.session.add(row)
    tx.session.flush()
    if wanted.lead:
        person = access.find_person(tx, workspace.id, wanted.lead)
        assert person is not None, "the lead has to have used the bot before"
        tx.session.add(
            ProgramLead(
                workspace_id=workspace.id,
                id=tx.new_id(),
                created_at=tx.now,
                program_id=row.id,
                person_id=person.id,
            )
        )
    return row.id


def _change(tx: Tx, command: tuple[str, dict[str, Any]]) -> None:
    program_id, values = command
    row = tx.session.scalars(select(Program).where(Program.id == program_id)).one()
    for column, value in values.items():
        setattr(row, column, value)
