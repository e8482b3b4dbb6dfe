"""Who is asking: the actor is resolved once a request, before anything else happens."""

import logging
from collections.abc import Mapping
from typing import Any

from bot.domain.actor import Actor
from bot.services import people
from bot.slack import directory
from bot.slack.errors import SlackFault
from handlers import parsing
from handlers.request import Bot, Request

log = logging.getLogger(__name__)


def resolve_actor(bot: Bot, body: Mapping[str, Any]) -> Actor | None:
    """The actor of a request; None when there is nobody, or no installed workspace, behind it."""
    origin = parsing.origin(body)
    return look_up(bot, origin.team_id, origin.user_id) if origin else None


def look_up(bot: Bot, team_id: str, slack_user_id: str) -> Actor | None:
    """Somebody of an installed workspace: who asks, or whom they name.

    Slack is asked at most once, for somebody unknown or not looked at for a day, within a second.
    When it does not answer, what is known already has to do.
    """
    first_leads = tuple(bot.settings.first_leads)
    wanted = people.FindActor(team_id, slack_user_id, first_leads, fresh=True)
    found = bot.actors.find(wanted)
    if found.actor is not None or found.workspace_id is None:
        return found.actor
    try:
        profile = directory.fetch(bot.gateway, found.workspace_id, slack_user_id)
        bot.db.run(people.remember, people.Remember(found.workspace_id, profile))
    except SlackFault as fault:
        log.warning("profile not read: %s", fault)
        bot.db.run(people.remember_stub, people.Stub(found.workspace_id, slack_user_id))
    known = people.FindActor(team_id, slack_user_id, first_leads, fresh=False)
    return bot.db.read(people.find_actor, known).actor


def meet(request: Request, slack_user_id: str | None) -> None:
    """Get to know somebody who is named in a form, before a use case looks for them."""
    origin = parsing.origin(request.body)
    if origin is not None and slack_user_id is not None:
        look_up(request.bot, origin.team_id, slack_user_id)
