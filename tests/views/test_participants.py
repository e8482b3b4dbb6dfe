"""The form and its answers stay within Slack's limits in every language."""

import pytest

from bot.domain.cadence import Hours
from bot.domain.lifecycle import Role
from bot.domain.message import View
from bot.domain.participants import (
    SPOKEN,
    Card,
    JoinChoice,
    JoinForm,
    Offer,
    Profile,
)
from bot.i18n import reader
from bot.slack.limits import problems
from bot.views import participants, spoken

LONG = "<&>" * 26


def views(locale: str) -> list[View]:
    t = reader(locale, "America/Argentina/ComodRivadavia")
    profile = Profile("&" * 300, tuple(SPOKEN), 3, Hours.default(), may_match=True)
    offers = tuple(Offer(f"p{n}", LONG, LONG * 7, frozenset(Role)) for n in range(30))
    shown = [participants.choice(t, JoinChoice(offers, "", chose_language=False))]
    for role in Role:
        shown.append(participants.card(t, Card("U1", t.tz, role, profile)))
        shown += [
            participants.form(t, JoinForm("p", LONG, role, again, profile))
            for again in (True, False)
        ]
    return shown


@pytest.mark.parametrize("locale", ["en", "id", "id-kamu"])
def test_every_view_is_one_that_slack_takes(locale: str) -> None:
    assert [problems("modal", view) for view in views(locale)] == [[]] * 7


def test_every_language_has_a_name_its_speakers_know() -> None:
    assert {code for _, code in spoken.OPTIONS} == SPOKEN
