"""Socket Mode against the simulated workspace: answers, good order at the end, health."""

import json
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.clock import SystemClock
from bot.sandbox import Person, Sandbox
from bot.serving.gate import Gate
from tests.serving.small_bot import SmallBot


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    app = Sandbox(SystemClock(), scopes={"commands"}, commands={"/mentor"}, ack_seconds=3)
    with app as made:
        yield made


def test_commands_are_answered_and_health_is_told(bot: SmallBot, bima: Person) -> None:
    bima.types("/mentor join")
    bima.sees("did join")
    assert bot.ask("GET", "/healthz") == (200, '{"ok": true}')
    assert bot.ask("GET", "/else")[0] == 404


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_work_in_hand_is_finished_before_the_end(
    number: int, bot: SmallBot, bima: Person, sandbox: Sandbox
) -> None:
    with ThreadPoolExecutor(1) as threads:
        typing = threads.submit(bima.types, "/mentor slow")
        bot.wait_for("heard:slow")
        bot.signal(number)
        bot.pipe.write_bytes(b"x")
        typing.result()
    bima.sees("did slow")
    assert bot.ended() == 0
    assert bot.said[-1].startswith("stopped")
    assert sandbox.socket_connections == 0


def test_a_failing_listener_is_logged_without_its_words(bot: SmallBot, bima: Person) -> None:
    bima.types("/mentor wrong private word", expect_error=True)
    bima.types("/mentor join")
    bima.sees("did join")
    assert "ValueError" in bot.log()
    assert "private word" not in bot.log()


@pytest.mark.parametrize("signalled", [False, True])
def test_ready_means_connected_and_not_told_to_stop(
    bot: SmallBot, bima: Person, signalled: bool
) -> None:
    status, said = bot.health("/readyz")
    assert (status, json.loads(said)["checks"]["slack"]) == (200, True)
    if not signalled:
        assert "bimbing_socket_connections" in bot.health("/metrics")[1]
        return
    with ThreadPoolExecutor(1) as threads:
        threads.submit(bima.types, "/mentor slow")
        bot.wait_for("heard:slow")
        bot.signal(signal.SIGTERM)
        while (answer := bot.health("/readyz"))[0] == 200:
            pass
        assert json.loads(answer[1])["checks"]["running"] is False
        bot.pipe.write_bytes(b"x")
    assert bot.ended() == 0


def test_two_connections_and_an_idle_one_leaves_first(
    bot: SmallBot, bima: Person, sandbox: Sandbox
) -> None:
    assert sandbox.socket_connections == 2
    with ThreadPoolExecutor(1) as threads:
        typing = threads.submit(bima.types, "/mentor slow")
        bot.wait_for("heard:slow")
        bot.signal(signal.SIGTERM)
        while sandbox.socket_connections > 1:
            pass
        assert not typing.done()
        bot.pipe.write_bytes(b"x")
        typing.result()
    bima.sees("did slow")
    assert bot.ended() == 0


def test_what_slack_does_not_send_is_acknowledged_and_reaches_nobody(
    bot: SmallBot, bima: Person, sandbox: Sandbox
) -> None:
    for text in ("{", "[]", "null", '{"type": "hello"}', '{"envelope_id": 7, "type": "x"}'):
        sandbox.send_socket_text(text)
    for payload in ({"type": "event_callback"}, {"type": "view_submission", "user": "canary"}):
        assert sandbox.deliver(payload).ok
    assert sandbox.deliver({"command": "mentor", "text": "canary"}).ok
    bima.types("/mentor join")
    bima.sees("did join")
    assert not [line for line in bot.said if "canary" in line]
    assert "refused an envelope" in bot.log()
    assert "canary" not in bot.log()


def test_a_goodbye_makes_a_new_connection_at_once(
    bot: SmallBot, bima: Person, sandbox: Sandbox
) -> None:
    sandbox.disconnect_sockets("refresh_requested")
    while sandbox.socket_connections == 0:
        pass
    bima.types("/mentor join")
    bima.sees("did join")


def test_a_shut_gate_admits_nothing_and_waits_for_what_is_inside() -> None:
    gate = Gate()
    entered, leave = threading.Event(), threading.Event()

    def work() -> None:
        with gate.enter() as admitted:
            assert admitted
            entered.set()
            leave.wait(10)

    with ThreadPoolExecutor(2) as threads:
        threads.submit(work)
        entered.wait(10)
        assert not gate.shut(timeout_s=0)
        with gate.enter() as admitted:
            assert not admitted
        waiting = threads.submit(gate.shut, 10)
        leave.set()
        assert waiting.result()
