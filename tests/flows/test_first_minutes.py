"""The first minutes of a lead, a mentor and a mentee: few presses, few fields, a next step."""

import pytest

from bot.sandbox.people import Person
from bot.sandbox.sight import SeenView
from tests.world import World

FORM = {
    "Name": "Growing",
    "What it's for": "Learn from each other",
    "Channel for the announcement": "#growth",
}
AGREED = {"I agree": ["I take part, as described above", "The programme may match me"]}


@pytest.fixture
def dewi(world: World) -> Person:
    """Named as first lead in the settings, no admin, and greeted when the bot starts."""
    dewi = world.add_person("dewi", "Dewi", tz="Asia/Jakarta")
    world.first_leads = (dewi.id,)
    world.restart()
    world.settle()
    return dewi


@pytest.fixture
def announced(world: World, dewi: Person) -> str:
    """A channel with the announcement in it."""
    channel = world.add_channel("growth", [dewi])
    dewi.clicks("Create a programme")
    dewi.submits(FORM)
    dewi.clicks("Announce it")
    dewi.submits()
    return channel


def form(person: Person) -> SeenView:
    assert person.modal is not None, person.screen()
    return person.modal


def test_a_lead_gets_from_the_greeting_to_a_post_and_sees_who_joined(
    world: World, dewi: Person
) -> None:
    world.add_channel("growth", [dewi])
    assert dewi.sees("The first step is a programme").buttons[0] == "Create a programme"
    dewi.clicks("Create a programme")
    assert len(form(dewi).values) == 6
    dewi.submits(FORM)
    dewi.sees("Next, invite people")
    dewi.clicks("Announce it")
    dewi.sees("Button: Join")
    dewi.submits()
    [post] = dewi.messages("#growth")
    assert post.buttons == ("Join",)
    dewi.sees("For WhatsApp, e-mail or anywhere else, copy this:")
    dewi.clicks("Programme panel")
    dewi.sees("0 mentors and 0 mentees joined.")


def test_a_mentor_joins_from_the_post(world: World, dewi: Person, announced: str) -> None:
    sari = world.add_person("sari", "Sari", tz="Europe/Berlin")
    sari.joins(announced)
    sari.clicks("Join")
    sari.clicks("Join as a mentor")
    for who in ("Your mentoring partner sees", "Programme leads see", "You alone see"):
        assert who in form(sari).text
    asked = [label for label, value in form(sari).values.items() if not value]
    assert asked == ["What I can help with", "I agree"]  # all else is filled in
    sari.submits({"What I can help with": "Public speaking", **AGREED})
    sari.sees("Nothing more to do. The most I'll send you is 3 prompts a week.")
    dewi.closes(everything=True)
    dewi.types("/mentor program")
    dewi.sees("1 mentor and 0 mentees joined.")


def test_a_mentee_joins_and_knows_what_comes_next(
    world: World, dewi: Person, announced: str
) -> None:
    bima = world.add_person("bima", "Bima", tz="Asia/Jakarta")
    bima.joins(announced)
    bima.clicks("Join")
    bima.clicks("Join as a mentee")
    asked = [label for label, value in form(bima).values.items() if not value]
    assert asked == ["What I want to work on", "I agree"]
    bima.fills({"What I want to work on": "My first talk"})
    bima.clicks("Preview as others see me")
    assert "My first talk" in form(bima).text
    bima.closes()
    bima.submits(AGREED)
    bima.sees("Now @Dewi can look for somebody who fits. I'll write when there is a proposal.")
    assert {"Write down a goal", "Change my profile"} <= set(form(bima).buttons)


@pytest.mark.parametrize(
    "steps",
    [
        [("types", "/mentor join")],
        [("types", "/mentor"), ("clicks", "Join")],
        [("says", "gabung"), ("clicks", "Open the form")],
        [("opens_home", None), ("clicks", "Join")],
    ],
)
def test_every_way_in_leads_to_the_same_form(
    world: World, announced: str, steps: list[tuple[str, str | None]]
) -> None:
    bima = world.add_person("bima", tz="Asia/Jakarta")
    for act, what in steps:
        getattr(bima, act)(*filter(None, [what]))
    bima.clicks("Join as a mentee")
    assert "What I want to work on" in form(bima).values
