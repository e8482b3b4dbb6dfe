"""A person's own settings, and that what waits goes by them at once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.cadence import offset_of
from bot.domain.deliveries import DID_YOU_MEET, SESSION_SOON
from bot.domain.lifecycle import SessionState
from bot.sandbox.people import Person as SandboxPerson
from bot.services import deliveries
from bot.storage.models import Delivery, Match, MentoringSession, Person
from bot.storage.unit_of_work import Tx
from tests.pairs import known, pair, workspace_id
from tests.world import World


@pytest.fixture
def bima(world: World) -> SandboxPerson:
    """A mentor in Jakarta who reads English."""
    bima = world.add_person("bima", "Bima", tz="Asia/Jakarta")
    pair(world, bima, world.add_person("sari", "Sari", tz="Europe/Berlin"))
    _set(world, bima, locale="en")
    return bima


def _set(world: World, person: SandboxPerson, **values: Any) -> None:
    def change(tx: Tx, person_id: str) -> None:
        row = tx.session.get_one(Person, (workspace_id(world), person_id))
        for name, value in values.items():
            setattr(row, name, value)

    world.bot.db.run(change, known(world, person))


def _is(world: World, person: SandboxPerson, column: str) -> Any:
    query = select(getattr(Person, column)).where(Person.slack_user_id == person.id)
    with world.bot.db.engine.begin() as connection:
        return connection.execute(query).scalar_one()


def _waits(world: World, person: SandboxPerson, planned: datetime, nominal: str = "") -> None:
    """A question that waits for this person."""

    def ask(tx: Tx, person_id: str) -> None:
        reader = tx.session.get_one(Person, (workspace_id(world), person_id))
        deliveries.ask(
            tx, DID_YOU_MEET, reader, "waiting", planned_for=planned, nominal=nominal or None
        )

    world.bot.db.run(ask, known(world, person))


def _due(world: World, person: SandboxPerson) -> datetime:
    """When it is due, less the reader's own place among the prompts of a minute."""
    with world.bot.db.engine.begin() as connection:
        due = connection.execute(select(Delivery.due_at)).scalar_one()
    assert isinstance(due, datetime)
    return due - offset_of(person.id)


def test_the_overview_shows_how_things_stand(world: World, bima: SandboxPerson) -> None:
    bima.types("/mentor settings")
    assert bima.modal is not None
    for text in (
        "Jakarta: now 09:00 WIB, as in Slack",
        "Mon–Fri 09:00–17:00",
        "in the same hours",
        "Indonesia, by your time zone",
        "no reminder",
    ):
        assert text in bima.modal.text, text


def test_typed_in_indonesian_it_is_the_same(world: World, bima: SandboxPerson) -> None:
    _set(world, bima, locale="id")
    bima.types("/mentor pengaturan")
    bima.sees("mengikuti Slack")


def test_a_language_is_chosen_and_seen_at_once(world: World, bima: SandboxPerson) -> None:
    bima.types("/mentor settings")
    bima.picks("settings.language", "Bahasa Indonesia (kamu)")
    assert bima.modal is not None
    assert "menurut zona waktumu" in bima.modal.text
    assert _is(world, bima, "locale") == "id-kamu"
    bima.closes()
    bima.types("/mentor xyzzy")
    bima.sees("Kata itu tidak saya kenal")


def test_a_city_is_a_zone_and_what_waits_goes_by_it(world: World, bima: SandboxPerson) -> None:
    _waits(world, bima, datetime(2026, 11, 11, 2, 30, tzinfo=UTC), "2026-11-11T09:30")
    bima.types("/mentor settings")
    bima.clicks("settings.zone")
    bima.submits({"Your city, or a time zone": "Berlin"})
    assert bima.modal is not None
    assert "Berlin: now 03:00 CET, your own choice" in bima.modal.text
    assert "Germany, by your time zone" in bima.modal.text
    assert _due(world, bima) == datetime(2026, 11, 11, 8, 30, tzinfo=UTC)
    bima.changes(tz="Asia/Tokyo")  # one's own choice wins
    assert _is(world, bima, "tz") == "Europe/Berlin"


