"""Answers to "do you see it?"."""

from bot.domain.arrivals import SayArrival
from bot.services import arrivals
from bot.views import arrivals as view
from bot.views import ids
from handlers.request import Request


def arrived(request: Request) -> None:
    _say(request, arrived=True)


def post_again(request: Request) -> None:
    _say(request, arrived=False)


def _say(request: Request, *, arrived: bool) -> None:
    event = request.run(arrivals.say, SayArrival(request.actor, request.value, arrived))
    request.answer(view.answered(request.t, event))


ACTIONS = {ids.ARRIVED: arrived, ids.POST_AGAIN: post_again}
