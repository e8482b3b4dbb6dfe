"""Leads: a programme made, announced, held, shared, and closed."""

from datetime import timedelta

import pytest

from bot.sandbox.people import Person
from tests.world import World

FORM = {
    "Name": "Bimbing 2026",
    "What it's for": "Grow together <!channel>",
    "Channel for the announcement": "#growth",
}


@pytest.fixture
def sari(world: World) -> Person:
    """An admin of the workspace, in a public channel and a private one without the bot."""
    sari = world.add_person("sari", tz="Asia/Jakarta", is_admin=True)
    world.add_channel("growth", [sari])
    world.add_channel("inner", [sari], private=True)
    return sari


def create(lead: Person, **changed: object) -> None:
    lead.types("/mentor program")
    lead.clicks("Create a programme")
    lead.submits({**FORM, **changed})


def announce(lead: Person) -> None:
    create(lead)
    lead.clicks("Announce it")
    lead.submits({})
    lead.closes(everything=True)


def test_from_nothing_to_a_post_in_the_channel(world: World, sari: Person) -> None:
    create(sari)
    sari.sees("is set up and you lead it")
    sari.clicks("Announce it")
    sari.sees("This is what everybody in")
    sari.sees("slack.com/app_redirect?app=")
    assert sari.messages("#growth") == []
    sari.submits({})
    sari.sees("For WhatsApp, e-mail or anywhere else")
    (post,) = sari.messages("#growth")
    assert "Join" in post.buttons
    assert "Grow together <!channel>" in post.text
    sari.closes(everything=True)
    sari.types("/mentor program")
    sari.sees("0 mentors and 0 mentees joined")


def test_the_same_form_sent_twice_makes_one_programme(world: World, sari: Person) -> None:
    create(sari)
    sari.closes(everything=True)
    sari.types("/mentor program")
    sari.clicks("Create another")
    sari.submits(FORM)
    assert sari.modal is not None
    assert sari.modal.errors == {"Name": "Another programme has this name. Pick a different one."}


def test_who_may_not_create_reads_whom_to_ask(world: World, sari: Person) -> None:
    bima = world.add_person("bima", tz="Asia/Jakarta")
    announce(sari)
    bima.types("/mentor programme")
    message = bima.sees("Only a programme lead can do this")
    assert "sari" in message.text.lower()
    bima.clicks("Ask them")
    bima.sees("I pass it on to")
    bima.types("/mentor program")
    bima.clicks("Ask them")
    wishes = [m for m in sari.messages("app") if "would like to run" in m.text]
    assert len(wishes) == 1
    sari.clicks("Make them a lead of Bimbing 2026")
    sari.sees("is a lead of")
    bima.sees("made you a lead")
    bima.clicks("Programme panel")
    bima.sees("0 mentors and 0 mentees joined")


def test_a_channel_without_the_bot_is_told_to_the_lead(world: World, sari: Person) -> None:
    create(sari, **{"Channel for the announcement": "#inner"})
    sari.clicks("Announce it")
    sari.submits({})
    sari.closes(everything=True)
    failed = sari.sees("The announcement isn't posted yet")
    assert "/invite" in failed.text
    assert sari.messages("#inner") == []


def test_once_invited_it_is_posted(world: World, sari: Person) -> None:
    create(sari, **{"Channel for the announcement": "#inner"})
    sari.clicks("Announce it")
    sari.submits({})
    sari.closes(everything=True)
    sari.invites_app("#inner")
    sari.clicks("Try again")
    sari.submits({})
    assert len(sari.messages("#inner")) == 1


def test_in_both_languages_name_and_purpose_are_said_once(world: World, sari: Person) -> None:
    create(sari, speaks="both")
    sari.clicks("Announce it")
    sari.submits({})
    (post,) = sari.messages("#growth")
    assert post.text.count("Grow together") == 1
    assert {"Join", "Gabung"} <= set(post.buttons)
    assert "Tekan Gabung" in post.text


def test_a_second_post_is_asked_for_first(world: World, sari: Person) -> None:
    announce(sari)
    sari.types("/mentor program")
    sari.clicks("Announce again")
    sari.sees("Posting again makes a second post")
    assert len(sari.messages("#growth")) == 1
    sari.submits({})
    world.advance(timedelta(seconds=5))
    assert len(sari.messages("#growth")) == 2


def test_two_previews_open_at_once_make_one_post(world: World, sari: Person) -> None:
    create(sari)
    sari.clicks("Announce it")
    payload = sari.payload_for_submit()
    sari.submits({})
    payload["trigger_id"] = "1.2.other"
    payload["view"]["id"] = "VOTHER"
    answer = world.sandbox.deliver(payload)
    assert "posted already" in str(answer)
    assert len(sari.messages("#growth")) == 1


