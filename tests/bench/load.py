"""A load generator for a Slack app reached over HTTP.

Requests are made and signed at the moment they are sent, each with a trigger id of its own, over
connections that are kept. Two ways to send: so many at once, each waiting for its answer
(`saturate`), and so many a second whatever the app does (`at_rate`). The second counts latency from
when a request was to be sent, so that an app that stalls is not let off.
"""

import asyncio
import hashlib
import hmac
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

CONNECTIONS_AT_MOST = 512
SILENCE_SECONDS = 30


@dataclass(frozen=True)
class Target:
    """Where requests go, what one says, and how the answer to one that was stored is known."""

    port: int
    secret: str
    form: Callable[[int, str], bytes]  # the body, from the request's number and its trigger id
    stored: bytes  # stands in the answer to what was stored, and in no other
    prefix: str = ""  # of the trigger ids


@dataclass
class Outcome:
    """What came of a run. Latencies are in milliseconds."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    acked: set[str] = field(default_factory=set)

    @property
    def rate(self) -> float:
        """Acked requests a second."""
        return len(self.acked) / self.seconds

    @property
    def late(self) -> int:
        """How many took longer than the three seconds Slack waits."""
        return sum(latency > 3000 for latency in self.latencies)


def saturate(target: Target, count: int, connections: int = 64) -> Outcome:
    """Send `count` requests, `connections` at a time."""

    async def send(crowd: _Crowd) -> None:
        numbers = iter(range(count))

        async def one_after_another() -> None:
            for number in numbers:
                await crowd.send(number, time.perf_counter())

        await asyncio.gather(*(one_after_another() for _ in range(connections)))

    return _run(target, send)


def at_rate(target: Target, rate: float, seconds: float) -> Outcome:
    """Send `rate` requests a second for so long; each has its own moment, kept or missed."""

    async def send(crowd: _Crowd) -> None:
        start = time.perf_counter() + 0.1
        sent = []
        for number in range(int(rate * seconds)):
            planned = start + number / rate
            await asyncio.sleep(max(0.0, planned - time.perf_counter()))
            sent.append(asyncio.create_task(crowd.send(number, planned)))
        await asyncio.gather(*sent)

    return _run(target, send)


def _run(target: Target, send: Callable[["_Crowd"], Coroutine[Any, Any, None]]) -> Outcome:
    async def run() -> Outcome:
        crowd = _Crowd(target)
        began = time.perf_counter()
        await send(crowd)
        crowd.outcome.seconds = time.perf_counter() - began
        crowd.close()
        return crowd.outcome

    return asyncio.run(run())


class _Crowd:
    """Connections that are free, and what was learnt over them."""

    def __init__(self, target: Target) -> None:
        self.outcome = Outcome()
        self._target = target
        self._free: list[_Connection] = []
        self._room = asyncio.Semaphore(CONNECTIONS_AT_MOST)

    async def send(self, number: int, planned: float) -> None:
        trigger = f"{self._target.prefix}{number}"
        async with self._room:
            try:
                status, body = await self._ask(number, trigger)
            except (OSError, TimeoutError) as error:
                status, body = type(error).__name__, b""
        self.outcome.latencies.append((time.perf_counter() - planned) * 1000)
        stored = self._target.stored in body
        self.outcome.statuses[status if stored or status != "200" else "200, not stored"] += 1
        if stored and status == "200":
            self.outcome.acked.add(trigger)

    async def _ask(self, number: int, trigger: str) -> tuple[str, bytes]:
        connection = self._free.pop() if self._free else None
        if connection is None or connection.closed:
            loop = asyncio.get_running_loop()
            _, connection = await loop.create_connection(
                _Connection, "127.0.0.1", self._target.port
            )
        answer = await connection.ask(self._request(self._target.form(number, trigger)))
        if not connection.closed:
            self._free.append(connection)
        return answer

    def _request(self, body: bytes) -> bytes:
        stamp = b"%d" % time.time()
        basis = b"v0:%s:%s" % (stamp, body)
        signature = hmac.new(self._target.secret.encode(), basis, hashlib.sha256).hexdigest()
        return _REQUEST % (stamp, signature.encode(), len(body), body)

    def close(self) -> None:
        for connection in self._free:
            connection.hang_up()


_REQUEST = (
    b"POST /slack/events HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n"
    b"X-Slack-Request-Timestamp: %s\r\nX-Slack-Signature: v0=%s\r\n"
    b"Content-Length: %d\r\n\r\n%s"
)


class _Connection(asyncio.Protocol):
    """One connection, with one request under way at a time."""

    closed = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._received = b""
        self._answer: asyncio.Future[tuple[str, bytes]] | None = None

    async def ask(self, request: bytes) -> tuple[str, bytes]:
        """Status and body. Raises `OSError` when the connection breaks, `TimeoutError`."""
        self._received = b""
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        async with asyncio.timeout(SILENCE_SECONDS):
            return await self._answer

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, parted, body = self._received.partition(b"\r\n\r\n")
        if not parted or self._answer is None or self._answer.done():
            return
        fields = head.lower()
        length = int(fields.partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
        if len(body) >= length:
            if b"connection: close" in fields:
                self.hang_up()
            self._answer.set_result((head[9:12].decode(), body))

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionResetError())

    def hang_up(self) -> None:
        self.closed = True
        self._transport.close()