def test_slack_can_be_followed_again(world: World, bima: SandboxPerson) -> None:
    _set(world, bima, tz="Europe/Berlin", tz_source="self")
    bima.types("/mentor settings")
    bima.clicks("settings.zone")
    bima.clicks("Follow Slack again")
    bima.sees("Your clock shows 09:00 now")
    bima.closes()
    bima.sees("Jakarta: now 09:00 WIB, as in Slack")
    bima.changes(tz="Asia/Tokyo")
    assert _is(world, bima, "tz") == "Asia/Tokyo"


def test_a_place_with_several_zones_is_asked_about(world: World, bima: SandboxPerson) -> None:
    bima.types("/mentor settings")
    bima.clicks("settings.zone")
    bima.submits({"Your city, or a time zone": "Indonesia"})
    bima.sees("several zones")
    bima.clicks("Makassar: now 10:00 WITA")
    assert _is(world, bima, "tz") == "Asia/Makassar"
    bima.sees("Your clock shows 10:00 now")


def test_a_mistyped_place_is_guessed_and_an_unknown_one_refused(
    world: World, bima: SandboxPerson
) -> None:
    bima.types("/mentor settings")
    bima.clicks("settings.zone")
    bima.submits({"Your city, or a time zone": "Jakrta"})
    bima.sees("Do you mean one of these?")
    bima.submits({"Your city, or a time zone": "<!channel> xyzzy"})
    assert bima.modal is not None
    assert "I don't know that place" in str(bima.modal.errors)
    assert _is(world, bima, "tz_source") == "slack"


def test_a_made_up_zone_changes_nothing(world: World, bima: SandboxPerson) -> None:
    bima.types("/mentor settings")
    bima.clicks("settings.zone")
    bima.submits({"Your city, or a time zone": "Indonesia"})
    payload = bima.payload_for_click("Makassar: now 10:00 WITA")
    payload["actions"][0]["value"] = "Mars/Olympus"
    world.sandbox.deliver(payload)
    assert _is(world, bima, "tz") == "Asia/Jakarta"


def test_message_hours_move_what_waits(world: World, bima: SandboxPerson) -> None:
    _waits(world, bima, datetime(2026, 11, 10, 2, 0, tzinfo=UTC))  # Tuesday 09:00
    bima.types("/mentor settings")
    bima.clicks("settings.hours#messages")
    bima.submits({"Tuesday": "13:00-14:00, 18.30-20", "Monday": "", "Saturday": "8-9"})
    assert bima.modal is not None
    assert "Tue 13:00–14:00, 18:30–20:00" in bima.modal.text
    assert "Sat 08:00–09:00" in bima.modal.text
    assert _due(world, bima) == datetime(2026, 11, 10, 6, 30, tzinfo=UTC)  # 13:30


def test_all_faults_of_a_week_are_told_at_once(world: World, bima: SandboxPerson) -> None:
    bima.types("/mentor settings")
    bima.clicks("settings.hours#messages")
    bima.submits({"Monday": "morning", "Tuesday": "17:00-09:00", "Wednesday": "9:00-25:00"})
    assert bima.modal is not None
    errors = bima.modal.errors
    assert set(errors) == {"Monday", "Tuesday", "Wednesday"}
    assert "ends before it starts" in errors["Tuesday"]
    assert _is(world, bima, "message_hours") is None


