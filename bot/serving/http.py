"""HTTP mode: gunicorn inside our own process tree, with the guard in front of Bolt.

Each worker puts its own bot together after the fork, so that no connection, pool or thread is
shared. Slow clients cost little, but a proxy in front is still meant to hold them off.
"""

import logging
import socket
import struct
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from slack_bolt.adapter.wsgi import SlackRequestHandler

from bot.clock import Clock
from bot.config import Settings
from bot.serving import health
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

    `open_runtime` is called once in each worker. Raises `Unsupported` on Windows.
    """
    if sys.platform == "win32":
        raise Unsupported("HTTP mode needs Linux or macOS. Use Socket Mode: set SLACK_APP_TOKEN.")
    _server(settings, clock, open_runtime).run()


def web_app(runtime: Runtime, signing_secret: str, clock: Clock) -> "WSGIApplication":
    """What a worker serves: `/healthz`, and behind the guard `/slack/events`."""
    guarded = Guard(SlackRequestHandler(runtime.bolt), signing_secret, clock)
    return health.before(guarded, runtime.healthy)


def _server(settings: Settings, clock: Clock, open_runtime: Callable[[], Runtime]) -> Any:
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

        def load_config(self) -> None:
            options = _options(settings) | {
                "logger_class": OurLogger,
                "post_worker_init": self.begin,
                "worker_exit": self.end,
            }
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> "WSGIApplication":
            self.runtime = open_runtime()
            return web_app(self.runtime, secret, clock)

        def begin(self, worker: Any) -> None:
            worker.cfg.set("graceful_timeout", REQUEST_SECONDS)  # the master waits for longer
            for listener in worker.sockets:
                _hang_up_on_silence(listener.sock)
            assert self.runtime is not None
            self.runtime.start_scheduler()

        def end(self, _server: Any, _worker: Any) -> None:
            if self.runtime is not None:
                self.runtime.stop()
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
