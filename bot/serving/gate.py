"""Work in hand, counted, so that a process told to stop can finish it and take no more."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """Open until it is shut, once and for all. Safe to use from any thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._open = True
        self._inside = 0

    @contextmanager
    def enter(self) -> Iterator[bool]:
        """Hold a piece of work in hand for the block; yields False if the gate is shut."""
        with self._changed:
            admitted = self._open
            self._inside += admitted
        try:
            yield admitted
        finally:
            with self._changed:
                self._inside -= admitted
                self._changed.notify_all()

    def shut(self, timeout_s: float) -> bool:
        """Admit nothing more and wait for what is inside; False if it took too long."""
        with self._changed:
            self._open = False
            return self._changed.wait_for(lambda: self._inside == 0, timeout_s)
