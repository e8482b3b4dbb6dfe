"""A Slack on loopback that answers as it is told to, also as a well-behaved one never would."""

import json
import socket
import threading
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Reply:
    body: Any = field(default_factory=dict)  # an object gets "ok": true; a str goes as it is
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    def encoded(self) -> bytes:
        if isinstance(self.body, dict):
            return json.dumps({"ok": True, **self.body}).encode()
        return str(self.body).encode()


class Drop:
    """Take the request, then close the connection without a word."""


class Hang:
    """Take the request and never answer."""


Answer = Reply | Drop | Hang


def refused(code: str, status: int = 200) -> Reply:
    return Reply({"ok": False, "error": code}, status)


@dataclass(frozen=True)
class Call:
    method: str
    arguments: dict[str, Any]
    headers: dict[str, str]


class StubSlack:
    """Answers are queued by method; a method without one gets `{"ok": true}`."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.over = threading.Event()
        self._answers: defaultdict[str, deque[Answer]] = defaultdict(deque)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = False  # so that closing waits for the last answer

    @property
    def host(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def base_url(self) -> str:
        return f"{self.host}/api/"

    def answers(self, method: str, *answers: Answer) -> None:
        self._answers[method].extend(answers)

    def arguments(self, method: str) -> list[dict[str, Any]]:
        return [call.arguments for call in self.calls if call.method == method]

    def take(self, call: Call) -> Answer:
        self.calls.append(call)
        waiting = self._answers[call.method]
        return waiting.popleft() if waiting else Reply()

    @contextmanager
    def running(self) -> Iterator["StubSlack"]:
        thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield self
        finally:
            self.over.set()
            self._server.shutdown()
            thread.join()
            self._server.server_close()


def _handler(stub: StubSlack) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            method = urlsplit(self.path).path.removeprefix("/api/")
            arguments = _arguments(method, body, self.headers.get("Content-Type", ""))
            answer = stub.take(Call(method, arguments, dict(self.headers)))
            if isinstance(answer, Hang):
                stub.over.wait()
            if isinstance(answer, Reply):
                self._reply(answer)
            else:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)

        def _reply(self, answer: Reply) -> None:
            content = answer.encoded()
            self.send_response(answer.status)
            for name, value in {"Content-Type": "application/json", **answer.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *arguments: Any) -> None:
            """Say nothing."""

    return Handler


def _arguments(method: str, body: bytes, content_type: str) -> dict[str, Any]:
    if method == "/upload":
        return {"body": body}
    if content_type.startswith("application/json"):
        parsed: dict[str, Any] = json.loads(body or b"{}")
        return parsed
    return dict(parse_qsl(body.decode()))
