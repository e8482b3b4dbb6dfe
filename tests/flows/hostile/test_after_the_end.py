"""Every button of a pair, pressed after their mentoring ended."""

from datetime import timedelta

import pytest

from tests.flows.hostile import copies
from tests.flows.hostile.conftest import Lived
from tests.flows.hostile.recorder import Press

# A whole life is lived for these.
pytestmark = pytest.mark.long

# One's own, with or without a partner: still there, and seen by nobody else.
OWN = {"reflection.answer", "reflection.keep", "reflection.edit", "reflection.delete"}
OWN |= {"reflection.save", "reflection.withdraw", "goal.done", "goal.edit", "goal.delete"}
OWN |= {"goal.save", "goal.reopen", "away.drop", "away.keep", "help.ask", "privacy.matching"}
OWN |= {"program.leave", "word.join", "join.mentor", "join.mentee", "join.preview", "join.form"}
OVER = ("This mentoring has ended", "I can't find that any more", "none of them", "no mentoring")


def test_what_belonged_to_a_pair_is_refused_and_nobody_is_pinged(lived: Lived) -> None:
    life, world = lived.life, lived.world
    pressed = [p for p in lived.seen.presses() if p.person in (life.bima, life.sari) and p.has_ids]
    for partner in ("Bima", "Tono"):
        life.sari.types("/mentor stop")
        life.sari.clicks(f"End it with {partner}")
    world.advance(timedelta(days=1))
    assert len([press for press in pressed if press.name not in OWN]) > 30
    faults = [fault for press in pressed for fault in _faults(lived, press)]
    assert not faults, "\n".join(faults)


def _faults(lived: Lived, press: Press) -> list[str]:
    before = copies.dump(lived.world)
    reply = press.fresh().send(lived.world)
    changed = copies.changes(before, copies.dump(lived.world))
    expected = {"answered": reply.answer.ok, "quiet": not reply.pinged(press.person)}
    if press.name not in OWN:
        expected["unchanged"] = not changed
        expected["told"] = any(text in " ".join(reply.texts) for text in OVER)
        expected["next step"] = len(reply.texts) > 1
        expected["form kept"] = reply.kept_open or not press.is_form
    return [f"{press.name}: not {what} {reply.texts}" for what, ok in expected.items() if not ok]
