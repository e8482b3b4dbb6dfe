"""Which listener answers what. Each feature module brings its own tables; Bolt is told here.

Commit, then ack: the app runs with `process_before_response`, so an acked request is stored.
"""

import logging
import re
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App

from bot import metrics
from bot.domain.refusals import NotFound
from bot.i18n import reader
from bot.slack.errors import SlackFault
from bot.storage.unit_of_work import AlreadyDone
from handlers import commands, errors, features, parsing
from handlers.middleware import resolve_actor
from handlers.request import Ack, Bot, Request

log = logging.getLogger(__name__)

Listener = Callable[[Request], None]

_ANYTHING = re.compile("")


def actions() -> Mapping[str, Listener]:
    return {**commands.buttons(), **_merged("ACTIONS")}


def views() -> Mapping[str, Listener]:
    return _merged("VIEWS")


def events() -> Mapping[str, Listener]:
    """Events with a person behind them."""
    return _merged("EVENTS")


def team_events() -> Mapping[str, Callable[[Bot, Mapping[str, Any]], None]]:
    """Events of a whole workspace, with nobody behind them."""
    return _merged("TEAM_EVENTS")


def register(app: App, bot: Bot) -> None:
    """Tell Bolt about the tables: one listener for each road, which looks its press up. Bolt would
    try a listener for each id in turn, at every request."""
    app.command(bot.settings.command_name)(_listener(bot, commands.dispatch))
    app.action(_ANYTHING)(_listener(bot, _one_of(actions(), parsing.action_id)))
    app.view_submission(_ANYTHING)(_listener(bot, _one_of(views(), parsing.callback_id)))
    for event_type, listener in events().items():
        app.event(event_type)(_listener(bot, listener))
    for event_type, team_listener in team_events().items():
        app.event(event_type)(_team_listener(bot, team_listener))
    # What nobody listens to would be answered with 404: people then read that the app does not
    # work, and events come again.
    for listen in (app.view_closed, app.shortcut, app.options, app.event):
        listen(_ANYTHING)(_ignored)


def _one_of(
    listeners: Mapping[str, Listener], name_of: Callable[[Mapping[str, Any]], str | None]
) -> Listener:
    """The listener a request names; what nobody listens to any more can't be found."""

    def listen(request: Request) -> None:
        listeners.get(name_of(request.body) or "", _lost)(request)

    return listen


def _lost(_: Request) -> None:
    raise NotFound


def _ignored(ack: Ack) -> None:
    ack()


def _listener(bot: Bot, listener: Listener) -> Callable[[Ack, Mapping[str, Any]], None]:
    def handle(ack: Ack, body: Mapping[str, Any]) -> None:
        request: Request | None = None
        try:
            actor = resolve_actor(bot, body)
            if actor is None:
                ack()
                return
            request = Request(bot, actor, reader(actor.locale, actor.tz), body, ack)
            listener(request)
            request.done()
        except AlreadyDone:
            metrics.DUPLICATES.inc()
            ack()
        except SlackFault as fault:
            _not_shown(request, body, fault)
        except Exception as error:  # noqa: BLE001 (nothing may leave Slack without an answer)
            try:
                errors.answer(bot, request, body, ack, error)
            except SlackFault as fault:
                _not_shown(request, body, fault)

    return handle


def _not_shown(request: Request | None, body: Mapping[str, Any], fault: SlackFault) -> None:
    """What was asked is stored, or refused; only the picture of it did not get through."""
    log.warning("answer not shown: %s, %s", parsing.kind(body), fault)
    if request is not None:
        request.done()


def _team_listener(
    bot: Bot, listener: Callable[[Bot, Mapping[str, Any]], None]
) -> Callable[[Ack, Mapping[str, Any]], None]:
    def handle(ack: Ack, body: Mapping[str, Any]) -> None:
        try:
            listener(bot, body)
            ack()
        except AlreadyDone:
            metrics.DUPLICATES.inc()
            ack()
        except Exception as error:  # noqa: BLE001 (nothing may leave Slack without an answer)
            errors.answer(bot, None, body, ack, error)

    return handle


def _merged(table: str) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for module in features.MODULES:
        for key, listener in getattr(module, table, {}).items():
            if key in merged:
                raise ValueError(f"two listeners for {key}")
            merged[key] = listener
    return merged
