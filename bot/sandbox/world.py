"""Everything the simulated Slack knows, behind one lock. No HTTP and no rules of methods here.

Whoever reads or changes state holds `world.lock`; nobody waits for anything while holding it.
"""

import itertools
import secrets
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.clock import Clock
from bot.sandbox.errors import SlackError
from bot.sandbox.faults import Faults
from bot.sandbox.journal import Journal
from bot.sandbox.state.people import User
from bot.sandbox.state.tickets import ResponseUrl, Trigger
from bot.sandbox.state.workspace import Workspace

Json = dict[str, Any]
APP_ID = "A00000001"
MICROS = 1_000_000


@dataclass(frozen=True)
class AppConfig:
    """The app as it is registered with Slack.

    `scopes` were granted at install, `events` are subscribed to, `commands` are registered
    (None: any command goes through). `burst` is how many messages a channel takes at once before
    one message a second is enforced (docs.slack.dev/apis/web-api/rate-limits).
    """

    name: str
    handle: str
    scopes: frozenset[str]
    events: frozenset[str]
    commands: frozenset[str] | None
    signing_secret: str
    app_token: str
    burst: int = 1


@dataclass
class World:
    """State shared by all rooms of the sandbox."""

    clock: Clock
    app: AppConfig
    lock: threading.RLock = field(default_factory=threading.RLock)
    journal: Journal = field(default_factory=Journal)
    workspaces: dict[str, Workspace] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)
    files: dict[str, Json] = field(default_factory=dict)
    base: str = ""
    emit: Callable[[Workspace, Json], None] = lambda workspace, event: None
    _last_ts: int = 0
    _serial: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.faults = Faults(self.lock)

    def now(self) -> datetime:
        return self.clock.now()

    def ts(self) -> str:
        """A message timestamp: sandbox time in seconds.micros, unique and always growing."""
        micros = int(self.now().timestamp() * MICROS)
        self._last_ts = max(self._last_ts + 1, micros)
        return f"{self._last_ts // MICROS}.{self._last_ts % MICROS:06d}"

    def serial(self, prefix: str = "") -> str:
        """An id that is unique in the whole sandbox."""
        return f"{prefix}{next(self._serial):08d}"

    def minted_ids(self) -> Iterator[str]:
        """Ids for blocks and elements that came without."""
        while True:
            yield f"auto{next(self._serial)}"

    def add_workspace(self, team_id: str, name: str, domain: str) -> Workspace:
        bot = User("U00000000", team_id, self.app.handle, self.app.name, is_bot=True)
        token = f"xoxb-{team_id}-{secrets.token_hex(8)}"
        made = Workspace(team_id, name, domain, token, bot, "B00000001")
        self.workspaces[team_id] = made
        return made

    def workspace_of(self, token: str) -> Workspace:
        """The workspace a bot token belongs to; raises as Slack does for bad or revoked ones."""
        for workspace in self.workspaces.values():
            if secrets.compare_digest(workspace.bot_token, token):
                if workspace.revoked:
                    raise SlackError(workspace.revoked)
                return workspace
        raise SlackError("invalid_auth")

    def issue_trigger(self, workspace: Workspace, user: str, *, from_modal: bool = False) -> str:
        made = Trigger(self.serial("trigger."), workspace.team_id, user, self.now(), from_modal)
        self.triggers[made.id] = made
        return made.id

    def redeem_trigger(self, workspace: Workspace, trigger_id: str) -> Trigger:
        trigger = self.triggers.get(trigger_id)
        if trigger is None or trigger.team != workspace.team_id:
            raise SlackError("invalid_trigger_id")
        trigger.redeem(self.now())
        return trigger

    def issue_response_url(
        self,
        workspace: Workspace,
        user: str,
        channel: str,
        message_ts: str | None = None,
        *,
        ephemeral: bool = False,
    ) -> str:
        token = secrets.token_hex(12)
        self.response_urls[token] = ResponseUrl(
            token, workspace.team_id, user, channel, self.now(), message_ts, ephemeral
        )
        return f"{self.base}/response/{workspace.team_id}/{token}"
