"""What a pair and its lead read fits Slack's limits with the longest words allowed, in every way
of speaking."""

from datetime import UTC, datetime

import pytest

from bot.domain.cadence import Every
from bot.domain.leaving import EndNotice, MatchEnded, ProgramLeft, Stopped
from bot.domain.lifecycle import Role
from bot.domain.matches import (
    Help,
    HelpAsked,
    HelpWanted,
    Introduction,
    Opening,
    PairRhythm,
    RhythmChanged,
    RhythmForm,
)
from bot.domain.message import Message
from bot.domain.people import Who
from bot.domain.proposals import (
    NotJoined,
    Outcome,
    PairForm,
    Pairing,
    PickPeople,
    ProposalAnswered,
    ProposalClosed,
    ProposalReminder,
    ProposalSummary,
)
from bot.i18n import LANGUAGES, Reader, reader
from bot.slack.limits import problems
from bot.views import leaving, matches, pairing, proposals, refusals, rhythms
from bot.views.messages import render

AT = datetime(2026, 11, 10, 3, tzinfo=UTC)
LONG = "<&>" * 26
WORDS = "<!channel> & *" * 21
ONE = Who("U0MENTOR", LONG, "America/Argentina/ComodRivadavia")
OTHER = Who("U0MENTEE", LONG, "Asia/Jayapura")
MONTHLY = PairRhythm(Every.MONTH, 2, 4)
PAIR = Pairing("p", LONG, ONE, OTHER, swappable=True, again=True)

SUMMARIES = [
    *(ProposalSummary("m", role, ONE, OTHER, LONG, WORDS, WORDS, AT, AT) for role in Role),
    *(ProposalReminder("m", role, ONE, OTHER, AT) for role in Role),
    ProposalClosed(LONG, ONE, OTHER),
    *(Introduction("m", role, ONE, WORDS, AT) for role in Role),
    Opening("m", ONE, OTHER),
    RhythmChanged("m", ONE, MONTHLY),
    HelpWanted(LONG, ONE, OTHER),
    EndNotice(ONE),
]


@pytest.fixture(params=sorted(LANGUAGES))
def t(request: pytest.FixtureRequest) -> Reader:
    return reader(request.param, "Pacific/Auckland")


@pytest.mark.parametrize("summary", SUMMARIES, ids=lambda summary: type(summary).__name__)
def test_messages_fit(t: Reader, summary: object) -> None:
    _fits(render([(t.locale, t.tz), ("en", "UTC")], [summary], offers_languages=True))


def test_answers_fit(t: Reader) -> None:
    many = tuple((f"m{n}", ONE) for n in range(30))
    _fits(leaving.stopped(t, Stopped(many, tuple((f"p{n}", LONG) for n in range(30)))))
    _fits(leaving.match_ended(t, MatchEnded(ONE)))
    _fits(leaving.program_left(t, ProgramLeft(LONG, (ONE, OTHER))))
    _fits(pairing.proposed(t, PAIR))
    for outcome in Outcome:
        _fits(proposals.answered(t, ProposalAnswered("m", outcome, ONE, Role.MENTEE)))
    for asked in (True, False):
        _fits(matches.help_answered(t, HelpAsked("m", int(asked), asked)))
        for match_id in ("m", None):
            _fits(matches.help_offered(t, Help("T1", ("U1", "U2"), match_id, asked)))
    _fits(matches.help_offered(t, Help("T1", (), "m", asked=False)))
    missing = (("U1", Role.MENTOR), ("U2", Role.MENTEE))
    _fits(refusals.render(t, NotJoined(LONG, missing)))
    _fits(refusals.render(t, PickPeople(WORDS)))


def test_forms_fit(t: Reader) -> None:
    many = tuple((f"p{n}", LONG) for n in range(100))
    for view in (
        pairing.form(t, PairForm(many, ("U1",))),
        pairing.form(t, PairForm(many[:1], ())),
        pairing.preview(t, PAIR),
        matches.rhythm_form(t, RhythmForm("m", ONE, MONTHLY, None)),
        matches.rhythm_form(t, RhythmForm("m", ONE, MONTHLY, PairRhythm(Every.WEEK, 0))),
    ):
        assert not problems("modal", view)


def test_peoples_own_words_stay_out_of_notifications(t: Reader) -> None:
    for summary in SUMMARIES:
        assert "channel" not in render([(t.locale, t.tz)], [summary], offers_languages=False).text


def test_rhythms_are_said_in_words() -> None:
    english, indonesian = reader("en", "UTC"), reader("id", "UTC")
    assert rhythms.said(english, Every.TWO_WEEKS, 4, None) == "every second Friday"
    assert rhythms.said(english, Every.MONTH, 0, -1) == "on the last Monday of the month"
    assert rhythms.said(indonesian, Every.WEEK, 4, None) == "setiap Jumat"
    assert rhythms.said(indonesian, Every.MONTH, 0, None) == "Senin, sebulan sekali"


def _fits(message: Message) -> None:
    assert not problems("message", {"text": message.text, "blocks": list(message.blocks)})
