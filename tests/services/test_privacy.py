"""Export holds every row of a person's; after erasure nothing in the database tells of them."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Row, func, select, update

from bot.clock import MovableClock
from bot.domain.actor import Actor
from bot.domain.deliveries import MATCH_ENDED
from bot.domain.lifecycle import MatchState, ProgramState, SessionState
from bot.domain.people import is_gone
from bot.domain.privacy import StillNeeded
from bot.services import privacy
from bot.storage.engine import open_engine
from bot.storage.models import Base
from bot.storage.personal import OWN, PERSONAL, owned_by
from bot.storage.unit_of_work import Database
from tests.rows import NOW, one_of_each

CANARY = "UCANARY0"  # also looks like a Slack id
TABLES = Base.metadata.tables
ME = Actor("one", "mine", CANARY, CANARY, "UTC", "en", chose_language=True, may_found=False)


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    """A row in every table about one person, with the canary wherever that is personal; the other
    of the two partners, and a second workspace, have none of it."""
    database = Database(open_engine(database_url), MovableClock(NOW))
    with database.engine.begin() as connection:
        one_of_each(connection, "one", CANARY)
        one_of_each(connection, "two", "someone else's")
        ended = TABLES["program"].c.workspace_id == "one"
        connection.execute(update(TABLES["program"]).where(ended).values(state=ProgramState.CLOSED))
        connection.execute(update(TABLES["match"]).values(state=MatchState.ACTIVE))
        connection.execute(update(TABLES["mentoring_session"]).values(state=SessionState.HELD))
        connection.execute(update(TABLES["delivery"]).values(kind=MATCH_ENDED.name))
        connection.execute(update(TABLES["delivery"]).values(match_id=None))
    yield database
    database.engine.dispose()


def _dump(db: Database, workspace_id: str) -> list[tuple[str, str]]:
    """Every row of a workspace as the database holds it, with its table's name."""
    found = []
    with db.engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            scope = table.c.get("workspace_id", table.c.get("id"))
            if scope is None:
                continue
            raw = connection.exec_driver_sql(
                f"SELECT * FROM \"{table.name}\" WHERE {scope.name} = '{workspace_id}'"
            )
            found += [(table.name, _shown(row)) for row in raw]
    return found


def _shown(row: Row[tuple[object, ...]]) -> str:
    return " | ".join(str(value) for value in row)


def _hits(db: Database) -> set[str]:
    return {table for table, row in _dump(db, "one") if CANARY in row}


def test_the_canary_is_wherever_it_must_not_be_afterwards(db: Database) -> None:
    assert _hits(db) == PERSONAL.keys()


def test_after_erasure_no_row_tells_of_the_person(db: Database) -> None:
    db.run(privacy.erase, ME)
    assert _hits(db) == set()
    with db.engine.begin() as connection:
        for name, rule in OWN.items():
            own = owned_by(TABLES[name], "one", "mine")
            left = connection.execute(select(func.count()).select_from(TABLES[name]).where(own))
            assert rule.stays or left.scalar_one() == 0, name


def test_the_partner_keeps_the_mentoring_without_a_name(db: Database) -> None:
    db.run(privacy.erase, ME)
    person, match = TABLES["person"], TABLES["match"]
    with db.engine.begin() as connection:
        here = person.c.workspace_id == "one"
        names = connection.execute(select(person.c.name).where(here, person.c.id == "theirs"))
        assert names.scalar_one() == "Sari"
        query = select(match.c.state).where(match.c.workspace_id == "one")
        assert connection.execute(query).scalar_one() is MatchState.ENDED
        ids = select(person.c.slack_user_id).where(here, person.c.id == "mine")
        assert is_gone(connection.execute(ids).scalar_one())
    told = [row for table, row in _dump(db, "one") if table == "delivery"]
    assert len(told) == 1
    assert "match.ended|match|theirs" in told[0]


def test_another_workspace_is_not_touched(db: Database) -> None:
    before = _dump(db, "two")
    db.run(privacy.erase, ME)
    assert _dump(db, "two") == before


def test_export_holds_every_row_and_no_foreign_one(db: Database) -> None:
    export = db.read(privacy.export, ME)
    assert export.tables.keys() == OWN.keys()
    assert {name for name, rows in export.tables.items() if len(rows) != 1} == set()
    for name, columns in PERSONAL.items():
        for row in export.tables.get(name, ()):
            missing = {c for c in columns if CANARY not in str(row[c])}
            assert not missing, f"{name}: {missing}"
            assert set(row) == set(TABLES[name].columns.keys())


def test_somebody_else_gets_none_of_it(db: Database) -> None:
    other = Actor("one", "theirs", "U2", "Sari", "UTC", "en", chose_language=True, may_found=False)
    export = db.read(privacy.export, other)
    shared = {"match", "mentoring_session"}
    assert {name for name, rows in export.tables.items() if rows} == shared | {"person"}
    assert CANARY not in str(export.tables["person"])


def test_what_is_counted_is_what_is_exported(db: Database) -> None:
    counts = db.read(privacy.load, ME).counts
    exported = db.read(privacy.export, ME).tables
    assert dict(counts) == {name: len(rows) for name, rows in exported.items()}


def test_an_open_programme_needs_somebody_first(db: Database) -> None:
    with db.engine.begin() as connection:
        connection.execute(update(TABLES["program"]).values(state=ProgramState.ACTIVE))
    before = _dump(db, "one")
    with pytest.raises(StillNeeded) as refused:
        db.run(privacy.erase, ME)
    assert refused.value.programs == ("x",)
    assert _dump(db, "one") == before
