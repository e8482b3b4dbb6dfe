"""The menu, App Home, help, and the language all this is in."""

import re
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.domain.lifecycle import Role
from bot.sandbox.people import Person
from bot.storage import models
from bot.storage.unit_of_work import Tx
from handlers import commands
from tests import pairs
from tests.world import World


def _opened(tx: Tx, _: None) -> datetime | None:
    return tx.session.scalars(select(models.Person.home_opened_at)).one()


def _locale(tx: Tx, _: None) -> str | None:
    return tx.session.scalars(select(models.Person.locale)).one()


def test_a_stranger_finds_out_what_this_is_and_how_to_join(world: World) -> None:
    pairs.program(world, name="Engineering")
    bima = world.add_person("bima")
    bima.types("/mentor")
    message = bima.sees("I help mentors and mentees keep going")
    bima.sees("A person to talk to, about anything")
    assert message.buttons == ("Join", "Settings", "Help", "English", "Bahasa Indonesia")


def test_the_word_menu_is_the_menu_too(world: World) -> None:
    bima = world.add_person("bima")
    bima.types("/mentor menu")
    bima.sees("There's no programme to join just now.")


def test_whoever_may_create_a_programme_is_shown_where(world: World) -> None:
    rina = world.add_person("rina", is_admin=True)
    rina.types("/mentor")
    message = rina.sees("There's no programme yet. You can create the first one.")
    assert "Programme panel" in message.buttons
    assert "Propose a pair" not in message.buttons


def test_a_lead_has_the_buttons_of_leads(world: World) -> None:
    rina = world.add_person("rina")
    rina.types("/mentor")
    pairs.led(world, rina, name="Engineering")
    rina.opens_home()
    assert rina.home is not None
    assert {"Programme panel", "Propose a pair", "Status"} <= set(rina.home.buttons)


def test_the_menu_is_drawn_again_in_the_language_chosen(world: World) -> None:
    pairs.program(world, name="Teknik")
    bima = world.add_person("bima")
    bima.types("/mentor")
    bima.clicks("Bahasa Indonesia")
    message = bima.sees("Saya membantu mentoring tetap berjalan")
    assert message.buttons == ("Gabung", "Pengaturan", "Bantuan")
    bima.does_not_see("I help mentors")
    assert world.bot.db.read(_locale, None) == "id"
    bima.types("/mentor")
    bima.does_not_see("I help mentors")


def test_help_is_drawn_again_in_the_language_chosen(world: World) -> None:
    bima = world.add_person("bima")
    bima.types("/mentor help")
    bima.clicks("Bahasa Indonesia")
    bima.sees("Semua yang ada di sini juga ada sebagai tombol di menu.")
    bima.does_not_see("Everything here is also a button")


def test_a_language_nobody_offers_is_refused(world: World) -> None:
    bima = world.add_person("bima")
    bima.types("/mentor")
    payload = bima.payload_for_click("English")
    payload["actions"][0]["value"] = "tlh"
    world.sandbox.deliver(payload)
    bima.sees("That doesn't fit here")
    assert world.bot.db.read(_locale, None) is None


def test_home_opens_and_speaks_the_language_chosen_in_it(world: World) -> None:
    pairs.program(world, name="Teknik")
    bima = world.add_person("bima")
    bima.opens_home(tab="messages")
    assert bima.home is None
    bima.opens_home()
    assert bima.home is not None
    assert "I help mentors" in bima.home.text
    assert world.bot.db.read(_opened, None) == world.now
    bima.clicks("Bahasa Indonesia")
    assert "Saya membantu mentor" in bima.home.text
    assert "Bahasa Indonesia" not in bima.home.buttons


def test_home_shows_at_once_that_somebody_joined(world: World) -> None:
    pairs.program(world, name="Engineering")
    bima = world.add_person("bima")
    bima.opens_home()
    bima.clicks("Join")
    bima.clicks("Join as a mentee")
    agreed = {"I agree": ["I take part, as described above"]}
    bima.submits({"What I want to work on": "Data", **agreed})
    bima.closes(everything=True)
    assert bima.home is not None
    assert "Engineering: mentee" in bima.home.text
    assert "No mentoring is under way" in bima.home.text


def test_the_words_work_in_the_dm_as_well(world: World) -> None:
    pairs.program(world, name="Teknik")
    bima = world.add_person("bima")
    bima.says("menu")
    bima.clicks("Bahasa Indonesia")
    bima.sees("Saya membantu mentoring tetap berjalan")
    bima.does_not_see("I help mentors")
    world.advance(timedelta(seconds=2))  # Slack takes one message a second in a conversation
    bima.says("bantuan")
    bima.sees("/mentor join atau gabung: ikut program")
    world.advance(timedelta(seconds=2))
    bima.says("gabung")
    bima.clicks("Buka formulir")
    bima.sees("Ikut program")


def test_help_names_each_word_and_its_alias(world: World) -> None:
    bima = world.add_person("bima")
    bima.types("/mentor bantuan")
    bima.sees("/mentor join or gabung: join a programme")
    bima.sees("/mentor: what is open")


def test_the_words_of_leads_are_told_to_leads_alone(world: World) -> None:
    rina, bima = world.add_person("rina"), world.add_person("bima")
    pairs.led(world, rina)
    for person in (rina, bima):
        person.types("/mentor help")
    rina.sees("/mentor pair or pasangkan")
    bima.sees("/mentor join")
    bima.does_not_see("/mentor pair")
    bima.types("/mentor help pair")
    bima.sees("I don't know that word.")


