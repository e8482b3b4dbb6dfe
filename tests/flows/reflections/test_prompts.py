"""A question comes on the pair's rhythm, and may be answered, put off, skipped or made rarer."""

from datetime import timedelta

import pytest

from bot.domain.cadence import Every, offset_of
from bot.sandbox.people import Person
from bot.sandbox.sight import SeenMessage
from bot.views import ids
from tests.flows.reflections.pair import (
    FRIDAY,
    end,
    habit,
    kept,
    prompts,
    speaks,
    states,
    texts,
)
from tests.pairs import pair
from tests.world import World

ASKED = "A question to reflect on"


def _own_minute(person: Person, minute: int) -> str:
    """09:30, or whichever minute is the person's own place after it."""
    return f"09:{minute + offset_of(person.id) // timedelta(minutes=1)}"


def test_asked_answered_in_the_form_and_kept_for_oneself(
    world: World, bima: Person, sari: Person, match: str
) -> None:
    world.advance_to(FRIDAY)
    asked = bima.sees(ASKED)
    assert asked.buttons[:4] == ("Answer", "Ask me tomorrow", "Ask me next week", "Skip")
    assert asked.buttons[4:] == ("Fewer of these", "I need help")
    bima.sees("workspace owners may be able to export that")
    sari.does_not_see(ASKED)

    bima.clicks("Answer")
    bima.submits({"Your answer": "I want to speak up more"})
    assert bima.modal is not None
    assert "Only you can see it" in bima.modal.text
    assert texts(world) == ["I want to speak up more"]
    assert states(world) == ["answered"]
    bima.closes()
    bima.does_not_see(ASKED)
    bima.sees("Answered. You can change it")
    world.advance(timedelta(days=3))
    sari.does_not_see("speak up")


def test_each_person_is_asked_on_their_own_clock_and_never_the_same_twice(
    world: World, bima: Person, sari: Person, match: str
) -> None:
    habit(world, match, sari)
    world.advance_to(FRIDAY)
    bima.sees(ASKED)
    sari.does_not_see(ASKED)  # it is 10:30 in Berlin
    world.advance(timedelta(hours=6))
    sari.sees(ASKED)
    world.advance(timedelta(weeks=5))
    questions = [question for _, question in prompts(world)]
    assert len(questions) == 12
    assert len(set(questions)) == 6  # both go through the same six, none comes twice


def test_the_answer_is_shared_in_the_partners_own_hours(
    world: World, bima: Person, sari: Person, match: str
) -> None:
    speaks(world, sari, "id")
    world.advance_to(FRIDAY.replace(hour=3))
    bima.types("/mentor reflect")
    bima.clicks("Write a reflection")
    bima.submits({"What would you like to keep?": "<!channel> *wow*", "Who may read it?": match})
    sari.does_not_see("wow")  # 04:00 in Berlin
    world.advance(timedelta(hours=7))
    shared = sari.sees("membagikan sebuah refleksi")
    assert "<!channel> *wow*" in shared.text
    bima.sees("shared with @Sari")


def test_withdrawn_before_it_was_sent_it_is_not_sent(
    world: World, bima: Person, sari: Person, match: str
) -> None:
    world.advance_to(FRIDAY.replace(hour=3))
    bima.types("/mentor reflect")
    bima.clicks("Write a reflection")
    bima.submits({"What would you like to keep?": "too early", "Who may read it?": match})
    bima.clicks("Stop sharing")
    world.advance(timedelta(days=4))
    sari.does_not_see("too early")
    bima.clicks("Share with Sari")
    bima.clicks("Stop sharing")
    bima.clicks("Share with Sari")
    world.advance(timedelta(days=4))
    assert len([m for m in sari.messages("app") if "too early" in m.text]) == 1


def test_a_reflection_shared_just_before_the_end_is_not_sent(
    world: World, bima: Person, sari: Person, match: str
) -> None:
    world.advance_to(FRIDAY.replace(hour=3))
    bima.types("/mentor reflect")
    bima.clicks("Write a reflection")
    bima.submits({"What would you like to keep?": "too late", "Who may read it?": match})
    end(world, match)
    world.advance(timedelta(days=4))
    sari.does_not_see("too late")


def test_put_off_until_tomorrow_it_comes_on_the_next_working_day(
    world: World, bima: Person, match: str
) -> None:
    world.advance_to(FRIDAY)
    bima.clicks("Ask me tomorrow")
    bima.sees(f"I'll ask again Mon 16 Nov, {_own_minute(bima, 30)} WIB")
    assert states(world) == ["snoozed"]
    bima.does_not_see(ASKED)
    world.advance(timedelta(days=3))
    bima.sees(ASKED)
    assert states(world) == ["sent"]