def test_hold_and_continue(world: World, sari: Person) -> None:
    announce(sari)
    sari.types("/mentor program")
    sari.clicks("Hold it")
    sari.sees("On hold. Nobody gets prompts")
    sari.types("/mentor status")
    sari.sees("On hold: nobody gets prompts.")
    sari.clicks("Continue it")
    sari.sees("It goes on.")


def test_settings_are_checked_and_kept(world: World, sari: Person) -> None:
    announce(sari)
    sari.types("/mentor program")
    sari.clicks("Programme settings")
    sari.submits({"Days off": "5/6"})
    assert sari.modal is not None
    assert "Days off" in sari.modal.errors
    sari.submits({"Days off": "24 Dec - 26 Dec\n2027-01-01", "On": "Monday", "At": "09:30"})
    sari.sees("Saved.")
    sari.closes(everything=True)
    sari.types("/mentor program")
    sari.clicks("Programme settings")
    sari.sees("2026-12-24 – 2026-12-26")


def test_leads_come_and_go_but_one_stays(world: World, sari: Person) -> None:
    bima = world.add_person("bima", tz="Asia/Jakarta")
    announce(sari)
    sari.types("/mentor program")
    sari.clicks("Leads")
    sari.clicks("Remove")
    sari.sees("this is its last one")
    sari.closes()
    sari.submits({"Add a lead": bima})
    sari.sees("is a lead now, and knows it")
    bima.sees("made you a lead of")


def test_a_bot_cannot_lead(world: World, sari: Person) -> None:
    robot = world.add_person("robot", is_bot=True)
    announce(sari)
    sari.types("/mentor program")
    sari.clicks("Leads")
    sari.submits({"Add a lead": robot})
    assert sari.modal is not None
    assert "Add a lead" in sari.modal.errors


def test_a_lead_s_buttons_do_nothing_for_others(world: World, sari: Person) -> None:
    bima = world.add_person("bima", tz="Asia/Jakarta")
    announce(sari)
    sari.types("/mentor program")
    for button in ("Hold it", "Programme settings", "Who has joined", "Leads", "Announce again"):
        payload = sari.payload_for_click(button)
        payload["user"] = {**payload["user"], "id": bima.id}
        world.sandbox.deliver(payload)
    assert bima.modal is None
    sari.types("/mentor program")
    sari.sees("Under way.")


def test_a_programme_on_hold_cannot_be_announced(world: World, sari: Person) -> None:
    announce(sari)
    sari.types("/mentor program")
    panel = sari.messages()[-1]
    payload = sari.payload_for_click("Announce again")
    sari.clicks("Hold it", in_=panel)
    world.sandbox.deliver({**payload, "trigger_id": "9.9.x"})
    sari.sees("on hold, so nobody could join")
    assert len(sari.messages("#growth")) == 1


def test_nobody_known_to_ask_is_said(world: World) -> None:
    bima = world.add_person("bima", tz="Asia/Jakarta")
    bima.types("/mentor program")
    bima.clicks("Ask them")
    bima.sees("I don't know who installed me here")


def test_a_wish_to_help_lead_names_the_programme_and_is_dismissed_quietly(
    world: World, sari: Person
) -> None:
    bima = world.add_person("bima", tz="Asia/Jakarta")
    announce(sari)
    bima.types("/mentor program")
    bima.clicks("Ask them")
    sari.clicks("Decide later")
    sari.sees("I haven't told them anything")
    bima.does_not_see("made you a lead")


def test_the_word_without_a_slash_and_in_indonesian(world: World, sari: Person) -> None:
    announce(sari)
    sari.says("programme")
    sari.sees("Under way. 0 mentors and 0 mentees joined")


def test_a_closed_programme_is_gone(world: World, sari: Person) -> None:
    announce(sari)
    sari.types("/mentor program")
    old = sari.messages()[-1]
    sari.clicks("Programme settings")
    sari.clicks("Close the programme")
    sari.sees("is closed")
    sari.closes(everything=True)
    sari.clicks("Hold it", in_=old)
    sari.sees("I can't find that any more")
    sari.types("/mentor program")
    sari.sees("There's no mentoring programme here yet")


def test_a_stranger_reads_only_their_own_state(world: World, sari: Person) -> None:
    bima = world.add_person("bima", tz="Asia/Jakarta")
    announce(sari)
    bima.types("/mentor status")
    message = bima.sees("You aren't in a mentoring programme.")
    assert list(message.buttons) == ["Join"]


def test_an_admin_names_leads_where_the_old_ones_have_left(world: World, sari: Person) -> None:
    announce(sari)
    admin = world.add_person("tini", tz="Asia/Jakarta", is_admin=True)
    admin.types("/mentor program")
    shown = admin.sees("You don't lead a programme yet.")
    assert "Bimbing 2026" in shown.text
    admin.clicks("Leads")
    admin.submits({"Add a lead": admin})
    admin.closes(everything=True)
    admin.types("/mentor program")
    admin.sees("Under way. 0 mentors and 0 mentees joined")
