"""One writer at a time within a process, in the order in which they came.

Whoever has written and wants to write again at once, as planning does batch after batch, would
otherwise get the lock back before those who wait for it have woken up.
"""

from threading import Lock
from types import TracebackType


class Turn:
    """A lock that lets the one who waits go first. Not to be entered twice by one thread."""

    def __init__(self) -> None:
        self._next = Lock()  # held by whoever is next; the others queue here
        self._writing = Lock()

    @property
    def is_awaited(self) -> bool:
        """Whether somebody is next."""
        return self._next.locked()

    def __enter__(self) -> None:
        with self._next:
            self._writing.acquire()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._writing.release()
