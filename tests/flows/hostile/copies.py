"""Other people's rows, of the same shape, and what is stored altogether.

A whole life is copied: within the workspace (other people, other ids) and into another workspace
(the same Slack users, other ids). Ids of a copy differ from the originals in their first digit.
"""

import re
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from bot.storage.models import Base
from bot.storage.types import Sealed
from tests.flows.hostile.recorder import ID, mapped
from tests.world import World

OTHER_PAIR, OTHER_WORKSPACE, NOBODY = "a", "b", "c"
_SLACK_ID = re.compile(r"\b(U|D|GONE)0")
_NOT_THEIRS = {"inbox", "audit", "failed_request", "worker", "throttle"}


def renamed(text: str, digit: str) -> str:
    """The text with each id in it replaced by that of the copy."""
    return ID.sub(lambda found: digit + found[0][1:], text)


def copy_all(world: World) -> None:
    """Both copies of everything there is; what of it is due is sent."""
    with world.bot.db.engine.begin() as connection:
        stored = {table: _rows(connection, table) for table in Base.metadata.sorted_tables}
        for digit, tell in ((OTHER_PAIR, _other_people), (OTHER_WORKSPACE, _other_workspace)):
            for table, rows in stored.items():
                if rows and _is_copied(table, digit):
                    connection.execute(
                        insert(table), [tell(table.name, row, digit) for row in rows]
                    )
    world.settle()


def _is_copied(table: Table, digit: str) -> bool:
    if table.name == "workspace":
        return digit == OTHER_WORKSPACE
    return "workspace_id" in table.c and table.name not in {*_NOT_THEIRS, "delivery_event"}


def _other_workspace(table: str, row: dict[str, Any], digit: str) -> dict[str, Any]:
    copy: dict[str, Any] = mapped(row, lambda text: renamed(text, digit))
    return copy | ({"team_id": "T00000002"} if table == "workspace" else {})


def _other_people(table: str, row: dict[str, Any], digit: str) -> dict[str, Any]:
    copy: dict[str, Any] = mapped(row, lambda text: _SLACK_ID.sub(r"\g<1>9", renamed(text, digit)))
    if table == "delivery" and copy["state"] == "pending":
        copy["state"] = "cancelled"  # nobody is there to get it
    if table == "program":
        copy["name"] += " too"
    return copy | ({"workspace_id": row["workspace_id"]} if "workspace_id" in row else {})


def _rows(connection: Connection, table: Table) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(select(table)).mappings()]


def dump(world: World) -> dict[str, list[str]]:
    """Everything stored, but for what is kept of the requests themselves."""
    with world.bot.db.engine.begin() as connection:
        return {
            table.name: sorted(repr(_open(row)) for row in _rows(connection, table))
            for table in Base.metadata.sorted_tables
            if table.name not in _NOT_THEIRS
        }


def _open(row: dict[str, Any]) -> dict[str, Any]:
    """A row with its sealed words laid open (their repr says nothing), and without when Slack was
    last asked about somebody."""
    row.pop("profile_checked_at", None)
    return {
        key: value.stored(str) if isinstance(value, Sealed) else value for key, value in row.items()
    }


def changes(before: dict[str, list[str]], after: dict[str, list[str]]) -> dict[str, list[str]]:
    """The rows that are there now, or were before, by table."""
    return {
        name: sorted(set(before[name]) ^ set(after[name]))
        for name in before
        if before[name] != after[name]
    }
