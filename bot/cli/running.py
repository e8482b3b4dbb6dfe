"""`bimbing run`: the bot itself, over Socket Mode or HTTP."""

import argparse
import errno
from typing import TYPE_CHECKING

from bot.cli.command import OK, Command, Failed, database

if TYPE_CHECKING:
    from bot.config import Settings

_PORT_TAKEN = "Another program uses HEALTH_PORT. Set another port."


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
    from bot.serving import scrape

    with scrape.shared_by_workers():
        from bot.app import build
        from bot.clock import SystemClock
        from bot.serving import http

        try:
            http.serve(settings, SystemClock(), lambda: build(settings))
        except http.Unsupported as error:
            raise Failed(str(error)) from None
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Failed(_PORT_TAKEN) from None
            raise
    return OK


def _run_socket(settings: "Settings") -> int:
    from slack_sdk.errors import SlackClientError

    from bot.app import build
    from bot.serving import socket

    try:
        socket.serve(settings, build(settings))
    except (SlackClientError, OSError) as error:
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            raise Failed(_PORT_TAKEN) from None
        raise Failed("Slack does not let the bot in. To find out why: bimbing check") from None
    return OK


def _prepare_schema(settings: "Settings") -> None:
    """A new SQLite file gets its tables here; any other database is migrated by hand."""
    from bot.storage import schema

    with database(settings) as engine:
        if schema.is_current(engine):
            return
        if not settings.is_sqlite or schema.current_revision(engine) is not None:
            raise Failed(
                "The database is at another revision than this version of Bimbing needs.\n"
                "Back it up, then run: bimbing migrate"
            )
        schema.upgrade(engine)


RUN = Command("run", "Run the bot, with the settings of .env and the environment.", _run)
