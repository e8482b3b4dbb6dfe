"""How many requests the bot answers, next to bare Bolt on the same server and database.

    python -m tests.bench.requests [--runs 3] [--seconds 20] [--only sqlite] [--skip rates]

The bot is `bimbing run` in HTTP mode with everything on. The command is `/mentor stop`, from
people who take part and have a partner: it locks the person, cancels the questions that wait for
them, and answers with their pairs and programmes. The other side is `bare.py`. A run counts only
if what was acked is what the database holds.
"""

import argparse
import dataclasses
import statistics
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

from sqlalchemy import text

from bot.clock import SystemClock
from bot.sandbox.sandbox import FIRST_TEAM, SIGNING_SECRET, Sandbox
from bot.services.workspaces import Installed
from bot.slack.scopes import EVENTS, SCOPES
from bot.storage.engine import open_engine
from tests.bench import bare, harness, load, people

PEOPLE = 2000
SATURATING, WARMING = 3000, 300
PACE = {"sqlite": 150, "postgresql": 200}  # requests a second
WORKERS = {"sqlite": 1, "postgresql": 2}  # as the bot chooses them
THREADS = 16


_Process = AbstractContextManager["subprocess.Popen[str]"]


@dataclass(frozen=True)
class Side:
    """One of the two that are compared."""

    name: str
    prepare: Callable[[str], None]  # a database, by its address
    serve: Callable[[str, harness.Engine, int], "_Process"]
    answer: bytes  # stands in the answer to what was stored
    stored: str  # SELECT of the trigger ids in the database


def main() -> None:
    options = _options()
    harness.unwind_on_sigterm()
    with _slack() as sandbox:
        for database in options.only or harness.ENGINES:
            with harness.database(database) as url:
                print(harness.versions(url=url), flush=True)
            bench = _Bench(database, _sides(sandbox))
            if options.skip != "saturation":
                bench.compare(options.runs)
            if options.skip != "rates":
                for rate in options.rates or [PACE[database]]:
                    bench.pace(rate, options.seconds, options.runs)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=20, help="of each run at a rate")
    parser.add_argument("--rates", type=int, nargs="+", help="requests a second")
    parser.add_argument("--only", choices=tuple(PACE), nargs=1)
    parser.add_argument("--skip", choices=("saturation", "rates"))
    return parser.parse_args()


@dataclass
class _Bench:
    database: harness.Engine
    sides: tuple[Side, Side]

    def compare(self, times: int) -> None:
        """Both sides in turn, as fast as they can."""
        found: dict[str, list[float]] = {side.name: [] for side in self.sides}
        for _ in range(times):
            for side in self.sides:
                outcome = self._run(side, lambda target: load.saturate(target, SATURATING))
                found[side.name].append(outcome.rate)
                _say(f"{self.database}, {side.name}", outcome)
        for name, rates in found.items():
            print(f"{self.database}, {name}: {harness.spread(rates)} req/s", flush=True)
        bare_rate, rate = (statistics.median(rates) for rates in found.values())
        print(f"{self.database}: {rate / bare_rate:.2f} of bare Bolt", flush=True)

    def pace(self, rate: int, seconds: float, times: int) -> None:
        """The bot at a constant rate."""
        for _ in range(times):
            outcome = self._run(self.sides[1], lambda t: load.at_rate(t, rate, seconds))
            _say(f"{self.database}, bot at {rate}/s", outcome)

    def _run(self, side: Side, send: Callable[[load.Target], load.Outcome]) -> load.Outcome:
        """Send to a new server on a new database. SystemExit where the run does not count."""
        with harness.database(self.database) as url:
            side.prepare(url)
            port = harness.free_port()
            with side.serve(url, self.database, port):
                target = load.Target(port, SIGNING_SECRET, _stop, side.answer)
                load.saturate(dataclasses.replace(target, prefix="w"), WARMING)
                outcome = send(target)
            stored = _stored(url, side.stored)
        if outcome.acked != stored:
            raise harness.Invalid(f"{len(outcome.acked)} acked, {len(stored)} stored")
        return outcome


def _stored(url: str, query: str) -> set[str]:
    engine = open_engine(url, pool_size=1)
    with engine.connect() as connection:
        keys = set(connection.scalars(text(query)))
    engine.dispose()
    return {key for key in keys if not key.startswith("w")}


@contextmanager
def _slack() -> Iterator[Sandbox]:
    """The workspace; it is asked once, when the bot starts."""
    scopes, events = [scope.name for scope in SCOPES], [event.name for event in EVENTS]
    with Sandbox(SystemClock(), scopes=scopes, events=events, commands=["/mentor"]) as sandbox:
        yield sandbox


def _sides(sandbox: Sandbox) -> tuple[Side, Side]:
    def bare_bolt(url: str, database: harness.Engine, port: int) -> _Process:
        return harness.process(
            "gunicorn", "--worker-class", "gthread", "--bind", f"127.0.0.1:{port}",
            "--workers", str(WORKERS[database]), "--threads", str(THREADS),
            "--log-level", "warning", "tests.bench.bare:wsgi()",
            port=port, env={"DATABASE_URL": url, "SLACK_SIGNING_SECRET": SIGNING_SECRET},
        )  # fmt: skip

    def bot(url: str, _database: harness.Engine, port: int) -> _Process:
        settings = {
            "DATABASE_URL": url, "HTTP_PORT": str(port), "HTTP_THREADS": str(THREADS),
            "SLACK_BOT_TOKEN": sandbox.bot_token, "SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "SLACK_API_URL": sandbox.base_url, "LOG_LEVEL": "WARNING",
            "HEALTH_PORT": str(harness.free_port()),
        }  # fmt: skip
        return harness.process("bot", "run", port=port, env=settings)

    return (
        Side("bare Bolt", _prepare_bare, bare_bolt, b"stored", "SELECT trigger_id FROM second"),
        Side("bot", _prepare_bot, bot, b"Stopped:", "SELECT substr(key, 3) FROM inbox"),
    )


def _prepare_bare(url: str) -> None:
    engine = open_engine(url, pool_size=1)
    with engine.begin() as connection:
        for table in bare.TABLES:
            connection.execute(text(table))
    engine.dispose()


def _prepare_bot(url: str) -> None:
    people.fill(url, Installed(FIRST_TEAM, "Practice", "U0"), PEOPLE)


def _stop(number: int, trigger: str) -> bytes:
    """What Slack sends when somebody types `/mentor stop`."""
    fields = {
        "token": "x", "team_id": FIRST_TEAM, "team_domain": "practice", "channel_id": "C1",
        "channel_name": "general", "user_id": people.slack_id(number * 7919 % PEOPLE),
        "user_name": "person", "command": "/mentor", "text": "stop", "api_app_id": "A1",
        "is_enterprise_install": "false", "trigger_id": trigger,
        "response_url": "http://localhost:9/response",
    }  # fmt: skip
    return urlencode(fields).encode()


def _say(what: str, outcome: load.Outcome) -> None:
    p50, p99, slowest = (harness.percentile(outcome.latencies, at) for at in (50, 99, 100))
    print(
        f"{what}: {outcome.rate:.0f}/s, p50 {p50:.0f} p99 {p99:.0f} max {slowest:.0f} ms, "
        f"{outcome.late} over 3 s, {dict(outcome.statuses)}", flush=True,
    )  # fmt: skip


if __name__ == "__main__":
    main()
