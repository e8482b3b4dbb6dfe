"""The control channel: somebody else's hand on the bot's clock.

It exists only in the demo, the practice workspace and tests, where `bot.controlled` runs the bot;
`bimbing run` has no way to open it. Loopback only, and only for whoever knows the token.
"""

import hmac
import json
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from bot.clock import MovableClock
from scheduler.runner import Beats

Order = Callable[[Mapping[str, Any]], Mapping[str, Any]]


class ControlServer:
    """Takes orders: set the clock, do what is due, say what is due next."""

    def __init__(self, beats: Beats, clock: MovableClock, token: str) -> None:
        orders: dict[str, Order] = {
            "/clock": lambda order: _set_clock(clock, str(order["now"])),
            "/work": lambda _: {"done": beats.all()},
            "/next": lambda _: {"due": _iso(beats.next_due())},
        }
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(orders, token))
        self.port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class ControlClient:
    """The other end. Raises `OSError` when the bot is gone."""

    def __init__(self, port: int, token: str, timeout: float = 60.0) -> None:
        self._port, self._token, self._timeout = port, token, timeout

    def set_clock(self, now: datetime) -> None:
        self._order("/clock", {"now": now.isoformat()})

    def work(self) -> int:
        return int(self._order("/work", {})["done"])

    def next_due(self) -> datetime | None:
        due = self._order("/next", {})["due"]
        return datetime.fromisoformat(due) if due else None

    def _order(self, path: str, order: Mapping[str, Any]) -> dict[str, Any]:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=self._timeout)
        try:
            headers = {"Authorization": f"Bearer {self._token}"}
            connection.request("POST", path, json.dumps(order), headers)
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        if response.status != 200:
            raise OSError(f"{path}: {response.status}")
        return dict(json.loads(body))


def _set_clock(clock: MovableClock, now: str) -> Mapping[str, Any]:
    clock.set(datetime.fromisoformat(now))
    return {}


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def _handler(orders: Mapping[str, Order], token: str) -> type[BaseHTTPRequestHandler]:
    expected = f"Bearer {token}".encode()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            given = (self.headers.get("Authorization") or "").encode()
            order = orders.get(self.path)
            if not hmac.compare_digest(given, expected) or order is None:
                self._answer(404, {})
                return
            length = int(self.headers.get("Content-Length") or 0)
            self._answer(200, order(json.loads(self.rfile.read(length) or b"{}")))

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

        def _answer(self, status: int, body: Mapping[str, Any]) -> None:
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    return Handler
