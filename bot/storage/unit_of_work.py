"""The transaction boundary. `run` commits or rolls back; `read` only looks; nothing else does.

No network call may happen inside. A use case gets a `Tx` and a frozen command and returns a
frozen event, never an entity.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Engine, event, inspect
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from bot.clock import Clock
from bot.domain.ids import new_id
from bot.storage.engine import READ_ONLY
from bot.storage.models import Base, Inbox
from bot.storage.turn import Turn

C = TypeVar("C")
E = TypeVar("E")

_ATTEMPTS = 4


class AlreadyDone(Exception):
    """The request with this key has had its effect before."""


class DatabaseUnavailable(Exception):
    """The database cannot be reached or is busy beyond patience; nothing was stored."""


@dataclass(frozen=True)
class Tx:
    """One open transaction and the instant it happens at (aware UTC)."""

    session: Session
    now: datetime
    read_only: bool = False
    _counted: list[Callable[[], None]] = field(default_factory=list)

    def new_id(self) -> str:
        return new_id(self.now)

    def hurry(self) -> None:
        """Have what is due looked at as soon as this is committed, not at the next tick."""
        self.session.info["hurry"] = True

    @property
    def is_postgresql(self) -> bool:
        return self.session.get_bind().dialect.name == "postgresql"

    def count(self, metric: Callable[[], None]) -> None:
        """Call `metric` once this transaction is committed, and not at all if it is not."""
        self._counted.append(metric)

    def insert_once(self, model: type[Base], /, **values: Any) -> bool:
        """Insert a row unless a unique key already has it; whether it was inserted."""
        statement = _insert_once(model, self.is_postgresql)
        self.session.flush()
        return self.session.connection().execute(statement, values).first() is not None

    def insert_many_once(self, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> int:
        """Insert rows with the same columns, except those that a unique key already has; how many
        were inserted."""
        if not rows:
            return 0
        insert = postgresql_insert if self.is_postgresql else sqlite_insert
        table: Any = model.__table__  # past the session, which would weigh each row
        statement = insert(table).on_conflict_do_nothing()
        counted = statement.execution_options(preserve_rowcount=True)
        return self.session.connection().execute(counted, rows).rowcount


class _Session(Session):
    """A session that remembers which rows it wrote as entities."""


@event.listens_for(_Session, "after_flush")
def _remember(session: Session, _: object) -> None:
    written: set[Base] = session.info.setdefault("written", set())
    written.update(session.new, session.dirty, session.deleted)


@cache
def _insert_once(model: type[Base], is_postgresql: bool) -> ReturningInsert[Any]:
    """Made once for each table: making a statement takes longer than running it."""
    insert = postgresql_insert if is_postgresql else sqlite_insert
    statement = insert(model).on_conflict_do_nothing()
    return statement.returning(*inspect(model).primary_key)


class Database:
    """Runs use cases, each in one transaction. Before `run` returns, `after_commit` are told which
    rows were written as entities, and `wake` is called if something is in a hurry."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self.engine = engine
        options: dict[str, Any] = {READ_ONLY: True}
        if engine.dialect.name == "postgresql":
            # There each statement sees what is committed when it begins, in a transaction or out
            # of one; so the round trips to open and close it are spared.
            options["isolation_level"] = "AUTOCOMMIT"
        self._read_engine = engine.execution_options(**options)
        self._clock = clock
        self.after_commit: list[Callable[[Collection[Base]], None]] = []
        self.wake: Callable[[], None] = lambda: None
        # SQLite lets one writer in, and others look again after a while; in one process we queue.
        self._turn: AbstractContextManager[Any] = (
            Turn() if engine.dialect.name == "sqlite" else nullcontext()
        )

    def run(self, use_case: Callable[[Tx, C], E], command: C, *, once: str | None = None) -> E:
        """The event of `use_case`, committed.

        Raises `DatabaseUnavailable` when nothing could be stored.

        `once` is Slack's own id of the request: stored in the same transaction, so a second
        delivery of it raises `AlreadyDone` and changes nothing. A transaction that lost a race
        is run again; it then sees what the winner wrote.
        """
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._run(use_case, command, once)
            except (IntegrityError, OperationalError) as error:
                if attempt == _ATTEMPTS or not _lost_a_race(error):
                    raise _without_text(error) from None
        raise AssertionError("unreachable")

    def read(self, query: Callable[[Tx, C], E], command: C) -> E:
        """What `query` finds; nothing is written."""
        try:
            with Session(self._read_engine) as session:
                return query(Tx(session, self._clock.now(), read_only=True), command)
        except OperationalError as error:
            raise _without_text(error) from None

    def _run(self, use_case: Callable[[Tx, C], E], command: C, once: str | None) -> E:
        with self._turn, _Session(self.engine, expire_on_commit=False) as session:
            with session.begin():
                tx = Tx(session, self._clock.now())
                if once is not None and not tx.insert_once(Inbox, key=once, at=tx.now):
                    raise AlreadyDone
                outcome = use_case(tx, command)
            self._tell(tx)
        return outcome

    def _tell(self, tx: Tx) -> None:
        """What follows from a commit."""
        for listener in self.after_commit:
            listener(tx.session.info.get("written", ()))
        for metric in tx._counted:
            metric()
        if tx.session.info.get("hurry"):
            self.wake()


def _lost_a_race(error: DBAPIError) -> bool:
    if isinstance(error, IntegrityError):
        return True
    # 40001 serialization failure, 40P01 deadlock (postgresql.org, appendix A)
    return getattr(error.orig, "sqlstate", None) in {"40001", "40P01"}


def _without_text(error: DBAPIError) -> Exception:
    """The driver's message may quote values (a reflection, say): only its class goes on."""
    if isinstance(error, OperationalError):
        return DatabaseUnavailable(type(error.orig).__name__)
    return RuntimeError(f"{type(error).__name__} ({type(error.orig).__name__})")
