"""One transaction boundary: commit or nothing, once, and again when a race was lost."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.clock import MovableClock
from bot.storage.engine import open_engine
from bot.storage.models import Inbox, Workspace
from bot.storage.unit_of_work import AlreadyDone, Database, DatabaseUnavailable, Tx

NOW = datetime(2026, 11, 9, 2, tzinfo=UTC)


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    database = Database(open_engine(database_url), MovableClock(NOW))
    yield database
    database.engine.dispose()


def install(tx: Tx, team: str) -> str:
    row = Workspace(id=tx.new_id(), team_id=team, name="x", bot_user_id="B", created_at=tx.now)
    tx.session.add(row)
    return row.id


def teams(tx: Tx, _: None) -> list[str]:
    return list(tx.session.scalars(select(Workspace.team_id).order_by(Workspace.team_id)))


def test_an_event_comes_back_and_the_change_is_stored(db: Database) -> None:
    assert db.run(install, "T1")
    assert db.read(teams, None) == ["T1"]


def test_a_failure_stores_nothing(db: Database) -> None:
    def fails(tx: Tx, team: str) -> None:
        install(tx, team)
        raise LookupError

    with pytest.raises(LookupError):
        db.run(fails, "T1", once="e:1")
    assert db.read(teams, None) == []
    assert db.run(install, "T1", once="e:1")


def test_the_same_request_has_its_effect_once(db: Database) -> None:
    db.run(install, "T1", once="e:1")
    with pytest.raises(AlreadyDone):
        db.run(install, "T2", once="e:1")
    assert db.read(teams, None) == ["T1"]


def test_instants_come_back_as_they_were_stored(db: Database) -> None:
    db.run(install, "T1")
    stored = db.read(lambda tx, _: tx.session.query(Workspace).one().created_at, None)
    assert stored == NOW
    assert stored.tzinfo is UTC


def test_many_writers_at_once_all_get_through(db: Database) -> None:
    def count(tx: Tx, number: int) -> None:
        tx.session.scalars(select(Inbox)).all()
        tx.session.add(Inbox(key=f"{number}", at=tx.now))

    threads = [threading.Thread(target=db.run, args=(count, n)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert db.read(lambda tx, _: len(tx.session.scalars(select(Inbox)).all()), None) == 12


def test_a_lost_race_is_run_again_and_sees_the_winner(db: Database) -> None:
    seen: list[int] = []

    def insert_late(tx: Tx, team: str) -> None:
        seen.append(len(teams(tx, None)))
        if len(seen) == 1:
            raise _lost()
        install(tx, team)

    db.run(insert_late, "T1")
    assert seen == [0, 0]


def _lost() -> Exception:
    from sqlalchemy.exc import IntegrityError

    return IntegrityError("INSERT", {}, Exception("unique"))


def test_an_error_of_the_database_carries_no_values(db: Database) -> None:
    def overlong(tx: Tx, words: str) -> None:
        tx.session.add(Workspace(id=words, team_id=None, name=words, created_at=tx.now))

    with pytest.raises(Exception, match="IntegrityError") as caught:
        db.run(overlong, "words of a reflection")
    assert "words of" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_database_out_of_reach_is_said_plainly() -> None:
    db = Database(
        open_engine("postgresql+psycopg://nobody@127.0.0.1:1/none?connect_timeout=1"),
        MovableClock(NOW),
    )
    with pytest.raises(DatabaseUnavailable):
        db.run(install, "T1")
    with pytest.raises(DatabaseUnavailable):
        db.read(teams, None)
    db.engine.dispose()
