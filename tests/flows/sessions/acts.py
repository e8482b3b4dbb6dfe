"""What people of a pair do with their sessions, and a look at what came of it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.domain.lifecycle import MatchState, ProgramState
from bot.sandbox.people import Person
from bot.sandbox.sight import SeenMessage
from bot.storage.models import Delivery, Leave, Match, MentoringSession, Program
from bot.storage.models import Person as PersonRow
from bot.storage.unit_of_work import Tx
from tests.pairs import known
from tests.world import World

# The world begins on Monday 2026-11-09, 09:00 in Jakarta; in Berlin it is 03:00.
TUESDAY = date(2026, 11, 17)
AGREED = datetime(2026, 11, 17, 9, tzinfo=UTC)  # 16:00 in Jakarta, 10:00 in Berlin


def member(world: World, handle: str, tz: str) -> Person:
    person = world.add_person(handle, handle.title(), tz=tz)
    known(world, person)
    change(world, person, locale="en")
    return person


def change(world: World, person: Person, **values: Any) -> str:
    """Set columns of somebody the bot knows; their id."""

    def apply(tx: Tx, _: None) -> str:
        row = tx.session.query(PersonRow).filter_by(slack_user_id=person.id).one()
        for column, value in values.items():
            setattr(row, column, value)
        return row.id

    return world.bot.db.run(apply, None)


def rows(world: World) -> list[MentoringSession]:
    return world.bot.db.read(
        lambda tx, _: list(tx.session.query(MentoringSession).order_by(MentoringSession.id)), None
    )


def states(world: World, kind: str) -> list[str]:
    """What became of the messages of one kind, oldest first."""

    def load(tx: Tx, _: None) -> list[str]:
        found = tx.session.query(Delivery).filter_by(kind=kind).order_by(Delivery.id)
        return [row.state.value for row in found]

    return world.bot.db.read(load, None)


def proposes(
    person: Person,
    day: date = TUESDAY,
    at: str = "16:00",
    *,
    place: str = "",
    agenda: str = "",
) -> None:
    """Fill in the form, look at the preview and send it."""
    person.types("/mentor session")
    person.clicks("session.propose")
    person.submits({"Date": day, "Time": at, "Place or link": place, "Agenda": agenda})
    person.submits()
    person.closes()


def agree(world: World, bima: Person, sari: Person) -> None:
    """Bima proposes Tuesday 16:00 in Jakarta, and Sari takes it the same day."""
    proposes(bima)
    world.advance(timedelta(hours=7))  # Sari's morning
    sari.clicks("Accept")


def last(person: Person) -> SeenMessage:
    return person.messages("app")[-1]


def away(world: World, person: Person, first: date, last_day: date) -> None:
    person_id = change(world, person)

    def add(tx: Tx, _: None) -> None:
        row = tx.session.query(PersonRow).filter_by(id=person_id).one()
        leave = Leave(workspace_id=row.workspace_id, id=tx.new_id(), created_at=tx.now)
        leave.person_id, leave.first_day, leave.last_day = person_id, first, last_day
        tx.session.add(leave)

    world.bot.db.run(add, None)


def end(tx: Tx, match_id: str) -> None:
    tx.session.query(Match).filter_by(id=match_id).one().state = MatchState.ENDED


def rest(tx: Tx, match_id: str) -> None:
    match = tx.session.query(Match).filter_by(id=match_id).one()
    tx.session.query(Program).filter_by(id=match.program_id).one().state = ProgramState.PAUSED
