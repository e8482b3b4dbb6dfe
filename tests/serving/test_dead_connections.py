"""Connections to Slack that die in real time: noticed within 15 seconds, and nothing is lost."""

import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.clock import MovableClock, SystemClock
from bot.sandbox import Person, Sandbox
from bot.sandbox.errors import AppFailed
from tests.serving.small_bot import SmallBot

pytestmark = pytest.mark.long

NOTICED = 15.0  # seconds


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(SystemClock().now(), running=True)


@pytest.fixture
def sandbox(clock: MovableClock) -> Iterator[Sandbox]:
    app = Sandbox(
        clock, scopes={"commands", "im:history"}, events={"message.im"},
        commands={"/mentor"}, ack_seconds=5,
    )  # fmt: skip
    with app as made:
        yield made


def _cut(sandbox: Sandbox) -> None:
    sandbox.cut_sockets()


def _stall(sandbox: Sandbox) -> None:
    sandbox.stall_sockets()


def _stall_one(sandbox: Sandbox) -> None:
    sandbox.stall_sockets(1)


def _refuse_for_20_seconds(sandbox: Sandbox) -> None:
    sandbox.faults.add("error", "apps.connections.open", times=1000, error="internal_error")
    sandbox.cut_sockets()
    time.sleep(20)
    sandbox.faults.clear()


@pytest.mark.parametrize("misfortune", [_cut, _stall, _stall_one, _refuse_for_20_seconds])
def test_dead_connections_are_replaced_and_no_event_is_lost(
    misfortune: Callable[[Sandbox], None],
    bot: SmallBot,
    bima: Person,
    sandbox: Sandbox,
    clock: MovableClock,
) -> None:
    misfortune(sandbox)
    start = time.monotonic()
    for number in range(3):  # each is tried twice at once
        bima.says(f"said-{number}", expect_error=True)
    while not _serving(bot, bima):
        assert time.monotonic() - start < 2 * NOTICED, "never"
    assert time.monotonic() - start < NOTICED
    clock.advance(timedelta(minutes=1))
    sandbox.tick()
    sandbox.wait_idle(20)
    for number in range(3):
        bot.wait_for(f"heard:said-{number}")


def _serving(bot: SmallBot, bima: Person) -> bool:
    """Both connections are up, and three commands in a row are answered."""
    if "bimbing_socket_connections 2.0" not in bot.health("/metrics")[1]:
        time.sleep(0.1)
        return False
    try:
        for _ in range(3):
            bima.types("/mentor join")
    except AppFailed:
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_three_seconds_of_work_on_both_connections_are_finished(
    number: int, bot: SmallBot, sandbox: Sandbox
) -> None:
    people = [sandbox.add_person(f"person{n}") for n in range(6)]
    with ThreadPoolExecutor(len(people)) as threads:
        typing = [threads.submit(person.types, "/mentor 3s") for person in people]
        bot.wait_for("heard:3s", times=len(people))
        start = time.monotonic()
        bot.signal(number)
        assert bot.ended() == 0
        assert time.monotonic() - start < NOTICED
        for typed in typing:
            typed.result()
    for person in people:
        person.sees("did 3s")
