"""Who has joined: a lead finds two who fit, and nobody else looks."""

from bot.domain.lifecycle import Role
from bot.domain.members import PAGE
from tests.cast import Cast
from tests.world import World


def opened(world: World) -> Cast:
    cast = Cast(world)
    cast.all_speak()
    return cast


def test_a_lead_sees_what_each_said_and_who_can_be_proposed(world: World) -> None:
    cast = opened(world)
    cast.join()
    rina = world.add_person("rina", "Rina", tz="Europe/Berlin")
    cast.enroll(rina, Role.MENTEE, "Charts <!channel>", may_match=False)
    cast.dewi.types("/mentor program")
    cast.dewi.clicks("Who has joined")
    shown = cast.shown(cast.dewi)
    for text in ("@Bima, mentee: no mentor yet", "My first talk", "Charts <!channel>"):
        assert text in shown
    assert "@Sari, mentor: one place free" in shown
    assert shown.index("@Sari") < shown.index("@Rina, mentee: no proposals for now")
    assert "Can meet Mon–Fri 09:00–17:00, by the clock of Europe/Berlin" in shown


def test_it_says_who_is_asked_and_who_is_paired(world: World) -> None:
    cast = opened(world)
    cast.join()
    cast.propose()
    cast.dewi.closes(everything=True)
    assert "@Bima, mentee: asked, the answer is open" in _listed(cast)
    cast.bima.clicks("Yes")
    cast.sari.clicks("Yes")
    assert "@Bima, mentee: has a mentor" in _listed(cast)
    assert "@Sari, mentor: no place free" in _listed(cast)


def test_it_is_at_hand_where_two_are_picked(world: World) -> None:
    cast = opened(world)
    cast.join()
    cast.dewi.types("/mentor pair")
    cast.dewi.clicks("Who has joined")
    assert "@Bima, mentee" in cast.shown(cast.dewi)
    cast.dewi.closes()
    cast.dewi.submits({"Mentor": cast.sari, "Mentee": cast.bima})
    assert "Mentee: @Bima" in cast.shown(cast.dewi)


def test_more_than_a_page_is_turned(world: World) -> None:
    cast = opened(world)
    for n in range(PAGE + 1):
        cast.enroll(world.add_person(f"p{n}", f"P{n}"), Role.MENTEE)
    assert f"@P{PAGE}," not in _listed(cast)
    cast.dewi.clicks("Next page")
    assert f"@P{PAGE}, mentee" in cast.shown(cast.dewi)
    cast.dewi.clicks("Previous page")
    assert "@P0, mentee" in cast.shown(cast.dewi)


def test_nobody_yet_leads_to_the_announcement(world: World) -> None:
    cast = opened(world)
    assert "Nobody has joined Growing yet" in _listed(cast)
    cast.dewi.clicks("Invite people")
    cast.dewi.sees("This is what everybody in")


def test_only_leads_look(world: World) -> None:
    cast = opened(world)
    cast.join()
    cast.dewi.types("/mentor program")
    payload = cast.dewi.payload_for_click("Who has joined")
    payload["user"] = {"id": cast.bima.id}
    cast.world.sandbox.deliver(payload)
    cast.bima.does_not_see("Speaking up")
    assert cast.bima.modal is None


def _listed(cast: Cast) -> str:
    cast.dewi.types("/mentor program")
    cast.dewi.clicks("Who has joined")
    return cast.shown(cast.dewi)