def test_put_off_and_then_answered_it_does_not_come_again(
    world: World, bima: Person, match: str
) -> None:
    world.advance_to(FRIDAY)
    bima.clicks("Ask me next week")
    bima.clicks("Answer now")
    bima.submits({"Your answer": "after all"})
    bima.closes()
    world.advance_to(FRIDAY + timedelta(days=10))
    assert states(world) == ["answered", "sent"]
    asked = [m for m in bima.messages("app") if ASKED in m.text]
    assert len(asked) == 1


def test_skipped_and_answered_later_all_the_same(world: World, bima: Person, match: str) -> None:
    world.advance_to(FRIDAY)
    bima.clicks("Skip")
    bima.sees("Skipped, and that's fine")
    assert states(world) == ["skipped"]
    bima.clicks("Answer")
    bima.submits({"Your answer": "I do have something"})
    assert states(world) == ["answered"]


def test_old_buttons_say_how_it_stands(world: World, bima: Person, match: str) -> None:
    world.advance_to(FRIDAY)
    later = bima.payload_for_click("Ask me tomorrow")
    skip = bima.payload_for_click("Skip")
    bima.clicks("Answer")
    bima.submits({"Your answer": "done"})
    bima.closes()
    for payload in (later, skip):
        world.sandbox.deliver({**payload, "trigger_id": f"again-{payload['trigger_id']}"})
        bima.sees("That one is answered")
    assert states(world) == ["answered"]


def test_an_answered_question_opens_its_answer(world: World, bima: Person, match: str) -> None:
    world.advance_to(FRIDAY)
    bima.clicks("Answer")
    bima.submits({"Your answer": "first thought"})
    bima.closes()
    bima.clicks("See or change it")
    bima.sees("first thought")
    bima.submits({"Your answer": "second thought"})
    assert texts(world) == ["second thought"]


def test_an_older_form_of_an_answered_question_loses_nothing(
    world: World, bima: Person, match: str
) -> None:
    world.advance_to(FRIDAY)
    prompt = bima.sees(ASKED)
    assert isinstance(prompt, SeenMessage)
    bima.clicks("Answer")
    bima.says("in the thread", thread=prompt)
    bima.submits({"Your answer": "in the form"})
    assert sorted(texts(world)) == ["in the form", "in the thread"]


def test_fewer_of_these_halves_for_this_person_alone(
    world: World, bima: Person, sari: Person, match: str
) -> None:
    habit(world, match, sari)
    world.advance_to(FRIDAY + timedelta(hours=6))
    payload = bima.payload_for_click("Fewer of these")
    bima.clicks("Fewer of these")
    bima.sees("every second week")
    world.sandbox.deliver({**payload, "trigger_id": "pressed-again"})
    world.advance(timedelta(weeks=4))
    assert len([m for m in bima.messages("app") if ASKED in m.text]) == 3
    assert len([m for m in sari.messages("app") if ASKED in m.text]) == 5


def test_fewer_can_be_undone(world: World, bima: Person, match: str) -> None:
    world.advance_to(FRIDAY)
    bima.clicks("Fewer of these")
    bima.clicks("Undo")
    bima.sees("every week")
    world.advance(timedelta(weeks=2))
    assert len([m for m in bima.messages("app") if ASKED in m.text]) == 3


def test_the_rarest_rhythm_names_what_else_there_is(world: World, bima: Person, match: str) -> None:
    habit(world, match, bima, Every.MONTH)
    world.advance_to(FRIDAY)
    bima.clicks("Fewer of these")
    bima.sees("once a month")
    message = bima.sees("To end all prompts")
    assert "Stop all prompts" in message.buttons


def test_two_due_at_once_share_a_message_and_keep_apart(
    world: World, bima: Person, sari: Person, match: str
) -> None:
    nina = world.add_person("nina", "Nina", tz="Asia/Jakarta")
    habit(world, pair(world, nina, bima), bima)
    world.advance_to(FRIDAY)
    bima.sees("2 things for you, in one message")
    bima.clicks("reflection.skip")
    assert states(world).count("skipped") == 1
    bundle = bima.sees("Skipped, and that's fine")
    assert bundle.buttons.count("Answer") == 2  # of the open one, and of the skipped one
    assert bundle.buttons.count("Skip") == 1
    bima.clicks("Ask me next week")
    bima.sees("I'll ask again")
    assert sorted(states(world)) == ["skipped", "snoozed"]


