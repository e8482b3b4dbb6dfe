"""The payloads of commands and interactions, in Slack's shapes.

docs.slack.dev/reference/interaction-payloads
docs.slack.dev/interactivity/implementing-slash-commands
"""

import copy
import re
from collections.abc import Mapping
from typing import Any

from bot.sandbox.delivery.events import VERIFICATION_TOKEN
from bot.sandbox.sight import Surface
from bot.sandbox.state.conversations import Conversation
from bot.sandbox.state.people import User
from bot.sandbox.state.views import View
from bot.sandbox.state.workspace import Workspace
from bot.sandbox.world import APP_ID, World

Json = dict[str, Any]
MENTION = re.compile(r"(?<![\w@])@([\w.-]*\w)")
CHANNEL = re.compile(r"(?<![\w#])#([\w-]+)")
WEB_ADDRESS = re.compile(r"https?://[^\s<>|]+")
COPIED = ("text", "value", "style", "url", "placeholder", "confirm", "accessibility_label")


class Payloads:
    """Builds payloads for one workspace. The caller holds the world's lock."""

    def __init__(self, world: World, workspace: Workspace) -> None:
        self._world = world
        self._workspace = workspace

    def command(self, user: User, room: Conversation, name: str, text: str) -> Json:
        """A slash command; all values are text, as in the form Slack posts."""
        workspace = self._workspace
        return {
            "token": VERIFICATION_TOKEN,
            "team_id": workspace.team_id,
            "team_domain": workspace.domain,
            "channel_id": room.id,
            "channel_name": workspace.channel_label(room),
            "user_id": user.id,
            "user_name": user.handle,
            "command": name,
            "text": text,
            "api_app_id": APP_ID,
            "is_enterprise_install": "false",
            "response_url": self._world.issue_response_url(workspace, user.id, room.id),
            "trigger_id": self._world.issue_trigger(workspace, user.id),
        }

    def block_actions(
        self, user: User, surface: Surface, block: Json, element: Json, value: Mapping[str, Any]
    ) -> Json:
        """Someone used an element. `value` is what the element now holds ({} for a button)."""
        copied = {key: element[key] for key in COPIED if key in element}
        action = {"type": element["type"], "action_id": element["action_id"]}
        action |= {"block_id": block["block_id"], **copied, **value, "action_ts": self._world.ts()}
        payload = self._interaction("block_actions", user, from_modal=surface.kind == "modal")
        payload |= {"actions": [action], **self._container(user, surface)}
        return payload

    def submission(self, user: User, view: View) -> Json:
        payload = self._interaction("view_submission", user, from_modal=True)
        return payload | {"view": self._view(view), "response_urls": []}

    def closed(self, user: User, view: View, *, all_closed: bool) -> Json:
        payload = self._interaction("view_closed", user, from_modal=True)
        del payload["trigger_id"]  # closing gives no leave to open anything
        return payload | {"view": self._view(view), "is_cleared": all_closed}

    def _interaction(self, kind: str, user: User, *, from_modal: bool) -> Json:
        team = {"id": self._workspace.team_id, "domain": self._workspace.domain}
        return {
            "type": kind,
            "user": {
                "id": user.id,
                "username": user.handle,
                "name": user.handle,
                "team_id": user.team_id,
            },
            "api_app_id": APP_ID,
            "token": VERIFICATION_TOKEN,
            "trigger_id": self._world.issue_trigger(
                self._workspace, user.id, from_modal=from_modal
            ),
            "team": team,
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _container(self, user: User, surface: Surface) -> Json:
        if surface.view is not None:
            container = {"type": "view", "view_id": surface.view.id}
            return {"container": container, "view": self._view(surface.view)}
        assert surface.room is not None
        assert surface.message is not None
        return self._message_container(user, surface.room, surface)

    def _message_container(self, user: User, room: Conversation, surface: Surface) -> Json:
        message = surface.message
        assert message is not None
        hidden = message.to is not None
        found: Json = {
            "container": {
                "type": "message",
                "message_ts": message.ts,
                "channel_id": room.id,
                "is_ephemeral": hidden,
            },
            "channel": {"id": room.id, "name": self._workspace.channel_label(room)},
            "state": {"values": copy.deepcopy(surface.state)},
            "response_url": self._world.issue_response_url(
                self._workspace, user.id, room.id, message.ts, ephemeral=hidden
            ),
        }
        if message.thread_ts:
            found["container"]["thread_ts"] = message.thread_ts
        if not hidden:  # Slack keeps no copy of an ephemeral message
            found["message"] = message.payload(self._workspace.team_id, metadata="type")
        return found

    def _view(self, view: View) -> Json:
        return view.payload(self._workspace.team_id, APP_ID, self._workspace.bot_id)


def escaped(workspace: Workspace, text: str, *, with_names: bool) -> str:
    """Typed text as Slack sends it: entities, and tokens for people, channels and addresses.

    `with_names` is the form of commands with should_escape: `<@U1|name>`, `<#C1|name>`.
    """
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    linked = WEB_ADDRESS.sub(lambda found: f"<{found[0]}>", safe)
    mentioned = MENTION.sub(lambda found: _person(workspace, found, with_names), linked)
    return CHANNEL.sub(lambda found: _channel(workspace, found, with_names), mentioned)


def _person(workspace: Workspace, found: re.Match[str], with_names: bool) -> str:
    user = workspace.by_handle(found[1])
    if user is None:
        return found[0]
    return f"<@{user.id}|{user.handle}>" if with_names else f"<@{user.id}>"


def _channel(workspace: Workspace, found: re.Match[str], with_names: bool) -> str:
    room = workspace.by_name(found[1])
    if room is None:
        return found[0]
    name = "" if room.kind == "group" else room.name
    return f"<#{room.id}|{name}>" if with_names or name else f"<#{room.id}>"
