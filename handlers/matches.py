"""What the two of a pair press: answers to a proposal, their rhythm, help."""

from bot.domain.matches import EVERY, PLACE, WEEKDAY, ChangeRhythm, OfMatch
from bot.domain.proposals import AnswerProposal
from bot.services import match_help, matches, proposals
from bot.views import ids
from bot.views import matches as view
from bot.views import proposals as proposal_view
from handlers.request import Request


def say_yes(request: Request) -> None:
    _answer(request, yes=True)


def say_no(request: Request) -> None:
    _answer(request, yes=False)


def _answer(request: Request, *, yes: bool) -> None:
    command = AnswerProposal(request.actor, request.value, yes)
    event = request.run(proposals.answer, command)
    request.answer(proposal_view.answered(request.t, event))


def rhythm(request: Request) -> None:
    form = request.read(matches.load_rhythm, OfMatch(request.actor, request.value))
    request.open(view.rhythm_form(request.t, form))


def save_rhythm(request: Request) -> None:
    form = request.form
    command = ChangeRhythm(
        request.actor,
        request.meta.get("match", ""),
        form.choice(EVERY),
        form.choice(WEEKDAY),
        form.choice(PLACE),
    )
    event = request.run(matches.change_rhythm, command)
    request.answer(view.rhythm_saved(request.t, event))


def need_help(request: Request) -> None:
    """Beside whatever it was pressed in, for this person's eyes alone."""
    shown = request.read(match_help.load_help, OfMatch(request.actor, request.value))
    request.whisper(view.help_offered(request.t, shown))


def tell_lead(request: Request) -> None:
    event = request.run(match_help.ask_for_help, OfMatch(request.actor, request.value))
    request.answer(view.help_answered(request.t, event))


def not_needed(request: Request) -> None:
    event = request.run(match_help.take_back, OfMatch(request.actor, request.value))
    request.answer(view.help_answered(request.t, event))


ACTIONS = {
    ids.PROPOSAL_YES: say_yes,
    ids.PROPOSAL_NO: say_no,
    ids.RHYTHM: rhythm,
    ids.HELP: need_help,
    ids.HELP_TELL_LEAD: tell_lead,
    ids.HELP_NOT_NEEDED: not_needed,
}
VIEWS = {ids.RHYTHM_SAVE: save_rhythm}
