"""Socket Mode: the bot calls Slack, so it needs no public address. One process, many threads.

Two connections, so that one can be renewed or die while the other serves. Slack's own handler for
Python ignores SIGTERM, which would lose the work in hand. What arrives after the signal is left
unacknowledged: events come again over another connection.
"""

import logging
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from slack_sdk.errors import SlackClientError

from bot import metrics
from bot.config import Settings
from bot.serving import health
from bot.serving.connection import Connection
from bot.serving.runtime import Runtime

CONNECTIONS = 2
"""Slack lets an app have ten at a time, over all its processes (docs.slack.dev/apis/events-api/
using-socket-mode)."""

STOP_SECONDS = 10.0
"""How long the work in hand may take to finish."""

LEAVE_SECONDS = 20.0
"""After so long the process ends whatever still hangs; supervisors kill no sooner."""

_log = logging.getLogger(__name__)


def serve(settings: Settings, runtime: Runtime) -> None:
    """Serve until SIGTERM or SIGINT; a second signal ends the process at once.

    Raises OSError when the health port is taken, and what slack_sdk raises when Slack does not
    let us connect.
    """
    assert settings.slack_app_token is not None, "Socket Mode implies an app-level token"
    token = settings.slack_app_token.get_secret_value()
    connections = [Connection(runtime, token) for _ in range(CONNECTIONS)]
    with _told_to_stop() as stopping:

        def state() -> dict[str, bool]:
            up = any(connection.is_up for connection in connections)
            return {"running": not stopping.is_set(), "slack": up}

        listener = health.listen(settings.health_port)
        with health.served(listener, health.Health(runtime, state)):
            try:
                _connect(connections)
                runtime.start_scheduler()
                _log.info("serving mode=socket health_port=%d", settings.health_port)
                while not stopping.wait(1):  # a wait without end can't be interrupted on Windows
                    _look_after(connections)
            finally:
                stopping.set()
                _stop(connections, runtime)


def _connect(connections: list[Connection]) -> None:
    """The first has to succeed; where Slack allows no more, one is enough."""
    first, *others = connections
    first.client.connect()
    for connection in others:
        try:
            connection.client.connect()
        except (SlackClientError, OSError) as error:
            _log.warning("one connection less reason=%s", type(error).__name__)


def _look_after(connections: list[Connection]) -> None:
    for connection in connections:
        try:
            connection.look_after()
        except Exception:  # noqa: BLE001 (whatever it was, the process goes on serving)
            _log.exception("a connection could not be looked after")
    metrics.CONNECTIONS.set(sum(connection.is_up for connection in connections))


def _stop(connections: list[Connection], runtime: Runtime) -> None:
    last_resort = threading.Timer(LEAVE_SECONDS, os._exit, [1])
    last_resort.daemon = True
    last_resort.start()
    with ThreadPoolExecutor(len(connections)) as threads:  # all gates shut at once
        finished = list(threads.map(lambda each: each.finish(STOP_SECONDS), connections))
    if not all(finished):
        _log.warning("work in hand was not finished seconds=%d", STOP_SECONDS)
    runtime.stop()
    last_resort.cancel()
    _log.info("stopped")


@contextmanager
def _told_to_stop() -> Iterator[threading.Event]:
    """An event that the first signal sets; from then on signals do what they always do."""
    stopping = threading.Event()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def told(number: int, _frame: object) -> None:
        _log.info("stopping signal=%s", signal.Signals(number).name)
        stopping.set()
        for each in before:
            signal.signal(each, signal.SIG_DFL)

    for number in before:
        signal.signal(number, told)
    yield stopping
    for number, handler in before.items():
        signal.signal(number, handler)
