"""Ids swapped for those of somebody else: nothing happens, and the answer tells nothing."""

import pytest

from handlers import registry
from tests.flows.hostile import copies
from tests.flows.hostile.conftest import Lived
from tests.flows.hostile.copies import NOBODY, OTHER_PAIR, OTHER_WORKSPACE
from tests.flows.hostile.recorder import Press

# A whole life is lived for these.
pytestmark = pytest.mark.long

# What turns a page or is shown in rare states only; none of it names anything.
UNSEEN = {"goal.page", "privacy.page", "reflection.page", "word.back"}
# Anybody of a workspace may join any programme of it, and ask its leads; admins may name leads.
OPEN_TO_ALL = {"join.mentor", "join.mentee", "join.preview", "join.form", "word.join"}
OPEN_TO_ALL |= {"leads.ask", "leads.show", "leads.add", "leads.grant"}
# An id in it chooses among one's own; any other chooses none of them, or does not matter.
CHOICES = {"word.join", "word.session", "session.pair", "join.preview", "away.keep"}
CHOICES |= {"reflection.keep"}  # kept before: said again, whatever it was an answer to

LOST, LEADS_ONLY = "I can't find that any more", "Only a programme lead can do this"


def test_ids_of_others_do_nothing_and_read_like_ids_of_nothing(lived: Lived) -> None:
    assert {*registry.actions(), *registry.views()} - lived.seen.names() == UNSEEN
    copies.copy_all(lived.world)
    named = [press for press in lived.seen.presses() if press.has_ids]
    assert len(named) > 60
    faults = [fault for press in named for fault in _faults(lived, press)]
    assert not faults, "\n".join(faults)


def _faults(lived: Lived, press: Press) -> list[str]:
    before = copies.dump(lived.world)
    said = {digit: _said(lived, press, digit) for digit in (OTHER_PAIR, OTHER_WORKSPACE, NOBODY)}
    if press.name in OPEN_TO_ALL:
        del said[OTHER_PAIR]
    elif LEADS_ONLY in " ".join(said[OTHER_PAIR]):
        said[OTHER_PAIR] = said[NOBODY]  # who leads a programme is no secret
    found = [f"{press.name} says {said}"] if len({*map(tuple, said.values())}) > 1 else []
    if press.name not in CHOICES and LOST not in " ".join(said[NOBODY]):
        found.append(f"{press.name} says {said[NOBODY]}")
    changed = copies.changes(before, copies.dump(lived.world))
    return found + [f"{press.name} changes {changed}"] * bool(changed)


def _said(lived: Lived, press: Press, digit: str) -> list[str]:
    if press.name in OPEN_TO_ALL and digit == OTHER_PAIR:
        return []
    forged = press.changed(lambda text: copies.renamed(text, digit)).fresh()
    reply = forged.send(lived.world)
    assert reply.answer.ok, press.name
    return [*reply.texts, *reply.pinged(press.person)]