def test_every_button_of_the_menu_is_a_word(world: World) -> None:
    known = {word.word for word in commands.words()}
    rina = world.add_person("rina", is_admin=True)
    pairs.led(world, rina)
    pairs.joined(world, rina, pairs.led(world, rina), Role.MENTEE)
    rina.types("/mentor")
    shown = str(world.sandbox.journal[-1].blocks)
    pressed = set(re.findall(r"'word\.(\w+)'", shown))
    assert {"session", "reflect", "goals", "away", "join", "stop", "program", "pair"} <= pressed
    assert pressed <= known


def test_help_on_one_word_brings_a_button_that_does_it(world: World) -> None:
    pairs.program(world, name="Engineering")
    bima = world.add_person("bima")
    bima.types("/mentor help gabung")
    bima.sees("/mentor join or gabung")
    bima.clicks("Do it now")
    bima.sees("Join as a mentor")


def test_help_on_an_unknown_word_offers_the_nearest(world: World) -> None:
    bima = world.add_person("bima")
    bima.types("/mentor help gabun")
    assert "join" in bima.sees("Did you mean join?").buttons


def test_the_person_to_talk_to_is_one_press_away(world: World) -> None:
    contact = world.add_person("wati")
    pairs.program(world, name="Engineering", contact_user_id=contact.id)
    bima = world.add_person("bima")
    bima.types("/mentor help")
    bima.sees("A person to talk to, about anything: @Wati (write to them).")
    shown = str(world.sandbox.journal[-1].blocks)
    assert f"slack://user?team={world.sandbox.team.id}&amp;id={contact.id}|" in shown


# The greeting of whoever installed the app


def test_first_leads_are_greeted_once_in_both_languages(world: World) -> None:
    rina, bima = world.add_person("rina"), world.add_person("bima")
    world.first_leads = (rina.id,)
    world.restart()
    world.settle()
    message = rina.sees("The first step is a programme")
    rina.sees("Langkah pertama adalah membuat program")
    expected = ("Create a programme", "Buat program", "English", "Bahasa Indonesia")
    assert message.buttons == expected
    assert bima.messages() == []
    world.restart()
    world.settle()
    assert len(rina.messages()) == 1


def test_the_greeting_stays_when_a_language_is_chosen(world: World) -> None:
    rina = world.add_person("rina")
    world.first_leads = (rina.id,)
    world.restart()
    world.settle()
    rina.clicks("Bahasa Indonesia")
    rina.sees("Mulai sekarang saya menulis dalam Bahasa Indonesia.")
    rina.sees("The first step is a programme")


def test_where_a_programme_exists_nobody_is_greeted(world: World) -> None:
    rina = world.add_person("rina")
    pairs.program(world, name="Engineering")
    world.first_leads = (rina.id,)
    world.restart()
    world.settle()
    assert rina.messages() == []


# A Home that somebody looks at


def _joined(world: World) -> tuple[Person, Person, Person]:
    """A lead, a mentor and a mentee who may be matched."""
    rina, sari, bima = (world.add_person(who) for who in ("rina", "sari", "bima"))
    rina.types("/mentor")
    pairs.led(world, rina, name="Engineering")
    for person, role, wish in (
        (sari, "mentor", "What I can help with"),
        (bima, "mentee", "What I want to work on"),
    ):
        person.types("/mentor join")
        person.clicks(f"Join as a {role}")
        ticks = ["I take part, as described above", "The programme may match me"]
        person.submits({wish: "Data", "I agree": ticks})
        person.closes(everything=True)
    return rina, sari, bima


def test_a_home_that_is_looked_at_shows_what_others_did(world: World) -> None:
    rina, sari, bima = _joined(world)
    bima.opens_home()
    rina.types(f"/mentor pair @{sari.handle} @{bima.handle}")
    rina.submits({"Why these two?": "Both like data"})
    assert bima.home is not None
    assert "@Sari is proposed to you as your mentor." in bima.home.text
    bima.clicks("Yes", in_="home")
    bima.sees("Thank you, your yes is noted.")
    assert "@Sari is proposed" not in bima.home.text, "one's own press shows at once"
    sari.opens_home()
    sari.clicks("Yes", in_="home")
    assert "No session with @Sari is planned." in bima.home.text
    assert {"Propose a session", "How often I ask", "I need help"} <= set(bima.home.buttons)


def test_a_home_nobody_looks_at_waits_until_it_is_opened(world: World) -> None:
    rina, sari, bima = _joined(world)
    bima.opens_home()
    world.advance(timedelta(hours=2))
    rina.types(f"/mentor pair @{sari.handle} @{bima.handle}")
    rina.submits({"Why these two?": "Both like data"})
    assert bima.home is not None
    assert "@Sari is proposed" not in bima.home.text
    bima.opens_home()
    assert "@Sari is proposed to you as your mentor." in bima.home.text


def test_prompts_that_are_off_can_be_switched_on_in_home(world: World) -> None:
    _, _, bima = _joined(world)
    bima.opens_home()
    bima.types("/mentor stop")
    assert bima.home is not None
    assert "My questions to you are switched off." in bima.home.text
    bima.clicks("Switch them on again", in_="home")
    assert "switched off" not in bima.home.text
