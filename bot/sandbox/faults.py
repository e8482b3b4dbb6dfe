"""Misfortune on request: failing Web API calls, and deliveries that double or overtake.

    hold = sandbox.faults.add(method="chat.postMessage", kind="hold")
    …                       # the app posts; Slack has it, but the answer does not come
    hold.accepted.wait(5)
    hold.release()

Each fault is used `times` times, in the order in which they were added.
"""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
CallFault = Literal[
    "drop_before", "drop_after", "status", "rate_limited", "slow", "hold", "error", "bad_json"
]
DeliveryFault = Literal["duplicate", "hold_until_next", "lose_answer"]


@dataclass
class Fault:
    """One fault for Web API calls. `accepted` is set when Slack has done what was asked.

    `drop_before`, `status`, `rate_limited`, `error`: the call has no effect.
    `drop_after`, `hold`, `bad_json`: it has, but the app does not learn so (or only on release).
    `slow`: the answer comes `seconds` real seconds late.
    """

    kind: CallFault
    method: str | None
    times: int
    when: Callable[[Json], bool] | None
    status: int = 503
    retry_after: int = 1
    seconds: float = 0.0
    error: str = "fatal_error"
    used: int = 0
    accepted: threading.Event = field(default_factory=threading.Event)
    _released: threading.Event = field(default_factory=threading.Event)

    def release(self) -> None:
        """Let held answers go."""
        self._released.set()

    async def until_released(self) -> None:
        while not self._released.is_set():
            await asyncio.sleep(0.005)

    def fits(self, method: str, payload: Json) -> bool:
        if self.used >= self.times or self.method not in (None, method):
            return False
        return self.when is None or self.when(payload)


@dataclass
class Misdelivery:
    """One fault for what Slack sends to the app; `event` is an event's type, None is any."""

    kind: DeliveryFault
    event: str | None
    times: int
    when: Callable[[Json], bool] | None
    used: int = 0

    def fits(self, event_type: str, payload: Json) -> bool:
        if self.used >= self.times or self.event not in (None, event_type):
            return False
        return self.when is None or self.when(payload)


class Faults:
    """The faults still to come."""

    def __init__(self, lock: threading.RLock) -> None:
        self._lock = lock
        self._calls: list[Fault] = []
        self._deliveries: list[Misdelivery] = []

    def add(
        self,
        kind: CallFault,
        method: str | None = None,
        *,
        times: int = 1,
        when: Callable[[Json], bool] | None = None,
        **settings: Any,
    ) -> Fault:
        """Plan a fault for `method` (None: any). `settings`: status, retry_after, seconds, error.

        `when` is asked with the call's arguments.
        """
        fault = Fault(kind, method, times, when, **settings)
        with self._lock:
            self._calls.append(fault)
        return fault

    def add_delivery(
        self,
        kind: DeliveryFault,
        event: str | None = None,
        *,
        times: int = 1,
        when: Callable[[Json], bool] | None = None,
    ) -> Misdelivery:
        """Plan a fault for events on their way to the app.

        `duplicate`: delivered twice with one event_id. `hold_until_next`: waits until another
        event has passed it. `lose_answer`: the app's ack is lost, so Slack sends it again.
        """
        fault = Misdelivery(kind, event, times, when)
        with self._lock:
            self._deliveries.append(fault)
        return fault

    def clear(self) -> None:
        """Forget all faults and let every held answer go."""
        with self._lock:
            for fault in self._calls:
                fault.release()
            self._calls.clear()
            self._deliveries.clear()

    def take(self, method: str, payload: Json) -> Fault | None:
        """The fault that strikes this call, counted as used."""
        with self._lock:
            for fault in self._calls:
                if fault.fits(method, payload):
                    fault.used += 1
                    return fault
        return None

    def take_delivery(self, event_type: str, payload: Json) -> Misdelivery | None:
        with self._lock:
            for fault in self._deliveries:
                if fault.fits(event_type, payload):
                    fault.used += 1
                    return fault
        return None
