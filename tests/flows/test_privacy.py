"""Seeing, taking along and deleting what is kept about oneself."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.lifecycle import Role, Visibility
from bot.sandbox.people import Person as SandboxPerson
from bot.storage import sealed
from bot.storage.models import Goal, Participant, Person, Program, ProgramLead, Reflection
from bot.storage.unit_of_work import Tx
from tests.pairs import joined, known, pair, program, workspace_id
from tests.world import World

SECRET = "I was scared <!channel> of the review"


@pytest.fixture
def bima(world: World) -> SandboxPerson:
    """A mentor in Jakarta who reads English, with a mentee in Berlin and words of his own."""
    bima = world.add_person("bima", "Bima", tz="Asia/Jakarta")
    pair(world, bima, world.add_person("sari", "Sari", tz="Europe/Berlin"))
    for person in (bima, world.person("sari")):
        _reads_english(world, person)
    _writes(world, bima, SECRET)
    return bima


def _reads_english(world: World, person: SandboxPerson) -> None:
    def choose(tx: Tx, person_id: str) -> None:
        tx.session.get_one(Person, (workspace_id(world), person_id)).locale = "en"

    world.bot.db.run(choose, known(world, person))


def _writes(world: World, person: SandboxPerson, text: str, times: int = 1) -> None:
    def write(tx: Tx, person_id: str) -> None:
        for _ in range(times):
            common = {"workspace_id": workspace_id(world), "created_at": tx.now}
            common |= {"person_id": person_id}
            body, visibility = sealed.seal(text), Visibility.ONLY_ME
            values: dict[str, Any] = {"body": body, "visibility": visibility, "written_at": tx.now}
            tx.session.add(Reflection(id=tx.new_id(), **common, **values))
            tx.session.add(Goal(id=tx.new_id(), what=sealed.seal("Speak up"), **common))

    world.bot.db.run(write, known(world, person))


def _column(world: World, column: Any) -> list[Any]:
    with world.bot.db.engine.begin() as connection:
        return list(connection.execute(select(column)).scalars())


def test_it_says_in_plain_words_what_is_kept(world: World, bima: SandboxPerson) -> None:
    bima.types("/mentor privacy")
    for line in ("Reflections: 1", "Goals: 1", "Mentorings, past and present: 1"):
        bima.sees(line)
    bima.sees("a lead may propose somebody")
    bima.does_not_see("scared")


def test_it_is_a_button_in_settings_and_a_word_in_indonesian(
    world: World, bima: SandboxPerson
) -> None:
    bima.types("/mentor settings")
    bima.clicks("Privacy")
    bima.sees("What I keep about you")
    bima.closes(everything=True)
    bima.types("/mentor privasi")
    bima.sees("What I keep about you")


def test_ones_own_words_can_be_read_page_by_page(world: World, bima: SandboxPerson) -> None:
    _writes(world, bima, "x" * 900, times=6)
    bima.types("/mentor privacy")
    bima.clicks("Read it here")
    bima.sees("Bima")
    seen = [bima.modal.text] if bima.modal else []
    while bima.modal and "Next page" in bima.modal.buttons:
        bima.clicks("Next page")
        seen.append(bima.modal.text)
    assert len(seen) > 2
    assert SECRET in "\n".join(seen)
    assert "Previous page" in bima.modal.buttons if bima.modal else False


def test_it_can_be_taken_along_as_files(world: World, bima: SandboxPerson) -> None:
    bima.types("/mentor privacy")
    bima.clicks("Export as files")
    bima.sees("two files are in our direct messages")
    done = [c for c in world.sandbox.calls if c.method == "files.completeUploadExternal"]
    ids = [file["id"] for call in done for file in (call.answer or {})["files"]]
    readable, exact = (world.sandbox.uploaded(file_id).decode() for file_id in ids)
    assert SECRET in readable
    assert "Sari" in readable
    tables = json.loads(exact)["tables"]
    assert [row["body"] for row in tables["reflection"]] == [SECRET]
    assert tables["person"][0]["name"] == "Bima"


def test_where_files_may_not_be_sent_it_can_be_read(world: World, bima: SandboxPerson) -> None:
    world.sandbox.faults.add(
        method="files.getUploadURLExternal", kind="error", error="missing_scope"
    )
    bima.types("/mentor privacy")
    bima.clicks("Export as files")
    bima.sees("files:write")
    bima.clicks("Read it here")
    bima.sees("I was scared")


def test_a_consent_is_withdrawn_by_itself(world: World, bima: SandboxPerson) -> None:
    bima.types("/mentor privacy")
    bima.clicks("Withdraw consent")
    bima.sees("no proposals")
    assert sorted(_column(world, Participant.may_match)) == [False, True]
    bima.clicks("Allow proposals")
    assert _column(world, Participant.may_match) == [True, True]


def test_nobody_withdraws_for_somebody_else(world: World, bima: SandboxPerson) -> None:
    sari = world.person("sari")
    bima.types("/mentor privacy")
    theirs = bima.payload_for_click("Withdraw consent")["actions"][0]["value"]
    sari.types("/mentor privacy")
    payload = sari.payload_for_click("Withdraw consent")
    payload["actions"][0]["value"] = theirs
    world.sandbox.deliver(payload)
    assert _column(world, Participant.may_match) == [True, True]


def test_everything_is_deleted_with_two_presses(world: World, bima: SandboxPerson) -> None:
    sari = world.person("sari")
    _writes(world, sari, "mine stays")
    bima.types("/mentor privacy")
    bima.clicks("Delete everything …")
    bima.sees("What goes, for good")
    assert len(_column(world, Reflection.id)) == 2  # the first press only asks
    bima.submits()
    bima.sees("I know nothing about you any more")
    bima.closes()
    bima.sees("I know nothing about you any more")
    assert len(_column(world, Reflection.id)) == 1
    assert "Bima" not in _column(world, Person.name)
    assert bima.id not in _column(world, Person.slack_user_id)
    world.advance(timedelta(days=1))
    told = [m.text for m in sari.messages("app") if "has ended" in m.text]
    assert len(told) == 1
    assert "One of your mentorings has ended" in told[0]
    assert bima.id not in told[0]


def test_pressed_twice_it_is_deleted_once_and_one_may_come_back(
    world: World, bima: SandboxPerson
) -> None:
    bima.types("/mentor privacy")
    bima.clicks("Delete everything …")
    payload = bima.payload_for_submit()
    world.sandbox.deliver(payload)
    world.sandbox.deliver(payload)
    assert len(_column(world, Person.id)) == 3  # as a stranger, who has nothing here
    bima.types("/mentor privacy")
    bima.sees("Reflections: 0")


@pytest.mark.parametrize("duty", ["contact", "lead"])
def test_whoever_is_needed_hands_over_first(world: World, bima: SandboxPerson, duty: str) -> None:
    needed = program(world, name="Rising")

    def take(tx: Tx, person_id: str) -> None:
        workspace = workspace_id(world)
        if duty == "contact":
            tx.session.get_one(Program, (workspace, needed)).contact_user_id = bima.id
            return
        values = {"workspace_id": workspace, "program_id": needed, "person_id": person_id}
        tx.session.add(ProgramLead(id=tx.new_id(), created_at=tx.now, **values))

    world.bot.db.run(take, known(world, bima))
    bima.types("/mentor privacy")
    bima.clicks("Delete everything …")
    bima.submits()
    bima.sees("the contact person, of Rising")
    assert "Bima" in _column(world, Person.name)
    assert len(_column(world, Reflection.id)) == 1


def test_somebody_who_never_joined_sees_little_and_can_delete_it(world: World) -> None:
    rina = world.add_person("rina", "Rina")
    joined(world, world.add_person("sari", "Sari"), program(world), Role.MENTEE)
    rina.types("/mentor privacy")
    rina.sees("Reflections: 0")
    rina.clicks("Delete everything …")
    rina.submits()
    assert "Rina" not in _column(world, Person.name)
    assert "Sari" in _column(world, Person.name)


def test_what_people_wrote_is_in_no_log(
    world: World, bima: SandboxPerson, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    bima.types("/mentor privacy")
    bima.clicks("Read it here")
    bima.closes()
    bima.clicks("Export as files")
    bima.clicks("Delete everything …")
    bima.submits()
    # What libraries say at DEBUG is held back where the logs are set up.
    said = [r.getMessage() for r in caplog.records if r.levelname != "DEBUG" or _is_ours(r.name)]
    assert SECRET not in "\n".join(said)
    assert "scared" not in "\n".join(said)


def _is_ours(logger: str) -> bool:
    return logger.split(".")[0] in {"bot", "handlers", "scheduler"}
