"""When messages leave: hours, holidays, leave, caps, zones, downtime. Times are Jakarta's."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.cadence import Hours, offset_of, parse_spans
from bot.sandbox.journal import Record
from bot.sandbox.people import Person
from bot.services import deliveries
from bot.storage.models import Leave
from bot.storage.unit_of_work import Tx
from tests.scheduler.conftest import NOTE, ask, change, posts, row_of, states, tell
from tests.world import World

JAKARTA = ZoneInfo("Asia/Jakarta")


def at(day: int, clock: str, month: int = 11) -> datetime:
    """A wall-clock time in Jakarta in 2026."""
    return datetime.fromisoformat(f"2026-{month:02d}-{day:02d}T{clock}").replace(tzinfo=JAKARTA)


def landed(world: World, text: str) -> list[str]:
    """When messages with `text` landed, on Jakarta's clocks."""
    return [f"{r.at.astimezone(JAKARTA):%a %H:%M}" for r in _posts(world) if text in r.text]


def _posts(world: World) -> list[Record]:
    return [r for r in world.sandbox.journal if r.kind == "post"]


def take_leave(world: World, who: Person, first: date, last: date) -> None:
    def use_case(tx: Tx, _: None) -> None:
        person = row_of(tx, who)
        leave = Leave(
            workspace_id=person.workspace_id,
            id=tx.new_id(),
            created_at=tx.now,
            person_id=person.id,
            first_day=first,
            last_day=last,
        )
        tx.session.add(leave)
        deliveries.replan_person(tx, person)

    world.bot.db.run(use_case, None)


def test_a_night_is_waited_out(world: World, bima: Person) -> None:
    tell(world, NOTE, bima, "hello", at(9, "22:00"))
    world.advance_to(at(11, "12:00"))
    assert landed(world, "hello") == ["Tue 09:30"]


def test_a_weekend_is_waited_out(world: World, bima: Person) -> None:
    tell(world, NOTE, bima, "hello", at(14, "10:00"))
    world.advance_to(at(18, "12:00"))
    assert landed(world, "hello") == ["Mon 09:30"]


def test_a_public_holiday_is_waited_out(world: World, bima: Person) -> None:
    tell(world, NOTE, bima, "hello", at(25, "10:00", month=12))  # a Friday, Christmas
    world.advance_to(at(29, "12:00", month=12))
    assert landed(world, "hello") == ["Mon 09:30"]


def test_own_hours_are_kept(world: World, bima: Person) -> None:
    evening = parse_spans("18:00-21:00")
    assert isinstance(evening, tuple)
    hours = Hours(((),) * 5 + (evening, ()))
    change(world, bima, lambda person: setattr(person, "message_hours", hours.to_json()))
    tell(world, NOTE, bima, "hello")
    world.advance_to(at(16, "12:00"))
    assert landed(world, "hello") == ["Sat 18:30"]


def test_hours_changed_while_a_message_waits_are_kept(world: World, bima: Person) -> None:
    tell(world, NOTE, bima, "hello", at(9, "22:00"))
    evening = parse_spans("20:00-23:00")
    assert isinstance(evening, tuple)
    hours = Hours((evening,) * 7)
    change(world, bima, lambda person: setattr(person, "message_hours", hours.to_json()))
    world.advance_to(at(11, "12:00"))
    assert landed(world, "hello") == ["Mon 22:00"]


def test_a_transactional_message_waits_for_the_end_of_a_leave(world: World, bima: Person) -> None:
    take_leave(world, bima, date(2026, 11, 10), date(2026, 11, 13))
    tell(world, NOTE, bima, "hello", at(10, "10:00"))
    world.advance_to(at(18, "12:00"))
    assert landed(world, "hello") == ["Mon 09:30"]


def test_a_prompt_of_a_day_on_leave_is_not_replayed(world: World, bima: Person) -> None:
    ask(world, bima, "hello", at(10, "10:00"))
    take_leave(world, bima, date(2026, 11, 10), date(2026, 11, 13))
    world.advance_to(at(18, "12:00"))
    assert landed(world, "hello") == []
    assert set(states(world).values()) == {"skipped"}


