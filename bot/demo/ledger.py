"""The account at the end: what the workspace received, held against the rules.

Counted from the journal of the simulated Slack, by the opaque key that each message of the bot
carries in its metadata; the database is asked only for what was planned and for whose hours
count, never for what was sent.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.cadence import Hours, local_date, wall_time
from bot.domain.deliveries import KINDS, Purpose, Window
from bot.domain.holidays import country_of_zone, public_holiday
from bot.sandbox.journal import Record


@dataclass(frozen=True)
class Account:
    """`by_kind` counts messages; the rest are the broken promises, all to be empty."""

    by_kind: Counter[str]
    answers: int
    doubled: tuple[str, ...]
    lost: tuple[str, ...]
    outside_hours: tuple[str, ...]

    @property
    def kept(self) -> bool:
        return not (self.doubled or self.lost or self.outside_hours)


@dataclass(frozen=True)
class _Planned:
    kind: str
    state: str
    due_at: datetime
    tz: str
    message_hours: str | None
    country: str | None


def settle(journal: Sequence[Record], database: Path, now: datetime) -> Account:
    """Hold what was received against what was planned."""
    planned = _planned(database)
    posts = [r for r in journal if r.kind == "post" and _key(r) is not None]
    times = Counter(_key(r) for r in posts)
    ours = [r for r in posts if _key(r) in planned]
    received = {_key(r) for r in ours}
    due = {k: p for k, p in planned.items() if p.due_at <= now and p.state in _MUST_ARRIVE}
    return Account(
        by_kind=Counter(planned[str(_key(r))].kind for r in ours),
        answers=sum(1 for r in journal if r.kind in {"ephemeral", "update"})
        + len(posts)
        - len(ours),
        doubled=tuple(sorted(str(k) for k, n in times.items() if n > 1)),
        lost=tuple(sorted(k for k in due if k not in received)),
        outside_hours=tuple(
            sorted(str(_key(r)) for r in ours if _outside(r.at, planned[str(_key(r))]))
        ),
    )


# A message that was skipped or cancelled had its reason; any other must be in Slack by now.
_MUST_ARRIVE = frozenset({"pending", "leased", "posting", "sent", "unknown", "dead"})


def _outside(at: datetime, planned: _Planned) -> bool:
    kind = KINDS[planned.kind]
    if kind.window is Window.NONE or kind.purpose in {Purpose.ANSWER, Purpose.SAFETY}:
        return False  # answers to one's own action, and the reminder that was asked for
    local = wall_time(at, planned.tz)
    stored = json.loads(planned.message_hours) if planned.message_hours else None
    hours = Hours.from_json(stored) if stored else Hours.default()
    day = local_date(at, planned.tz)
    country = planned.country or country_of_zone(planned.tz)
    closed = public_holiday(country, None, day) is not None
    return closed or not any(span.holds(local.time()) for span in hours.on(day))


def _key(record: Record) -> str | None:
    payload = (record.metadata or {}).get("event_payload") or {}
    key = payload.get("id")
    return key if isinstance(key, str) else None


def _planned(database: Path) -> dict[str, _Planned]:
    query = """
        SELECT d.id, d.kind, d.state, d.due_at, d.tz_used, p.tz, p.message_hours, p.holiday_country
        FROM delivery d LEFT JOIN person p ON p.id = d.person_id
    """
    with sqlite3.connect(database) as connection:
        rows = connection.execute(query).fetchall()
    connection.close()
    return {
        row[0]: _Planned(
            row[1], row[2], _instant(row[3]), row[4] or row[5] or "UTC", row[6], row[7]
        )
        for row in rows
    }


def _instant(stored: str) -> datetime:
    return datetime.strptime(stored, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
