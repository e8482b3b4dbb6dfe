"""HTTP mode: gunicorn inside our own process tree, with the guard in front of Bolt.

Each worker puts its own bot together after the fork, so that no connection, pool or thread is
shared. What they share is the port of `/metrics`, on loopback: one of them answers, for all, since
they count into files of one directory (`scrape.shared_by_workers`).

Slow clients cost little, but a proxy in front is still meant to hold them off.
"""

import logging
import socket
import struct
import sys
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from slack_bolt.adapter.wsgi import SlackRequestHandler

from bot.clock import Clock
from bot.config import Settings
from bot.serving import health, scrape
from bot.serving.health import Health, before
from bot.serving.intake import watched
from bot.serving.runtime import Runtime
from bot.slack.guard import Guard

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

SILENCE_SECONDS = 5
"""How long a client may stay silent in the middle of a request."""

REQUEST_SECONDS = 5
"""How long a request in hand may go on in a worker told to stop; Slack itself waits for 3."""

LEAVE_SECONDS = 20
"""After so long a worker is killed whatever still hangs; supervisors kill no sooner."""

_log = logging.getLogger(__name__)


class Unsupported(Exception):
    """This machine can't serve HTTP."""


def serve(settings: Settings, clock: Clock, open_runtime: Callable[[], Runtime]) -> None:
    """Serve until SIGTERM or SIGINT; ends the process with 0, or 3 if no worker could start.

    `open_runtime` is called once in each worker. Raises `Unsupported` on Windows, and OSError when
    the health port is taken.
    """
    if sys.platform == "win32":
        raise Unsupported("HTTP mode needs Linux or macOS. Use Socket Mode: set SLACK_APP_TOKEN.")
    with health.listen(settings.health_port) as listener:
        _server(settings, clock, open_runtime, listener).run()


def web_app(
    runtime: Runtime, signing_secret: str, clock: Clock, health: Health | None = None
) -> "WSGIApplication":
    """What a worker serves: its health, and behind the guard `/slack/events`."""
    guarded = Guard(watched(SlackRequestHandler(runtime.bolt)), signing_secret, clock)
    return before(guarded, health or Health(runtime, dict))


def _server(
    settings: Settings, clock: Clock, open_runtime: Callable[[], Runtime], listener: socket.socket
) -> Any:
    from gunicorn.app.base import BaseApplication
    from gunicorn.glogging import Logger

    assert settings.slack_signing_secret is not None, "HTTP mode implies a signing secret"
    secret = settings.slack_signing_secret.get_secret_value()

    class OurLogger(Logger):  # type: ignore[misc]
        """Hands gunicorn's records to the logging of this process."""

        def setup(self, cfg: Any) -> None:
            super().setup(cfg)
            for log in (self.error_log, self.access_log):
                log.handlers.clear()
                log.propagate = True

    class Server(BaseApplication):  # type: ignore[misc]
        runtime: Runtime | None = None
        worker: Any = None

        def __init__(self) -> None:
            self.told = ExitStack()
            super().__init__()

        def load_config(self) -> None:
            options = _options(settings) | {
                "logger_class": OurLogger,
                "post_worker_init": self.begin,
                "worker_exit": self.end,
                "child_exit": lambda _server, worker: scrape.forget(worker.pid),
            }
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> "WSGIApplication":
            self.runtime = open_runtime()
            self.health = Health(self.runtime, self.state)
            return web_app(self.runtime, secret, clock, self.health)

        def state(self) -> dict[str, bool]:
            return {"running": self.worker is not None and self.worker.alive}

        def begin(self, worker: Any) -> None:
            self.worker = worker
            worker.cfg.set("graceful_timeout", REQUEST_SECONDS)  # the master waits for longer
            for door in worker.sockets:
                _hang_up_on_silence(door.sock)
            assert self.runtime is not None
            self.told.enter_context(health.served(listener, self.health))
            self.runtime.start_scheduler()

        def end(self, _server: Any, _worker: Any) -> None:
            if self.runtime is not None:
                self.runtime.stop()
            self.told.close()
            _log.info("worker stopped")

    return Server()


def _options(settings: Settings) -> dict[str, object]:
    address = f"[{settings.http_host}]" if ":" in settings.http_host else settings.http_host
    return {
        "bind": f"{address}:{settings.http_port}",
        "worker_class": "gthread",
        "workers": settings.workers,
        "threads": settings.http_threads,
        "graceful_timeout": LEAVE_SECONDS,
        "control_socket_disable": True,
        "proc_name": "bimbing",
    }


def _hang_up_on_silence(listener: socket.socket) -> None:
    """Time out reads on the connections accepted from `listener`, which inherit the option.

    Without it a few clients that send half a request hold every thread.
    """
    limit = struct.pack("ll", SILENCE_SECONDS, 0)  # struct timeval
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)
