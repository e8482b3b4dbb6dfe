"""What every subcommand is made of: name and words, exit codes, and a database opened for it."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.config import Settings

OK, FAILED, NO_WORKER, BAD_CONFIG = 0, 1, 3, 78


class Failed(Exception):
    """It can't be done now; the text says why, and what to do."""


def no_options(_parser: argparse.ArgumentParser) -> None:
    """For a subcommand that takes none."""


@dataclass(frozen=True)
class Command:
    """One subcommand. `run` returns the exit code, and imports what it needs when it is called."""

    name: str
    help: str
    run: Callable[[argparse.Namespace], int]
    options: Callable[[argparse.ArgumentParser], None] = no_options


@contextmanager
def database(settings: "Settings") -> Iterator["Engine"]:
    """The database of the settings, for one command. Raises `Failed` when it does not answer."""
    from sqlalchemy.exc import DBAPIError

    from bot.storage.engine import open_engine

    engine = open_engine(settings.database_url.get_secret_value(), pool_size=1)
    try:
        yield engine
    except DBAPIError:
        raise Failed("The database does not answer. To find out why: bimbing check") from None
    finally:
        engine.dispose()
