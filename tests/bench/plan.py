"""Planning 48 hours for very many habits: how many occurrences a second, and in how much memory.

    python -m tests.bench.plan --schedules 100000 --engine sqlite

A process of its own seeds a fresh database with reflection habits (`tests.bench.crowd`); this one
then runs the planner's real tick until nothing is left, as a worker does, and counts the rows it
made. It needs one core. The longest transaction says how long a request may have to wait for its
turn on SQLite; the idle tick is what a worker pays each minute when there is nothing to plan.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

import bot.app  # noqa: F401 (everything a worker has in memory)
from bot.clock import MovableClock
from bot.services import planning
from bot.storage.engine import open_engine
from bot.storage.models import Delivery, Prompt, Schedule
from bot.storage.unit_of_work import Database, Tx
from scheduler.plan import Planner
from tests.bench import harness
from tests.bench.crowd import NOW, seed


@dataclass
class _Timed(Database):
    """Counts how long each transaction was open."""

    open_for: list[float] = field(default_factory=list)

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.open_for = []

    def run(
        self, use_case: Callable[[Tx, Any], Any], command: Any, *, once: str | None = None
    ) -> Any:
        began = time.perf_counter()
        try:
            return super().run(use_case, command, once=once)
        finally:
            self.open_for.append(time.perf_counter() - began)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--schedules", type=int, default=100_000)
    parser.add_argument("--engine", choices=harness.ENGINES, default="sqlite")
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    parser.add_argument("--seed-into", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.seed_into:
        seed(open_engine(options.seed_into), options.schedules)
        return
    harness.unwind_on_sigterm()
    with harness.database(options.engine) as url:
        arguments = ("--seed-into", url, "--schedules", str(options.schedules))
        with harness.process("tests.bench.plan", *arguments) as seeding:
            if seeding.wait():
                raise harness.Invalid("not seeded")
        print(harness.versions(url=url))
        print(_measure(url, options))


def _measure(url: str, options: argparse.Namespace) -> str:
    db = _Timed(open_engine(url), MovableClock(NOW))
    planner = Planner(db)
    db.read(planning.next_plan, None)  # connected, and the first statement compiled
    before, began = _resident(), time.perf_counter()
    if options.profile:
        _profiled(planner.tick)
    else:
        planner.tick()
    seconds = time.perf_counter() - began
    after, batches = _resident(), sorted(db.open_for)
    with Session(db.engine) as session:
        made = [
            session.scalar(select(func.count()).select_from(m)) or 0 for m in (Prompt, Delivery)
        ]
        left = session.scalar(
            select(func.count()).where(Schedule.next_due <= NOW + planning.HORIZON)
        )
    if made != [options.schedules] * 2 or left:
        raise harness.Invalid(f"prompts and deliveries made: {made}, habits left: {left}")
    idle = [_timed(planner.tick) for _ in range(50)]
    rows = [
        ("occurrences planned", f"{made[0]:,} in {seconds:.1f} s"),
        ("occurrences a second", f"{made[0] / seconds:,.0f}"),
        ("transactions", f"{len(batches)}, median {_ms(statistics.median(batches))}"),
        ("longest transaction", _ms(batches[-1])),
        ("memory (RSS) before, after", f"{before:.0f} MB, {after:.0f} MB"),
        ("memory at most", f"{harness.resident_megabytes(_own_pid()):.0f} MB"),
        ("idle tick afterwards", f"median {_ms(statistics.median(idle))}"),
    ]  # fmt: skip
    db.engine.dispose()
    return harness.table((options.engine, f"{options.schedules:,} habits"), rows)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _profiled(work: Callable[[], object]) -> None:
    import cProfile
    import pstats

    profile = cProfile.Profile()
    profile.runcall(work)
    pstats.Stats(profile).sort_stats("tottime").print_stats(45)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def _own_pid() -> int:
    import os

    return os.getpid()


def _resident() -> float:
    """What this process holds now, in MB (Linux)."""
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * 4096 / 1024 / 1024


if __name__ == "__main__":
    main()
