"""Writers take turns."""

import threading

import pytest

from bot.storage.turn import Turn

PATIENCE = 10  # seconds, for a test that would hang


def test_whoever_waits_goes_before_the_one_who_comes_back() -> None:
    turn, order = Turn(), list[str]()

    def wait() -> None:
        with turn:
            order.append("waited")

    waiting = threading.Thread(target=wait)
    with turn:
        waiting.start()
        while not turn.is_awaited:
            pass
    with turn:
        order.append("came back")
    waiting.join(PATIENCE)
    assert order == ["waited", "came back"]


def test_a_failure_frees_the_turn() -> None:
    turn = Turn()
    with pytest.raises(ValueError, match="lost"), turn:
        raise ValueError("lost")
    with turn:
        assert not turn.is_awaited
