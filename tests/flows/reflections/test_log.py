"""One's own log: written unasked, read page by page, changed, shared and deleted."""

from datetime import timedelta

import pytest

from bot.domain.limits import LONG_TEXT
from bot.sandbox.errors import ClientRefused
from bot.sandbox.people import Person
from bot.views import ids
from tests.flows.reflections.pair import FRIDAY, end, speaks, texts
from tests.pairs import pair
from tests.world import World

KEEP = "What would you like to keep?"


def writes(person: Person, text: str, share: str | None = None) -> None:
    person.clicks("Write a reflection")
    person.submits({KEEP: text} | ({"Who may read it?": share} if share else {}))


def shown(person: Person) -> str:
    assert person.modal is not None
    return person.modal.text


def test_written_changed_and_deleted(world: World, bima: Person, match: str) -> None:
    bima.types("/mentor reflect")
    writes(bima, "first words")
    bima.sees("Kept. Only you can see it")
    bima.clicks("Change")
    bima.submits({KEEP: "better words"})
    assert "better words" in shown(bima)
    assert texts(world) == ["better words"]
    bima.clicks("Delete")
    bima.sees("Deleted. It's gone from your reflections too")
    assert texts(world) == []
    assert bima.messages() == []  # nothing of it ever became a message


def test_newest_first_and_page_by_page(world: World, bima: Person, match: str) -> None:
    bima.types("/mentor reflect")
    for n in range(1, 8):
        writes(bima, f"entry {n}")
        world.advance(timedelta(minutes=1))
    assert shown(bima).index("entry 7") < shown(bima).index("entry 3")
    assert "entry 2" not in shown(bima)
    bima.clicks("Older")
    assert shown(bima).index("entry 2") < shown(bima).index("entry 1")
    bima.clicks("Newer")
    bima.sees("entry 7")


def test_open_questions_stand_on_top(world: World, bima: Person, match: str) -> None:
    world.advance_to(FRIDAY)
    bima.types("/mentor reflect")
    bima.sees("About your mentoring with @Sari")
    bima.clicks("Answer")
    bima.submits({"Your answer": "from the log"})
    assert "About your mentoring with" not in shown(bima)
    bima.closes()
    bima.sees("Answered. You can change it")


def test_shared_and_withdrawn_again(world: World, bima: Person, sari: Person, match: str) -> None:
    bima.types("/mentor reflect")
    writes(bima, "between us", share=match)
    bima.sees("Sari gets it in their own hours")
    world.advance(timedelta(hours=8))
    sari.sees("between us")
    sari.types("/mentor reflect")
    sari.clicks("Shared with me (1)")
    assert "between us" in shown(sari)
    bima.clicks("Change")
    bima.submits({KEEP: "between the two of us"})
    bima.sees("a message they already have stays as it was")
    sari.clicks("My reflections")
    sari.clicks("Shared with me (1)")
    assert "between the two of us" in shown(sari)
    bima.clicks("Stop sharing")
    bima.sees("Only you can see it now")
    sari.clicks("My reflections")
    assert "Shared with me" not in shown(sari)


def test_with_several_partners_one_is_named(
    world: World, bima: Person, sari: Person, match: str
) -> None:
    nina = world.add_person("nina", "Nina", tz="Asia/Jakarta")
    pair(world, nina, bima)
    speaks(world, nina, "en")
    bima.types("/mentor reflect")
    writes(bima, "for Nina", share="Share with Nina")
    world.advance(timedelta(hours=8))
    nina.sees("for Nina")
    sari.does_not_see("for Nina")


def test_after_the_end_a_partner_reads_nothing_more(
    world: World, bima: Person, sari: Person, match: str
) -> None:
    bima.types("/mentor reflect")
    writes(bima, "while it lasted", share=match)
    end(world, match)
    sari.types("/mentor reflect")
    assert "Shared with me" not in shown(sari)
    bima.types("/mentor reflect")
    assert "while it lasted" in shown(bima)
    assert "only you" in shown(bima)


def test_whoever_has_no_partner_writes_for_oneself(world: World) -> None:
    nina = world.add_person("nina", "Nina")
    speaks(world, nina, "en")
    nina.types("/mentor reflect")
    nina.clicks("Write a reflection")
    nina.sees("Only you will see it")
    nina.submits({KEEP: "on my own"})
    assert texts(world) == ["on my own"]


@pytest.mark.parametrize("text", ["   ", "x" * (LONG_TEXT + 1), "x" * 40_000])
def test_nothing_and_too_much_are_refused_and_the_form_stays(
    world: World, bima: Person, match: str, text: str
) -> None:
    bima.types("/mentor reflect")
    bima.clicks("Write a reflection")
    if text.strip():
        with pytest.raises(ClientRefused):
            bima.submits({KEEP: text})
    form = bima.payload_for_submit()
    form["view"]["state"]["values"]["body"]["input"]["value"] = text
    answer = world.sandbox.deliver({**form, "trigger_id": "past the client"})
    said = answer.body["errors"]["body"]
    assert answer.body["response_action"] == "errors"
    assert said == (
        "That's too long. Up to 2,900 characters fit here."
        if text.strip()
        else "Something needs to go in here."
    )
    assert texts(world) == []


def test_the_same_form_sent_again_is_one_answer(world: World, bima: Person, match: str) -> None:
    world.advance_to(FRIDAY)
    bima.clicks("Answer")
    bima.fills({"Your answer": "once"})
    form = bima.payload_for_submit()
    for trigger in ("first", "first", "second"):
        assert world.sandbox.deliver({**form, "trigger_id": trigger}).ok
    assert texts(world) == ["once"]


@pytest.mark.parametrize(
    "action",
    [
        ids.REFLECTION_EDIT,
        ids.REFLECTION_SHARE,
        ids.REFLECTION_WITHDRAW,
        ids.REFLECTION_DELETE,
    ],
)
def test_a_partner_cannot_touch_what_is_not_theirs(
    world: World, bima: Person, sari: Person, match: str, action: str
) -> None:
    bima.types("/mentor reflect")
    writes(bima, "mine alone")
    value = bima.payload_for_click("Delete")["actions"][0]["value"]
    sari.types("/mentor reflect")
    payload = sari.payload_for_click("Write a reflection")
    payload["actions"][0] |= {"action_id": action, "value": value}
    world.sandbox.deliver(payload)
    sari.sees("I can't find that any more")
    sari.does_not_see("mine alone")
    assert texts(world) == ["mine alone"]
