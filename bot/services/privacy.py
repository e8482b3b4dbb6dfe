"""See, take along, delete: a person's own rows, found by the registry of personal columns.

Nothing here knows a single feature's table by heart; a new one is in it by the registry.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table, delete, func, select, update

from bot.domain.actor import Actor
from bot.domain.lifecycle import ProgramState
from bot.domain.people import gone_id
from bot.domain.privacy import Consent, Erased, Export, Kept, Row, SetMatching, StillNeeded
from bot.domain.refusals import NotFound
from bot.services import access, leaving
from bot.storage import sealed
from bot.storage.models import (
    Audit,
    Base,
    Match,
    Participant,
    Person,
    Program,
    ProgramLead,
    Workspace,
)
from bot.storage.personal import OWN, PERSONAL, owned_by
from bot.storage.types import SealedText
from bot.storage.unit_of_work import Tx

_TABLES = [table for table in Base.metadata.sorted_tables if table.name in OWN]
_NOBODY = "—"


def load(tx: Tx, actor: Actor) -> Kept:
    counts = {table.name: _count(tx, table, actor) for table in _TABLES}
    return Kept(counts, tuple(_consents(tx, actor)))


def set_matching(tx: Tx, command: SetMatching) -> Kept:
    """Withdraw, or give again, the consent to be proposed to somebody."""
    actor = command.actor
    access.get_self(tx, actor)
    place = tx.session.get(Participant, (actor.workspace_id, command.participant_id))
    if place is None or place.person_id != actor.person_id:
        raise NotFound
    place.may_match = command.wanted
    tx.session.flush()
    return load(tx, actor)


def export(tx: Tx, actor: Actor) -> Export:
    """All rows of the person's, sealed texts opened."""
    access.get_self(tx, actor)
    tables = {model.__tablename__: tuple(_rows(tx, model, actor)) for model in _models()}
    return Export(tx.now, tables, _partners(tx, actor), _programs(tx, actor))


def erase(tx: Tx, actor: Actor) -> Erased:
    """Delete what is the person's alone, and take them out of what is also somebody else's: a
    past mentoring stays in its other person's history, with nobody's name.

    Raises `StillNeeded` while a programme has nobody else to lead it or to talk to.
    """
    person = access.get_self(tx, actor)
    needed = _needed_by(tx, person)
    if needed:
        raise StillNeeded(needed)
    leaving.leave_all(tx, actor)
    tx.session.flush()
    for table in reversed(_TABLES):
        if OWN[table.name].stays:
            _empty(tx, table, actor)
        else:
            tx.session.execute(delete(table).where(_own(table, actor)))
    tx.session.expire_all()
    _unname(tx, person)
    return Erased()


# Finding


def _own(table: Table, actor: Actor) -> Any:
    return owned_by(table, actor.workspace_id, actor.person_id)


def _count(tx: Tx, table: Table, actor: Actor) -> int:
    query = select(func.count()).select_from(table).where(_own(table, actor))
    return int(tx.session.scalar(query) or 0)


def _models() -> list[Any]:
    by_table = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
    return [by_table[table] for table in _TABLES]


def _rows(tx: Tx, model: Any, actor: Actor) -> Iterator[Row]:
    table = model.__table__
    for row in tx.session.scalars(select(model).where(_own(table, actor))):
        yield {
            column.name: sealed.read(row, column.name)
            if isinstance(column.type, SealedText)
            else getattr(row, column.name)
            for column in table.columns
        }


def _consents(tx: Tx, actor: Actor) -> Iterator[Consent]:
    query = (
        select(Participant, Program.name)
        .join(
            Program,
            (Program.workspace_id == Participant.workspace_id)
            & (Program.id == Participant.program_id),
        )
        .where(_own(Participant.__table__, actor), Program.state != ProgramState.CLOSED)  # type: ignore[arg-type] # a Table
        .order_by(Participant.id)
    )
    for place, name in tx.session.execute(query):
        yield Consent(place.id, name, place.role, place.may_match)


def _partners(tx: Tx, actor: Actor) -> dict[str, str]:
    matches = tx.session.scalars(select(Match).where(_own(Match.__table__, actor)))  # type: ignore[arg-type] # a Table
    return {m.id: access.partner_of(tx, m, actor.person_id).name for m in matches}


def _programs(tx: Tx, actor: Actor) -> dict[str, str]:
    query = select(Program.id, Program.name).where(Program.workspace_id == actor.workspace_id)
    return {row.id: row.name for row in tx.session.execute(query)}


def _needed_by(tx: Tx, person: Person) -> tuple[str, ...]:
    """Names of open programmes that would be left without a lead or a contact person."""
    query = select(Program).where(
        Program.workspace_id == person.workspace_id, Program.state != ProgramState.CLOSED
    )
    programs = tx.session.scalars(query.order_by(Program.id))
    return tuple(p.name for p in programs if _is_needed(tx, person, p))


def _is_needed(tx: Tx, person: Person, program: Program) -> bool:
    if program.contact_user_id == person.slack_user_id:
        return True
    query = select(ProgramLead.person_id).where(
        ProgramLead.workspace_id == program.workspace_id, ProgramLead.program_id == program.id
    )
    return list(tx.session.scalars(query)) == [person.id]


# Deleting


def _empty(tx: Tx, table: Table, actor: Actor) -> None:
    """Clear the personal columns of rows that stay."""
    columns = [name for name in PERSONAL.get(table.name, ()) if table.c[name].nullable]
    if columns:
        values = dict.fromkeys(columns)
        tx.session.execute(update(table).where(_own(table, actor)).values(**values))


def _unname(tx: Tx, person: Person) -> None:
    """What remains of a person: an id without a name, which nothing is ever sent to."""
    known_as = person.slack_user_id
    person.slack_user_id, person.name = gone_id(person.id), _NOBODY
    person.tz, person.tz_source = "UTC", "slack"
    person.is_admin = person.is_guest = person.is_external = False
    person.is_deactivated = True
    person.soon_reminder, person.home_stale = False, False
    person.both_languages_at = person.home_opened_at = person.stopped_at = None
    _forget(tx, person.workspace_id, known_as, person.slack_user_id)
    erased = {"subject": "person", "subject_id": person.id, "became": "erased"}
    tx.session.add(Audit(workspace_id=person.workspace_id, at=tx.now, **erased))


def _forget(tx: Tx, workspace_id: str, slack_user_id: str, gone: str) -> None:
    """Places that name somebody by their Slack id without the row being theirs."""
    tx.session.execute(
        update(Program)
        .where(Program.workspace_id == workspace_id, Program.contact_user_id == slack_user_id)
        .values(contact_user_id=gone)
    )
    tx.session.execute(
        update(Workspace)
        .where(Workspace.id == workspace_id, Workspace.installer_user_id == slack_user_id)
        .values(installer_user_id=None)
    )
