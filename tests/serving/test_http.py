"""HTTP mode: workers open their own bot, refuse what the guard refuses, and stop in good order."""

import hashlib
import hmac
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest

from bot.clock import SystemClock
from bot.config import Settings
from bot.serving import http

ROOT = Path(__file__).parent.parent.parent
SECRET = "0123456789abcdef0123456789abcdef"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="gunicorn needs fork")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Process:
    """The server in a process group of its own, and what it has said."""

    def __init__(self, tmp_path: Path, workers: int) -> None:
        self.port = _free_port()
        self.pipe = tmp_path / "pipe"
        os.mkfifo(self.pipe)
        environment = {
            "PATH": os.defpath, "PYTHONPATH": str(ROOT), "SLACK_BOT_TOKEN": "xoxb-1234567890",
            "SLACK_SIGNING_SECRET": SECRET, "HTTP_PORT": str(self.port),
            "HTTP_WORKERS": str(workers), "HTTP_THREADS": "4",
            "DATABASE_URL": "postgresql://nobody@/nowhere",
        }  # fmt: skip
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.serving.http_process", str(self.pipe)],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, start_new_session=True,
        )  # fmt: skip
        self.said: list[str] = []

    def wait_for(self, word: str, times: int = 1) -> list[str]:
        """Read on until it has said `word` that often; returns the process ids that did."""
        assert self._process.stdout is not None
        while len(found := [s.split()[1] for s in self.said if s.split()[0] == word]) < times:
            line = self._process.stdout.readline()
            assert line, f"ended after {self.said}"
            self.said.append(line.strip())
        return found

    def terminate(self) -> None:
        self._process.send_signal(signal.SIGTERM)

    def ended(self) -> int:
        assert self._process.stdout is not None
        self.said += self._process.stdout.read().splitlines()
        return self._process.wait(timeout=30)

    def kill(self) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def command(self, text: str, secret: str = SECRET) -> tuple[int, str]:
        body = urlencode(
            {"command": "/mentor", "text": text, "user_id": "U1", "team_id": "T1"}
        ).encode()
        stamp = str(int(SystemClock().now().timestamp()))
        basis = b"v0:" + stamp.encode() + b":" + body
        signature = hmac.new(secret.encode(), basis, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={signature}",
        }
        return self.ask("POST", "/slack/events", body, headers)

    def ask(
        self, method: str, path: str, body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, str]:  # fmt: skip
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request(method, path, body, headers or {})
            with connection.getresponse() as response:
                return response.status, response.read().decode()


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Process]:
    process = Process(tmp_path, workers=1)
    yield process
    process.kill()


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Process]:
    process = Process(tmp_path, workers=2)
    yield process
    process.kill()


def test_each_worker_opens_its_own_bot_after_the_fork(two: Process) -> None:
    [master] = two.wait_for("master")
    opened = set(two.wait_for("opened", times=2))
    assert len(opened) == 2
    assert master not in opened
    assert set(two.wait_for("scheduling", times=2)) == opened
    two.terminate()
    assert two.ended() == 0
    assert set(two.wait_for("stopped", times=2)) == opened


def test_a_request_in_hand_is_finished_before_the_end(one: Process) -> None:
    one.wait_for("scheduling")
    with ThreadPoolExecutor(1) as threads:
        answer = threads.submit(one.command, "slow")
        one.wait_for("heard:slow")
        one.terminate()
        one.pipe.write_bytes(b"x")
        assert answer.result() == (200, "did slow")
    assert one.ended() == 0
    assert one.said[-1].startswith("stopped")


def test_health_needs_no_signature_and_commands_do(one: Process) -> None:
    [pid] = one.wait_for("scheduling")
    status, health = one.ask("GET", "/healthz")
    assert status == 200
    assert json.loads(health) == {"ok": True, "pid": int(pid)}
    assert one.command("forged", secret="another") == (401, "Unauthorized")
    assert one.command("join") == (200, "did join")
    one.wait_for("heard:join")
    assert not [line for line in one.said if "forged" in line]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize("chunked", [False, True])
def test_64_mib_without_a_signature_cost_less_than_5_mb(one: Process, chunked: bool) -> None:
    [worker] = one.wait_for("scheduling")
    one.command("warm up")
    before = _peak_memory(worker)
    assert _flood(one.port, chunked) in {b"413", b""}  # or hung up on, which is as good
    assert _peak_memory(worker) - before < 5_000_000
    assert one.command("join") == (200, "did join")


def _flood(port: int, chunked: bool) -> bytes:
    """Send 64 MiB, or as much of it as the server takes; returns the status it answers."""
    size = 64 * 2**20
    length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {size}"
    piece = b"x" * 2**16
    part = b"10000\r\n" + piece + b"\r\n" if chunked else piece
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        try:
            client.sendall(f"POST /slack/events HTTP/1.1\r\nHost: x\r\n{length}\r\n\r\n".encode())
            for _ in range(size // len(piece)):
                client.sendall(part)
            client.sendall(b"0\r\n\r\n" if chunked else b"")
            return client.recv(64)[9:12]
        except OSError:
            return b""


def _peak_memory(pid: str) -> int:
    """Bytes: the most that a process has held."""
    status = Path(f"/proc/{pid}/status").read_text()
    [line] = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) * 1024


def test_clients_that_send_half_a_request_hold_no_thread_for_long(one: Process) -> None:
    one.wait_for("scheduling")
    clients = [socket.create_connection(("127.0.0.1", one.port)) for _ in range(8)]
    for client in clients:
        client.sendall(b"POST /slack/events HTTP/1.1\r\nHost: x\r\n")
    assert one.command("join") == (200, "did join")  # after each of four threads was held twice
    for client in clients:
        client.close()


def test_windows_is_told_to_use_socket_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    settings = Settings.model_construct()
    with pytest.raises(http.Unsupported, match="SLACK_APP_TOKEN"):
        http.serve(settings, SystemClock(), lambda: pytest.fail("must not be opened"))
