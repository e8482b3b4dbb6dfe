"""The databases that tests are given are fresh, real, and gone when the session is."""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from bot.storage import schema
from bot.storage.engine import open_engine
from tests import postgres
from tests.rows import one_of_each

SESSION = """
import os, signal
from tests.postgres import SessionDirectory, server

session = SessionDirectory()
server(session.path)
print(session.path)
print((session.path / "postgres/data/postmaster.pid").read_text().split()[0], flush=True)
{end}
"""


@pytest.mark.parametrize("turn", [1, 2])
def test_a_database_is_empty_each_time(empty_database_url: str, turn: int) -> None:
    engine = create_engine(empty_database_url)
    with engine.begin() as connection:
        assert inspect(connection).get_table_names() == []
        connection.execute(text("CREATE TABLE left_behind (id INTEGER)"))
    engine.dispose()


@pytest.mark.parametrize("turn", [1, 2])
def test_a_migrated_database_has_tables_without_rows(database_url: str, turn: int) -> None:
    engine = open_engine(database_url)
    assert schema.is_current(engine)
    with engine.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM workspace")) == 0
        one_of_each(connection, "left_behind")
    engine.dispose()


@pytest.mark.parametrize("end", ["session.close()", "os.kill(os.getpid(), signal.SIGKILL)"])
def test_the_server_stops_however_the_session_ends(
    end: str, postgres_server: postgres.Server
) -> None:
    script = SESSION.format(end=end)
    root = Path(__file__).parent.parent
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=False
    )
    assert not run.stderr
    directory, pid = run.stdout.split()
    with suppress(FileNotFoundError), (Path(directory) / "stopped").open() as stopped:
        postgres.lock(stopped)  # until the keeper has let go of it
    assert not Path(directory).exists()
    assert not _running(pid)


def test_a_missing_server_is_told_with_its_reason(
    session_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGVERSION", "9")
    with pytest.raises(postgres.Unavailable, match="PGVERSION=9"):
        postgres.server(session_directory)


def _running(pid: str) -> bool:
    command = Path(f"/proc/{pid}/cmdline")
    return command.exists() and bool(command.read_bytes())  # a zombie has none
