"""Steps of the state machines: only legal ones, each written down with who took it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol, TypeVar

from bot.domain.actor import Actor
from bot.domain.refusals import OutOfDate
from bot.storage.models import Audit
from bot.storage.unit_of_work import Tx

S = TypeVar("S", bound=StrEnum)


class Stateful(Protocol[S]):
    workspace_id: str
    id: str
    state: S


def step(
    tx: Tx,
    actor: Actor | None,
    row: Stateful[S],
    subject: str,
    table: Mapping[S, frozenset[S]],
    became: S,
    reason: str | None = None,
) -> None:
    """Take `row` to the state `became`. `actor` is None for the scheduler; `reason` is a code,
    never free text. Raises `OutOfDate` for a step that `table` does not list."""
    was = row.state
    if became not in table[was]:
        raise OutOfDate
    row.state = became
    _note(tx, actor, row, subject, was, reason)


def begin(tx: Tx, actor: Actor | None, row: Stateful[S], subject: str) -> None:
    """Write down that `row` came into being, in the state it has."""
    _note(tx, actor, row, subject, None, None)


def note(tx: Tx, actor: Actor | None, row: Stateful[S], subject: str, reason: str) -> None:
    """Write down a change that leaves `row` in its state; `reason` is a code."""
    _note(tx, actor, row, subject, row.state, reason)


def _note(
    tx: Tx,
    actor: Actor | None,
    row: Stateful[S],
    subject: str,
    was: S | None,
    reason: str | None,
) -> None:
    tx.session.add(
        Audit(
            workspace_id=row.workspace_id,
            at=tx.now,
            actor_id=actor.person_id if actor else None,
            subject=subject,
            subject_id=row.id,
            was=was.value if was else None,
            became=row.state.value,
            reason=reason,
        )
    )
