"""Carries events to the app one after the other, and repeats those that were not acknowledged.

Interactions and commands do not pass the queue: a person waits for each, and Slack never
repeats them.
"""

import asyncio
import threading
from collections.abc import Callable
from typing import Any, Protocol

from bot.sandbox.delivery.events import envelope, is_heard, subscription
from bot.sandbox.delivery.parcel import Answer, Delivery, Retry, Road
from bot.sandbox.state.workspace import Workspace
from bot.sandbox.world import World

Json = dict[str, Any]


class Transport(Protocol):
    """HTTP or Socket Mode."""

    async def send(self, kind: Road, payload: Json, retry: Retry | None) -> Answer: ...


class Courier:
    """Owns the queue of events. `transport` says by which road they go right now."""

    def __init__(self, world: World, transport: Callable[[], Transport]) -> None:
        self._world = world
        self._transport = transport
        self._queue: asyncio.Queue[Delivery] = asyncio.Queue()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._held: list[Delivery] = []
        self._under_way = 0
        self._changed = threading.Condition(world.lock)
        self.deliveries: list[Delivery] = []

    async def run(self) -> None:
        """Carry events until cancelled."""
        self._loop = asyncio.get_running_loop()
        while True:
            await self._carry(await self._queue.get())

    def emit(self, workspace: Workspace, event: Json) -> None:
        """Queue an event, if the app hears of it. The caller holds the world's lock."""
        if not is_heard(self._world, workspace, event):
            return
        payload = envelope(self._world, workspace, event)
        delivery = Delivery("events_api", workspace.team_id, payload)
        fault = self._world.faults.take_delivery(subscription(event), payload)
        if fault is not None and fault.kind == "hold_until_next":
            self.deliveries.append(delivery)
            self._held.append(delivery)
            delivery.settled.set()
            return
        self.enqueue(delivery, lose_answer=fault is not None and fault.kind == "lose_answer")
        if fault is not None and fault.kind == "duplicate":
            self.enqueue(Delivery("events_api", workspace.team_id, payload))
        held, self._held = self._held, []
        for late in held:
            self._put(late)

    def enqueue(self, delivery: Delivery, *, lose_answer: bool = False) -> None:
        """Queue a delivery as it is."""
        if lose_answer:
            delivery.lose_answers = 1
        self.deliveries.append(delivery)
        self._put(delivery)

    async def send(self, kind: Road, payload: Json) -> Answer:
        """Send something a person waits for; once, and past the queue."""
        return await self._transport().send(kind, payload, None)

    def tick(self) -> int:
        """Send again what is due by now (sandbox time). Returns how many."""
        now = self._world.now()
        with self._world.lock:
            due = [d for d in self.deliveries if d.due is not None and d.due <= now]
            for delivery in due:
                delivery.due = None
                delivery.settled.clear()
                self._put(delivery)
        return len(due)

    def idle(self) -> bool:
        """Nothing is on its way (a retry that is not due yet does not count)."""
        with self._world.lock:
            return self._under_way == 0

    def wait_idle(self, timeout: float) -> bool:
        """Wait at most `timeout` real seconds; False when something is still under way."""
        with self._changed:
            return self._changed.wait_for(lambda: self._under_way == 0, timeout)

    def _put(self, delivery: Delivery) -> None:
        if self._loop is None:  # before the start nobody listens
            delivery.settled.set()
            return
        self._under_way += 1
        self._loop.call_soon_threadsafe(self._queue.put_nowait, delivery)

    async def _carry(self, delivery: Delivery) -> None:
        try:
            while True:
                answer = await self._transport().send(
                    delivery.kind, delivery.payload, delivery.retry()
                )
                if not self._is_to_repeat_at_once(delivery, answer):
                    return
        finally:
            delivery.settled.set()
            with self._changed:
                self._under_way -= 1
                self._changed.notify_all()

    def _is_to_repeat_at_once(self, delivery: Delivery, answer: Answer) -> bool:
        with self._world.lock:
            delivery.attempts.append(delivery.as_slack_sees(answer))
            if delivery.acked:
                return False
            wait = delivery.next_wait()
            if wait is None:
                return False
            if not wait:
                return True
            delivery.due = self._world.now() + wait
            return False
