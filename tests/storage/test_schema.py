"""Migrations lose no row, say so when they would, and make the schema the models describe."""

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Engine, text

from bot.storage import schema
from bot.storage.engine import open_engine
from bot.storage.models import Base
from tests.rows import one_of_each, one_of_each_unscoped


@pytest.fixture
def engine(empty_database_url: str) -> Iterator[Engine]:
    opened = open_engine(empty_database_url)
    yield opened
    opened.dispose()


def test_the_migrations_make_what_the_models_describe(engine: Engine) -> None:
    schema.upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    assert schema.is_current(engine)


def test_down_and_up_again_keeps_the_schema(engine: Engine) -> None:
    schema.upgrade(engine)
    schema.downgrade(engine, "base")
    assert schema.current_revision(engine) is None
    schema.upgrade(engine)
    assert schema.is_current(engine)


def _rebuild_person(connection: object) -> None:
    """What a batch migration does to a table with children."""
    operations = Operations(MigrationContext.configure(connection))  # type: ignore[arg-type]
    with operations.batch_alter_table("person", recreate="always"):
        pass


def test_rebuilding_a_table_keeps_the_children(engine: Engine) -> None:
    schema.upgrade(engine)
    _fill(engine)
    before = _counts(engine)
    if engine.dialect.name == "sqlite":
        schema._guarded(engine, _rebuild_person)
    assert _counts(engine) == before
    assert min(before.values()) >= 1


def test_a_migration_that_loses_rows_is_rolled_back(engine: Engine) -> None:
    schema.upgrade(engine)
    _fill(engine)
    before = _counts(engine)

    def loses(connection: object) -> None:
        connection.execute(text("DELETE FROM goal"))  # type: ignore[attr-defined]

    with pytest.raises(schema.MigrationFault, match="goal"):
        schema._guarded(engine, loses)
    assert _counts(engine) == before


def test_a_migration_that_leaves_dangling_keys_is_rolled_back(empty_sqlite_url: str) -> None:
    engine = open_engine(empty_sqlite_url)
    schema.upgrade(engine)
    _fill(engine)

    def breaks(connection: object) -> None:
        connection.execute(text("UPDATE goal SET person_id = 'nobody'"))  # type: ignore[attr-defined]

    with pytest.raises(schema.MigrationFault, match="goal"):
        schema._guarded(engine, breaks)
    engine.dispose()


def test_foreign_keys_are_on_again_afterwards(empty_sqlite_url: str) -> None:
    engine = open_engine(empty_sqlite_url)
    schema.upgrade(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    engine.dispose()


def _counts(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return schema._row_counts(connection)


def _fill(engine: Engine) -> None:
    with engine.begin() as connection:
        one_of_each(connection, "w")
        one_of_each_unscoped(connection)
