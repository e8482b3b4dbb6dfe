"""Which listener answers what. Each feature module brings its own tables; Bolt is told here.

Commit, then ack: the app runs with `process_before_response`, so an acked request is stored.
"""

import logging
import re
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App

from bot.domain.refusals import NotFound
from bot.i18n import reader
from bot.slack.errors import SlackFault
from bot.storage.unit_of_work import AlreadyDone
from handlers import commands, errors, features, parsing
from handlers.middleware import resolve_actor
from handlers.request import Ack, Bot, Request

log = logging.getLogger(__name__)

Listener = Callable[[Request], None]


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
    """Tell Bolt about every listener."""
    app.command(bot.settings.command_name)(_listener(bot, commands.dispatch))
    for action_id, listener in actions().items():
        # What follows "#" only keeps ids of one block apart.
        app.action(re.compile(rf"{re.escape(action_id)}(#.*)?$"))(_listener(bot, listener))
    for callback_id, listener in views().items():
        app.view(callback_id)(_listener(bot, listener))
    for event_type, listener in events().items():
        app.event(event_type)(_listener(bot, listener))
    for event_type, team_listener in team_events().items():
        app.event(event_type)(_team_listener(bot, team_listener))
    _register_the_rest(app, bot)


def _register_the_rest(app: App, bot: Bot) -> None:
    """What nobody listens to any more, or never did. Bolt asks in the order of registration, and
    would answer 404: people then read that the app does not work, and events come again."""
    anything = re.compile("")
    app.action(anything)(_listener(bot, _lost))
    app.view_submission(anything)(_listener(bot, _lost))
    for listen in (app.view_closed, app.shortcut, app.options, app.event):
        listen(anything)(_ignored)


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
