"""Proposing a pair, and what two people do with it."""

from datetime import timedelta

import pytest

from bot.domain.lifecycle import MatchState, Role
from bot.sandbox.people import Person
from bot.sandbox.sight import SeenMessage
from tests import pairs
from tests.cast import Cast, posts
from tests.world import World


@pytest.fixture
def cast(world: World) -> Cast:
    made = Cast(world)
    made.all_speak()
    made.join()
    return made


# The lead's side


def test_the_preview_names_the_roles_before_anybody_is_asked(cast: Cast) -> None:
    cast.dewi.types("/mentor pair @bima @sari")
    assert "Mentor: @Sari" in cast.shown(cast.dewi)
    assert "Mentee: @Bima" in cast.shown(cast.dewi)
    cast.dewi.closes()
    cast.world.advance(timedelta(hours=1))
    assert posts(cast.world) == []


def test_nobody_named_opens_a_form_that_leads_to_the_same_preview(cast: Cast) -> None:
    cast.dewi.types("/mentor pasangkan")
    cast.dewi.submits({"Mentor": cast.sari, "Mentee": cast.bima})
    assert "Mentee: @Bima" in cast.shown(cast.dewi)
    cast.dewi.submits({"Why these two?": "Both love *maps*"})
    cast.dewi.sees("are asked now")
    cast.bima.sees("Both love *maps*")


def test_a_lead_of_two_programs_picks_one(cast: Cast) -> None:
    other = pairs.led(cast.world, cast.dewi, name="Leading")
    pairs.joined(cast.world, cast.sari, other, Role.MENTOR)
    pairs.joined(cast.world, cast.bima, other, Role.MENTEE)
    cast.dewi.types("/mentor pair @sari @bima")
    cast.dewi.submits({"Programme": "Leading"})
    assert "Leading" in cast.shown(cast.dewi)


def test_roles_can_be_swapped_where_both_are_possible(cast: Cast) -> None:
    cast.enroll(cast.sari, Role.MENTEE)
    cast.enroll(cast.bima, Role.MENTOR)
    cast.dewi.types("/mentor pair @sari @bima")
    cast.dewi.fills({"Why these two?": "Either way"})
    cast.dewi.clicks("Swap the roles")
    assert "Mentor: @Bima" in cast.shown(cast.dewi)
    cast.dewi.submits({})
    assert cast.match().mentor_id == pairs.known(cast.world, cast.bima)
    cast.sari.sees("suggests @Bima as your mentor")
    cast.sari.sees("Either way")


def test_typed_names_are_picked_from_a_list_instead(cast: Cast) -> None:
    cast.dewi.types("/mentor pair Sari <!channel>")
    cast.dewi.sees("I can't tell who “Sari")
    cast.dewi.clicks("Pick two people")
    assert cast.dewi.modal


def test_only_leads_propose(cast: Cast) -> None:
    cast.bima.types("/mentor pair @sari @bima")
    cast.bima.sees("Only a programme lead can do this")


def test_who_has_not_joined_gets_an_invitation_to_copy(cast: Cast) -> None:
    rina = cast.world.add_person("rina", "Rina")
    cast.dewi.types("/mentor pair @rina @bima")
    seen = cast.dewi.sees("@Rina as a mentor")
    assert "Would you like to be a mentor in Growing?" in seen.text
    cast.world.settle()
    assert posts(cast.world, rina) == []


def test_a_form_with_somebody_who_has_not_joined_stays_as_it_is(cast: Cast) -> None:
    rina = cast.world.add_person("rina", "Rina")
    cast.dewi.types("/mentor pair")
    cast.dewi.submits({"Mentor": cast.sari, "Mentee": rina})
    cast.dewi.sees("@Rina as a mentee")
    cast.dewi.closes()
    assert cast.dewi.modal
    assert cast.dewi.modal.values["Mentor"] == "Sari"


@pytest.mark.parametrize(
    ("account", "said"),
    [
        ({"is_bot": True}, "no bot, nobody deactivated"),
        ({"deleted": True}, "no bot, nobody deactivated"),
        ({"is_restricted": True}, "Guests can't take part"),
        ({"team_id": "T0OTHER"}, "another company"),
    ],
)
def test_some_people_cannot_be_paired(cast: Cast, account: dict[str, object], said: str) -> None:
    cast.world.add_person("rina", "Rina", **account)
    cast.dewi.types("/mentor pair @rina @bima")
    cast.dewi.sees(said)


def test_the_same_person_twice_is_refused_in_the_form(cast: Cast) -> None:
    cast.dewi.types("/mentor pair")
    cast.dewi.submits({"Mentor": cast.sari, "Mentee": cast.sari})
    assert cast.dewi.modal
    assert "two different people" in cast.dewi.modal.errors["Mentee"]


def test_nobody_is_matched_who_did_not_allow_it(cast: Cast) -> None:
    rina = cast.world.add_person("rina", "Rina")
    cast.enroll(rina, Role.MENTEE, may_match=False)
    cast.dewi.types("/mentor pair @sari @rina")
    cast.dewi.sees("not open to being matched by it: @Rina")


