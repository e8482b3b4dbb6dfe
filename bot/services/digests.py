"""The weekly word to each lead: Monday morning on their own clock, only when there is news."""

from collections.abc import Iterable, Sequence
from datetime import time, timedelta

from bot.domain.cadence import Every, Rhythm, local_date
from bot.domain.deliveries import DIGEST
from bot.services import access, health, loading, planning, schedules
from bot.services.loading import Skip
from bot.services.planning import Turn, Wanted
from bot.storage.models import Delivery, Person, Program
from bot.storage.unit_of_work import Tx

WEEKDAY, LOCAL_TIME = 0, time(9, 0)
COVERS = timedelta(days=7)


def start(tx: Tx, program: Program, lead: Person) -> None:
    rhythm = Rhythm(Every.WEEK, WEEKDAY, LOCAL_TIME, anchor=local_date(tx.now, lead.tz))
    schedules.set_schedule(tx, DIGEST, program.id, lead, rhythm, program_id=program.id)


def stop(tx: Tx, program: Program, lead: Person) -> None:
    schedules.disable(
        tx,
        workspace_id=program.workspace_id,
        program_id=program.id,
        person_id=lead.id,
        kind=DIGEST,
    )


@planning.plans(DIGEST)
def _plan(_tx: Tx, _workspace_id: str, turns: Sequence[Turn]) -> Iterable[Wanted]:
    return map(Wanted, turns)


@loading.loads(DIGEST)
def _load(tx: Tx, row: Delivery) -> object:
    program = tx.session.get_one(Program, (row.workspace_id, row.program_id))
    lead = access.get_person(tx, row.workspace_id, row.person_id or "")
    if lead not in loading.leads(tx, row.workspace_id, program.id):
        return Skip("no_lead")
    return health.digest(tx, program, row.planned_for - COVERS, lead.id) or Skip("nothing_new")
