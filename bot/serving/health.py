"""`/healthz`: whether this process does its work. For load balancers and supervisors, not Slack."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

PATH = "/healthz"

Healthy = Callable[[], bool]


def before(app: "WSGIApplication", healthy: Healthy) -> "WSGIApplication":
    """`app`, with `/healthz` answered before anything reaches it."""

    def front(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ.get("PATH_INFO") != PATH:
            return app(environ, start_response)
        status, body = _report(healthy)
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        start_response(f"{status.value} {status.phrase}", headers)
        return [body]

    return front


@contextmanager
def served(port: int, healthy: Healthy) -> Iterator[None]:
    """`/healthz` at `port` of this machine's loopback, while the block runs.

    Raises OSError when the port is taken.
    """

    class Handler(BaseHTTPRequestHandler):
        timeout = 5  # seconds; an idle connection must not keep its thread for ever

        def do_GET(self) -> None:
            status, body = _report(healthy) if self.path == PATH else (HTTPStatus.NOT_FOUND, b"")
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """A probe every few seconds is no news."""

    with ThreadingHTTPServer(("127.0.0.1", port), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(
            target=server.serve_forever, args=(0.05,), name="healthz", daemon=True
        )
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


def _report(healthy: Healthy) -> tuple[HTTPStatus, bytes]:
    if healthy():
        return HTTPStatus.OK, b'{"ok": true}'
    return HTTPStatus.SERVICE_UNAVAILABLE, b'{"ok": false}'
