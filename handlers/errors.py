"""What a person reads when something cannot be done, and what Slack is told.

A refusal is an answer. A database that cannot be reached is not: the person reads "not saved, try
again", and events are given back to Slack to send again. Anything else is ours: acked, so that
a poisonous event is not sent for ever, written down by its kind and class, and apologised for.
"""

import logging
import secrets
from collections.abc import Mapping
from typing import Any

from bot.domain.refusals import InvalidField, Refusal
from bot.services import failures
from bot.storage.unit_of_work import DatabaseUnavailable
from bot.views import notices, refusals
from handlers import parsing
from handlers.request import Ack, Bot, Request

log = logging.getLogger(__name__)


def answer(
    bot: Bot, request: Request | None, body: Mapping[str, Any], ack: Ack, error: Exception
) -> None:
    if isinstance(error, Refusal) and request is not None:
        _refuse(request, error)
        return
    if isinstance(error, DatabaseUnavailable):
        _not_saved(request, body, error)
        return
    _apologize(bot, request, body, ack, error)


def _refuse(request: Request, refusal: Refusal) -> None:
    if isinstance(refusal, InvalidField) and request.is_submission:
        request.invalid({refusal.input: refusals.sentence(request.t, refusal)})
        return
    request.refuse(refusals.render(request.t, refusal))


def _not_saved(
    request: Request | None, body: Mapping[str, Any], error: DatabaseUnavailable
) -> None:
    log.error("database unavailable: %s", parsing.kind(body))
    if request is None or "event" in body:
        raise error  # answered with 500; Slack sends events again
    request.refuse(notices.not_saved(request.t))


def _apologize(
    bot: Bot, request: Request | None, body: Mapping[str, Any], ack: Ack, error: Exception
) -> None:
    reference = secrets.token_hex(4)
    kind, name = parsing.kind(body), type(error).__name__
    # The log's formatter writes where it happened, never the message: it may quote a person.
    log.error("failed %s: %s in %s", reference, name, kind, exc_info=error)
    bot.db.run(failures.record, failures.Failure(reference, kind, name))
    if request is None:
        ack()
    else:
        request.refuse(notices.apology(request.t, reference))
