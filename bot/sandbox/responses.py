"""What the app sends back to a person: through a response url, or in the answer itself.

docs.slack.dev/interactivity/handling-user-interaction
"""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.errors import AppFailed, SlackError
from bot.sandbox.posting import Origin, Posting
from bot.sandbox.screens import Screens
from bot.sandbox.state.conversations import Conversation, Message
from bot.sandbox.state.tickets import ResponseUrl
from bot.sandbox.state.views import View
from bot.sandbox.state.workspace import Workspace
from bot.sandbox.webapi.checks import check_message, check_view
from bot.sandbox.world import World

Json = dict[str, Any]


class Responses:
    """Applies answers. The caller holds the world's lock."""

    def __init__(self, world: World, posting: Posting) -> None:
        self._world = world
        self._posting = posting
        self._screens = Screens(world, posting)

    def use_url(self, token: str, payload: Mapping[str, Any]) -> None:
        """A POST to a response url. Raises `SlackError`."""
        url = self._world.response_urls.get(token)
        if url is None:
            raise SlackError("invalid_url")
        url.spend(self._world.now())
        self.say(url, payload, Origin("response_url", dict(payload)))

    def say(self, url: ResponseUrl, payload: Mapping[str, Any], origin: Origin) -> None:
        """Show, replace or remove a message as the payload asks."""
        workspace = self._world.workspaces[url.team]
        room = workspace.conversation(url.channel)
        if _asked(payload, "delete_original"):
            self._posting.remove(workspace, room, _original(url, room), origin)
            return
        text = str(payload.get("text") or "")
        blocks = check_message(text, payload.get("blocks"))
        if _asked(payload, "replace_original"):
            original = _original(url, room)
            self._posting.change(workspace, room, original, text, blocks, origin)
            return
        self._new(url, workspace, room, (text, blocks, payload), origin)

    def _new(
        self,
        url: ResponseUrl,
        workspace: Workspace,
        room: Conversation,
        content: tuple[str, list[Json], Mapping[str, Any]],
        origin: Origin,
    ) -> None:
        text, blocks, payload = content
        in_channel = payload.get("response_type") == "in_channel"
        message = self._posting.app_message(
            workspace,
            text,
            blocks,
            thread_ts=payload.get("thread_ts"),
            to=None if in_channel else url.user,
        )
        write = self._posting.post if in_channel else self._posting.whisper
        write(workspace, room, message, origin)

    def submission(self, workspace: Workspace, user: str, view: View, body: Any) -> None:
        """The app's answer to a submitted modal. Raises `AppFailed` when Slack could not use it."""
        screen = workspace.screen(user)
        action = body.get("response_action") if isinstance(body, dict) else body or None
        origin = Origin("response_action", body if isinstance(body, dict) else {})
        try:
            if action is None:
                screen.modals = [v for v in screen.modals if v is not view]
            elif action == "clear":
                screen.modals = []
            elif action == "errors":
                view.errors = _field_errors(view, body.get("errors"))
            elif action == "update":
                source = check_view(body.get("view"), "modal")
                self._screens.update(workspace, user, view, source, origin)
            elif action == "push":
                source = check_view(body.get("view"), "modal")
                self._screens.push(workspace, user, source, origin)
            else:
                raise AppFailed(f"Slack knows no answer {body!r} to a submission")
        except SlackError as refusal:
            reasons = refusal.extra.get("response_metadata", {}).get("messages", "")
            raise AppFailed(f"Slack refused the answer: {refusal.code} {reasons}") from None


def _asked(payload: Mapping[str, Any], name: str) -> bool:
    return str(payload.get(name, "")).lower() == "true"


def _original(url: ResponseUrl, room: Conversation) -> Message:
    """The message the url came with; slash commands have none to replace."""
    if url.message_ts is None:
        raise SlackError("no_original_message")
    kept = [*room.messages.values(), *room.ephemerals]
    for message in kept:
        if message.ts == url.message_ts:
            return message
    raise SlackError("message_not_found")


def _field_errors(view: View, errors: Any) -> dict[str, str]:
    """Errors by block_id; Slack can show them only under input blocks of this view."""
    inputs = {b["block_id"] for b in view.blocks if b["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        raise AppFailed("an answer with response_action errors named no errors")
    if unknown := sorted(set(errors) - inputs):
        raise AppFailed(f"errors for blocks that are no inputs of the view: {', '.join(unknown)}")
    return {block: str(text) for block, text in errors.items()}
