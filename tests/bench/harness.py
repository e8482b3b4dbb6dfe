"""What benchmarks share: databases as in production, processes that leave nothing behind, ports
nobody else listens at, and tables that say what was measured with which versions."""

import os
import platform
import resource
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import text

from bot.storage import schema
from bot.storage.engine import open_engine
from tests import postgres

Engine = Literal["sqlite", "postgresql"]
ENGINES: tuple[Engine, ...] = ("sqlite", "postgresql")
PACKAGES = ("slack-bolt", "slack-sdk", "SQLAlchemy", "psycopg", "APScheduler", "gunicorn")


class Invalid(Exception):
    """The run measured something else than it was meant to."""


# Databases


@contextmanager
def database(engine: Engine) -> Iterator[str]:
    """The address of a fresh database with our tables, written to disk as in production."""
    if engine == "postgresql":
        with _postgresql() as server, server.database() as url:
            yield _migrated(url)
    else:
        with tempfile.TemporaryDirectory(prefix="bimbing-bench-") as directory:
            yield _migrated(f"sqlite:///{Path(directory) / 'bench.sqlite3'}")


@contextmanager
def _postgresql() -> Iterator[postgres.Server]:
    session = postgres.SessionDirectory()
    try:
        yield postgres.server(session.path, durable=True)
    finally:
        session.close()


def _migrated(url: str) -> str:
    engine = open_engine(url)
    schema.upgrade(engine)
    engine.dispose()
    return url


# Processes


def free_port() -> int:
    """A port of loopback at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def process(
    *arguments: str, port: int | None = None, env: dict[str, str] | None = None
) -> Iterator["subprocess.Popen[str]"]:
    """`python -m ARGUMENTS` in a process group of its own, which ends with the block. With `port`
    it is waited for until it listens there, and raises Invalid if somebody else does."""
    if port is not None and _listens(port):
        raise Invalid(f"port {port} is taken")
    started = subprocess.Popen(
        [sys.executable, "-m", *arguments], text=True, stdout=subprocess.PIPE,
        start_new_session=True, env={**os.environ, **(env or {})},
    )  # fmt: skip
    try:
        if port is not None:
            _wait_until_it_listens(started, port)
        yield started
    finally:
        end(started)


def end(started: "subprocess.Popen[str]", *, patience: float = 5) -> None:
    """Ask the whole group to stop, and make it after `patience` seconds."""
    for sent, seconds in ((signal.SIGTERM, patience), (signal.SIGKILL, 5.0)):
        try:
            os.killpg(started.pid, sent)
            started.wait(seconds)
        except ProcessLookupError:
            break
        except subprocess.TimeoutExpired:
            continue
    started.wait()
    if started.stdout:
        started.stdout.close()


def unwind_on_sigterm() -> None:
    """Make SIGTERM leave all blocks in order, so that no process or database is left behind."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def report() -> None:
    """What a worker says at its end: when that was (monotonic seconds), and the most memory it
    took in MB."""
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(time.monotonic(), megabytes, flush=True)


def resident_megabytes(pid: int) -> float:
    """The most memory the process has held so far, in MB (Linux)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _wait_until_it_listens(started: "subprocess.Popen[str]", port: int) -> None:
    until = time.monotonic() + 20
    while not _listens(port):
        if started.poll() is not None or time.monotonic() > until:
            raise Invalid(f"nothing listens at port {port}")
        time.sleep(0.02)


# Results


def spread(values: Sequence[float], digits: int = 0) -> str:
    """Median and range, as `12 [10-15]`."""
    low, high = min(values), max(values)
    return f"{statistics.median(values):.{digits}f} [{low:.{digits}f}-{high:.{digits}f}]"


def percentile(values: Sequence[float], percent: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def table(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def versions(*more: str, url: str | None = None) -> str:
    """What was measured, on what, and how busy the machine was: one line."""
    said = [f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}"]
    if url is not None and url.startswith("postgresql"):
        said.append(f"PostgreSQL {ask(url, 'SHOW server_version')}")
    for package in (*PACKAGES, *more):
        try:
            said.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    return f"{', '.join(said)}; {os.cpu_count()} cores, load {load}"


def ask(url: str, query: str) -> Any:
    """The one value a query of the benchmark's own finds."""
    engine = open_engine(url)
    with engine.connect() as connection:
        found = connection.scalar(text(query))
    engine.dispose()
    return found
