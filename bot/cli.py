"""The command `bimbing`. Each subcommand imports what it needs when it is called, no sooner.

It ends with 0 when all is well, 1 when something could not be done (what, and what to do, is
printed), 2 for a wrong command line, 3 when no HTTP worker could start, and 78 when the settings
can't be used. No failure that an operator can mend shows a traceback.
"""

import argparse
import errno
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from bot import __version__
from bot.config import ConfigError

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.config import Settings

OK, FAILED, NO_WORKER, BAD_CONFIG = 0, 1, 3, 78

EXIT_CODES = f"""exit codes:
  {OK:2}  all is well
  {FAILED:2}  it could not be done; what to do about it is printed
   2  wrong command line
  {NO_WORKER:2}  no HTTP worker could start
  {BAD_CONFIG:2}  the settings can't be used"""


class Failed(Exception):
    """It can't be done now; the text says why, and what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand and return the exit code."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except ConfigError as error:
        _complain("The settings can't be used yet:", *(f"  {fault}" for fault in error.faults))
        return BAD_CONFIG
    except Failed as error:
        _complain(str(error))
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bimbing", description="Virtual mentoring in Slack.", epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--version", action="version", version=f"bimbing {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, (command, words) in COMMANDS.items():
        subparser = commands.add_parser(name, help=words, description=words)
        subparser.set_defaults(command=command)
        if name == "demo":
            _demo_options(subparser)
    return parser


def _demo_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--speed", type=_positive, default=1.0, help="reading pace: 2 is twice as fast (default 1)"
    )
    parser.add_argument(
        "--until", type=date.fromisoformat, metavar="DATE", help="end the story on this day"
    )
    parser.add_argument(
        "--seed", type=int, default=1, help="moves the minutes at which people press (default 1)"
    )
    parser.add_argument(
        "--lang", choices=("en", "id"), default="en", help="the narrator's language (default en)"
    )


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value < float("inf"):
        raise ValueError
    return value


def _demo(options: argparse.Namespace) -> int:
    from bot.demo.run import Options, play

    return play(Options(options.speed, options.until, options.seed, options.lang))


def _run(_options: argparse.Namespace) -> int:
    from bot import logs
    from bot.config import load

    settings = load()
    logs.configure(settings.log_level, settings.log_format)
    _prepare_schema(settings)
    if settings.mode == "http":
        return _run_http(settings)
    return _run_socket(settings)


def _run_http(settings: "Settings") -> int:
    from bot.app import build
    from bot.clock import SystemClock
    from bot.serving import http

    try:
        http.serve(settings, SystemClock(), lambda: build(settings))
    except http.Unsupported as error:
        raise Failed(str(error)) from None
    return OK


def _run_socket(settings: "Settings") -> int:
    from slack_sdk.errors import SlackClientError

    from bot.app import build
    from bot.serving import socket

    try:
        socket.serve(settings, build(settings))
    except (SlackClientError, OSError) as error:
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            raise Failed("Another program uses HEALTH_PORT. Set another port.") from None
        raise Failed("Slack does not let the bot in. To find out why: bimbing check") from None
    return OK


def _prepare_schema(settings: "Settings") -> None:
    """A new SQLite file gets its tables here; any other database is migrated by hand."""
    from bot.storage import schema

    with _database(settings) as engine:
        if schema.is_current(engine):
            return
        if not settings.is_sqlite or schema.current_revision(engine) is not None:
            raise Failed(
                "The database is at another revision than this version of Bimbing needs.\n"
                "Back it up, then run: bimbing migrate"
            )
        schema.upgrade(engine)


def _check(_options: argparse.Namespace) -> int:
    from bot.checkup import examine
    from bot.config import load

    all_right = True
    for finding in examine(load()):
        all_right = all_right and finding.right
        print("ok  " if finding.right else "FAIL", finding.what)
        if finding.next_step:
            print("     ", finding.next_step)
    return OK if all_right else FAILED


def _migrate(_options: argparse.Namespace) -> int:
    from alembic.util import CommandError

    from bot.config import load
    from bot.storage import schema

    with _database(load()) as engine:
        before = schema.current_revision(engine)
        try:
            schema.upgrade(engine)
        except (schema.MigrationFault, CommandError) as fault:
            raise Failed(f"Nothing was changed: {fault}") from None
        after = schema.current_revision(engine)
    print(f"{before or 'empty'} -> {after}" if after != before else f"already at {after}")
    return OK


def _manifest(_options: argparse.Namespace) -> int:
    import json

    from bot.config import load_app
    from bot.slack.manifest import manifest
    from handlers import commands

    settings = load_app()
    made = manifest(
        settings.command_name,
        name="Bimbing",
        description="Mentoring in your own hours and your own language, English or Indonesian.",
        command_description="Everything about your mentoring. Start with: help",
        usage_hint=commands.usage_hint(),
        http_url=settings.public_url,
    )
    print(json.dumps(made, indent=2, ensure_ascii=False))
    return OK


@contextmanager
def _database(settings: "Settings") -> Iterator["Engine"]:
    from sqlalchemy.exc import DBAPIError

    from bot.storage.engine import open_engine

    engine = open_engine(settings.database_url.get_secret_value(), pool_size=1)
    try:
        yield engine
    except DBAPIError:
        raise Failed("The database does not answer. To find out why: bimbing check") from None
    finally:
        engine.dispose()


def _complain(*lines: str) -> None:
    print(*lines, sep="\n", file=sys.stderr)


COMMANDS: dict[str, tuple[Callable[[argparse.Namespace], int], str]] = {
    "demo": (_demo, "four weeks of a small programme in a minute; needs no account"),
    "run": (_run, "Run the bot, with the settings of .env and the environment."),
    "check": (_check, "See whether everything is there that the bot needs."),
    "migrate": (_migrate, "Bring the database to the revision of this version."),
    "manifest": (_manifest, "Print the manifest to create the Slack app from."),
}