def test_a_pair_is_proposed_once(cast: Cast) -> None:
    cast.propose()
    cast.dewi.types("/mentor pair @sari @bima")
    cast.dewi.sees("have been asked already")
    cast.bima.clicks("Yes")
    cast.sari.clicks("Yes")
    cast.dewi.types("/mentor pair @sari @bima")
    cast.dewi.sees("are a pair already")


def test_a_mentor_without_a_place_is_not_proposed(cast: Cast) -> None:
    rina = cast.world.add_person("rina", "Rina")
    cast.enroll(rina, Role.MENTEE)
    cast.begin()
    cast.dewi.types("/mentor pair @sari @rina")
    cast.dewi.sees("@Sari has no free place")


def test_a_program_on_hold_asks_nobody(cast: Cast) -> None:
    cast.dewi.types("/mentor program")
    cast.dewi.clicks("Hold it")
    cast.dewi.types("/mentor pair @sari @bima")
    assert cast.dewi.modal is None
    assert posts(cast.world) == []


def test_a_preview_sent_twice_asks_once(cast: Cast) -> None:
    cast.dewi.types("/mentor pair @sari @bima")
    first, second = (cast.dewi.payload_for_submit() for _ in range(2))
    cast.world.sandbox.deliver(first)
    answer = cast.world.sandbox.deliver(second)
    cast.world.settle()
    assert "have been asked already" in str(answer.body)
    assert len(posts(cast.world, cast.bima)) == 1


# What the two are asked


def test_each_reads_who_the_other_is_and_why(world: World) -> None:
    cast = Cast(world, mentor_tz="Europe/Berlin")
    cast.speaks(cast.sari, "en")
    cast.speaks(cast.bima, "id")
    cast.join()
    cast.propose(why="Both love <maps>")
    asked = cast.bima.sees("@Dewi mengusulkan @Sari sebagai mentor Anda di Growing")
    for text in ("Speaking up", "Both love <maps>", "waktu Anda", "[Ya]", "[Bukan untuk saya]"):
        assert text in str(asked)
    cast.sari.does_not_see("suggests")  # 03:00 in Berlin
    world.advance(timedelta(hours=7))
    asked = cast.sari.sees("@Dewi suggests @Bima as your mentee in Growing")
    for text in ("My first talk", "Both love <maps>", "09:30 your time", "15:30 for Bima"):
        assert text in str(asked)


def test_nothing_private_is_in_a_notification(cast: Cast) -> None:
    cast.propose(why="Because of the secret")
    texts = [record.text for record in cast.world.sandbox.journal if record.kind == "post"]
    assert texts
    assert not [text for text in texts if "secret" in text or "Speaking up" in text]


def test_a_no_stays_between_the_person_and_the_bot(world: World) -> None:
    cast = Cast(world, mentor_tz="Europe/Berlin")
    cast.all_speak()
    cast.join()
    cast.propose()
    cast.bima.clicks("Not for me")
    cast.bima.sees("nothing comes of this")
    world.advance(timedelta(days=11))
    assert posts(world, cast.sari) == []  # hers had not left yet
    cast.dewi.sees("@Sari and @Bima, not this time")
    assert len(posts(world, cast.dewi)) == 1
    assert cast.match().state is MatchState.CLOSED


def test_an_answer_after_the_other_said_no_is_met_neutrally(cast: Cast) -> None:
    cast.propose()
    cast.bima.clicks("Not for me")
    before = posts(cast.world, cast.sari)
    cast.sari.clicks("Yes")
    cast.sari.sees("came to nothing, which happens")
    assert posts(cast.world, cast.sari) == before
    assert cast.match().state is MatchState.CLOSED


def test_a_mind_can_be_changed_while_the_other_thinks(cast: Cast) -> None:
    cast.propose()
    cast.bima.clicks("Yes")
    cast.bima.clicks("I've changed my mind")
    cast.bima.sees("nothing comes of this")
    cast.dewi.sees("not this time")


def test_a_mind_cannot_be_changed_behind_the_others_back(cast: Cast) -> None:
    cast.propose()
    cast.bima.clicks("Yes")
    cast.sari.clicks("Yes")
    cast.bima.clicks("I've changed my mind")
    cast.bima.sees("This has changed meanwhile")
    assert cast.match().state is MatchState.ACTIVE


def test_the_same_press_twice_answers_once(cast: Cast) -> None:
    cast.propose()
    first, second = (cast.bima.payload_for_click("Yes") for _ in range(2))
    for payload in (first, second, first):
        cast.world.sandbox.deliver(payload)
    cast.world.settle()
    cast.bima.sees("your yes is noted")
    assert cast.match().mentor_yes_at is None
    assert cast.match().mentee_yes_at is not None


def test_a_stranger_cannot_answer(cast: Cast) -> None:
    cast.propose()
    rina = cast.world.add_person("rina", "Rina", tz="Asia/Jakarta")
    rina.types("/mentor frobnicate")
    payload = rina.payload_for_click("Help")
    payload["actions"][0] |= {"action_id": "proposal.yes", "value": cast.match().id}
    cast.world.sandbox.deliver(payload)
    rina.sees("I can't find that any more")
    assert cast.match().mentor_yes_at is cast.match().mentee_yes_at is None


