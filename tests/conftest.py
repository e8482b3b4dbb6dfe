"""What any test may ask for. Each fixture says in a line what the test gets."""

import ipaddress
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.storage import schema
from bot.storage.engine import open_engine
from tests import postgres

_abroad: list[str] = []  # hosts other than this machine that were asked for


def _stay_at_home(event: str, args: tuple[Any, ...]) -> None:
    """An audit hook: whatever library it goes through, a connection ends here unless it is to this
    very machine."""
    if event in {"socket.connect", "socket.sendto"} and isinstance(args[1], tuple):
        host = args[1][0]
    elif event == "socket.getaddrinfo":
        host = args[0]
    else:
        return
    if not _is_home(host):
        _abroad.append(str(host))
        raise ConnectionRefusedError(f"tests do not leave this machine: {host}")


def _is_home(host: Any) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host or "")
    try:
        return name in {"", "localhost"} or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


sys.addaudithook(_stay_at_home)


@pytest.fixture(autouse=True)
def only_this_machine() -> Iterator[None]:
    """Fails the test that asked for another host, even if the refusal was swallowed."""
    yield
    asked, _abroad[:] = list(_abroad), []
    assert not asked, f"asked for hosts other than this one: {asked}"


_SESSION = pytest.StashKey[postgres.SessionDirectory]()


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # the controller, or the only process
        config.stash[_SESSION] = postgres.SessionDirectory()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["session_directory"] = str(node.config.stash[_SESSION].path)


def pytest_unconfigure(config: pytest.Config) -> None:
    if _SESSION in config.stash:
        config.stash[_SESSION].close()


@pytest.fixture(scope="session")
def session_directory(pytestconfig: pytest.Config) -> Path:
    """A directory that all workers of this test session share."""
    if _SESSION in pytestconfig.stash:
        return pytestconfig.stash[_SESSION].path
    workerinput: dict[str, str] = pytestconfig.workerinput  # type: ignore[attr-defined] # xdist's
    return Path(workerinput["session_directory"])


@pytest.fixture(scope="session")
def postgres_server(session_directory: Path) -> postgres.Server:
    """The PostgreSQL of this test session."""
    try:
        return postgres.server(session_directory)
    except postgres.Unavailable as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI tests both databases: {missing}")
        pytest.skip(str(missing))


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """The address of a SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'test.sqlite3'}"


@pytest.fixture
def empty_postgresql_url(postgres_server: postgres.Server) -> Iterator[str]:
    """The address of an empty PostgreSQL database."""
    with postgres_server.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database; the test runs once with each engine."""
    url: str = request.getfixturevalue(f"empty_{request.param}_url")
    return url


@pytest.fixture(scope="session")
def migrated_sqlite_file(session_directory: Path) -> Path:
    """A SQLite file at the newest revision, to copy; migrated once in a test session."""
    file = session_directory / "template.sqlite3"
    with postgres.once(session_directory, "template_sqlite") as first:
        if first:
            _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def migrated_postgresql_database(postgres_server: postgres.Server, session_directory: Path) -> str:
    """The name of a PostgreSQL database at the newest revision, to copy."""
    name = "migrated"
    with postgres.once(session_directory, "template_postgresql") as first:
        if first:
            postgres_server.execute(f"CREATE DATABASE {name} TEMPLATE template0")
            _migrate(postgres_server.url(name))
    return name


@pytest.fixture
def sqlite_url(migrated_sqlite_file: Path, tmp_path: Path) -> str:
    """The address of a SQLite file with our tables, all empty."""
    shutil.copyfile(migrated_sqlite_file, tmp_path / "bimbing.sqlite3")
    return f"sqlite:///{tmp_path / 'bimbing.sqlite3'}"


@pytest.fixture(scope="session")
def worker_postgresql_url(
    postgres_server: postgres.Server, migrated_postgresql_database: str
) -> Iterator[str]:
    """The address of this worker's own PostgreSQL database, with our tables."""
    with postgres_server.database(migrated_postgresql_database) as url:
        yield url


@pytest.fixture
def postgresql_url(postgres_server: postgres.Server, worker_postgresql_url: str) -> Iterator[str]:
    """The address of a PostgreSQL database with our tables, all empty."""
    yield worker_postgresql_url
    postgres_server.empty(worker_postgresql_url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a database with our tables, all empty; once with each engine."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


def _migrate(url: str) -> None:
    engine = open_engine(url)
    schema.upgrade(engine)
    engine.dispose()  # SQLite writes its log back into the file, PostgreSQL frees the template