def test_so_many_that_they_need_two_messages_come_on_two_days(
    world: World, bima: Person, sari: Person
) -> None:
    for n in range(7):
        mentor = world.add_person(f"mentor{n}", f"Mentor {n}", tz="Asia/Jakarta")
        habit(world, pair(world, mentor, bima), bima, weekday=3)
    world.advance_to(FRIDAY - timedelta(hours=12))  # in both languages: nothing is chosen yet
    bima.sees("5 things for you, in one message")
    assert states(world).count("sent") == 5
    world.advance(timedelta(days=1))
    bima.sees("2 things for you, in one message")
    assert states(world).count("sent") == 7


def test_a_question_nobody_answers_lapses_and_nobody_is_told(
    world: World, bima: Person, sari: Person, match: str
) -> None:
    world.advance_to(FRIDAY)
    bima.clicks("Fewer of these")  # so that the next one is two weeks away
    before = len(sari.messages()), len(bima.messages("app"))
    world.advance(timedelta(days=8))
    assert states(world) == ["lapsed"]
    assert (len(sari.messages()), len(bima.messages("app"))) == before
    bima.clicks("Skip")
    assert states(world) == ["lapsed"]
    bima.clicks("Answer")
    bima.submits({"Your answer": "late, but here"})
    assert states(world) == ["answered"]


def test_an_ended_match_asks_nothing_more_and_leaves_ones_notes(
    world: World, bima: Person, sari: Person, match: str
) -> None:
    world.advance_to(FRIDAY)
    bima.clicks("Answer")
    end(world, match)
    bima.submits({"Your answer": "for me", "Who may read it?": match})
    bima.sees("This mentoring has ended")
    bima.closes()
    bima.submits({"Who may read it?": "Only me"})
    assert [text for text, _ in kept(world)] == ["for me"]
    world.advance(timedelta(weeks=2))
    assert states(world)[0] == "answered"
    assert "sent" not in states(world)


@pytest.mark.parametrize(
    ("pressed", "action"),
    [
        ("Answer", ids.REFLECTION_ANSWER),
        ("Ask me tomorrow", ids.REFLECTION_LATER),
        ("Skip", ids.REFLECTION_SKIP),
        ("Fewer of these", ids.REFLECTION_RHYTHM),
    ],
)
def test_others_ids_find_nothing(
    world: World, bima: Person, match: str, pressed: str, action: str
) -> None:
    world.advance_to(FRIDAY)
    value = bima.payload_for_click(pressed)["actions"][0]["value"]
    eve = world.add_person("eve", "Eve")
    speaks(world, eve, "en")
    eve.types("/mentor reflect")
    payload = eve.payload_for_click("Write a reflection")
    payload["actions"][0] |= {"action_id": action, "value": value}
    world.sandbox.deliver(payload)
    eve.sees("I can't find that any more")
    assert states(world) == ["sent"]


def test_answered_from_home(world: World, bima: Person, match: str) -> None:
    world.advance_to(FRIDAY)
    bima.opens_home()
    bima.clicks("Answer", in_="home")
    bima.submits({"Your answer": "from Home"})
    bima.closes()
    assert texts(world) == ["from Home"]
    assert bima.home is not None
    assert "A question to reflect on" not in bima.home.text
    bima.sees("Answered. You can change it")


def test_help_is_offered_beside_the_question(
    world: World, bima: Person, sari: Person, match: str
) -> None:
    world.advance_to(FRIDAY)
    bima.clicks("I need help")
    bima.sees(ASKED)
    assert states(world) == ["sent"]
    assert sari.messages() == []


def test_in_both_languages_until_one_is_chosen(world: World, bima: Person, sari: Person) -> None:
    habit(world, pair(world, sari, bima), bima)
    world.advance_to(FRIDAY)
    bima.sees(ASKED)
    bima.sees("Pertanyaan refleksi")
    bima.clicks("Skip")
    bima.does_not_see(ASKED)
    bima.does_not_see("Pertanyaan refleksi")


@pytest.mark.parametrize("instead", [(Every.WEEK, 2), (Every.TWO_WEEKS, 4)])
def test_a_rhythm_that_comes_back_to_a_planned_hour_still_asks_once(
    world: World, bima: Person, match: str, instead: tuple[Every, int]
) -> None:
    world.advance_to(FRIDAY - timedelta(days=1))  # this Friday is planned already
    habit(world, match, bima, *instead)
    world.settle()
    habit(world, match, bima)
    world.advance_to(FRIDAY)
    bima.sees(ASKED)
    assert states(world) == ["sent"]
