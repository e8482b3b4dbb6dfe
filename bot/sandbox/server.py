"""The HTTP face of the simulated Slack, served on loopback from a thread of its own.

Routes and wire format only: what a method does is in `webapi`, what a fault does in `faults`.
"""

import asyncio
import contextlib
import copy
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

from aiohttp import web

from bot.sandbox.delivery.courier import Courier
from bot.sandbox.delivery.socket import SocketRoad
from bot.sandbox.errors import SlackError
from bot.sandbox.faults import Fault
from bot.sandbox.journal import CallRecord
from bot.sandbox.posting import Posting
from bot.sandbox.responses import Responses
from bot.sandbox.webapi import Reply, perform
from bot.sandbox.world import World

Json = dict[str, Any]
Result = TypeVar("Result")
BODY_LIMIT = 8 * 1024 * 1024
START_TIMEOUT = 10.0


class Server:
    """Runs the event loop on which every request to the sandbox is answered."""

    def __init__(self, world: World, courier: Courier, sockets: SocketRoad, port: int) -> None:
        self._world = world
        self._courier = courier
        self._sockets = sockets
        self._port = port
        self._posting = Posting(world)
        self._responses = Responses(world, self._posting)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._started: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, name="slack-sandbox", daemon=True)

    def start(self) -> None:
        """Serve from now on. Raises `OSError` when the port is taken."""
        self._thread.start()
        self._started.result(START_TIMEOUT)

    def stop(self) -> None:
        """Let held answers go, close every connection and end the thread. Harmless if not begun."""
        self._world.faults.clear()
        if self._loop is not None and self._stop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()

    def run(self, job: Coroutine[Any, Any, Result], timeout: float | None = None) -> Result:
        """Run a coroutine on the loop and wait for it, from any other thread."""
        if self._loop is None or threading.current_thread() is self._thread:
            job.close()
            raise RuntimeError("a person can act only while the sandbox runs, not in its callbacks")
        return asyncio.run_coroutine_threadsafe(job, self._loop).result(timeout)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except OSError as problem:
            if self._started.done():
                raise
            self._started.set_exception(problem)

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        runner = web.AppRunner(self._routes(), access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self._port)
        await site.start()
        host, port = runner.addresses[0][:2]
        self._world.base = f"http://{host}:{port}"
        carrying = asyncio.create_task(self._courier.run())
        await asyncio.sleep(0)  # the courier takes hold of the loop before anyone may emit
        self._started.set_result(None)
        await self._stop.wait()
        carrying.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await carrying
        await self._sockets.say_goodbye("link_disabled")
        await runner.cleanup()

    def _routes(self) -> web.Application:
        app = web.Application(client_max_size=BODY_LIMIT)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/response/{team}/{token}", self._response_url)
        app.router.add_post("/upload/{key}", self._upload)
        app.router.add_get("/link/", self._sockets.accept)
        return app

    async def _api(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        args = await _arguments(request)
        token = _token(request, args)
        fault = self._world.faults.take(name, args)
        if fault is not None and (refused := await self._before(fault, request, name, args)):
            return refused
        with self._world.lock:
            reply = perform(self._world, self._posting, name, token, args)
            swallowed = fault is not None and fault.kind in ("drop_after", "bad_json")
            self._log(name, args, reply, None if swallowed else reply.answer)
        if fault is not None:
            fault.accepted.set()
            if spoiled := await self._after(fault, request):
                return spoiled
        return web.json_response(reply.answer, status=reply.status, headers=reply.headers)

    async def _before(
        self, fault: Fault, request: web.Request, name: str, args: Json
    ) -> web.StreamResponse | None:
        """Faults that keep the call from having an effect."""
        reply: Reply | None = None
        if fault.kind == "drop_before":
            reply = Reply({}, 0)
        elif fault.kind == "status":
            reply = Reply({}, fault.status)
        elif fault.kind == "rate_limited":
            wait = {"Retry-After": str(fault.retry_after)}
            reply = Reply(SlackError("ratelimited").answer(), 429, wait)
        elif fault.kind == "error":
            reply = Reply(SlackError(fault.error).answer())
        if reply is None:
            return None
        with self._world.lock:
            self._log(name, args, reply, reply.answer or None)
        if fault.kind == "drop_before":
            return _cut(request)
        if fault.kind == "status":
            return web.Response(status=fault.status, text="upstream trouble")
        return web.json_response(reply.answer, status=reply.status, headers=reply.headers)

    async def _after(self, fault: Fault, request: web.Request) -> web.StreamResponse | None:
        """Faults that spoil the answer of a call that had its effect."""
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        elif fault.kind == "hold":
            await fault.until_released()
        elif fault.kind == "drop_after":
            return _cut(request)
        elif fault.kind == "bad_json":
            return web.Response(text="<html>not what you hoped for</html>")
        return None

    async def _response_url(self, request: web.Request) -> web.Response:
        try:
            payload = await request.json()
            with self._world.lock:
                self._responses.use_url(request.match_info["token"], payload)
        except ValueError:
            return web.json_response({"ok": False, "error": "invalid_payload"}, status=400)
        except SlackError as refusal:
            return web.json_response(refusal.answer(), status=404)
        return web.Response(text="ok")

    async def _upload(self, request: web.Request) -> web.Response:
        content = await request.read()
        with self._world.lock:
            file = self._world.files.get(request.match_info["key"])
            if file is None or len(content) != file["size"]:
                return web.Response(status=400, text="unexpected upload")
            file["content"] = content
        return web.Response(text=f"OK - {len(content)}")

    def _log(self, name: str, args: Json, reply: Reply, answer: Json | None) -> None:
        call = CallRecord(
            self._world.now(), name, reply.team, copy.deepcopy(args), reply.status,
            copy.deepcopy(answer),
        )  # fmt: skip
        self._world.journal.log(call)


async def _arguments(request: web.Request) -> Json:
    """Query, form and JSON arguments alike, as Slack takes them."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        with contextlib.suppress(ValueError):
            body = await request.json()
            if isinstance(body, dict):
                args |= body
    elif request.can_read_body:
        args |= dict((await request.post()).items())
    return args


def _token(request: web.Request, args: Json) -> str | None:
    given = args.pop("token", None)
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer "):
        return header.removeprefix("Bearer ").strip()
    return str(given) if given else None


def _cut(request: web.Request) -> web.Response:
    """Break the connection; the response object is never sent."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
