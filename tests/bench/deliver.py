"""How many due messages a second leave: claimed, looked at again, rendered, posted to a Slack on
loopback, and each marked by itself. Beside it, procrastinate whose task renders the same messages
and posts them through the same gateway. No limits on either side but those of the machine.

    python -m tests.bench.deliver [--rows 10000] [--workers 4] [--runs 3] [--database postgresql]
"""

import argparse
import time
from contextlib import ExitStack

from bot.clock import MovableClock
from bot.storage.engine import open_engine
from bot.storage.unit_of_work import Database
from handlers import features
from scheduler.dispatch import Dispatcher
from tests.bench import harness, rival, seeding, slack

HERE = "tests.bench.deliver"
_HEAD_START = 5.0  # seconds in which workers import what they need


def work(url: str, port: int, at: float) -> None:
    """One worker: sends until nothing is left; prints when it ended and what memory it took."""
    assert features.MODULES  # what every kind says is known once the features are
    db = Database(open_engine(url, pool_size=2), MovableClock(seeding.T0, running=True))
    dispatcher = Dispatcher(db, slack.gateway_to(port), f"worker-{at}-{time.monotonic_ns()}"[:32])
    time.sleep(max(0.0, at - time.monotonic()))
    dispatcher.tick()
    harness.report()


def together(workers: int, *command: str) -> tuple[float, float]:
    """Run `workers` processes from one instant on; seconds until the last ended, and the most
    memory one of them took in MB."""
    at = time.monotonic() + _HEAD_START
    with ExitStack() as running:
        started = [
            running.enter_context(harness.process(*command, "--at", str(at)))
            for _ in range(workers)
        ]
        said = [one.communicate()[0].split() for one in started]
    if any(len(one) != 2 for one in said):
        raise harness.Invalid("a worker failed")
    return max(float(one[0]) for one in said) - at, max(float(one[1]) for one in said)


def ours(url: str, rows: int, workers: int) -> tuple[float, float]:
    """Messages a second and MB of a worker."""
    seeding.reminders(url, rows)
    port = harness.free_port()
    with harness.process("tests.bench.slack", str(port), port=port):
        seconds, megabytes = together(workers, HERE, "work", "--url", url, "--port", str(port))
        _check(rows, slack.counts(port), _sent(url))
    return rows / seconds, megabytes


def theirs(url: str, rows: int, workers: int) -> tuple[float, float]:
    rival.defer(url, rows)
    port = harness.free_port()
    with harness.process("tests.bench.slack", str(port), port=port):
        seconds, megabytes = together(
            workers, "tests.bench.rival", "--url", url, "--port", str(port)
        )
        _check(rows, slack.counts(port), rival.done(url))
    return rows / seconds, megabytes


def _sent(url: str) -> int:
    query = "SELECT count(*) FROM delivery WHERE state = 'sent' AND slack_ts IS NOT NULL"
    return int(harness.ask(url, query))


def _check(rows: int, counts: tuple[int, int], marked: int) -> None:
    if not rows == counts[0] == counts[1] == marked:
        raise harness.Invalid(f"{rows} due, {counts} posted, {marked} marked")


def main() -> None:
    options = _options()
    if options.command == "work":
        work(options.url, options.port, options.at)
        return
    harness.unwind_on_sigterm()
    results: dict[str, list[tuple[float, float]]] = {}
    said = ""
    for _ in range(options.runs):
        with harness.database(options.database) as url:
            results.setdefault("bimbing", []).append(ours(url, options.rows, options.workers))
            said = harness.versions("procrastinate", url=url)
        if options.database == "postgresql" and not options.alone:
            with harness.database("postgresql") as url:
                measured = theirs(url, options.rows, options.workers)
                results.setdefault("procrastinate", []).append(measured)
    print(said)
    print(harness.table(["engine", "workers", "messages/s", "MB of a worker"], [
        [name, options.workers, harness.spread([r for r, _ in runs]),
         harness.spread([m for _, m in runs])]
        for name, runs in results.items()
    ]))  # fmt: skip


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"python -m {HERE}", description=__doc__)
    parser.add_argument("command", nargs="?", choices=["work"], help=argparse.SUPPRESS)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--database", choices=harness.ENGINES, default="postgresql")
    parser.add_argument("--alone", action="store_true", help="without procrastinate")
    for hidden, kind in (("--url", str), ("--port", int), ("--at", float)):
        parser.add_argument(hidden, type=kind, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
