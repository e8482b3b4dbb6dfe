"""Socket Mode: Bolt's own handler, several connections, missing acks, broken connections."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.clock import MovableClock
from bot.sandbox import Person, Sandbox
from tests.sandbox.conftest import EVENTS, SCOPES
from tests.sandbox.diary_app import diary_app
from tests.sandbox.ear import Ear

Connect = Callable[..., Ear]


@pytest.fixture
def connect(sandbox: Sandbox) -> Iterator[Connect]:
    ears: list[Ear] = []

    def connected(**settings: Any) -> Ear:
        ears.append(Ear(sandbox, **settings).connect())
        return ears[-1]

    yield connected
    for ear in ears:
        ear.close()


def test_a_bolt_app_works_over_its_own_handler(sandbox: Sandbox, bima: Person) -> None:
    handler = SocketModeHandler(diary_app(sandbox), sandbox.app_token)
    handler.connect()  # type: ignore[no-untyped-call] # Bolt's
    bima.types("/diary hello")
    bima.sees("You wrote: hello")
    bima.types("/diary new")
    bima.submits({"Title": "bad", "Mood": "Good"})
    assert bima.modal
    assert bima.modal.errors == {"Title": "Choose another title"}
    bima.submits({"Title": "Monday"})
    bima.sees("Saved Monday (good)")
    bima.types("/diary buttons")
    bima.clicks("Keep")
    bima.sees("Kept")
    bima.opens_home()
    assert bima.home
    bima.says("halo")
    bima.sees("Noted: halo")
    handler.close()  # type: ignore[no-untyped-call] # Bolt's


def test_each_payload_goes_to_one_connection(connect: Connect, bima: Person) -> None:
    first, second = connect(), connect()
    for number in range(4):
        bima.says(str(number))
    assert len(first.envelopes) == len(second.envelopes) == 2


def test_ten_connections_are_the_most(sandbox: Sandbox, connect: Connect) -> None:
    for _ in range(10):
        connect()
    assert sandbox.socket_connections == 10
    with pytest.raises(aiohttp.WSServerHandshakeError, match="429"):
        connect()


def test_an_envelope_says_what_it_is(connect: Connect, bima: Person) -> None:
    ear = connect()
    bima.types("/diary hello")
    bima.says("halo")
    command, event = ear.envelopes
    assert (command["type"], command["accepts_response_payload"]) == ("slash_commands", True)
    assert (event["type"], event["accepts_response_payload"]) == ("events_api", False)
    assert event["retry_attempt"] == 0
    assert ear.messages[0]["num_connections"] == 1


def test_nobody_connected_is_a_failure(sandbox: Sandbox, bima: Person) -> None:
    bima.types("/diary hello", expect_error=True)
    assert bima.notice
    assert "dispatch_failed" in bima.notice
    bima.says("halo", expect_error=True)
    assert [a.failure for a in sandbox.deliveries[-1].attempts] == ["connection_failed"] * 2


def test_a_missed_event_comes_again_when_the_app_is_back(
    sandbox: Sandbox, connect: Connect, clock: MovableClock, bima: Person
) -> None:
    bima.says("halo", expect_error=True)
    ear = connect()
    clock.advance(timedelta(minutes=1))
    sandbox.tick()
    sandbox.wait_idle()
    (envelope,) = ear.envelopes
    assert envelope["payload"]["event"]["text"] == "halo"
    assert (envelope["retry_attempt"], envelope["retry_reason"]) == (2, "connection_failed")


def test_an_unacknowledged_event_is_repeated(clock: MovableClock) -> None:
    with Sandbox(clock, scopes=SCOPES, events=EVENTS, ack_seconds=0.2) as sandbox:
        bima = sandbox.add_person("bima")
        ear = Ear(sandbox, acks=False).connect()
        bima.says("halo", expect_error=True)
        ear.close()
        assert [a.failure for a in sandbox.deliveries[0].attempts] == ["timeout", "timeout"]


def test_a_broken_connection_fails_what_it_carried(
    sandbox: Sandbox, connect: Connect, bima: Person
) -> None:
    ear = connect(acks=False)
    thread = threading.Thread(target=bima.types, args=["/diary hi"], kwargs={"expect_error": True})
    thread.start()
    assert ear.arrived.wait(5)
    sandbox.cut_sockets()
    thread.join(5)
    assert bima.notice
    assert "dispatch_failed" in bima.notice
    ear.wait_closed()
    assert sandbox.socket_connections == 0


def test_slack_says_goodbye_before_it_closes(sandbox: Sandbox, connect: Connect) -> None:
    ear = connect()
    sandbox.disconnect_sockets("warning")
    assert sandbox.socket_connections == 1
    sandbox.disconnect_sockets()
    ear.wait_closed()
    assert sandbox.socket_connections == 0
    reasons = [m["reason"] for m in ear.messages if m["type"] == "disconnect"]
    assert reasons == ["warning", "refresh_requested"]


def test_one_of_two_goes_silent_and_the_other_gets_the_retry(clock: MovableClock) -> None:
    with Sandbox(clock, scopes=SCOPES, events=EVENTS, ack_seconds=0.2) as sandbox:
        bima = sandbox.add_person("bima")
        first, second = Ear(sandbox).connect(), Ear(sandbox).connect()
        sandbox.stall_sockets(1)
        bima.says("halo")
        assert [a.failure for a in sandbox.deliveries[0].attempts] == ["timeout", None]
        assert not first.envelopes
        assert len(second.envelopes) == 1
        assert sandbox.socket_connections == 2
        sandbox.cut_sockets(1)
        assert sandbox.socket_connections == 1
        first.close()
        second.close()
