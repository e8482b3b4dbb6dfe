"""What Slack tells about a workspace and its people."""

from datetime import timedelta

from sqlalchemy import func, select

from bot.domain.lifecycle import ParticipantState, Role
from bot.services import profiles
from bot.storage.models import Base, Participant, Person, Workspace
from tests.pairs import joined, pair, program
from tests.world import World


def _known(world: World, column: str) -> list[object]:
    with world.bot.db.engine.begin() as connection:
        query = select(getattr(Person, column)).order_by(Person.id)
        return list(connection.execute(query).scalars())


def test_a_changed_profile_is_taken_over(world: World) -> None:
    bima = world.add_person("bima", tz="Asia/Jakarta")
    bima.types("/mentor frobnicate")
    bima.changes(tz="Europe/Berlin", real_name="Bima Sakti", display_name="")
    assert _known(world, "tz") == ["Europe/Berlin"]
    assert _known(world, "name") == ["Bima Sakti"]
    bima.changes(deleted=True)
    assert _known(world, "is_deactivated") == [True]


def test_a_deactivated_person_leaves_and_the_partner_is_told_once(world: World) -> None:
    bima, sari = world.add_person("bima", "Bima"), world.add_person("sari", "Sari")
    pair(world, bima, sari)
    bima.changes(deleted=True)
    bima.changes(deleted=True, real_name="Bima S")
    world.advance(timedelta(days=2))
    told = [m.text for m in sari.messages("app") if "has ended" in m.text]
    assert len(told) == 1
    with world.bot.db.engine.begin() as connection:
        states = connection.execute(select(Participant.state)).scalars()
        assert sorted(states) == [ParticipantState.LEFT, ParticipantState.READY]


def test_who_takes_part_is_asked_about_once_a_day(world: World) -> None:
    bima = world.add_person("bima")
    joined(world, bima, program(world), Role.MENTOR)
    assert world.bot.db.run(profiles.to_refresh, 10) == ()
    world.clock.advance(timedelta(hours=24))
    [wanted] = world.bot.db.run(profiles.to_refresh, 10)
    assert wanted.slack_user_id == bima.id
    assert world.bot.db.run(profiles.to_refresh, 10) == ()  # handed out
    world.clock.advance(timedelta(hours=1))
    assert world.bot.db.run(profiles.to_refresh, 10) == (wanted,)  # nothing came of it


def test_people_we_do_not_know_leave_no_trace(world: World) -> None:
    world.add_person("sari").changes(tz="Europe/Berlin")
    assert _known(world, "id") == []


def test_a_request_after_the_app_was_removed_changes_nothing(world: World) -> None:
    bima = world.add_person("bima")
    world.sandbox.team.uninstall()
    world.settle()
    assert _workspaces(world) == ["removed"]
    bima.types("/mentor frobnicate")
    assert _known(world, "id") == []


def test_two_weeks_after_removal_nothing_is_left(world: World) -> None:
    bima = world.add_person("bima")
    bima.types("/mentor frobnicate")
    world.sandbox.team.uninstall()
    world.settle()
    world.advance(timedelta(days=13))
    assert len(_known(world, "id")) == 1
    world.advance(timedelta(days=2))
    with world.bot.db.engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            left = connection.execute(select(func.count()).select_from(table)).scalar_one()
            assert left == 0 or table.name in {"worker", "inbox"}, table.name


def test_removed_and_started_again_it_goes_on(world: World) -> None:
    world.sandbox.team.uninstall()
    world.settle()
    world.advance(timedelta(days=13))
    world.sandbox.team.workspace.revoked = ""
    world.restart()
    assert _workspaces(world) == ["active"]
    world.advance(timedelta(days=5))
    assert _workspaces(world) == ["active"]


def test_only_people_who_take_part_are_asked_about_again(world: World) -> None:
    world.add_person("bima").types("/mentor frobnicate")
    world.advance(timedelta(days=2))
    assert world.bot.db.run(profiles.to_refresh, 10) == ()


def _workspaces(world: World) -> list[str]:
    with world.bot.db.engine.begin() as connection:
        return list(connection.execute(select(Workspace.state)).scalars())
