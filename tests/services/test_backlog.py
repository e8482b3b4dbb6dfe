"""What waits and what is in trouble is told cheaply, however many rows there are."""

from typing import Any

from sqlalchemy import event

from bot.clock import SystemClock
from bot.services import backlog
from bot.storage.engine import open_engine
from bot.storage.unit_of_work import Database


def test_nothing_is_looked_through_from_end_to_end(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    asked: list[tuple[str, Any]] = []
    event.listen(engine, "before_cursor_execute", lambda *a: asked.append((a[2], a[3])))
    found = Database(engine, SystemClock()).read(backlog.measure, None)
    assert found.rows == dict.fromkeys(("due", "leased", "posting", "unknown", "dead"), 0)
    queries = [(sql, values) for sql, values in asked if sql.startswith("SELECT")]
    assert len(queries) == 6
    with engine.connect() as connection:
        for sql, values in queries:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all()
            steps = [row[3] for row in plan if " delivery" in row[3]]
            assert steps
            assert all("USING" in step and "ix_delivery_" in step for step in steps), plan
    engine.dispose()
