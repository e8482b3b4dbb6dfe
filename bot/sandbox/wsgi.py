"""Serving a WSGI app on loopback from a thread, for tests and demos (not for production)."""

import socketserver
import threading
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from wsgiref.types import WSGIApplication


class _ThreadingServer(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True
    block_on_close = True


class _SilentHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: requests are in the sandbox's own records."""


class LoopbackApp:
    """Runs an app while the `with` block lasts; `url` ends with the path Slack posts to."""

    def __init__(self, app: WSGIApplication, *, path: str = "/slack/events", port: int = 0) -> None:
        self._server = make_server("127.0.0.1", port, app, _ThreadingServer, _SilentHandler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self.url = f"http://127.0.0.1:{self._server.server_port}{path}"

    def start(self) -> "LoopbackApp":
        self._thread.start()
        return self

    def stop(self) -> None:
        """Refuse new requests and wait for those in hand."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def __enter__(self) -> "LoopbackApp":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()
