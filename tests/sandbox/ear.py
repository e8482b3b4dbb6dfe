"""A bare Socket Mode client: notes every message and acknowledges envelopes when told to.

The SDK's own client takes seconds to close; it is used where it matters, in a few tests.
"""

import asyncio
import threading
from typing import Any

import aiohttp
from slack_sdk import WebClient

from bot.sandbox import Sandbox

Json = dict[str, Any]
PATIENCE = 5.0


class Ear:
    """One connection, from `connect` to `close`. Raises `aiohttp.ClientError` when refused."""

    def __init__(self, sandbox: Sandbox, *, acks: bool = True) -> None:
        web = WebClient(sandbox.app_token, base_url=sandbox.base_url)
        self._url = str(web.api_call("apps.connections.open")["url"])
        self._acks = acks
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._greeted = threading.Event()
        self._listening: asyncio.Task[None] | None = None
        self.arrived = threading.Event()
        self.messages: list[Json] = []

    @property
    def envelopes(self) -> list[Json]:
        return [message for message in self.messages if "envelope_id" in message]

    def connect(self) -> "Ear":
        self._thread.start()
        try:
            self._run(self._connect())
        except aiohttp.ClientError:
            self.close()
            raise
        assert self._greeted.wait(PATIENCE)
        return self

    def wait_closed(self) -> None:
        """Until the other side has closed the connection."""
        assert self._listening is not None
        self._run(asyncio.wait_for(asyncio.shield(self._listening), PATIENCE))

    def close(self) -> None:
        if self._thread.is_alive():
            self._run(self._end())
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
        self._loop.close()

    def _run(self, job: Any) -> None:
        asyncio.run_coroutine_threadsafe(job, self._loop).result(2 * PATIENCE)

    async def _connect(self) -> None:
        self._session = aiohttp.ClientSession()
        try:
            socket = await self._session.ws_connect(self._url)
        except aiohttp.ClientError:
            await self._session.close()
            raise
        self._listening = asyncio.create_task(self._listen(socket))

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            if message.type == aiohttp.WSMsgType.TEXT:
                await self._note(socket, message.json())

    async def _note(self, socket: aiohttp.ClientWebSocketResponse, message: Json) -> None:
        self.messages.append(message)
        if message["type"] == "hello":
            self._greeted.set()
        if "envelope_id" in message:
            self.arrived.set()
            if self._acks:
                await socket.send_json({"envelope_id": message["envelope_id"]})

    async def _end(self) -> None:
        if self._listening is not None:
            await self._session.close()
            await self._listening
