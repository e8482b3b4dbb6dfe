"""users.*: who is in the workspace."""

from typing import Any

from bot.sandbox.errors import SlackError
from bot.sandbox.state.people import User
from bot.sandbox.webapi.paging import page, paged
from bot.sandbox.webapi.table import Call, method

Json = dict[str, Any]


@method("users.info", "users:read")
def info(call: Call) -> Json:
    return {"user": _shown(call, call.workspace.user(call.need("user")))}


@method("users.list", "users:read")
def list_users(call: Call) -> Json:
    found, cursor = page(call, list(call.workspace.users.values()))
    return paged("members", [_shown(call, user) for user in found], cursor)


@method("users.lookupByEmail", "users:read.email")
def lookup_by_email(call: Call) -> Json:
    wanted = call.need("email").casefold()
    for user in call.workspace.users.values():
        if user.email is not None and user.email.casefold() == wanted and not user.deleted:
            return {"user": _shown(call, user)}
    raise SlackError("users_not_found")


def _shown(call: Call, user: User) -> Json:
    return user.payload(
        call.world.now(),
        home_team=call.workspace.team_id,
        locale=call.flag("include_locale"),
        email="users:read.email" in call.world.app.scopes,
    )