def test_a_week_without_hours_is_refused(world: World, bima: SandboxPerson) -> None:
    bima.types("/mentor settings")
    bima.clicks("settings.hours#messages")
    bima.submits(dict.fromkeys(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"), ""))
    assert bima.modal is not None
    assert "Leave some time" in str(bima.modal.errors)


def test_meeting_hours_are_their_own_and_can_be_the_same_again(
    world: World, bima: SandboxPerson
) -> None:
    bima.types("/mentor settings")
    bima.clicks("settings.hours#meetings")
    bima.submits({"Saturday": "10-12"})
    assert bima.modal is not None
    assert "Sat 10:00–12:00" in bima.modal.text
    assert _is(world, bima, "message_hours") is None
    bima.clicks("settings.hours#meetings")
    bima.clicks("Same as message hours")
    bima.closes()
    bima.sees("in the same hours")


def test_holidays_of_another_country_and_of_none(world: World, bima: SandboxPerson) -> None:
    _waits(world, bima, datetime(2026, 12, 24, 17, 0, tzinfo=UTC))  # 00:00 on 25 December
    bima.types("/mentor settings")
    bima.clicks("settings.holidays")
    other = {"On which public holidays am I quiet?": "Another country's, named below"}
    bima.submits(other | {"Country": "Atlantis"})
    assert bima.modal is not None
    assert "I know no country" in str(bima.modal.errors)
    bima.submits(other | {"Country": "Jerman", "State or region": "Nowhere"})
    assert "I know these" in str(bima.modal.errors)
    bima.submits(other | {"Country": "Jerman", "State or region": "by"})
    bima.sees("Germany, BY")
    assert _due(world, bima) == datetime(2026, 12, 28, 2, 30, tzinfo=UTC)  # the 25th is closed
    bima.clicks("settings.holidays")
    bima.submits({"On which public holidays am I quiet?": "None"})
    assert _due(world, bima) == datetime(2026, 12, 25, 2, 30, tzinfo=UTC)


def test_fewer_messages_and_the_reminder_are_one_press(world: World, bima: SandboxPerson) -> None:
    bima.types("/mentor settings")
    bima.picks("settings.prompts", "at most 1")
    bima.clicks("Remind me")
    bima.sees("I remind you")
    assert _is(world, bima, "prompts_per_week") == 1
    assert _is(world, bima, "soon_reminder") is True
    bima.clicks("Don't remind me")
    assert _is(world, bima, "soon_reminder") is False


def test_the_reminder_is_planned_for_sessions_agreed_before(
    world: World, bima: SandboxPerson
) -> None:
    start = datetime(2026, 11, 12, 3, tzinfo=UTC)

    def agree(tx: Tx, _: None) -> None:
        match = tx.session.query(Match).one()
        row = MentoringSession(
            workspace_id=match.workspace_id,
            id=tx.new_id(),
            created_at=tx.now,
            match_id=match.id,
            state=SessionState.SCHEDULED,
            revision=1,
            organizer_id=match.mentor_id,
            organizer_tz="Asia/Jakarta",
            start_at=start,
            end_at=start + timedelta(minutes=45),
        )
        tx.session.add(row)

    world.bot.db.run(agree, None)
    bima.types("/mentor settings")
    bima.clicks("Remind me")
    with world.bot.db.engine.begin() as connection:
        query = select(Delivery.due_at).where(Delivery.kind == SESSION_SOON.name)
        assert connection.execute(query).scalar_one() == start - timedelta(minutes=15)
    bima.clicks("Don't remind me")
    before = len(bima.messages("app"))
    world.advance_to(start)
    assert len(bima.messages("app")) == before


def test_stopped_prompts_start_again(world: World, bima: SandboxPerson) -> None:
    _set(world, bima, stopped_at=world.now)
    bima.types("/mentor settings")
    bima.clicks("Start again")
    bima.does_not_see("Prompts are stopped")
    assert _is(world, bima, "stopped_at") is None


def test_the_same_submission_twice_is_one_change(world: World, bima: SandboxPerson) -> None:
    bima.types("/mentor settings")
    bima.clicks("settings.zone")
    bima.fills({"Your city, or a time zone": "Berlin"})
    payload = bima.payload_for_submit()
    world.sandbox.deliver(payload)
    world.advance(timedelta(minutes=1))
    assert world.sandbox.deliver(payload).ok
    assert _is(world, bima, "tz") == "Europe/Berlin"
