"""The lead's side of a pair: pick two people, look at them once more, propose."""

from bot.domain import limits
from bot.domain.proposals import (
    MENTEE,
    MENTOR,
    PROGRAM,
    WHY,
    ArrangePair,
    PairForm,
    PickPeople,
    Propose,
    StartPair,
)
from bot.i18n import N_
from bot.services import pairing
from bot.views import ids
from bot.views import pairing as view
from handlers import parsing
from handlers.middleware import look_up
from handlers.request import Request
from handlers.words import Word


def pair(request: Request) -> None:
    """Two people named: a preview; nobody or one: a form."""
    named = parsing.mentions(request.text)
    _meet(request, *named)
    found = request.read(pairing.start, StartPair(request.actor, named))
    if stray := parsing.without_mentions(request.text):
        raise PickPeople(stray[: limits.NAME])
    if isinstance(found, PairForm):
        request.open(view.form(request.t, found))
    else:
        request.open(view.preview(request.t, found))


def picked(request: Request) -> None:
    form = request.form
    program_id = form.choice(PROGRAM) or request.meta.get(PROGRAM, "")
    mentor, mentee = form.user(MENTOR) or "", form.user(MENTEE) or ""
    _meet(request, mentor, mentee)
    command = ArrangePair(request.actor, program_id, mentor, mentee)
    request.show(view.preview(request.t, request.read(pairing.arrange, command)))


def swap(request: Request) -> None:
    shown = _previewed(request)
    command = ArrangePair(request.actor, shown.program_id, shown.mentee, shown.mentor)
    request.update_modal(view.preview(request.t, request.read(pairing.arrange, command)))


def propose(request: Request) -> None:
    again = bool(request.meta.get("again"))
    command = Propose(_previewed(request), request.form.text(WHY), again)
    event = request.run(pairing.propose, command)
    request.answer(view.proposed(request.t, event))


def _previewed(request: Request) -> ArrangePair:
    """The two in the preview: ids only, looked up and checked again."""
    meta = request.meta
    return ArrangePair(
        request.actor, meta.get(PROGRAM, ""), meta.get(MENTOR, ""), meta.get(MENTEE, "")
    )


def _meet(request: Request, *slack_user_ids: str) -> None:
    """Know who they are, as Slack describes them, before they are judged."""
    team_id = parsing.team(request.body)
    for slack_user_id in filter(None, slack_user_ids):
        look_up(request.bot, team_id or "", slack_user_id)


COMMANDS = (
    Word(
        "pair",
        "pasangkan",
        N_("propose a mentor and a mentee to each other"),
        "@mentor @mentee",
        pair,
        leads_only=True,
    ),
)
ACTIONS = {ids.PAIR_SWAP: swap}
VIEWS = {ids.PAIR_PICK: picked, ids.PAIR_PROPOSE: propose}
