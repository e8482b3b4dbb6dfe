"""Each press of a whole life arrives once more, and is made once more."""

import pytest

from tests.flows.hostile import copies
from tests.flows.hostile.life import Life
from tests.flows.hostile.recorder import Press, pressed
from tests.world import World

# A whole life is lived for these.
pytestmark = pytest.mark.long

# Who erased everything and presses once more is somebody new, and is erased as well.
NEW_BY_NATURE = {"privacy.erase"}


class Echo:
    """Sends what a person just sent again: the same request, then a new one that says the same."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._sent = 0
        self.faults: list[str] = []
        world.sandbox.after_action.append(self.repeat)

    def repeat(self) -> None:
        sent = self._world.sandbox.deliveries
        newest = [d for d in sent[self._sent :] if d.kind == "interactive"]
        for press in [pressed(self._world, delivery.payload) for delivery in newest]:
            if press.name in NEW_BY_NATURE:
                continue
            for way, again in (("redelivered", press), ("pressed again", press.fresh())):
                self._compare(way, again)
        self._sent = len(self._world.sandbox.deliveries)

    def _compare(self, way: str, press: Press) -> None:
        before = copies.dump(self._world)
        reply = press.send_aside(self._world)
        changed = copies.changes(before, copies.dump(self._world))
        if changed or reply.pinged(press.person) or not reply.answer.ok:
            self.faults.append(
                f"{press.name} {way}: {reply.answer.status}, pings {reply.pinged(press.person)}, "
                f"changes {changed}, says {reply.texts[:6]}"
            )


def test_a_second_press_has_no_second_effect(world: World) -> None:
    life = Life(world)
    echo = Echo(world)
    life.live()
    assert not echo.faults, "\n".join(echo.faults)
