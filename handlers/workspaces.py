"""What Slack tells about a workspace and its people, with nobody asking for anything."""

from collections.abc import Mapping
from typing import Any

from bot.services import profiles, upkeep, workspaces
from bot.slack import directory
from handlers import parsing
from handlers.request import Bot

__all__ = ["TEAM_EVENTS", "upkeep"]  # upkeep: its sweeps register themselves


def person_changed(bot: Bot, body: Mapping[str, Any]) -> None:
    team_id = parsing.team(body)
    user = parsing.event(body).get("user")
    if team_id is None or not isinstance(user, Mapping):
        return
    profile = directory.profile(user, team_id)
    if profile.slack_user_id:
        changed = profiles.Changed(team_id, profile)
        bot.db.run(profiles.changed, changed, once=parsing.once(body))


def uninstalled(bot: Bot, body: Mapping[str, Any]) -> None:
    team_id = parsing.team(body)
    if team_id is not None:
        bot.db.run(workspaces.remove, team_id, once=parsing.once(body))


def tokens_revoked(bot: Bot, body: Mapping[str, Any]) -> None:
    """Tokens of people may be revoked too; without the bot's own it is as good as uninstalled."""
    if parsing.revokes_bot(body):
        uninstalled(bot, body)


TEAM_EVENTS = {
    "user_change": person_changed,
    "app_uninstalled": uninstalled,
    "tokens_revoked": tokens_revoked,
}