def test_one_prompt_a_day_and_three_in_seven(world: World, bima: Person) -> None:
    for day in (9, 10, 11, 12, 13):
        ask(world, bima, f"day {day}.", at(day, "10:00"))
        ask(world, bima, f"again {day}.", at(day, "15:00"))
    world.advance_to(at(20, "12:00"))
    # On each of three days one message; what fell due after the day's one joins the next day's.
    own = offset_of(bima.id)
    days = [f"{r.at.astimezone(JAKARTA) - own:%d %H:%M}" for r in _posts(world)]
    assert days == ["09 10:00", "10 09:30", "11 09:30"]
    assert sum(state == "skipped" for state in states(world).values()) == 6


def test_fewer_messages_are_fewer(world: World, bima: Person) -> None:
    change(world, bima, lambda person: setattr(person, "prompts_per_week", 1))
    for day in (9, 10, 11, 12, 13):
        ask(world, bima, f"day {day}.", at(day, "10:00"))
    world.advance_to(at(20, "12:00"))
    assert len(_posts(world)) == 1


def test_several_due_prompts_are_one_message(world: World, bima: Person) -> None:
    for name in ("one", "two", "three"):
        ask(world, bima, f"{name}.", at(14, "10:00"))
    world.advance_to(at(16, "12:00"))
    (message,) = _posts(world)
    assert message.text.index("one.") < message.text.index("two.") < message.text.index("three.")


def test_prompts_of_one_minute_leave_apart_and_inside_the_hours(world: World, bima: Person) -> None:
    others = [world.add_person(f"p{n}", tz="Asia/Jakarta") for n in range(3)]
    for one in others:
        one.types("/mentor nothing")
    for one in (bima, *others):
        ask(world, one, f"ten {one.id}.", at(9, "10:00"))
        ask(world, one, f"late {one.id}.", at(11, "16:58"))
        tell(world, NOTE, one, f"note {one.id}.", at(9, "10:00"))
    world.advance_to(at(13, "12:00"))
    for one in (bima, *others):
        assert landed(world, f"ten {one.id}.") == [f"{at(9, '10:00') + offset_of(one.id):%a %H:%M}"]
        assert landed(world, f"late {one.id}.") <= ["Wed 16:59"]
        assert landed(world, f"note {one.id}.") == ["Mon 10:00"]
    assert len({offset_of(one.id) for one in (bima, *others)}) == 4


def test_stop_holds_prompts_and_lets_the_rest_through(world: World, bima: Person) -> None:
    change(world, bima, lambda person: setattr(person, "stopped_at", world.now))
    ask(world, bima, "prompt.", at(10, "10:00"))
    tell(world, NOTE, bima, "note.", at(10, "11:00"))
    world.advance_to(at(12, "12:00"))
    assert (posts(world, "prompt."), posts(world, "note.")) == (0, 1)


def test_somebody_who_flies_west_gets_it_in_their_new_morning(world: World, bima: Person) -> None:
    tell(world, NOTE, bima, "hello", at(9, "22:00"))
    change(world, bima, lambda person: setattr(person, "tz", "Europe/Berlin"))
    world.advance_to(at(11, "12:00"))
    assert landed(world, "hello") == ["Mon 22:00"]  # 16:00 in Berlin


def test_a_zone_that_changed_without_a_word_is_noticed_when_sending(
    world: World, bima: Person
) -> None:
    tell(world, NOTE, bima, "hello", at(10, "10:00"))

    def moves(tx: Tx, _: None) -> None:
        row_of(tx, bima).tz = "America/Los_Angeles"

    world.bot.db.run(moves, None)
    world.advance_to(at(12, "12:00"))
    assert landed(world, "hello") == ["Wed 00:30"]  # Tuesday 09:30 in Los Angeles


@pytest.mark.parametrize(("down", "arrive"), [(timedelta(minutes=5), 3), (timedelta(days=3), 1)])
def test_downtime_ends_in_no_burst(
    world: World, bima: Person, down: timedelta, arrive: int
) -> None:
    for hour in range(3):
        tell(world, NOTE, bima, f"note {hour}.", at(9, f"1{hour}:00"))
    for day in (9, 10, 11):
        ask(world, bima, f"prompt {day}.", at(day, "10:00"))
    world.jump(down)
    world.advance_to(at(14, "12:00"))
    prompts = [r for r in _posts(world) if "prompt" in r.text]
    assert len(prompts) == arrive
    assert all(posts(world, f"note {hour}.") == 1 for hour in range(3))
