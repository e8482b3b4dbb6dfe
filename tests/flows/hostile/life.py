"""Some weeks in the life of a programme, in which everything that can be pressed is shown once."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.sandbox.people import Person
from bot.sandbox.rendering import Viewer
from bot.sandbox.sight import Eyes
from bot.sandbox.state.inputs import elements
from tests.world import World

AGREE = {"consent": ["takes_part", "may_match"]}
A_MOMENT = timedelta(seconds=3)


class Life:
    """Dewi runs a programme; Sari is a mentor and Bima her mentee; Rina and Tono come later, and
    Nina looks in once."""

    def __init__(self, world: World) -> None:
        self.world = world
        add = world.add_person
        self.dewi = add("dewi", "Dewi", tz="Asia/Jakarta", is_admin=True)
        self.sari = add("sari", "Sari", tz="Asia/Jakarta")
        self.bima = add("bima", "Bima", tz="Asia/Jakarta")
        self.rina = add("rina", "Rina", tz="Asia/Jakarta")
        self.tono = add("tono", "Tono", tz="Asia/Jakarta")
        self.nina = add("nina", "Nina", tz="Asia/Jakarta")
        self.growth = world.add_channel("growth", [self.dewi])

    def live(self) -> None:
        for chapter in CHAPTERS:
            chapter(self)

    # How things are pressed

    def press(self, person: Person, name: str, form: dict[str, Any] | None = None) -> None:
        """The newest button of that name (an action id), and its form if there is one to fill."""
        person.clicks(shown(person, name))
        if form is not None:
            person.submits(form)

    def word(
        self, person: Person, word: str, *names: str, form: dict[str, Any] | None = None
    ) -> None:
        """A word, then buttons one after the other, then a form; all is closed afterwards."""
        person.types(f"/mentor {word}".strip())
        for name in names:
            self.press(person, name)
        if form is not None:
            person.submits(form)
        self.tidy(person)

    def tidy(self, person: Person) -> None:
        if person.modal is not None:
            person.closes(everything=True)
        self.world.advance(A_MOMENT)

    def loses_an_answer(self, where: Callable[[str], bool]) -> None:
        """Slack takes the next message to such a channel, and the bot does not learn so."""
        self.world.sandbox.faults.add(
            "drop_after", "chat.postMessage", when=lambda call: where(call["channel"])
        )

    def groups(self) -> list[str]:
        rooms = self.dewi.workspace.conversations.values()
        return [room.id for room in rooms if room.kind == "mpim"]

    # Chapters

    def all_choose_a_language(self) -> None:
        for person in (self.dewi, self.sari, self.bima, self.rina, self.tono):
            person.types("/mentor")
            person.clicks("English")

    def a_programme_is_made(self) -> None:
        dewi = self.dewi
        form = {"name": "Growing", "purpose": "Learn", "channel": "#growth"}
        self.word(dewi, "program", "program.new", form=form)
        self.word(dewi, "program", "program.settings", form={})
        self.loses_an_answer(lambda channel: channel == self.growth)
        self.word(dewi, "program", "announcement.preview", form={})
        self.world.advance(timedelta(minutes=10))
        self.press(dewi, "delivery.arrived")
        self.word(dewi, "program", "program.hold")
        self.word(dewi, "program", "program.resume")
        self.word(dewi, "program", "program.new", form=form | {"name": "Second"})
        dewi.types("/mentor program")
        dewi.clicks("Open", beside="Second")
        self.press(dewi, "program.settings")
        self.press(dewi, "program.close")
        self.tidy(dewi)
        self.word(dewi, "help")

    def leads_come_and_go(self) -> None:
        dewi, rina = self.dewi, self.rina
        self.word(dewi, "program", "leads.show", form={"lead": rina})
        dewi.types("/mentor program")
        self.press(dewi, "leads.show")
        dewi.clicks(f"leads.remove#{rina.id}")
        self.tidy(dewi)
        self.word(rina, "program", "leads.ask")
        self.press(dewi, "leads.grant")
        self.word(self.tono, "program", "leads.ask")
        self.press(dewi, "leads.dismiss")

    def people_join(self) -> None:
        roles = [(self.sari, "mentor"), (self.bima, "mentee")]
        roles += [
            (person, role) for person in (self.rina, self.tono) for role in ("mentor", "mentee")
        ]
        for person, role in roles:
            person.types("/mentor join")
            self.press(person, f"join.{role}")
            self.press(person, "join.preview")
            person.closes()
            seats = {"seats": "2"} if role == "mentor" else {}
            person.submits({"topics": "Maps"} | seats | AGREE)
            self.tidy(person)

    def two_are_proposed(self) -> None:
        dewi = self.dewi
        dewi.types("/mentor pair")
        dewi.submits({"mentor": self.sari, "mentee": self.tono})
        dewi.submits({})
        self.tidy(dewi)
        self.press(self.tono, "proposal.no")
        self.word(dewi, "pair @sari @tono", form={})
        self.press(self.tono, "proposal.yes")
        self.press(self.sari, "proposal.yes")
        dewi.types("/mentor pair @rina @tono")
        self.press(dewi, "pair.swap")
        self.tidy(dewi)
        self.word(dewi, "pair @sari @bima", form={})
        self.press(self.bima, "proposal.yes")
        self.loses_an_answer(lambda channel: channel in self.groups())
        self.press(self.sari, "proposal.yes")
        self.world.advance(timedelta(minutes=10))
        self.press(self.tono, "delivery.post_again")

    def they_settle_in(self) -> None:
        bima = self.bima
        self.press(bima, "match.rhythm", {})
        self.tidy(bima)
        self.press(bima, "help.ask")
        self.press(bima, "help.tell_lead")
        self.press(bima, "help.take_back")

    def they_meet(self) -> None:
        bima, sari, world = self.bima, self.sari, self.world
        self.proposes(bima, date(2026, 11, 11))
        self.press(sari, "session.move")
        sari.submits({"time": "15:00"})
        sari.submits()
        self.tidy(sari)
        self.press(bima, "session.accept")
        self.word(sari, "session", "session.agenda", form={"agenda": "Maps"})
        self.proposes(bima, date(2026, 11, 12))
        self.press(sari, "session.drop")
        self.proposes(bima, date(2026, 11, 13))
        self.press(sari, "session.accept")
        self.press(bima, "session.cancel", {})
        self.tidy(bima)
        world.advance_to(datetime(2026, 11, 11, 10, tzinfo=UTC))
        self.press(bima, "session.later")
        self.press(bima, "session.next_week")
        self.press(sari, "session.later")
        self.press(sari, "session.tomorrow")
        world.advance_to(datetime(2026, 11, 12, 5, tzinfo=UTC))
        self.press(sari, "session.not_met")
        world.advance_to(datetime(2026, 11, 19, 5, tzinfo=UTC))
        self.press(bima, "session.met")

    def proposes(self, person: Person, day: date, at: str = "14:00") -> None:
        person.types("/mentor session")
        self.press(person, "session.propose")
        person.submits({"date": day, "time": at})
        person.submits()
        self.tidy(person)

    def they_look_back(self) -> None:
        bima = self.bima
        self.press(bima, "reflection.later")
        self.world.advance(timedelta(days=9))
        self.press(bima, "reflection.rhythm")
        self.press(bima, "reflection.rhythm")  # undone
        for name in ("reflection.discard", "reflection.keep"):
            bima.says("A thought to keep")
            self.press(bima, name)
            self.world.advance(A_MOMENT)
        self.world.advance(timedelta(days=14))
        self.press(bima, "reflection.skip")
        self.world.advance(timedelta(days=14))
        self.press(bima, "reflection.answer", {"body": "Fine"})
        self.tidy(bima)
        bima.types("/mentor reflect")
        self.press(bima, "reflection.write", {"body": "Well"})
        self.press(bima, "reflection.share")
        self.world.advance(timedelta(minutes=2))
        self.press(bima, "reflection.edit", {"body": "Better"})
        self.press(bima, "reflection.withdraw")
        self.press(bima, "reflection.delete")
        self.tidy(bima)
        self.word(self.sari, "reflect")

    def they_have_goals(self) -> None:
        bima = self.bima
        bima.types("/mentor goals")
        self.press(bima, "goal.add", {"what": "Speak up"})
        self.press(bima, "goal.edit", {"what": "Speak"})
        self.press(bima, "goal.done")
        self.press(bima, "goal.reopen")
        self.press(bima, "goal.delete")
        self.press(bima, "goal.add", {"what": "Write"})
        self.tidy(bima)

    def they_go_away(self) -> None:
        bima = self.bima
        bima.types("/mentor away 3/2")
        self.press(bima, "away.choose")
        self.proposes(bima, date(2027, 2, 1))
        self.press(self.sari, "session.accept")
        bima.types("/mentor away")
        bima.submits({"first": date(2027, 2, 1)})
        self.press(bima, "away.keep")
        bima.closes()
        self.press(bima, "away.drop")
        self.tidy(bima)
        self.word(bima, "back")

    def they_settle_how_it_is_for_them(self) -> None:
        bima = self.bima
        self.word(bima, "settings", "settings.soon")
        bima.types("/mentor settings")
        self.press(bima, "settings.zone", {"place": "Indonesia"})
        self.press(bima, "settings.zone_pick")
        self.tidy(bima)
        self.word(bima, "settings", "settings.zone", "settings.zone_slack")
        self.word(bima, "settings", "settings.hours", form={})
        self.word(bima, "settings", "settings.holidays", form={})
        self.word(bima, "privacy", "privacy.read")
        self.word(bima, "privacy", "privacy.export")
        self.word(bima, "privacy", "privacy.matching")
        self.word(bima, "status")
        self.word(bima, "stop", "stop.undo")
        self.word(bima, "stop")
        self.word(bima, "settings", "settings.resume")
        self.word(self.nina, "privacy", "privacy.delete", form={})
        bima.opens_home()

    def some_things_stay_open(self) -> None:
        """A session agreed, one proposed, a question, something shared, a wish for help."""
        bima, sari = self.bima, self.sari
        today = self.world.now.date()
        self.proposes(bima, today + timedelta(days=13))
        self.press(sari, "session.accept")
        self.proposes(bima, today + timedelta(days=14))
        bima.types("/mentor reflect")
        self.press(bima, "reflection.write", {"body": "Between us"})
        self.press(bima, "reflection.share")
        self.tidy(bima)
        for person in (bima, sari, self.dewi):
            self.word(person, "session")
            self.word(person, "reflect")
            self.word(person, "")
            self.word(person, "stop")
            self.press(person, "stop.undo")


def shown(person: Person, name: str) -> str:
    """The whole action id of the newest button of that name on somebody's screen."""
    with person.world.lock:
        for surface in Eyes(Viewer(person.workspace, person.user, person.world.now())).surfaces():
            for _, element in elements(surface.blocks):
                if element["action_id"].partition("#")[0] == name:
                    return str(element["action_id"])
    raise AssertionError(f"{person.handle} finds no {name}\n{person.screen()}")


CHAPTERS: tuple[Callable[[Life], None], ...] = (
    Life.all_choose_a_language,
    Life.a_programme_is_made,
    Life.leads_come_and_go,
    Life.people_join,
    Life.two_are_proposed,
    Life.they_settle_in,
    Life.they_meet,
    Life.they_look_back,
    Life.they_have_goals,
    Life.they_go_away,
    Life.they_settle_how_it_is_for_them,
    Life.some_things_stay_open,
)
