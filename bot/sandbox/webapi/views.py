"""views.*: modals and App Home."""

from typing import Any

from bot.sandbox.errors import SlackError
from bot.sandbox.screens import Screens
from bot.sandbox.state.views import View
from bot.sandbox.webapi.checks import check_view
from bot.sandbox.webapi.table import Call, method
from bot.sandbox.world import APP_ID

Json = dict[str, Any]


@method("views.open")
def open_view(call: Call) -> Json:
    view = check_view(call.structure("view"), "modal")
    _refuse_known_external_id(call, view)
    trigger = call.world.redeem_trigger(call.workspace, call.need("trigger_id"))
    return _answer(call, _screens(call).open(call.workspace, trigger.user, view, call.origin))


@method("views.push")
def push(call: Call) -> Json:
    view = check_view(call.structure("view"), "modal")
    _refuse_known_external_id(call, view)
    trigger = call.world.redeem_trigger(call.workspace, call.need("trigger_id"))
    if not trigger.from_modal:
        raise SlackError("invalid_trigger_id")
    return _answer(call, _screens(call).push(call.workspace, trigger.user, view, call.origin))


@method("views.update")
def update(call: Call) -> Json:
    found = call.workspace.find_view(call.text("view_id"), call.text("external_id"))
    if found is None:
        raise SlackError("not_found")
    user, view = found
    source = check_view(call.structure("view"), "home" if view.kind == "home" else "modal")
    _refuse_stale(call, view)
    return _answer(call, _screens(call).update(call.workspace, user, view, source, call.origin))


@method("views.publish")
def publish(call: Call) -> Json:
    user = call.workspace.user(call.need("user_id"))
    source = check_view(call.structure("view"), "home")
    home = call.workspace.screen(user.id).home
    if home is not None:
        _refuse_stale(call, home)
    return _answer(call, _screens(call).publish(call.workspace, user.id, source, call.origin))


def _screens(call: Call) -> Screens:
    return Screens(call.world, call.posting)


def _answer(call: Call, view: View) -> Json:
    return {"view": view.payload(call.workspace.team_id, APP_ID, call.workspace.bot_id)}


def _refuse_stale(call: Call, view: View) -> None:
    given = call.text("hash")
    if given is not None and given != view.hash:
        raise SlackError("hash_conflict")


def _refuse_known_external_id(call: Call, view: Json) -> None:
    external_id = view.get("external_id")
    if external_id and call.workspace.find_view(None, external_id):
        raise SlackError("duplicate_external_id")
