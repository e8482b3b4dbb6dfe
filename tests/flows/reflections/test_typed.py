"""What people type in the bot's DM: answers in a thread, words without a slash, and other text."""

from datetime import timedelta

import pytest

from bot.domain.lifecycle import Visibility
from bot.domain.limits import LONG_TEXT
from bot.sandbox.people import Person
from bot.sandbox.sight import SeenMessage, SeenView
from tests.flows.reflections.pair import FRIDAY, Wire, habit, kept, speaks, states, texts
from tests.pairs import pair
from tests.world import World

ASKED = "A question to reflect on"
A_MOMENT = timedelta(seconds=2)  # Slack takes one message a second in a conversation
OFFER = "Shall I keep this as your answer to"


def message(person: Person, text: str) -> SeenMessage:
    found = person.sees(text)
    assert isinstance(found, SeenMessage)
    return found


def asked(bima: Person) -> SeenMessage:
    return message(bima, ASKED)


def answers(person: Person) -> int:
    """How many messages of the bot's there are in the DM, in threads too."""
    seen = person.messages("app")
    return len([m for top in seen for m in (top, *top.thread) if m.author != person.name])


def test_a_reply_in_the_thread_is_the_answer(
    world: World, bima: Person, sari: Person, match: str
) -> None:
    world.advance_to(FRIDAY)
    bima.says("I want to <b>speak</b> & listen", thread=asked(bima))
    assert kept(world) == [("I want to <b>speak</b> & listen", Visibility.ONLY_ME)]
    assert states(world) == ["answered"]
    confirmed = message(bima, "Kept. Only you can see it")
    assert confirmed.raw["thread_ts"]
    assert confirmed.buttons == ("Change", "Share with Sari", "Delete", "My reflections")
    bima.sees("Answered. You can change it")
    world.advance(timedelta(days=4))
    sari.does_not_see("listen")


def test_shared_and_deleted_from_the_confirmation(
    world: World, bima: Person, sari: Person, match: str
) -> None:
    world.advance_to(FRIDAY)
    bima.says("shared in the thread", thread=asked(bima))
    bima.clicks("Share with Sari")
    bima.sees("Sari gets it in their own hours")
    world.advance(timedelta(hours=4))
    sari.sees("shared in the thread")
    bima.clicks("Delete")
    bima.sees("A message that @Sari already has stays with them")
    assert texts(world) == []
    assert states(world) == ["skipped"]


@pytest.mark.parametrize("state", ["lapsed", "skipped"])
def test_a_late_reply_is_an_answer_too(world: World, bima: Person, match: str, state: str) -> None:
    world.advance_to(FRIDAY)
    prompt = asked(bima)
    if state == "skipped":
        bima.clicks("Skip")
    else:
        habit(world, match, bima, weekday=3)
        world.advance(timedelta(days=8))
    assert states(world)[0] == state
    bima.says("late", thread=prompt)
    assert texts(world) == ["late"]
    assert states(world)[0] == "answered"


def test_an_edit_and_a_deletion_are_followed(world: World, bima: Person, match: str) -> None:
    world.advance_to(FRIDAY)
    said = bima.says("first", thread=asked(bima))
    before = answers(bima)
    bima.edits(said, "second")
    assert texts(world) == ["second"]
    assert answers(bima) == before
    world.advance(A_MOMENT)
    bima.deletes(said)
    assert texts(world) == []
    assert states(world) == ["skipped"]
    bima.sees("Deleted. It's gone from your reflections too")


def test_events_in_any_order_and_twice_change_nothing_twice(
    world: World, bima: Person, match: str
) -> None:
    world.advance_to(FRIDAY)
    world.advance(A_MOMENT)
    wire, before = Wire(world, bima, asked(bima)), answers(bima)
    created, first, second = wire.created("one"), wire.edited("two", 5), wire.edited("three", 9)
    for event in (second, created, first, second, created):
        wire.send(event)
        assert texts(world) == ["three"]
    assert answers(bima) == before + 1
    world.advance(A_MOMENT)
    for event in (wire.deleted(), wire.deleted(), created, first, second):
        wire.send(event)
        assert texts(world) == []
    assert answers(bima) == before + 2


