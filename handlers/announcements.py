"""Announcing a programme: a preview, then the post."""

from bot.domain.announcements import Announce, PreviewAnnouncement
from bot.services import announcing
from bot.views import ids
from bot.views.programs import announcements
from handlers import parsing
from handlers.request import Request


def preview(request: Request) -> None:
    app_id = parsing.app_id(request.body)
    query = PreviewAnnouncement(request.actor, request.value, app_id)
    request.open(announcements.preview(request.t, request.read(announcing.preview, query)))


def post(request: Request) -> None:
    meta, app_id = request.meta, parsing.app_id(request.body)
    again = meta.get("again") == "yes"
    command = Announce(request.actor, meta.get("program", ""), again, app_id)
    shown = request.run(announcing.announce, command)
    request.answer(announcements.posted(request.t, shown))


ACTIONS = {ids.ANNOUNCE: preview}
VIEWS = {ids.ANNOUNCE_POST: post}
