"""What any test may ask for. Each fixture says in a line what the test gets."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import postgres

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
