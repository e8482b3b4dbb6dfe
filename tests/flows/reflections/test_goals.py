"""A short list of goals that is its owner's alone."""

from datetime import date

import pytest

from bot.sandbox.errors import ClientRefused
from bot.sandbox.people import Person
from bot.views import ids
from tests.flows.reflections.pair import speaks
from tests.world import World


def adds(person: Person, what: str, by_when: date | None = None) -> None:
    person.clicks("Add a goal")
    person.submits({"What do you want to reach?": what, "By when?": by_when})


@pytest.fixture
def nina(world: World) -> Person:
    """In Jakarta, in no programme, with her list open."""
    nina = world.add_person("nina", "Nina", tz="Asia/Jakarta")
    speaks(world, nina, "en")
    nina.types("/mentor goals")
    return nina


def shown(person: Person) -> str:
    assert person.modal is not None
    return person.modal.text


def test_add_change_finish_reopen_and_delete(nina: Person) -> None:
    nina.sees("No goals yet")
    adds(nina, "Speak in every review", date(2026, 12, 1))
    nina.sees("Saved.")
    nina.sees("open, by Tuesday 1 December")
    nina.clicks("Change")
    nina.submits({"What do you want to reach?": "Lead one review"})
    assert "Lead one review" in shown(nina)
    assert "Speak in every review" not in shown(nina)
    nina.clicks("Done")
    nina.sees("done on 9 November 2026")
    nina.clicks("Open it again")
    nina.sees("open, by Tuesday 1 December")
    nina.clicks("Delete")
    nina.sees("No goals yet")
    assert nina.messages() == []  # nothing of it ever became a message


def test_three_may_be_open(nina: Person) -> None:
    for what in ("one", "two", "three"):
        adds(nina, what)
    nina.clicks("Add a goal")
    nina.sees("3 goals are open, and that's as many as fit")
    nina.clicks("My goals")
    nina.clicks("Done")
    adds(nina, "four")
    assert shown(nina).count("done on") == 1
    nina.clicks("Open it again")
    nina.sees("3 goals are open")


def test_two_forms_at_once_do_not_make_a_fourth(world: World, nina: Person) -> None:
    adds(nina, "one")
    adds(nina, "two")
    nina.clicks("Add a goal")
    nina.fills({"What do you want to reach?": "three"})
    form = nina.payload_for_submit()
    nina.submits()
    form["view"]["state"]["values"]["what"]["input"]["value"] = "four"
    answer = world.sandbox.deliver({**form, "trigger_id": "another"})
    assert answer.body["response_action"] == "push"
    nina.types("/mentor goals")
    assert "four" not in shown(nina)


def test_the_same_form_twice_is_one_goal(world: World, nina: Person) -> None:
    nina.clicks("Add a goal")
    nina.fills({"What do you want to reach?": "once"})
    form = nina.payload_for_submit()
    nina.submits()
    world.sandbox.deliver({**form, "trigger_id": "another"})
    nina.types("/mentor goals")
    assert shown(nina).count("once") == 1


def test_a_date_that_is_past_is_refused_and_nothing_is_lost(nina: Person) -> None:
    adds(nina, "too late", date(2026, 11, 8))
    assert nina.modal is not None
    assert "in the past" in nina.modal.errors["By when?"]
    nina.submits({"By when?": date(2026, 11, 9)})
    nina.sees("too late")


def test_an_old_goal_keeps_its_date_when_its_words_change(world: World, nina: Person) -> None:
    adds(nina, "soon", date(2026, 11, 10))
    world.advance_to(world.now.replace(day=20))
    nina.clicks("Change")
    nina.submits({"What do you want to reach?": "soon after all"})
    nina.sees("soon after all")


def test_a_text_longer_than_fits_says_how_much_does(world: World, nina: Person) -> None:
    nina.clicks("Add a goal")
    with pytest.raises(ClientRefused):
        nina.submits({"What do you want to reach?": "x" * 301})
    form = nina.payload_for_submit()
    answer = world.sandbox.deliver({**form, "trigger_id": "past the client"})
    assert "300 characters" in answer.body["errors"]["what"]


@pytest.mark.parametrize("action", [ids.GOAL_DONE, ids.GOAL_EDIT, ids.GOAL_DELETE])
def test_others_goals_are_not_found(world: World, nina: Person, action: str) -> None:
    adds(nina, "mine")
    value = nina.payload_for_click("Done")["actions"][0]["value"]
    eve = world.add_person("eve", "Eve")
    speaks(world, eve, "en")
    eve.types("/mentor goals")
    payload = eve.payload_for_click("Add a goal")
    payload["actions"][0] |= {"action_id": action, "value": value}
    world.sandbox.deliver(payload)
    eve.sees("I can't find that any more")
    eve.does_not_see("mine")
    nina.types("/mentor goals")
    nina.sees("open")


def test_in_indonesian_with_the_word_typed_in_the_dm(world: World, nina: Person) -> None:
    speaks(world, nina, "id-kamu")
    nina.closes()
    nina.says("tujuan")
    nina.clicks("Buka formulir")
    nina.sees("Hanya kamu yang melihat daftar ini")
