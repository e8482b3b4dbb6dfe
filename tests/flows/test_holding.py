"""A programme on hold: no prompts, no burst afterwards, and agreed sessions are left alone."""

from datetime import time, timedelta

import pytest

from bot.domain.cadence import Every
from tests.cast import Cast, at
from tests.flows.sessions.acts import agree, states
from tests.world import World

# Every Wednesday at 10:00; the world begins on a Monday, and T0's month is November 2026.
ASKED = "reflection.prompt"


@pytest.fixture
def cast(world: World) -> Cast:
    made = Cast(world, every=Every.WEEK.value, nth=None, weekday=2, local_time=time(10))
    made.all_speak()
    made.join()
    made.begin()
    return made


def test_no_prompt_leaves_and_none_is_made_up_for(cast: Cast) -> None:
    cast.dewi.types("/mentor program")
    cast.dewi.clicks("Hold it")
    cast.world.advance_to(at(cast.world, 26, 12))  # three Wednesdays
    assert "sent" not in states(cast.world, ASKED)
    cast.dewi.types("/mentor program")
    cast.dewi.clicks("Continue it")
    cast.world.advance(timedelta(hours=12))
    assert "sent" not in states(cast.world, ASKED)
    cast.world.advance(timedelta(days=6))
    assert states(cast.world, ASKED).count("sent") == 2  # both are asked on the next Wednesday


def test_agreed_sessions_keep_their_reminders(cast: Cast) -> None:
    agree(cast.world, cast.bima, cast.sari)
    cast.dewi.types("/mentor program")
    cast.dewi.clicks("Hold it")
    cast.world.advance_to(at(cast.world, 17, 8))  # an hour before
    for person in (cast.bima, cast.sari):
        assert "Your session with" in str(person.sees("Your session with"))
    assert states(cast.world, "session.reminder") == ["sent", "sent"]


def test_sessions_can_be_agreed_meanwhile(cast: Cast) -> None:
    cast.dewi.types("/mentor program")
    cast.dewi.clicks("Hold it")
    agree(cast.world, cast.bima, cast.sari)
    cast.bima.sees("@Sari accepts")
