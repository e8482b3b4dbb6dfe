"""What people type is shown as they typed it: it pings nobody, links nowhere, and fits."""

import copy
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from bot.sandbox.people import Person
from bot.storage.models import Base
from tests.flows.hostile.life import AGREE, shown
from tests.world import World

Json = dict[str, Any]
EVIL = "<!channel> <!here> <@U0EVIL> <#C0EVIL> <https://evil.example|ok> <!subteam^S1> *b* \u202ex"
# A place that holds an address must be one whole, good link; other words may be anything.
PLACE = "Room <!channel> <@U0EVIL> <#C0EVIL> *b*"
RAW = ("<!channel", "<!here", "<@U0EVIL", "<#C0EVIL", "<https://evil", "<!subteam", "\u202e")
SECRET = "canary-words"


class Small:
    """A programme with one pair, in which every text is hostile."""

    def __init__(self, world: World, words: str = EVIL) -> None:
        self.world, self.words = world, words
        self.dewi = world.add_person("dewi", words[:70], tz="Asia/Jakarta", is_admin=True)
        self.sari = world.add_person("sari", "Sari " + words[:60], tz="Asia/Jakarta")
        self.bima = world.add_person("bima", "Bima " + words[:60], tz="Europe/Berlin")
        self.channel = world.add_channel("growth", [self.dewi], app=True)

    def press(self, who: Person, name: str) -> None:
        who.clicks(shown(who, name))

    def tidy(self, who: Person) -> None:
        if who.modal is not None:
            who.closes(everything=True)
        self.world.advance(timedelta(seconds=3))

    def found(self) -> None:
        for who in (self.dewi, self.sari, self.bima):
            who.types("/mentor")
            who.clicks("English")
        self.open_program_form()
        named = {"name": self.words[:80], "purpose": self.words, "channel": "#growth"}
        self.dewi.submits(named)
        self.press(self.dewi, "announcement.preview")
        self.dewi.submits()
        self.tidy(self.dewi)

    def open_program_form(self) -> None:
        self.dewi.types("/mentor program")
        self.press(self.dewi, "program.new")

    def join(self) -> None:
        for who, role in ((self.sari, "mentor"), (self.bima, "mentee")):
            self.open_join_form(who, role)
            self.press(who, "join.preview")
            who.closes()
            who.submits({"topics": self.words, **AGREE})
            self.tidy(who)

    def open_join_form(self, who: Person, role: str) -> None:
        who.types("/mentor join")
        self.press(who, f"join.{role}")

    def pair(self) -> None:
        self.open_pair_form()
        self.dewi.submits({"why": self.words})
        self.tidy(self.dewi)
        self.world.advance(timedelta(days=1))
        self.press(self.sari, "proposal.yes")
        self.press(self.bima, "proposal.yes")
        self.world.advance(timedelta(days=1))

    def open_pair_form(self) -> None:
        self.dewi.types("/mentor pair @sari @bima")

    def meet(self) -> None:
        self.open_session_form()
        self.bima.submits({"date": date(2026, 11, 18), "time": "10:00", "place": PLACE})
        self.bima.submits()
        self.tidy(self.bima)
        self.world.advance(timedelta(days=1))
        self.press(self.sari, "session.accept")
        self.open_agenda_form()
        self.bima.submits({"agenda": self.words})
        self.tidy(self.bima)
        self.world.advance(timedelta(days=8))

    def open_session_form(self) -> None:
        self.bima.types("/mentor session")
        self.press(self.bima, "session.propose")

    def open_agenda_form(self) -> None:
        self.bima.types("/mentor session")
        self.press(self.bima, "session.agenda")

    def look_back(self) -> None:
        self.open_reflection_form()
        self.bima.submits({"body": self.words})
        self.press(self.bima, "reflection.share")
        self.tidy(self.bima)
        self.open_goal_form()
        self.bima.submits({"what": self.words})
        self.tidy(self.bima)
        self.bima.says(self.words)
        self.world.advance(timedelta(days=1))
        for who in (self.bima, self.sari, self.dewi):
            who.opens_home()
            for word in ("", "session", "reflect", "goals", "status", "help", "privacy", "program"):
                who.types(f"/mentor {word}".strip())
                self.tidy(who)

    def open_reflection_form(self) -> None:
        self.bima.types("/mentor reflect")
        self.press(self.bima, "reflection.write")

    def open_goal_form(self) -> None:
        self.bima.types("/mentor goals")
        self.press(self.bima, "goal.add")

    def live(self) -> None:
        for chapter in (self.found, self.join, self.pair, self.meet, self.look_back):
            chapter()


