"""What goes by itself: aged bookkeeping, and workspaces that removed the app."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Table, func, select, update

from bot.clock import MovableClock
from bot.domain.deliveries import SESSION_SOON
from bot.domain.lifecycle import DeliveryState
from bot.services import outbox, upkeep, workspaces
from bot.storage.engine import open_engine
from bot.storage.models import Base, Inbox, Workspace
from bot.storage.unit_of_work import Database
from tests.rows import NOW, SCOPED, one_of_each, one_of_each_unscoped

TABLES = Base.metadata.tables


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(NOW)


@pytest.fixture
def db(database_url: str, clock: MovableClock) -> Iterator[Database]:
    """A database with a row in every table of the workspaces "one" and "two"."""
    database = Database(open_engine(database_url), clock)
    with database.engine.begin() as connection:
        one_of_each(connection, "one")
        one_of_each(connection, "two")
        one_of_each_unscoped(connection)
    yield database
    database.engine.dispose()


def _count(db: Database, table: Table, workspace_id: str) -> int:
    query = select(func.count()).where(table.c.workspace_id == workspace_id)
    with db.engine.begin() as connection:
        return int(connection.execute(query).scalar_one())


def _rows(db: Database, table: str) -> int:
    with db.engine.begin() as connection:
        return int(connection.execute(select(func.count()).select_from(TABLES[table])).scalar_one())


def _state(db: Database, workspace_id: str) -> str | None:
    query = select(Workspace.state).where(Workspace.id == workspace_id)
    with db.engine.begin() as connection:
        return connection.execute(query).scalar()


def test_a_removed_workspace_is_purged_whole_and_no_other(
    db: Database, clock: MovableClock
) -> None:
    db.run(workspaces.remove, "one")
    clock.advance(timedelta(days=14))
    assert db.run(upkeep.purge, None) == 1
    assert _state(db, "one") is None
    assert {t.name for t in SCOPED if _count(db, t, "one")} == set()
    assert {t.name for t in SCOPED if not _count(db, t, "two")} == set()
    assert db.run(upkeep.purge, None) == 0


def test_within_14_days_nothing_is_purged(db: Database, clock: MovableClock) -> None:
    db.run(workspaces.remove, "one")
    clock.advance(timedelta(days=13))
    db.run(workspaces.remove, "one")  # the other of the two events: the first one counts
    assert db.run(upkeep.purge, None) == 0
    assert _state(db, "one") == "removed"
    clock.advance(timedelta(days=1))
    assert db.run(upkeep.purge, None) == 1


def test_installed_again_in_time_it_stays(db: Database, clock: MovableClock) -> None:
    db.run(workspaces.remove, "one")
    clock.advance(timedelta(days=10))
    installed = workspaces.Installed("one", "One", "UBOT")
    assert db.run(workspaces.ensure, installed) == "one"
    clock.advance(timedelta(days=30))
    assert db.run(upkeep.purge, None) == 0
    assert _state(db, "one") == "active"


def test_nothing_leaves_a_removed_workspace(db: Database) -> None:
    with db.engine.begin() as connection:
        waiting = {"state": DeliveryState.PENDING, "kind": SESSION_SOON.name}
        connection.execute(update(TABLES["delivery"]).values(**waiting))
    db.run(workspaces.remove, "one")
    claimed = db.run(outbox.claim, outbox.Claim("worker"))
    assert {row.workspace_id for row in claimed} == {"two"}


@pytest.mark.parametrize(
    ("table", "lasts"),
    [
        ("inbox", upkeep.INBOX_LASTS),
        ("failed_request", upkeep.FAILURES_LAST),
        ("prompt_slot", upkeep.SLOTS_LAST),
        ("throttle", upkeep.WORKERS_LAST),
        ("worker", upkeep.WORKERS_LAST),
        ("delivery_event", upkeep.HISTORY_LASTS),
    ],
)
def test_bookkeeping_goes_when_it_has_aged(
    db: Database, clock: MovableClock, table: str, lasts: timedelta
) -> None:
    clock.set(NOW + lasts)
    db.run(upkeep.prune, None)
    assert _rows(db, table) > 0
    clock.advance(timedelta(seconds=1) if table != "prompt_slot" else timedelta(days=1))
    assert db.run(upkeep.prune, None) > 0
    assert _rows(db, table) == 0


@pytest.mark.parametrize("state", DeliveryState)
def test_deliveries_go_once_they_are_over(
    db: Database, clock: MovableClock, state: DeliveryState
) -> None:
    with db.engine.begin() as connection:
        connection.execute(update(TABLES["delivery"]).values(state=state))
    clock.set(NOW + upkeep.DELIVERIES_LAST + timedelta(days=1))
    db.run(upkeep.prune, None)
    over = {"sent", "skipped", "cancelled", "dead"}
    assert _rows(db, "delivery") == (0 if state in over else 2)


def test_the_inbox_forgets_only_what_is_old(db: Database, clock: MovableClock) -> None:
    clock.set(NOW)
    db.run(lambda tx, _: tx.insert_once(Inbox, key="old", at=tx.now), None)
    clock.advance(timedelta(days=4))
    db.run(lambda tx, _: tx.insert_once(Inbox, key="new", at=tx.now), None)
    db.run(upkeep.prune, None)
    with db.engine.begin() as connection:
        assert list(connection.execute(select(Inbox.key)).scalars()) == ["new"]
