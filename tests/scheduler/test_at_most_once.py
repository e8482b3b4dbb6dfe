"""Where the bot must not read back, a message goes out at most once, and somebody is asked."""

from datetime import timedelta

import pytest

from bot.domain.lifecycle import Role
from bot.services import deliveries
from bot.storage.models import Program
from bot.storage.unit_of_work import Tx
from tests.cast import Cast
from tests.scheduler.conftest import POST, posts, row_of, states
from tests.world import Crash, World

STEPS = ("before_claim", "claimed", "posting", "accepted", "settled")


def crash_while(world: World, step: str, hours: int = 2) -> bool:
    """Move on with a crash at `step` of a message to a group or channel; whether it came."""
    world.crash_at = lambda passed: passed == step and _is_unreadable(world)
    try:
        world.advance(timedelta(hours=hours))
    except Crash:
        return True
    finally:
        world.crash_at = lambda _: False
    return False


def _is_unreadable(world: World) -> bool:
    return any(
        state in {"leased", "posting", "pending"} and key.startswith(("match.opening", "test.post"))
        for key, state in states(world).items()
    )


def openings(world: World) -> int:
    return sum(
        1
        for r in world.sandbox.journal
        if r.kind == "post" and "this conversation is yours" in r.text
    )


@pytest.fixture
def pair(world: World) -> Cast:
    cast = Cast(world)
    cast.join()
    cast.all_speak()
    cast.propose()
    cast.bima.clicks("Yes")
    cast.sari.clicks("Yes")
    return cast


@pytest.mark.parametrize("step", STEPS)
def test_a_crash_opens_a_group_dm_at_most_once(world: World, pair: Cast, step: str) -> None:
    crash_while(world, step)
    world.restart()
    world.advance(timedelta(hours=2))
    assert openings(world) <= 1
    unknown = [k for k, s in states(world).items() if s == "unknown"]
    if step in {"posting", "accepted"}:
        assert unknown
        question = pair.bima.sees("Do you see them?")
        assert {"Yes, I see it", "Post again"} <= set(question.buttons)
    else:
        assert not unknown
        assert openings(world) == 1


def test_seen_settles_it_and_nothing_is_posted_again(world: World, pair: Cast) -> None:
    assert crash_while(world, "accepted")
    world.restart()
    world.advance(timedelta(hours=2))
    pair.bima.clicks("Yes, I see it")
    world.advance(timedelta(hours=2))
    assert openings(world) == 1
    assert "unknown" not in states(world).values()


def test_not_seen_posts_it_once_more(world: World, pair: Cast) -> None:
    assert crash_while(world, "posting")
    world.restart()
    world.advance(timedelta(hours=2))
    assert openings(world) == 0
    pair.bima.clicks("Post again")
    world.advance(timedelta(hours=2))
    assert openings(world) == 1


@pytest.mark.parametrize("fault", ["drop_after", "drop_before"])
def test_a_lost_answer_in_a_channel_is_asked_about(world: World, fault: str) -> None:
    cast = Cast(world)
    cast.enroll(cast.bima, Role.MENTEE)
    cast.speaks(cast.bima, "en")
    program, bima = cast.program, cast.bima
    channel = world.add_channel("news", [bima], app=True)

    def announce(tx: Tx, _: None) -> None:
        person = row_of(tx, bima)
        row = tx.session.get_one(Program, (person.workspace_id, program))
        deliveries.tell_channel(tx, POST, row, channel, "hello", by=person)

    world.sandbox.faults.add(fault, "chat.postMessage")  # type: ignore[arg-type]
    world.bot.db.run(announce, None)
    world.advance(timedelta(hours=2))
    assert posts(world, "test.post|hello") == (1 if fault == "drop_after" else 0)
    assert "unknown" in states(world).values()
    bima.sees("Do you see it?")
