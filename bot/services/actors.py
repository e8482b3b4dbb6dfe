"""Who asks, remembered for a few seconds: one press of a person is often several requests.

What this process changes about people is forgotten in the moment it is committed, so the next
request sees it. What another process changes is seen within `LASTS`. Only who somebody is and what
they read is kept here; what they may do with something is looked up in its transaction.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from bot.clock import Clock
from bot.services import people
from bot.services.people import FindActor, Found
from bot.storage.models import Base, Participant, Person, Program, Workspace
from bot.storage.unit_of_work import Database

LASTS = timedelta(seconds=3)
AT_MOST = 10_000
"""People; with more of them all are forgotten."""

_Key = tuple[str, str]


@dataclass(frozen=True)
class _Known:
    found: Found
    person_id: str
    at: datetime


class Actors:
    """The people this process has just seen."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._known: dict[_Key, _Known] = {}
        self._changes = 0  # a person read before a change must not be kept after it
        self._lock = Lock()
        db.after_commit.append(self._forget)

    def find(self, wanted: FindActor) -> Found:
        key, now = (wanted.team_id, wanted.slack_user_id), self._clock.now()
        known = self._known.get(key)
        if known is not None and timedelta() <= now - known.at < LASTS:
            return known.found
        changes = self._changes
        found = self._db.read(people.find_actor, wanted)
        if found.actor is not None:
            self._keep(key, _Known(found, found.actor.person_id, now), changes)
        return found

    def _keep(self, key: _Key, known: _Known, changes: int) -> None:
        with self._lock:
            if self._changes != changes:
                return
            if len(self._known) >= AT_MOST:
                self._known.clear()
            self._known[key] = known

    def _forget(self, changed: Collection[Base]) -> None:
        """A changed programme or workspace may change what anybody in it reads."""
        wider = any(isinstance(row, Participant | Program | Workspace) for row in changed)
        persons = {row.id for row in changed if isinstance(row, Person)}
        if not wider and not persons:
            return
        with self._lock:
            self._changes += 1
            self._known = {
                key: known
                for key, known in self._known.items()
                if not wider and known.person_id not in persons
            }
