"""Slack is asked once a day about people who take part."""

from datetime import timedelta

from bot.domain.lifecycle import Role
from bot.storage.models import Person
from tests import pairs
from tests.cast import Cast
from tests.world import World


def _asked(world: World, user: str) -> int:
    calls = [c for c in world.sandbox.calls if c.method == "users.info"]
    return sum(1 for call in calls if call.payload.get("user") == user)


def _zone(world: World, user: str) -> str:
    return world.bot.db.read(
        lambda tx, _: tx.session.query(Person).filter_by(slack_user_id=user).one().tz, None
    )


def test_a_participant_is_looked_at_once_a_day_and_others_never(world: World) -> None:
    cast = Cast(world)
    cast.enroll(cast.sari, Role.MENTOR)
    pairs.known(world, cast.bima)
    before = _asked(world, cast.sari.id), _asked(world, cast.bima.id)
    world.advance(timedelta(days=2, hours=7))
    assert _asked(world, cast.sari.id) - before[0] == 2
    assert _asked(world, cast.bima.id) == before[1]


def test_a_zone_that_changed_without_an_event_is_noticed(world: World) -> None:
    cast = Cast(world)
    cast.enroll(cast.sari, Role.MENTOR)
    world.sandbox.team.workspace.users[cast.sari.id].tz = "Europe/Berlin"
    world.advance(timedelta(days=1, hours=7))
    assert _zone(world, cast.sari.id) == "Europe/Berlin"


def test_slack_out_of_reach_is_no_harm(world: World) -> None:
    cast = Cast(world)
    cast.enroll(cast.sari, Role.MENTOR)
    world.sandbox.faults.add("status", "users.info", times=50)
    world.advance(timedelta(days=1, hours=7))
    world.sandbox.faults.clear()
    before = _asked(world, cast.sari.id)
    world.advance(timedelta(hours=7))
    assert _asked(world, cast.sari.id) > before
