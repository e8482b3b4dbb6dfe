"""Socket Mode: up to ten WebSocket connections of the app, each payload to one of them.

docs.slack.dev/apis/events-api/using-socket-mode
"""

import asyncio
import contextlib
import itertools
import json
from typing import Any

from aiohttp import WSMsgType, web

from bot.sandbox.delivery.parcel import Answer, Retry, Road
from bot.sandbox.world import APP_ID, World

Json = dict[str, Any]
CONNECTION_LIMIT = 10
LIFETIME = 3600  # seconds Slack announces; here a connection ends only when told to


class SocketRoad:
    """The open connections. Lives on the server's loop; `timeout` is in real seconds."""

    def __init__(self, world: World, timeout: float) -> None:
        self._world = world
        self._timeout = timeout
        self._sockets: dict[web.WebSocketResponse, web.Request] = {}
        self._turn = itertools.count()
        self._waiting: dict[str, tuple[web.WebSocketResponse, asyncio.Future[Answer]]] = {}
        self._stalled: set[web.WebSocketResponse] = set()

    @property
    def connections(self) -> int:
        return len(self._sockets)

    async def accept(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until it ends."""
        if len(self._sockets) >= CONNECTION_LIMIT:
            return web.json_response({"ok": False, "error": "too_many_websockets"}, status=429)
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        self._sockets[socket] = request
        try:
            await socket.send_json(self._hello())
            async for message in socket:
                if socket in self._stalled:
                    continue
                if message.type == WSMsgType.PING:
                    await socket.pong(message.data)
                elif message.type == WSMsgType.TEXT:
                    self._acknowledge(message.data)
        finally:
            del self._sockets[socket]
            self._stalled.discard(socket)
            self._fail_waiting(socket)
        return socket

    async def send(self, kind: Road, payload: Json, retry: Retry | None) -> Answer:
        if not self._sockets:
            return Answer(0, failure="connection_failed")
        socket = list(self._sockets)[next(self._turn) % len(self._sockets)]
        envelope_id = self._world.serial("envelope-")
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = (socket, future)
        try:
            if socket not in self._stalled:
                await socket.send_json(_envelope(envelope_id, kind, payload, retry))
            return await asyncio.wait_for(future, self._timeout)
        except TimeoutError:
            return Answer(0, failure="timeout")
        except ConnectionError:
            return Answer(0, failure="connection_failed")
        finally:
            del self._waiting[envelope_id]

    async def say_goodbye(self, reason: str) -> None:
        """Send `disconnect`; all reasons but `warning` close the connections too."""
        notice = {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
        for socket in list(self._sockets):
            with contextlib.suppress(ConnectionError):
                await socket.send_json(notice)
                if reason != "warning":
                    await socket.close()
                    await self._until_gone(socket)

    async def send_text(self, text: str) -> None:
        """Send something that is no envelope, to the connection whose turn it is."""
        await list(self._sockets)[next(self._turn) % len(self._sockets)].send_str(text)

    async def stall(self, most: int | None = None) -> None:
        """Let the oldest connections (`most`: how many, else all) go silent: they stay open, and
        nothing comes through them any more, in neither direction."""
        self._stalled.update(list(self._sockets)[:most])

    async def cut(self, most: int | None = None) -> None:
        """Break the oldest connections (`most`: how many, else all) without a word."""
        for socket, request in list(self._sockets.items())[:most]:
            if request.transport is not None:
                request.transport.abort()
            await self._until_gone(socket)

    async def _until_gone(self, socket: web.WebSocketResponse) -> None:
        while socket in self._sockets:
            await asyncio.sleep(0)

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._sockets),
            "connection_info": {"app_id": APP_ID},
            "debug_info": {"host": "sandbox", "approximate_connection_time": LIFETIME},
        }

    def _acknowledge(self, text: str) -> None:
        with contextlib.suppress(ValueError):
            said = json.loads(text)
            entry = self._waiting.get(str(said.get("envelope_id")))
            if entry is not None and not entry[1].done():
                entry[1].set_result(Answer(200, said.get("payload") or None))

    def _fail_waiting(self, gone: web.WebSocketResponse) -> None:
        for socket, future in self._waiting.values():
            if socket is gone and not future.done():
                future.set_result(Answer(0, failure="connection_failed"))


def _envelope(envelope_id: str, kind: Road, payload: Json, retry: Retry | None) -> Json:
    found: Json = {"envelope_id": envelope_id, "type": kind, "payload": payload}
    found["accepts_response_payload"] = kind != "events_api"
    if kind == "events_api":
        found["retry_attempt"] = retry.number if retry else 0
        found["retry_reason"] = retry.reason if retry else ""
    return found