def test_hostile_words_ping_nobody_and_link_nowhere(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    small = Small(world)
    small.live()
    parsed = [text for record in sent(world) for text in read_as_markup(record)]
    assert len(parsed) > 100
    assert [text for text in parsed if any(raw in text for raw in RAW)] == []
    quoted = [record for record in sent(world) if "evil.example" in str(record)]
    assert quoted, "the words are shown, as text"
    assert [r.getMessage() for r in caplog.records if "evil.example" in r.getMessage()] == []


def test_links_are_no_links_even_without_brackets(world: World) -> None:
    """Slack makes links of bare addresses unless the text is verbatim."""
    small = Small(world, "see https://evil.example/x and @channel")
    small.live()
    for record in sent(world):
        for element in objects(record.get("blocks", [])):
            if element.get("type") == "mrkdwn" and "evil.example" in element["text"]:
                assert element["verbatim"] is True


FORMS: dict[str, tuple[Callable[[Small], None], str, tuple[str, ...]]] = {
    "programme": (Small.open_program_form, "dewi", ("name", "purpose")),
    "mentor": (lambda s: s.open_join_form(s.sari, "mentor"), "sari", ("topics",)),
    "mentee": (lambda s: s.open_join_form(s.bima, "mentee"), "bima", ("topics",)),
    "pair": (Small.open_pair_form, "dewi", ("why",)),
    "session": (Small.open_session_form, "bima", ("place", "agenda")),
    "reflection": (Small.open_reflection_form, "bima", ("body",)),
    "goal": (Small.open_goal_form, "bima", ("what",)),
}
BEFORE: dict[str, tuple[Callable[[Small], None], ...]] = {
    "programme": (),
    "mentor": (Small.found,),
    "mentee": (Small.found,),
    "pair": (Small.found, Small.join),
}
GOOD: Json = {"name": "Growing", "purpose": "Learn", "topics": "Maps", "channel": "#growth"}
GOOD |= {"date": date(2026, 11, 18), "time": "10:00", "body": "x", "what": "x", **AGREE}


@pytest.mark.parametrize("form", FORMS)
def test_five_thousand_characters_are_refused_and_the_form_stays(world: World, form: str) -> None:
    opens, handle, fields = FORMS[form]
    small = Small(world, "plain")
    for chapter in BEFORE.get(form, (Small.found, Small.join, Small.pair)):
        chapter(small)
    who = world.person(handle)
    for field in fields:
        opens(small)
        assert who.modal is not None
        blocks = {block.get("block_id") for block in who.modal.raw["blocks"]}
        who.fills({key: value for key, value in GOOD.items() if key in blocks})
        answer = world.sandbox.deliver(overlong(who.payload_for_submit(), field))
        assert answer.status == 200
        assert answer.body["response_action"] == "errors", (field, answer.body)
        assert list(answer.body["errors"]) == [field]
        assert any(char.isdigit() for char in answer.body["errors"][field])
        assert SECRET not in stored(world)
        who.closes(everything=True)
        world.advance(timedelta(seconds=3))


def overlong(payload: Json, field: str) -> Json:
    """The form as no client would send it: its own limit is passed over."""
    changed = copy.deepcopy(payload)
    state = changed["view"]["state"]["values"][field]
    for value in state.values():
        value["value"] = SECRET + "x" * 5000
    return changed


def stored(world: World) -> str:
    def dump(tx: Any, _: None) -> str:
        rows = [tx.session.connection().exec_driver_sql(f'SELECT * FROM "{t.name}"').all()
                for t in Base.metadata.sorted_tables]  # fmt: skip
        return str(rows)

    return world.bot.db.read(dump, None)


def sent(world: World) -> Iterator[Json]:
    """All that people were shown by the bot, answers to commands and forms included."""
    for record in world.sandbox.journal:
        yield {"text": record.text, "blocks": list(record.blocks)}


def objects(value: Any) -> Iterator[Json]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from objects(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from objects(inner)


def read_as_markup(record: Json) -> Iterator[str]:
    """The texts in which Slack looks for mentions and links."""
    if record["text"]:
        yield record["text"]
    for element in objects(record["blocks"]):
        if element.get("type") == "mrkdwn":
            yield element["text"]
