"""HTTP mode: workers open their own bot, refuse what the guard refuses, and stop in good order."""

import hashlib
import hmac
import json
import signal
import socket
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest

from bot.clock import SystemClock
from bot.config import Settings
from bot.serving import http
from tests.serving.small_bot import SmallBot, free_port

SECRET = "0123456789abcdef0123456789abcdef"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="gunicorn needs fork")


def _start(directory: Path, workers: int) -> SmallBot:
    port = free_port()
    return SmallBot(
        directory, port, SLACK_BOT_TOKEN="xoxb-1234567890", SLACK_SIGNING_SECRET=SECRET,
        HTTP_PORT=str(port), HTTP_WORKERS=str(workers), HTTP_THREADS="4",
        HEALTH_PORT=str(free_port()),
        DATABASE_URL="postgresql://nobody@/nowhere",
    )  # fmt: skip


def _command(bot: SmallBot, text: str, secret: str = SECRET) -> tuple[int, str]:
    fields = {"command": "/mentor", "text": text, "user_id": "U1", "team_id": "T1"}
    body = urlencode(fields).encode()
    stamp = str(int(SystemClock().now().timestamp()))
    basis = b"v0:" + stamp.encode() + b":" + body
    signature = hmac.new(secret.encode(), basis, hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={signature}",
    }
    return bot.ask("POST", "/slack/events", body, headers)


@pytest.fixture
def one(tmp_path: Path) -> Iterator[SmallBot]:
    bot = _start(tmp_path, workers=1)
    yield bot
    bot.kill()


@pytest.fixture
def two(tmp_path: Path) -> Iterator[SmallBot]:
    bot = _start(tmp_path, workers=2)
    yield bot
    bot.kill()


def test_each_worker_opens_its_own_bot_after_the_fork(two: SmallBot) -> None:
    [master] = two.wait_for("main")
    opened = set(two.wait_for("opened", times=2))
    assert len(opened) == 2
    assert master not in opened
    assert set(two.wait_for("scheduling", times=2)) == opened
    two.signal(signal.SIGTERM)
    assert two.ended() == 0
    assert set(two.wait_for("stopped", times=2)) == opened


def test_a_request_in_hand_is_finished_before_the_end(one: SmallBot) -> None:
    one.wait_for("scheduling")
    with ThreadPoolExecutor(1) as threads:
        answer = threads.submit(_command, one, "slow")
        one.wait_for("heard:slow")
        one.signal(signal.SIGTERM)
        one.pipe.write_bytes(b"x")
        assert answer.result() == (200, "did slow")
    assert one.ended() == 0
    assert one.said[-1].startswith("stopped")


def test_one_scrape_tells_about_all_workers_and_slack_s_port_about_none(two: SmallBot) -> None:
    two.wait_for("scheduling", times=2)
    asked, workers = 0, set[str]()
    while len(workers) < 2:
        with ThreadPoolExecutor(8) as threads:
            answers = list(threads.map(lambda _: _command(two, "join"), range(8)))
        assert {status for status, _ in answers} == {200}
        asked += len(answers)
        workers = set(two.wait_for("heard:join", times=asked))
    _command(two, "forged", secret="another")
    for _ in range(4):  # whichever worker answers
        status, page = two.health("/metrics")
        assert status == 200
        assert f'bimbing_ack_seconds_count{{kind="command",outcome="answered"}} {asked}.0' in page
        assert 'bimbing_requests_refused_total{reason="signature"} 1.0' in page
        assert 'bimbing_build_info{version="9.9"} 1.0' in page
    assert two.ask("GET", "/metrics")[0] == 405


def test_a_worker_told_to_stop_is_not_ready_at_once(one: SmallBot) -> None:
    one.wait_for("scheduling")
    assert one.health("/readyz")[0] == one.ask("GET", "/readyz")[0] == 200
    with ThreadPoolExecutor(1) as threads:
        answer = threads.submit(_command, one, "slow")
        one.wait_for("heard:slow")
        one.signal(signal.SIGTERM)
        while (said := one.health("/readyz"))[0] == 200:
            pass
        assert json.loads(said[1])["checks"]["running"] is False
        one.pipe.write_bytes(b"x")
        assert answer.result() == (200, "did slow")


def test_health_needs_no_signature_and_commands_do(one: SmallBot) -> None:
    one.wait_for("scheduling")
    assert one.ask("GET", "/healthz") == one.health("/healthz") == (200, '{"ok": true}')
    assert _command(one, "forged", secret="another") == (401, "Unauthorized")
    assert _command(one, "join") == (200, "did join")
    one.wait_for("heard:join")
    assert not [line for line in one.said if "forged" in line]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize("chunked", [False, True])
def test_64_mib_without_a_signature_cost_less_than_5_mb(one: SmallBot, chunked: bool) -> None:
    [worker] = one.wait_for("scheduling")
    _command(one, "warm up")
    before = _peak_memory(worker)
    assert _flood(one.port, chunked) in {b"413", b""}  # or hung up on, which is as good
    assert _peak_memory(worker) - before < 5_000_000
    assert _command(one, "join") == (200, "did join")


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


def test_clients_that_send_half_a_request_hold_no_thread_for_long(one: SmallBot) -> None:
    one.wait_for("scheduling")
    clients = [socket.create_connection(("127.0.0.1", one.port)) for _ in range(8)]
    for client in clients:
        client.sendall(b"POST /slack/events HTTP/1.1\r\nHost: x\r\n")
    assert _command(one, "join") == (200, "did join")  # after each of four threads was held twice
    for client in clients:
        client.close()


@pytest.mark.long
def test_three_seconds_of_work_are_finished_over_http(two: SmallBot) -> None:
    two.wait_for("scheduling", times=2)
    with ThreadPoolExecutor(6) as threads:
        answers = [threads.submit(_command, two, "3s") for _ in range(6)]
        two.wait_for("heard:3s", times=6)
        start = time.monotonic()
        two.signal(signal.SIGTERM)
        assert {answer.result() for answer in answers} == {(200, "did 3s")}
        assert two.ended() == 0
        assert time.monotonic() - start < 15


def test_windows_is_told_to_use_socket_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    settings = Settings.model_construct()
    with pytest.raises(http.Unsupported, match="SLACK_APP_TOKEN"):
        http.serve(settings, SystemClock(), lambda: pytest.fail("must not be opened"))
