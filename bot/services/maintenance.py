"""What time alone changes: proposals that lapse, sessions nobody spoke of, rows past their use.

Features register such sweeps with `@sweeps`; each is idempotent, takes whatever is due at
`tx.now`, and says how many rows it changed.
"""

from collections.abc import Callable, Sequence

from bot.storage.unit_of_work import Tx

Sweep = Callable[[Tx, None], int]

_SWEEPS: list[Sweep] = []


def sweeps(sweep: Sweep) -> Sweep:
    """Mark a use case that the maintenance tick runs."""
    _SWEEPS.append(sweep)
    return sweep


def all_sweeps() -> Sequence[Sweep]:
    return tuple(_SWEEPS)
