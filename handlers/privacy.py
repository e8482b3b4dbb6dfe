"""The word `privacy`: see, take along, withdraw, delete. No text of a person passes through here
but to that person."""

from bot.domain.privacy import Export, SetMatching
from bot.i18n import N_, Markup
from bot.services import privacy
from bot.slack.errors import SlackFault
from bot.views import privacy as view
from handlers import parsing
from handlers.request import Request
from handlers.words import Word


def overview(request: Request) -> None:
    request.open(view.overview(request.t, request.read(privacy.load, request.actor)))


def read(request: Request) -> None:
    request.open(view.page(request.t, request.read(privacy.export, request.actor), 0))


def page_turned(request: Request) -> None:
    number = parsing.number(request.value)
    export = request.read(privacy.export, request.actor)
    request.update_modal(view.page(request.t, export, number))


def export(request: Request) -> None:
    """Two files into the person's own DM; where that is not allowed, what can be done."""
    note = _sent(request, request.read(privacy.export, request.actor))
    kept = request.read(privacy.load, request.actor)
    request.update_modal(view.overview(request.t, kept, note))


def matching_pressed(request: Request) -> None:
    participant_id, _, wanted = request.value.partition("|")
    command = SetMatching(request.actor, participant_id, wanted == "yes")
    kept = request.run(privacy.set_matching, command)
    request.update_modal(view.overview(request.t, kept))


def delete_pressed(request: Request) -> None:
    request.open(view.delete_form(request.t, parsing.view_id(request.body) or ""))


def erase(request: Request) -> None:
    """The second press. The overview below must not show what no longer is."""
    request.run(privacy.erase, request.actor)
    done, parent = view.erased(request.t), request.meta.get("parent")
    if parent:
        request.bot.gateway.update_view(request.actor.workspace_id, parent, done)
    request.show(done)


def _sent(request: Request, export: Export) -> Markup:
    workspace, gateway = request.actor.workspace_id, request.bot.gateway
    try:
        channel = gateway.open_dm(workspace, request.actor.slack_user_id)
        for name, content, title in view.files(request.t, export):
            gateway.upload(workspace, channel, name, content, title)
    except SlackFault as fault:
        return view.no_files(request.t, may_not=fault.reason == "missing_scope")
    return view.exported(request.t)


COMMANDS = (
    Word("privacy", "privasi", N_("what I keep about you: see, export, delete"), "", overview),
)
ACTIONS = {
    view.READ: read,
    view.PAGE: page_turned,
    view.EXPORT: export,
    view.MATCHING: matching_pressed,
    view.DELETE: delete_pressed,
}
VIEWS = {view.ERASE: erase}
