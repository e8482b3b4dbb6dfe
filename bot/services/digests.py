"""The weekly word to each lead: Monday morning on their own clock, only when there is news."""

from datetime import time, timedelta

from bot.domain.cadence import Every, Occurrence, Rhythm, local_date, nominal_key
from bot.domain.deliveries import DIGEST
from bot.services import access, deliveries, health, loading, planning, schedules
from bot.services.loading import Skip
from bot.storage.models import Delivery, Person, Program, Schedule
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
def _plan(tx: Tx, schedule: Schedule, lead: Person, occurrence: Occurrence) -> None:
    nominal = nominal_key(occurrence.nominal)
    deliveries.tell(
        tx,
        DIGEST,
        lead,
        f"{schedule.subject_id}|{nominal}",
        program=tx.session.get_one(Program, (schedule.workspace_id, schedule.subject_id)),
        schedule=schedule,
        planned_for=occurrence.due,
        nominal=nominal,
    )


@loading.loads(DIGEST)
def _load(tx: Tx, row: Delivery) -> object:
    program = tx.session.get_one(Program, (row.workspace_id, row.program_id))
    lead = access.get_person(tx, row.workspace_id, row.person_id or "")
    if lead not in loading.leads(tx, row.workspace_id, program.id):
        return Skip("no_lead")
    return health.digest(tx, program, row.planned_for - COVERS, lead.id) or Skip("nothing_new")
