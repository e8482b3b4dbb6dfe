"""Method name → handler and scopes; the checks that come before every method."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.sandbox.errors import SlackError
from bot.sandbox.posting import Origin, Posting
from bot.sandbox.state.conversations import Conversation
from bot.sandbox.state.workspace import Workspace
from bot.sandbox.world import World

Json = dict[str, Any]
TokenKind = Literal["bot", "app"]
# the scope that opens a conversation of each kind, for methods with one scope per kind
BY_KIND = {
    "read": {"channel": "channels:read", "group": "groups:read",
             "im": "im:read", "mpim": "mpim:read"},
    "history": {"channel": "channels:history", "group": "groups:history",
                "im": "im:history", "mpim": "mpim:history"},
}  # fmt: skip


@dataclass(frozen=True)
class Call:
    """One call of a method by the app installed in `workspace`."""

    world: World
    workspace: Workspace
    posting: Posting
    method: str
    args: Mapping[str, Any]

    @property
    def origin(self) -> Origin:
        return Origin(self.method, dict(self.args))

    def need(self, name: str) -> str:
        """A required text argument; refuses as Slack does when it is missing."""
        value = self.args.get(name)
        if value is None or value == "":
            raise SlackError.because("invalid_arguments", [f"missing required field: {name}"])
        return str(value)

    def text(self, name: str) -> str | None:
        value = self.args.get(name)
        return None if value in (None, "") else str(value)

    def flag(self, name: str) -> bool:
        return str(self.args.get(name, "")).lower() in ("1", "true", "t")

    def number(self, name: str, default: int) -> int:
        raw = str(self.args.get(name, default))
        if not raw.lstrip("-").isdigit():
            raise SlackError.because("invalid_arguments", [f"not a number: {name}"])
        return int(raw)

    def structure(self, name: str, error: str = "invalid_arguments") -> Any:
        """An argument that may come as JSON text (forms) or as it is (JSON bodies)."""
        value = self.args.get(name)
        if not isinstance(value, str) or value == "":
            return value or None
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError.because(error, [f"not valid JSON: {name}"]) from None

    def require_scope(self, *any_of: str) -> None:
        """Refuse unless one of the scopes was granted."""
        granted = self.world.app.scopes
        if not granted.intersection(any_of):
            provided = ",".join(sorted(granted))
            raise SlackError("missing_scope", needed=any_of[0], provided=provided)

    def require_kind_scope(self, family: str, room: Conversation) -> None:
        self.require_scope(BY_KIND[family][room.kind])

    def room(self, name: str = "channel") -> Conversation:
        """The conversation named by an argument, if the app may know of it."""
        room = self.workspace.conversation(self.need(name))
        if room.is_private and self.workspace.bot.id not in room.members:
            raise SlackError("channel_not_found")
        return room


Handler = Callable[[Call], Json]


@dataclass(frozen=True)
class Method:
    """A row of the table. `scopes` must all be granted; handlers check what depends on more."""

    handler: Handler
    scopes: tuple[str, ...]
    access: TokenKind = "bot"


METHODS: dict[str, Method] = {}


def method(name: str, *scopes: str, access: TokenKind = "bot") -> Callable[[Handler], Handler]:
    """Register a handler for a method."""

    def register(handler: Handler) -> Handler:
        METHODS[name] = Method(handler, scopes, access)
        return handler

    return register


@dataclass(frozen=True)
class Reply:
    """An answer on its way out. `team` is None when the caller could not be told."""

    answer: Json
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    team: str | None = None


def perform(
    world: World, posting: Posting, name: str, token: str | None, args: Mapping[str, Any]
) -> Reply:
    """Answer a call as Slack would. Never raises for what a caller can get wrong."""
    team: str | None = None
    try:
        row = METHODS.get(name)
        if row is None:
            raise SlackError("unknown_method", req_method=name)
        workspace = _authenticate(world, row, token)
        team = workspace.team_id
        call = Call(world, workspace, posting, name, args)
        for scope in row.scopes:
            call.require_scope(scope)
        scopes = {"x-oauth-scopes": ",".join(sorted(world.app.scopes))}
        return Reply({"ok": True, **row.handler(call)}, headers=scopes, team=team)
    except SlackError as refusal:
        if refusal.retry_after is None:
            return Reply(refusal.answer(), team=team)
        wait = {"Retry-After": str(refusal.retry_after)}
        return Reply(refusal.answer(), 429, wait, team)


def _authenticate(world: World, row: Method, token: str | None) -> Workspace:
    if not token:
        raise SlackError("not_authed")
    is_app_token = token == world.app.app_token
    if row.access == "app":
        if not is_app_token:
            raise SlackError(
                "not_allowed_token_type" if token.startswith("xoxb") else "invalid_auth"
            )
        return next(iter(world.workspaces.values()))
    if is_app_token:
        raise SlackError("not_allowed_token_type")
    return world.workspace_of(token)
