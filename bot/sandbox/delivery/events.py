"""Which events the app is told of, and the envelope they travel in.

docs.slack.dev/apis/events-api
"""

from typing import Any

from bot.sandbox.state.workspace import Workspace
from bot.sandbox.world import APP_ID, World

Json = dict[str, Any]
VERIFICATION_TOKEN = "sandbox-verification-token"  # noqa: S105 - Slack's deprecated plain token
MESSAGE_EVENTS = {
    "im": "message.im", "channel": "message.channels",
    "group": "message.groups", "mpim": "message.mpim",
}  # fmt: skip
# any one of these scopes lets an app hear of the event; events not listed need none
NEEDED_SCOPES: dict[str, frozenset[str]] = {
    "message.im": frozenset({"im:history"}),
    "message.channels": frozenset({"channels:history"}),
    "message.groups": frozenset({"groups:history"}),
    "message.mpim": frozenset({"mpim:history"}),
    "app_mention": frozenset({"app_mentions:read"}),
    "member_joined_channel": frozenset({"channels:read", "groups:read"}),
    "member_left_channel": frozenset({"channels:read", "groups:read"}),
    "reaction_added": frozenset({"reactions:read"}),
    "team_join": frozenset({"users:read"}),
    "user_change": frozenset({"users:read"}),
}


def subscription(event: Json) -> str:
    """The name under which an app subscribes to this event."""
    if event["type"] == "message":
        return MESSAGE_EVENTS[event["channel_type"]]
    return str(event["type"])


def is_heard(world: World, workspace: Workspace, event: Json) -> bool:
    """Subscribed, allowed by a scope, and from a conversation the app is in."""
    name = subscription(event)
    if name not in world.app.events:
        return False
    needed = NEEDED_SCOPES.get(name)
    if needed is not None and not needed & world.app.scopes:
        return False
    channel = event.get("channel") or event.get("item", {}).get("channel")
    if channel is None:
        return True
    return workspace.bot.id in workspace.conversation(channel).members


def envelope(world: World, workspace: Workspace, event: Json) -> Json:
    """The outer payload of an event."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.team_id,
        "context_team_id": workspace.team_id,
        "context_enterprise_id": None,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": world.serial("Ev"),
        "event_time": int(world.now().timestamp()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": workspace.team_id,
                "user_id": workspace.bot.id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": world.serial("context-"),
    }