# Silence


def test_silence_is_reminded_of_twice_and_then_ends_it(cast: Cast) -> None:
    cast.propose()
    for days, count in ((2, 1), (3, 2), (6, 2), (7, 3), (9, 3)):
        cast.world.advance_to(cast.match().created_at + timedelta(days=days, hours=2))
        assert len(posts(cast.world, cast.bima)) == count
    cast.bima.sees("Yes and no are both fine")
    cast.world.advance(timedelta(days=1))
    assert cast.match().state is MatchState.CLOSED
    assert len(posts(cast.world, cast.bima)) == len(posts(cast.world, cast.sari)) == 3
    cast.dewi.sees("not this time")


def test_who_has_answered_is_not_reminded(cast: Cast) -> None:
    cast.propose()
    cast.bima.clicks("Yes")
    cast.world.advance(timedelta(days=9))
    assert len(posts(cast.world, cast.bima)) == 1
    assert len(posts(cast.world, cast.sari)) == 3


def test_leave_stops_the_clock(cast: Cast) -> None:
    cast.sari.types("/mentor away 10 Nov - 14 Nov")
    cast.propose()
    cast.bima.clicks("Yes")
    cast.world.advance(timedelta(days=14))
    assert cast.match().state is MatchState.PROPOSED
    cast.world.advance(timedelta(days=1, hours=1))
    assert cast.match().state is MatchState.CLOSED


def test_a_week_without_the_bot_brings_no_heap_of_reminders(cast: Cast) -> None:
    cast.propose()
    cast.world.jump(timedelta(days=8))
    assert len(posts(cast.world, cast.bima)) == 2


def test_a_closed_program_proposes_nothing_more(world: World) -> None:
    cast = Cast(world, mentor_tz="Europe/Berlin")
    cast.all_speak()
    cast.join()
    cast.propose()
    cast.dewi.closes(everything=True)
    cast.dewi.types("/mentor program")
    cast.dewi.clicks("Programme settings")
    cast.dewi.clicks("Close the programme")
    cast.bima.clicks("Yes")
    cast.bima.sees("came to nothing")
    world.advance(timedelta(days=1))
    assert posts(world, cast.sari) == []
    assert posts(world, cast.dewi) == []  # she knows


def test_a_pair_that_came_to_nothing_needs_a_second_thought(cast: Cast) -> None:
    cast.propose()
    cast.bima.clicks("Not for me")
    cast.world.advance(timedelta(hours=1))
    cast.dewi.types("/mentor pair @sari @bima")
    assert "proposed or paired before" in cast.shown(cast.dewi)
    cast.dewi.submits({})
    cast.bima.clicks("Yes")
    cast.sari.clicks("Yes")
    assert cast.match().state is MatchState.ACTIVE


def test_a_preview_from_before_it_came_to_nothing_is_shown_again(cast: Cast) -> None:
    cast.dewi.types("/mentor pair @sari @bima")
    rina = cast.world.add_person("rina", "Rina", tz="Asia/Jakarta")
    cast.speaks(rina, "en")
    pairs.leads(cast.world, rina, cast.program)
    rina.types("/mentor pair @sari @bima")
    rina.submits({})
    cast.bima.clicks("Not for me")
    cast.dewi.submits({})
    cast.dewi.sees("Look at the preview again to confirm")
    cast.dewi.clicks("Preview")
    cast.dewi.sees("Ask again only if both would want it")


# Places


def test_the_last_place_goes_to_one(cast: Cast) -> None:
    rina = cast.world.add_person("rina", "Rina", tz="Asia/Jakarta")
    cast.speaks(rina, "en")
    cast.enroll(rina, Role.MENTEE)
    cast.propose()
    cast.dewi.types("/mentor pair @sari @rina")
    cast.dewi.submits({})
    _agree(cast.sari, "suggests @Rina")
    _agree(cast.sari, "suggests @Bima")
    rina.clicks("Yes")
    cast.bima.clicks("Yes")
    cast.bima.sees("last free place went to another pair")
    rina.sees("@Sari is your mentor")
    cast.dewi.sees("@Sari and @Bima, not this time")


def test_a_mentor_whose_places_are_taken_can_make_room(cast: Cast) -> None:
    rina = cast.world.add_person("rina", "Rina", tz="Asia/Jakarta")
    cast.enroll(rina, Role.MENTEE)
    cast.dewi.types("/mentor pair @sari @rina")
    cast.dewi.submits({})
    cast.propose()
    cast.bima.clicks("Yes")
    _agree(cast.sari, "suggests @Bima")
    _agree(cast.sari, "suggests @Rina")
    cast.sari.sees("All your places are taken at the moment")
    assert "My profile" in cast.sari.sees("All your places").buttons


def _agree(person: Person, text: str) -> None:
    asked = person.sees(text)
    assert isinstance(asked, SeenMessage)
    person.clicks("Yes", in_=asked)
