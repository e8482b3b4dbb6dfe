"""A row in every table, made from the tables themselves: a new table is in it by itself."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import JSON, Column, Connection, String, Table, insert

from bot.storage.models import Base
from bot.storage.personal import PERSONAL
from bot.storage.types import EnumText, Sealed, SealedText, UtcDateTime

NOW = datetime(2026, 11, 9, 2, 0, tzinfo=UTC)
TABLES = Base.metadata.sorted_tables
SCOPED = [table for table in TABLES if "workspace_id" in table.c]
_OTHER: dict[str, Any] = {
    "id": "theirs",
    "name": "Sari",
    "slack_user_id": "U2",
    "dm_channel_id": "D2",
    "tz": "UTC",
}
_OTHER |= {"locale": "en", "message_hours": None, "meeting_hours": None}
_OTHER |= {"holiday_country": None, "holiday_subdivision": None}


def one_of_each(connection: Connection, workspace_id: str, canary: str = "x") -> None:
    """A workspace with one row in each table, all about the person `mine`; `theirs` is the mentee
    of the match. `canary` is in every column that holds something personal."""
    workspace = Base.metadata.tables["workspace"]
    known = {"id": workspace_id, "team_id": workspace_id, "state": "active", "purge_at": None}
    values = dict(_values(workspace, workspace_id, canary))
    connection.execute(insert(workspace).values(**values | known))
    for table in SCOPED:
        values = dict(_values(table, workspace_id, canary))
        connection.execute(insert(table).values(**values))
        if table.name == "person":
            connection.execute(insert(table).values(**values | _OTHER))


def one_of_each_unscoped(connection: Connection) -> None:
    """One row in each table that belongs to no workspace."""
    for table in TABLES:
        if table not in SCOPED and table.name != "workspace":
            connection.execute(insert(table).values(**dict(_values(table, "", "x"))))


def _values(table: Table, workspace_id: str, canary: str) -> Iterator[tuple[str, Any]]:
    for column in table.columns:
        if column.autoincrement is True:
            continue
        personal = column.name in PERSONAL.get(table.name, ())
        yield column.name, _value(table, column, workspace_id, canary if personal else "x")


def _value(table: Table, column: Column[Any], workspace_id: str, text: str) -> Any:
    if column.name == "workspace_id":
        return workspace_id
    if column.name == "id":
        return "mine" if table.name == "person" else table.name
    if column.name == "mentee_id":
        return "theirs"
    if column.foreign_keys or (column.name.endswith("_id") and isinstance(column.type, String)):
        return _id(column, text)
    return _plain(column, text)


def _id(column: Column[Any], text: str) -> str:
    tables = {"match_id": "match", "session_id": "mentoring_session", "prompt_id": "prompt"}
    tables |= {"program_id": "program", "delivery_id": "delivery", "schedule_id": "schedule"}
    if column.name in tables:
        return tables[column.name]
    return "mine" if column.name in {"person_id", "mentor_id", "actor_id"} else text


def _plain(column: Column[Any], text: str) -> Any:
    kind = column.type
    if isinstance(kind, EnumText):
        return next(iter(kind.enum.__members__.values()))
    if isinstance(kind, SealedText):
        return Sealed(text)
    if isinstance(kind, UtcDateTime):
        return NOW
    if isinstance(kind, JSON):
        return {} if column.name == "params" else [text]
    if column.name in {"created_by", "proposed_by", "organizer_id"}:
        return "mine"
    values = {str: text[: getattr(kind, "length", None)], bool: False, int: 1}
    values |= {date: NOW.date(), time: time(9)}
    return values[kind.python_type]
