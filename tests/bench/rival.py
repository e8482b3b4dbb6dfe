"""The same messages sent by procrastinate, with a worker's settings as its documentation has them
and ten jobs at a time. Needs the extra `bench`."""

import argparse
import time
from datetime import datetime, timedelta

import procrastinate
from procrastinate.types import JSONDict

from bot.domain.lifecycle import SessionState
from bot.domain.sessions.shown import Partner, ReminderMessage, SessionSummary, Slot
from bot.slack.gateway import Gateway
from bot.storage.engine import open_engine
from bot.views import messages
from bot.views.sessions import telling as telling  # registers how a reminder reads
from tests.bench import harness, seeding, slack

CONCURRENCY = 10

app = procrastinate.App(connector=procrastinate.PsycopgConnector())
_gateway: list[Gateway] = []


@app.task(name="remind")
def remind(person: int, start: str) -> None:
    summary = ReminderMessage(_session(person, datetime.fromisoformat(start)), "kickoff")
    readers = [("en" if person % 2 else "id", "UTC")]
    message = messages.render(readers, [summary], offers_languages=False)
    _gateway[0].post(seeding.WORKSPACE, f"D{person}", message, key=f"job-{person}")


def _session(person: int, start: datetime) -> SessionSummary:
    other = person + 1 if person % 2 else person - 1
    return SessionSummary(
        id=f"s{person}",
        match_id=f"m{person}",
        partner=Partner(f"U{other}", f"Person {other}", "UTC"),
        state=SessionState.SCHEDULED,
        agreed=Slot(start, 45, "https://meet.example.org/bench"),
        suggested=None,
        mine=False,
        version="1.1",
        agenda=None,
    )


def defer(url: str, rows: int) -> None:
    """Make its tables, and one job for each message."""
    connector = procrastinate.SyncPsycopgConnector(conninfo=_conninfo(url))
    with app.replace_connector(connector) as sync, sync.open():
        sync.schema_manager.apply_schema()
        start = (seeding.T0 + timedelta(days=1)).isoformat()
        jobs: list[JSONDict] = [{"person": n, "start": start} for n in range(1, rows + 1)]
        remind.batch_defer(*jobs)
    engine = open_engine(url)
    with engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE")
    engine.dispose()


def done(url: str) -> int:
    query = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'succeeded'"
    return int(harness.ask(url, query))


def _conninfo(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--url")
    parser.add_argument("--port", type=int)
    parser.add_argument("--at", type=float)
    options = parser.parse_args()
    _gateway.append(slack.gateway_to(options.port))
    connector = procrastinate.PsycopgConnector(conninfo=_conninfo(options.url))
    with app.replace_connector(connector) as ours:
        time.sleep(max(0.0, options.at - time.monotonic()))
        ours.run_worker(concurrency=CONCURRENCY, wait=False)
    harness.report()


if __name__ == "__main__":
    main()
