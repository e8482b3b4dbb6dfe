"""App Home and the menu stay within Slack's limits, however much there is to show."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.home import (
    Away,
    GoalLine,
    HomeSummary,
    Need,
    PairLine,
    ProgramLine,
    PromptLine,
    ProposalLine,
)
from bot.domain.lifecycle import ProgramState, Role
from bot.i18n import reader
from bot.slack.limits import problems
from bot.views import home

AT = datetime(2026, 11, 10, 3, tzinfo=UTC)
LONG = "<&>" * 26


def crowded(*, joined: bool) -> HomeSummary:
    """Thirty of everything, with the longest words that are allowed."""
    roles = tuple(Role) if joined else ()
    return HomeSummary(
        team_id="T1",
        chose_language=False,
        is_lead=True,
        may_found=True,
        stopped=True,
        away=Away(date(2026, 11, 9), date(2026, 11, 20), is_now=True),
        proposals=tuple(ProposalLine(f"p{n}", f"U{n}", Role.MENTEE) for n in range(30)),
        pairs=tuple(pair(n) for n in range(30)),
        prompts=tuple(PromptLine(f"q{n}", "reflection.prompt", f"U{n}", AT) for n in range(30)),
        goals=tuple(GoalLine(f"g{n}", "x" * 300, date(2026, 12, 1)) for n in range(30)),
        programs=tuple(
            ProgramLine(f"m{n}", LONG, LONG * 7, ProgramState.ACTIVE, roles, f"UC{n}")
            for n in range(30)
        ),
    )


def pair(n: int) -> PairLine:
    return PairLine(
        match_id=f"m{n}",
        partner=f"U{n}",
        partner_name=LONG,
        partner_tz="America/Los_Angeles",
        partner_away_until=date(2026, 11, 20),
        role=Role.MENTEE,
        need=Need(n % 4),
        session_id="s",
        at=None if n % 4 == Need.PLAN else AT,
    )


@pytest.mark.parametrize("locale", ["en", "id", "id-kamu"])
@pytest.mark.parametrize("joined", [True, False])
def test_a_crowded_world_fits(locale: str, joined: bool) -> None:
    t = reader(locale, "Asia/Jakarta")
    summary = crowded(joined=joined)
    assert problems("home", home.render(t, summary)) == []
    message = home.menu(t, summary)
    assert problems("message", {"text": message.text, "blocks": list(message.blocks)}) == []


def test_a_menu_that_others_may_look_at_shows_no_goal() -> None:
    t = reader("en", "Asia/Jakarta")
    summary = crowded(joined=True)
    assert "x" * 300 not in str(home.menu(t, summary))
    assert "x" * 300 in str(home.render(t, summary))


def test_times_are_in_both_zones() -> None:
    t = reader("en", "Asia/Jakarta")
    shown = str(home.render(t, crowded(joined=True)))
    assert "Tue 10:00 your time · Mon 19:00 for" in shown
