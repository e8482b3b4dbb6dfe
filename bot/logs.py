"""How the process logs: one line a record, ids and numbers, never what people write.

Standard logging, as text (key=value) or JSON. Records of the libraries that show request bodies or
texts are left out. Tracebacks name the errors and the places, but leave out the errors' own words,
since those like to quote data. A token that gets into any record all the same is blotted out.
A storm of records from one place is cut short and counted.
"""

import json
import logging
import re
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import IO, Literal

_TOKEN = re.compile(r"(xox[a-z]|xapp)-[\w-]+")
_PASSWORD = re.compile(r"(\w+://[^\s:/@]*):[^\s/@]+@")

# Below WARNING these log requests, answers or whole messages, or just a lot.
_QUIET = ("slack_bolt", "slack_sdk", "sqlalchemy", "apscheduler", "alembic", "aiohttp")

STORM = 50
"""Records a minute from one place in the code; what comes on top is only counted."""

_about: ContextVar[Mapping[str, str]] = ContextVar("about")


@contextmanager
def about(**ids: str) -> Iterator[None]:
    """Every record of this thread inside the block carries these `ids`."""
    token = _about.set({**_about.get({}), **ids})
    try:
        yield
    finally:
        _about.reset(token)


def configure(
    level: str, style: Literal["text", "json"] = "text", stream: IO[str] | None = None
) -> None:
    """Set up logging of the whole process, to `stream` (standard error)."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonFormatter() if style == "json" else TextFormatter())
    handler.addFilter(_worth_keeping)
    handler.addFilter(Storms())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.captureWarnings(True)


def _worth_keeping(record: logging.LogRecord) -> bool:
    # Not by the loggers' levels: Bolt sets those of its own loggers to the root's.
    library = record.name.partition(".")[0]
    return record.levelno >= logging.WARNING or library not in _QUIET


class Storms(logging.Filter):
    """Lets `STORM` records a minute pass from each place; the next minute's first one tells how
    many were left out (`repeated`). There are as many places as there are calls in the code."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._monotonic = monotonic
        self._seen: dict[tuple[str, int], tuple[float, int]] = {}  # the minute's start, how many

    def filter(self, record: logging.LogRecord) -> bool:
        place, now = (record.pathname, record.lineno), self._monotonic()
        start, count = self._seen.get(place, (now, 0))
        if now - start >= 60:
            if count > STORM:
                record.repeated = count - STORM
            start, count = now, 0
        self._seen[place] = (start, count + 1)
        return count < STORM


def redact(text: str) -> str:
    """`text` without the secret part of Slack tokens and of passwords in addresses."""
    return _PASSWORD.sub(r"\1:…@", _TOKEN.sub(r"\1-…", text))


class TextFormatter(logging.Formatter):
    """One line for people; a traceback follows it."""

    def format(self, record: logging.LogRecord) -> str:
        fields = _fields(record)
        trace = fields.pop("trace", "")
        told = [fields.pop(name) for name in ("time", "level", "logger", "message")]
        told += [f"{name}={value}" for name, value in fields.items()]
        line = " ".join(" ".join(told).splitlines())  # nobody forges a line of ours
        return f"{line}\n{trace}" if trace else line


class JsonFormatter(logging.Formatter):
    """One JSON object on one line, for machines."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(_fields(record), ensure_ascii=False)


def _fields(record: logging.LogRecord) -> dict[str, str]:
    instant = datetime.fromtimestamp(record.created, UTC)
    fields = {
        "time": instant.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": record.levelname,
        "logger": record.name,
        "message": redact(record.getMessage()),
        **_about.get({}),
    }
    if repeated := getattr(record, "repeated", 0):
        fields["repeated"] = str(repeated)
    error = record.exc_info[1] if record.exc_info else None
    if error:
        fields["trace"] = redact("\n".join(_trace(error)))
        if words := str(error):  # libraries like to put them into the message, too
            fields["message"] = redact(record.getMessage().replace(words, "…"))
    return fields


def _trace(error: BaseException) -> Iterator[str]:
    """The places an error and its causes passed through, the innermost cause first."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause:
        yield from _trace(cause)
        yield "and then"
    yield from (line.rstrip("\n") for line in traceback.format_tb(error.__traceback__))
    yield f"{type(error).__module__}.{type(error).__qualname__}{_code(error)}"


def _code(error: BaseException) -> str:
    """What the system or the database calls it, if they do."""
    code = getattr(error, "errno", None) or getattr(error, "sqlstate", None)
    return f" code={code}" if isinstance(code, int | str) else ""
