"""Rows for benchmarks: one workspace, pairs with a session tomorrow, and their reminders."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Table, insert

from bot.domain.deliveries import SESSION_REMINDER
from bot.domain.lifecycle import DeliveryState, MatchState, ProgramState, SessionState
from bot.storage.engine import open_engine
from bot.storage.models import (
    Base,
    Delivery,
    Match,
    MentoringSession,
    Person,
    Program,
    ProgramLead,
    Workspace,
)
from bot.storage.types import Sealed

# A Tuesday within everybody's hours; benchmarks begin then, whatever day it is.
T0 = datetime(2026, 11, 10, 10, 0, tzinfo=UTC)
WORKSPACE, PROGRAM = "w" * 32, "p" * 32
_AT_ONCE = 5_000


def workspace(connection: Connection) -> None:
    _insert(
        connection,
        Workspace,
        [{"id": WORKSPACE, "team_id": "T1", "name": "Bench", "bot_user_id": "U0",
          "state": "active", "created_at": T0}],
    )  # fmt: skip
    _insert(connection, Person, [_person(0)])
    program = {
        "workspace_id": WORKSPACE, "id": PROGRAM, "created_at": T0, "name": "Bench",
        "purpose": "x", "language": "both", "every": "two_weeks", "weekday": 2,
        "local_time": time(9), "contact_user_id": "U0", "state": ProgramState.ACTIVE,
        "created_by": _id("person", 0),
    }  # fmt: skip
    _insert(connection, Program, [program])
    lead = {"workspace_id": WORKSPACE, "id": "l", "created_at": T0, "program_id": PROGRAM}
    _insert(connection, ProgramLead, [{**lead, "person_id": _id("person", 0)}])


def reminders(url: str, number: int, *, due_at: datetime = T0) -> None:
    """`number` reminders, two for each of `number / 2` pairs who meet tomorrow."""
    engine = open_engine(url)
    with engine.begin() as connection:
        workspace(connection)
        pairs = range(1, number // 2 + 1)
        _insert(connection, Person, (_person(2 * n - side) for n in pairs for side in (1, 0)))
        _insert(connection, Match, (_match(n) for n in pairs))
        _insert(connection, MentoringSession, (_session(n) for n in pairs))
        rows = (_reminder(n, side, due_at) for n in pairs for side in (1, 0))
        _insert(connection, Delivery, rows)
    _settle_statistics(url)
    engine.dispose()


def future(url: str, number: int) -> None:
    """`number` messages that are due one after another from tomorrow on."""
    engine = open_engine(url)
    with engine.begin() as connection:
        workspace(connection)
        _insert(connection, Person, (_person(n) for n in range(1, 1_001)))
        rows = (
            _delivery(n, 1 + n % 1_000, T0 + timedelta(days=1, seconds=n)) for n in range(number)
        )
        _insert(connection, Delivery, rows)
    _settle_statistics(url)
    engine.dispose()


def _settle_statistics(url: str) -> None:
    """What either database does by itself after a while."""
    engine = open_engine(url)
    with engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.exec_driver_sql("ANALYZE")
    engine.dispose()


def _insert(connection: Connection, model: type[Base], rows: Iterator[Any] | list[Any]) -> None:
    table: Table = model.__table__  # type: ignore[assignment] # declared as a FromClause
    batch: list[Any] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _AT_ONCE:
            connection.execute(insert(table), batch)
            batch = []
    if batch:
        connection.execute(insert(table), batch)


def _id(what: str, number: int) -> str:
    return f"{what[:4]}{number:028d}"


def _person(number: int) -> dict[str, Any]:
    return {
        "workspace_id": WORKSPACE, "id": _id("person", number), "created_at": T0,
        "slack_user_id": f"U{number}", "name": f"Person {number}", "profile_checked_at": T0,
        "tz": "UTC", "locale": "en" if number % 2 else "id", "dm_channel_id": f"D{number}",
    }  # fmt: skip


def _match(number: int) -> dict[str, Any]:
    return {
        "workspace_id": WORKSPACE, "id": _id("match", number), "created_at": T0,
        "program_id": PROGRAM, "mentor_id": _id("person", 2 * number - 1),
        "mentee_id": _id("person", 2 * number), "state": MatchState.ACTIVE,
        "proposed_by": _id("person", 0), "started_at": T0,
    }  # fmt: skip


def _session(number: int) -> dict[str, Any]:
    start = T0 + timedelta(days=1)
    return {
        "workspace_id": WORKSPACE, "id": _id("session", number), "created_at": T0,
        "match_id": _id("match", number), "state": SessionState.SCHEDULED, "revision": 1,
        "start_at": start, "end_at": start + timedelta(minutes=45),
        "place": Sealed("https://meet.example.org/bench"), "organizer_tz": "UTC",
        "organizer_id": _id("person", 2 * number),
    }  # fmt: skip


def _reminder(pair: int, side: int, due_at: datetime) -> dict[str, Any]:
    person = 2 * pair - side
    about = {"match_id": _id("match", pair), "session_id": _id("session", pair)}
    return {
        **_delivery(person, person, due_at), **about, "program_id": PROGRAM,
        "params": {"revision": "1"}, "expires_at": T0 + timedelta(days=1),
    }  # fmt: skip


def _delivery(number: int, person: int, due_at: datetime) -> dict[str, Any]:
    return {
        "workspace_id": WORKSPACE, "id": _id("delivery", number), "created_at": T0,
        "key": f"bench|{number}", "kind": SESSION_REMINDER.name, "state": DeliveryState.PENDING,
        "person_id": _id("person", person), "tz_used": "UTC", "planned_for": due_at,
        "due_at": due_at, "params": {},
    }  # fmt: skip
