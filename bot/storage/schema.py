"""Bringing the schema to a revision, and saying at which one it is.

On SQLite a batch migration rebuilds a table; with foreign keys on, that fires the cascades and
erases the children while reporting success. So they are off meanwhile, and afterwards the keys
and the number of rows of every table that still exists are compared; a difference rolls back.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlalchemy.engine import Connection


class MigrationFault(Exception):
    """The migration would have lost rows or left dangling keys; it was rolled back."""


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Upgrade to `revision`. Raises `MigrationFault` rather than lose a row."""
    _migrate(engine, lambda config: command.upgrade(config, revision))


def downgrade(engine: Engine, revision: str) -> None:
    """Go back to `revision` (tests and emergencies)."""
    _migrate(engine, lambda config: command.downgrade(config, revision))


def current_revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head_revision() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def is_current(engine: Engine) -> bool:
    return current_revision(engine) == head_revision()


def serves(engine: Engine) -> bool:
    """Whether this version can work with the schema: it is ours, or one that a newer version has
    made of ours, since migrations only add."""
    at = current_revision(engine)
    return at is not None and (at == _head() or at not in _known())


@cache
def _known() -> frozenset[str]:
    scripts = ScriptDirectory.from_config(_config())
    return frozenset(script.revision for script in scripts.walk_revisions())


_head = cache(head_revision)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


def _migrate(engine: Engine, step: Callable[[Config], None]) -> None:
    def run(connection: Connection) -> None:
        config = _config()
        config.attributes["connection"] = connection
        step(config)

    _guarded(engine, run)


def _guarded(engine: Engine, change: Callable[[Connection], None]) -> None:
    """Run `change` in one transaction, with the checks the module promises."""
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if sqlite:
            # Takes effect only outside a transaction, hence on the bare connection.
            _foreign_keys(connection, "OFF")
        try:
            with connection.begin():
                before = _row_counts(connection)
                change(connection)
                _compare(before, _row_counts(connection))
                if sqlite:
                    _check_keys(connection)
        finally:
            if sqlite:
                _foreign_keys(connection, "ON")


def _foreign_keys(connection: Connection, value: str) -> None:
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA foreign_keys={value}")
    cursor.close()


def _row_counts(connection: Connection) -> dict[str, int]:
    tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
    quote = connection.dialect.identifier_preparer.quote
    counts = {}
    for table in tables:
        counts[table] = connection.execute(
            text(f"SELECT count(*) FROM {quote(table)}")  # noqa: S608 # nosec B608 (a name from the catalogue)
        ).scalar_one()
    return counts


def _compare(before: dict[str, int], after: dict[str, int]) -> None:
    changed = sorted(t for t in before.keys() & after.keys() if before[t] != after[t])
    if changed:
        raise MigrationFault(f"rows changed in {', '.join(changed)}; nothing was migrated")


def _check_keys(connection: Connection) -> None:
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if dangling:
        tables = sorted({str(row[0]) for row in dangling})
        raise MigrationFault(f"dangling keys in {', '.join(tables)}; nothing was migrated")
