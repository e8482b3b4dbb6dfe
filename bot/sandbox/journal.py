"""What the simulated Slack received from the app: every message, view and call, in order.

A journal entry is made when Slack accepted something, whether or not the app heard the answer:
"doubled 0, lost 0" is counted from here.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Json = dict[str, Any]
RecordKind = Literal["post", "update", "delete", "ephemeral", "view", "home", "file"]


@dataclass(frozen=True)
class Record:
    """One thing people may now see (or no longer see). `at` is sandbox time, aware UTC.

    For views `channel` is empty and `ts` is the view's id. `seen_by` are user ids of people.
    """

    at: datetime
    kind: RecordKind
    team: str
    channel: str
    seen_by: tuple[str, ...]
    ts: str
    text: str
    blocks: tuple[Json, ...]
    metadata: Json | None
    method: str
    payload: Json


@dataclass(frozen=True)
class CallRecord:
    """One Web API call with the answer Slack gave. `answer` is None when a fault swallowed it."""

    at: datetime
    method: str
    team: str | None
    payload: Json
    status: int
    answer: Json | None


@dataclass
class Journal:
    """Records in the order of arrival, and those who want to hear of each one."""

    records: list[Record] = field(default_factory=list)
    calls: list[CallRecord] = field(default_factory=list)
    listeners: list[Callable[[Record], None]] = field(default_factory=list)

    def write(self, record: Record) -> None:
        self.records.append(record)
        for listener in self.listeners:
            listener(record)

    def log(self, call: CallRecord) -> None:
        self.calls.append(call)


def frozen(blocks: list[Json]) -> tuple[Json, ...]:
    """A copy no later update can change."""
    return tuple(copy.deepcopy(blocks))
