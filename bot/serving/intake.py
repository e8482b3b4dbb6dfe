"""What is common to every sound request, whichever way it came: its id in the log, its time."""

import hashlib
import logging
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from bot import logs, metrics
from bot.slack.guard import SOUND
from bot.slack.shapes import Malformed, Sound

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_log = logging.getLogger(__name__)


@contextmanager
def taken(sound: Sound) -> Iterator[Callable[[int], None]]:
    """A request in hand. Yields what is to be told the HTTP status of its answer."""
    statuses: list[int] = []
    team = hashlib.sha256(sound.team_id.encode()).hexdigest()[:8]
    start = time.monotonic()
    with logs.about(request=secrets.token_hex(4), team=team):
        try:
            yield statuses.append
        finally:
            outcome = "answered" if statuses and statuses[-1] < 500 else "failed"
            metrics.ANSWERS.labels(sound.kind, outcome).observe(time.monotonic() - start)


def refuse(malformed: Malformed) -> None:
    """Count and log an envelope that Slack does not send; nothing of it is shown."""
    metrics.REFUSED.labels(malformed.reason).inc()
    _log.warning("refused an envelope reason=%s", malformed.reason)


def watched(app: "WSGIApplication") -> "WSGIApplication":
    """`app`, which is behind the guard, with each request `taken`."""

    def front(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        with taken(environ[SOUND]) as answered:

            def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
                answered(int(status.partition(" ")[0]))
                return start_response(status, headers, *error)

            return app(environ, start)

    return front
