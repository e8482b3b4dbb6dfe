"""The app's own identity, its workspace, and the door to Socket Mode."""

from typing import Any

from bot.sandbox.errors import SlackError
from bot.sandbox.webapi.table import Call, method
from bot.sandbox.world import APP_ID

Json = dict[str, Any]


@method("auth.test")
def auth_test(call: Call) -> Json:
    workspace = call.workspace
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": workspace.bot.handle,
        "team_id": workspace.team_id,
        "user_id": workspace.bot.id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


@method("team.info", "team:read")
def info(call: Call) -> Json:
    workspace = call.workspace
    team = {"id": workspace.team_id, "name": workspace.name, "domain": workspace.domain}
    return {"team": team}


@method("bots.info", "users:read")
def bots_info(call: Call) -> Json:
    if call.need("bot") != call.workspace.bot_id:
        raise SlackError("bot_not_found")
    bot = {"id": call.workspace.bot_id, "app_id": APP_ID, "user_id": call.workspace.bot.id}
    return {"bot": bot | {"name": call.world.app.name, "deleted": False}}


@method("apps.connections.open", access="app")
def open_connection(call: Call) -> Json:
    ticket = call.world.serial("ticket")
    base = call.world.base.replace("http://", "ws://")
    return {"url": f"{base}/link/?ticket={ticket}&app_id={APP_ID}"}