def test_an_original_that_comes_after_its_deletion_stores_nothing(
    world: World, bima: Person, match: str
) -> None:
    world.advance_to(FRIDAY)
    wire, before = Wire(world, bima, asked(bima)), answers(bima)
    wire.send(wire.deleted(), wire.created("regretted"), wire.edited("regretted twice", 5))
    assert texts(world) == []
    assert answers(bima) == before
    assert states(world) == ["sent"]


def test_deleted_in_the_bot_an_edit_in_slack_does_not_bring_it_back(
    world: World, bima: Person, match: str
) -> None:
    world.advance_to(FRIDAY)
    said = bima.says("oops", thread=asked(bima))
    bima.clicks("Delete")
    bima.edits(said, "oops again")
    assert texts(world) == []


def test_the_newest_version_wins_over_an_older_one_from_slack(
    world: World, bima: Person, match: str
) -> None:
    world.advance_to(FRIDAY)
    prompt = asked(bima)
    said = bima.says("typed", thread=prompt)
    wire = Wire(world, bima, prompt, said.ts)
    world.advance(timedelta(minutes=1))
    bima.clicks("Change")
    bima.submits({"Your answer": "changed in the form"})
    wire.send(wire.edited("edited in Slack, before that", 5))
    assert texts(world) == ["changed in the form"]


def test_a_reply_to_several_questions_asks_which(world: World, bima: Person, match: str) -> None:
    nina = world.add_person("nina", "Nina", tz="Asia/Jakarta")
    habit(world, pair(world, nina, bima), bima)
    world.advance_to(FRIDAY)
    bima.says("to the second one", thread=asked(bima))
    bima.sees("Which question does this answer?")
    assert texts(world) == []
    bima.clicks("reflection.keep#2")
    assert texts(world) == ["to the second one"]
    assert states(world) == ["sent", "answered"]
    bima.says("and this is for the other", thread=message(bima, "2 things for you"))
    assert states(world) == ["answered", "answered"]


def test_other_text_is_offered_and_kept_only_when_pressed(
    world: World, bima: Person, match: str
) -> None:
    world.advance_to(FRIDAY)
    said = bima.says("I learned to wait")
    bima.sees(OFFER)
    assert texts(world) == []
    bima.edits(said, "I learned to wait & see")  # what stands there at the press is kept
    bima.clicks("Save, only me")
    assert kept(world) == [("I learned to wait & see", Visibility.ONLY_ME)]
    assert states(world) == ["answered"]
    bima.does_not_see(OFFER)
    bima.edits(said, "changed once more")
    assert texts(world) == ["changed once more"]


def test_no_keeps_nothing(world: World, bima: Person, match: str) -> None:
    world.advance_to(FRIDAY)
    said = bima.says("just chatting")
    bima.clicks("No")
    bima.sees("All right, nothing was kept")
    bima.edits(said, "still chatting")
    assert texts(world) == []
    assert states(world) == ["sent"]


def test_a_message_that_is_gone_cannot_be_kept(world: World, bima: Person, match: str) -> None:
    world.advance_to(FRIDAY)
    said = bima.says("hm")
    bima.deletes(said)
    bima.clicks("Save, only me")
    bima.sees("I can't find that message any more")
    assert texts(world) == []


def test_what_cannot_be_read_just_now_is_not_kept_and_may_be_tried_again(
    world: World, bima: Person, match: str
) -> None:
    world.advance_to(FRIDAY)
    bima.says("worth keeping")
    world.sandbox.faults.add("status", "conversations.history")
    bima.clicks("Save, only me")
    bima.sees("Slack didn't show me your message just now")
    assert texts(world) == []
    bima.clicks("Save, only me")
    assert texts(world) == ["worth keeping"]


