"""How the two databases are opened: SQLite in one file by default, PostgreSQL by URL."""

from time import monotonic
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

READ_ONLY = "bimbing_read_only"
_TRUSTED_SECONDS = 1.0  # a connection used so short a time ago is taken to be alive


def open_engine(url: str, *, pool_size: int = 20) -> Engine:
    """An engine for `url` (`sqlite:///file` or `postgresql+psycopg://…`)."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(create_engine(parsed, connect_args={"timeout": 30}, pool_size=pool_size))
    if parsed.drivername in {"postgresql", "postgres"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    # hide_parameters: a failed statement must not carry a reflection into a log
    engine = create_engine(parsed, pool_size=pool_size, max_overflow=0, hide_parameters=True)
    return _ask_after_a_rest(engine)


def _ask_after_a_rest(engine: Engine) -> Engine:
    """Ask a connection whether it is alive before it is used, unless it just was: of a busy bot's
    round trips to the database, that question would be one in five."""

    @event.listens_for(engine, "checkin")
    def rest(_connection: Any, record: ConnectionPoolEntry) -> None:
        record.info["rests_since"] = monotonic()

    @event.listens_for(engine, "checkout")
    def ask(connection: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
        if monotonic() - record.info.get("rests_since", 0) < _TRUSTED_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error:
            raise DisconnectionError from None  # the pool opens another one

    return engine


def _sqlite(engine: Engine) -> Engine:
    engine.hide_parameters = True

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: ConnectionPoolEntry) -> None:
        # The driver would open deferred transactions by itself; we say BEGIN ourselves below.
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A deferred transaction that reads and then writes fails at once when another process
        # wrote in between, whatever the time-out says; IMMEDIATE waits its turn.
        read_only = connection.get_execution_options().get(READ_ONLY, False)
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine
