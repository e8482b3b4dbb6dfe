"""What may have happened between planning and sending that keeps a message from leaving."""

from bot.domain.cadence import local_date
from bot.domain.deliveries import KINDS, Kind, Purpose
from bot.domain.lifecycle import ProgramState
from bot.services import timing
from bot.storage.models import Delivery, Person, Program
from bot.storage.unit_of_work import Tx

_HELD_WITH_PROGRAM = frozenset(
    {kind.name for kind in KINDS.values() if kind.purpose is Purpose.PROMPT}
    | {"program.digest", "match.proposal_reminder"}
)


def obstacle(tx: Tx, row: Delivery, kind: Kind, person: Person) -> str | None:
    """Why this must not be sent any more, if something says so."""
    if row.expires_at is not None and tx.now >= row.expires_at:
        return "expired"
    if person.is_deactivated or person.is_bot:
        return "deactivated"
    if kind.purpose is Purpose.PROMPT:
        if person.stopped_at is not None:
            return "stopped"
        if timing.on_leave(tx, person, local_date(row.planned_for, person.tz)):
            return "leave"
    if row.program_id and kind.name in _HELD_WITH_PROGRAM:
        program = tx.session.get_one(Program, (row.workspace_id, row.program_id))
        if program.state is not ProgramState.ACTIVE:
            return "program_held"
    return None
