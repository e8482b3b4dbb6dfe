"""Modals and App Home: each person's stack of at most three modals and one Home view."""

import copy
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.state.inputs import carried_over

Json = dict[str, Any]
STACK_LIMIT = 3  # docs.slack.dev/surfaces/modals


@dataclass
class View:
    """A view as it stands on someone's screen, with what the person has filled in so far.

    `state` is block_id → action_id → the value object Slack sends in `view.state.values`.
    """

    id: str
    kind: str
    source: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    state: dict[str, dict[str, Json]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> list[Json]:
        found: list[Json] = self.source["blocks"]
        return found

    def payload(self, team: str, app_id: str, bot_id: str) -> Json:
        """The `view` object of interactions and of views.* answers."""
        return {
            "id": self.id,
            "team_id": team,
            "type": self.kind,
            "blocks": copy.deepcopy(self.blocks),
            "private_metadata": self.source.get("private_metadata", ""),
            "callback_id": self.source.get("callback_id", ""),
            "state": {"values": copy.deepcopy(self.state)},
            "hash": self.hash,
            "title": self.source.get("title"),
            "submit": self.source.get("submit"),
            "close": self.source.get("close"),
            "clear_on_close": bool(self.source.get("clear_on_close", False)),
            "notify_on_close": bool(self.source.get("notify_on_close", False)),
            "previous_view_id": self.previous_id,
            "root_view_id": self.root_id,
            "external_id": self.source.get("external_id", ""),
            "app_id": app_id,
            "app_installed_team_id": team,
            "bot_id": bot_id,
        }


@dataclass
class Screen:
    """What one person has open of the app: modals (last is on top) and Home."""

    modals: list[View] = field(default_factory=list)
    home: View | None = None
    home_is_in_front: bool = False
    in_messages: dict[str, dict[str, dict[str, Json]]] = field(default_factory=dict)

    @property
    def top(self) -> View | None:
        return self.modals[-1] if self.modals else None

    def touched(self, ts: str, blocks: list[Json]) -> dict[str, dict[str, Json]]:
        """What this person has chosen in a message's elements (kept while ids stay the same)."""
        self.in_messages[ts] = carried_over(self.in_messages.get(ts, {}), blocks)
        return self.in_messages[ts]
