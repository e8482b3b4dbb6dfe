"""`/healthz`, `/readyz` and `/metrics`: whether this process does its work, whether it should be
given more, and what it counted. For load balancers, supervisors and Prometheus, not for Slack.

The database is asked in a thread of its own and for a limited time, so that one that hangs makes
these answers bad, not late.
"""

import json
import queue
import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Generic, TypeVar

from bot.serving import scrape
from bot.serving.runtime import Runtime

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

ALIVE, READY, METRICS = "/healthz", "/readyz", "/metrics"
PUBLIC = frozenset({ALIVE, READY})
"""What anybody may ask who reaches the port that Slack reaches."""

PATIENCE = 2.0
"""Seconds the database has for its part of an answer."""

T = TypeVar("T")


@dataclass(frozen=True)
class Answer:
    status: HTTPStatus
    body: bytes
    content_type: str = "application/json"


class Health:
    """What one process says of itself. `server` adds what only the server around it knows."""

    def __init__(self, runtime: Runtime, server: Callable[[], Mapping[str, bool]]) -> None:
        self._alive = runtime.healthy
        self._server = server
        self._checks = _Patiently(runtime.checks)
        self._page = _Patiently(lambda: scrape.page(runtime), 2 * PATIENCE)

    def answer(self, path: str) -> Answer:
        """The answer to one GET."""
        if path == ALIVE:
            alive = self._alive()
            return Answer(_status(alive), _json({"ok": alive}))
        if path == READY:
            return self._readiness()
        if path == METRICS:
            page = self._page.ask() or b""
            return Answer(_status(page != b""), page, scrape.CONTENT_TYPE)
        return Answer(HTTPStatus.NOT_FOUND, b"")

    def _readiness(self) -> Answer:
        checks = {**self._server(), **(self._checks.ask() or {"database": False})}
        ready = all(checks.values())
        return Answer(_status(ready), _json({"ready": ready, "checks": checks}))


@dataclass
class _Patiently(Generic[T]):
    """One question at a time, each in a thread that may be left behind."""

    _question: Callable[[], T]
    _seconds: float = PATIENCE
    _asking: threading.Lock = field(default_factory=threading.Lock)

    def ask(self) -> T | None:
        """None if there was no answer in time; also while an older question still hangs."""
        if not self._asking.acquire(timeout=self._seconds):
            return None
        answers: queue.SimpleQueue[T | None] = queue.SimpleQueue()
        threading.Thread(target=self._run, args=(answers,), name="health", daemon=True).start()
        try:
            return answers.get(timeout=self._seconds)
        except queue.Empty:
            return None

    def _run(self, answers: "queue.SimpleQueue[T | None]") -> None:
        try:
            answer = self._question()
        except Exception:  # noqa: BLE001 (whatever it was: no answer, and a probe is no news)
            answers.put(None)
        else:
            answers.put(answer)
        finally:
            self._asking.release()


def before(app: "WSGIApplication", health: Health) -> "WSGIApplication":
    """`app`, with what is `PUBLIC` answered before anything reaches it."""

    def front(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path not in PUBLIC:
            return app(environ, start_response)
        answer = health.answer(path)
        start_response(f"{answer.status.value} {answer.status.phrase}", list(_headers(answer)))
        return [answer.body]

    return front


def listen(port: int) -> socket.socket:
    """A socket at `port` of this machine's loopback. Raises OSError when the port is taken."""
    listener = socket.create_server(("127.0.0.1", port))
    listener.setblocking(False)  # of several workers that hear of a connection one gets it
    return listener


@contextmanager
def served(listener: socket.socket, health: Health) -> Iterator[None]:
    """Answer at `listener` while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        timeout = 5  # seconds; an idle connection must not keep its thread for ever

        def do_GET(self) -> None:
            answer = health.answer(self.path)
            self.send_response(answer.status)
            for name, value in _headers(answer):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:
            """A probe every few seconds is no news."""

    with ThreadingHTTPServer(listener.getsockname(), Handler, bind_and_activate=False) as server:
        server.socket.close()
        server.socket = listener
        server.daemon_threads = True
        thread = threading.Thread(
            target=server.serve_forever, args=(0.05,), name="health", daemon=True
        )
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


def _status(good: bool) -> HTTPStatus:
    return HTTPStatus.OK if good else HTTPStatus.SERVICE_UNAVAILABLE


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


def _headers(answer: Answer) -> Iterator[tuple[str, str]]:
    yield "Content-Type", answer.content_type
    yield "Content-Length", str(len(answer.body))