def test_what_the_bot_itself_said_cannot_be_kept(world: World, bima: Person, match: str) -> None:
    world.advance_to(FRIDAY)
    bima.says("hm")
    payload = bima.payload_for_click("Save, only me")
    prompt_id, _, _ = payload["actions"][0]["value"].split("|")
    payload["actions"][0]["value"] = f"{prompt_id}|{asked(bima).ts}|"
    world.sandbox.deliver(payload)
    bima.sees("I can't find that message any more")
    assert texts(world) == []


def test_pressed_twice_it_is_kept_once(world: World, bima: Person, match: str) -> None:
    world.advance_to(FRIDAY)
    bima.says("once")
    payload = bima.payload_for_click("Save, only me")
    for trigger in ("first", "second"):
        world.sandbox.deliver({**payload, "trigger_id": trigger})
    assert texts(world) == ["once"]


def test_nothing_open_is_answered_with_the_menu_once(
    world: World, bima: Person, match: str
) -> None:
    world.sandbox.faults.add_delivery("duplicate", "message")
    bima.says("halo")
    assert answers(bima) == 1
    assert "Open the menu" in bima.sees("I'm not waiting for an answer just now").buttons


@pytest.mark.parametrize("typed", ["reflect", "Refleksi", " REFLECT "])
def test_words_work_without_the_slash(world: World, bima: Person, match: str, typed: str) -> None:
    world.advance_to(FRIDAY)
    bima.says(typed)
    bima.sees("This opens a form")
    bima.does_not_see(OFFER)
    bima.clicks("Open the form")
    assert isinstance(bima.sees("Write a reflection"), SeenView)


def test_a_word_in_a_thread_is_that_word(world: World, bima: Person, match: str) -> None:
    world.advance_to(FRIDAY)
    bima.says("refleksi", thread=asked(bima))
    bima.sees("This opens a form")
    assert texts(world) == []


def test_a_text_that_begins_like_a_word_is_offered_with_the_word(
    world: World, bima: Person, match: str
) -> None:
    world.advance_to(FRIDAY)
    bima.says("away from my desk I think best")
    offer = bima.sees(OFFER)
    assert "I meant the command “away”" in offer.buttons


def test_a_reply_that_is_too_long_is_stored_once_it_fits(
    world: World, bima: Person, match: str
) -> None:
    world.advance_to(FRIDAY)
    said = bima.says("x" * (LONG_TEXT + 1), thread=asked(bima))
    bima.sees("That's longer than the 2,900 characters")
    assert texts(world) == []
    bima.edits(said, "x" * LONG_TEXT)
    assert texts(world) == ["x" * LONG_TEXT]
    bima.edits(said, "y" * (LONG_TEXT + 1))
    assert texts(world) == ["x" * LONG_TEXT]


def test_a_picture_without_words_is_not_kept(world: World, bima: Person, match: str) -> None:
    world.advance_to(FRIDAY)
    wire = Wire(world, bima, asked(bima))
    wire.send(wire.created("") | {"event_id": "Ev-picture"})
    bima.sees("I can keep words only")
    assert states(world) == ["sent"]


def test_people_and_links_are_kept_as_words(
    world: World, bima: Person, sari: Person, match: str
) -> None:
    world.advance_to(FRIDAY)
    bima.says(f"ask <@{sari.id}>", thread=asked(bima))
    assert texts(world) == ["ask @Sari"]


def test_what_others_apps_and_bots_write_is_ignored(world: World, bima: Person, match: str) -> None:
    world.advance_to(FRIDAY)
    before = answers(bima)
    wire = Wire(world, bima, asked(bima))
    event = wire.created("beep")
    event["event"]["bot_id"] = "B9"
    wire.send(event)
    assert answers(bima) == before
    assert texts(world) == []


def test_a_reply_in_indonesian(world: World, bima: Person, match: str) -> None:
    speaks(world, bima, "id")
    world.advance_to(FRIDAY)
    bima.says("saya ingin lebih berani", thread=message(bima, "Pertanyaan refleksi"))
    bima.sees("Tersimpan. Hanya Anda yang bisa melihatnya")
