"""How much waits to be sent, for whoever watches. Cheap however many rows there are."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select, text

from bot.domain.lifecycle import DeliveryState
from bot.storage.models import Delivery
from bot.storage.unit_of_work import Tx

MOST = 10_000
"""Rows are counted no further: whoever is that far behind need not know exactly."""

# As in the partial indexes, word for word: with values bound from outside they are not used.
_PENDING = text("state = 'pending'")
_HELD = text("state IN ('leased', 'posting')")
_TROUBLE = text("state IN ('unknown', 'dead')")
_COUNTED = {"leased": _HELD, "posting": _HELD, "unknown": _TROUBLE, "dead": _TROUBLE}


@dataclass(frozen=True)
class Backlog:
    rows: Mapping[str, int]  # "due" and the states that need an eye, at most `MOST` each
    oldest_due_seconds: float


def measure(tx: Tx, _: None) -> Backlog:
    """What is due, in hand, or in trouble now."""
    due = and_(_PENDING, Delivery.due_at <= tx.now)
    rows = {"due": _count(tx, due)}
    for state, indexed in _COUNTED.items():
        rows[state] = _count(tx, and_(indexed, Delivery.state == DeliveryState(state)))
    first = select(Delivery.due_at).where(due).order_by(Delivery.due_at).limit(1)
    oldest = tx.session.scalar(first)
    return Backlog(rows, (tx.now - oldest).total_seconds() if oldest else 0.0)


def _count(tx: Tx, which: ColumnElement[bool]) -> int:
    some = select(Delivery.id).where(which).limit(MOST).subquery()
    return tx.session.scalar(select(func.count()).select_from(some)) or 0
