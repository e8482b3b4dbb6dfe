"""The sandbox as a process: starting, stopping, and what it refuses while it does not run."""

import pytest

from bot.clock import MovableClock
from bot.sandbox import Record, Sandbox
from tests.sandbox.conftest import SCOPES, T0


def test_stopping_is_harmless_before_the_start_and_twice() -> None:
    sandbox = Sandbox(MovableClock(T0), scopes=SCOPES)
    sandbox.stop()
    sandbox.start()
    sandbox.stop()
    sandbox.stop()


def test_a_port_can_be_chosen_but_not_shared() -> None:
    with Sandbox(MovableClock(T0), scopes=SCOPES) as first:
        port = int(first.base_url.split(":")[2].split("/")[0])
        with pytest.raises(OSError, match="address already in use"):
            Sandbox(MovableClock(T0), scopes=SCOPES, port=port).start()


def test_people_wait_for_the_start() -> None:
    sandbox = Sandbox(MovableClock(T0), scopes=SCOPES)
    bima = sandbox.add_person("bima")
    with pytest.raises(RuntimeError, match="only while the sandbox runs"):
        bima.types("/diary hello")


def test_nobody_acts_inside_a_callback(diary: Sandbox) -> None:
    bima = diary.person("bima")
    caught: list[RuntimeError] = []

    def act(_: Record) -> None:
        try:
            bima.types("/diary again")
        except RuntimeError as refusal:
            caught.append(refusal)

    diary.on_message(act)
    bima.says("halo")  # the app answers, on the server's thread
    assert len(caught) == 1


def test_unknown_people_are_named_with_those_there_are(sandbox: Sandbox) -> None:
    with pytest.raises(AssertionError, match="nobody here is called 'bina'; there are: bima, sari"):
        sandbox.person("bina")
