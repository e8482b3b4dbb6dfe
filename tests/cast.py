"""A lead, a mentor and a mentee in one programme, for stories about a pair."""

from datetime import datetime, time, timedelta
from typing import Any

from bot.domain.cadence import Every
from bot.domain.lifecycle import Role
from bot.sandbox.people import Person
from bot.storage.models import Match
from bot.storage.models import Person as StoredPerson
from bot.storage.unit_of_work import Tx
from tests import pairs
from tests.world import World


class Cast:
    """Dewi leads, Sari is a mentor, Bima a mentee; all in Jakarta unless said otherwise. Their
    programme reflects once a month only, so that little else happens."""

    def __init__(self, world: World, mentor_tz: str = "Asia/Jakarta", **program: Any) -> None:
        self.world = world
        self.dewi = world.add_person("dewi", "Dewi", tz="Asia/Jakarta")
        self.sari = world.add_person("sari", "Sari", tz=mentor_tz)
        self.bima = world.add_person("bima", "Bima", tz="Asia/Jakarta")
        chosen = {"name": "Growing", "every": Every.MONTH.value, "nth": -1}
        chosen |= {"local_time": time(16), "weekday": 2}
        chosen |= {"channel_id": world.add_channel("growth", [self.dewi])}
        self.program = pairs.led(world, self.dewi, **chosen | program)

    def join(self, *, seats: int = 1) -> None:
        self.enroll(self.sari, Role.MENTOR, "Speaking up", seats=seats)
        self.enroll(self.bima, Role.MENTEE, "My first talk")

    def enroll(self, person: Person, role: Role, topics: str = "Maps", **chosen: Any) -> None:
        pairs.joined(self.world, person, self.program, role, topics, **chosen)

    def speaks(self, person: Person, locale: str) -> None:
        """Somebody who has chosen their language."""
        person_id = pairs.known(self.world, person)

        def choose(tx: Tx, _: None) -> None:
            tx.session.query(StoredPerson).filter_by(id=person_id).one().locale = locale

        self.world.bot.db.run(choose, None)

    def all_speak(self, locale: str = "en") -> None:
        for person in (self.dewi, self.sari, self.bima):
            self.speaks(person, locale)

    def propose(self, why: str = "") -> None:
        self.dewi.types("/mentor pair @sari @bima")
        self.dewi.submits({"Why these two?": why})

    def begin(self) -> None:
        """Both say yes."""
        self.propose()
        self.bima.clicks("Yes")
        self.sari.clicks("Yes")
        self.world.advance(timedelta(minutes=2))

    def shown(self, person: Person) -> str:
        """The text in the open form."""
        assert person.modal, person.screen()
        return person.modal.text

    def match(self) -> Match:
        """The newest match, as it is stored."""
        newest = self.world.bot.db.read(
            lambda tx, _: tx.session.query(Match).order_by(Match.created_at.desc()).first(), None
        )
        assert newest is not None
        return newest


def posts(world: World, to: Person | None = None) -> list[str]:
    """What the bot posted in DMs and channels, in order: the first line of each."""
    return [
        record.text.split("\n")[0]
        for record in world.sandbox.journal
        if record.kind == "post" and (to is None or to.id in record.seen_by)
    ]


def at(world: World, day: int, hour: int, minute: int = 0) -> datetime:
    """A UTC instant in the month of the story."""
    return world.now.replace(day=day, hour=hour, minute=minute, second=0, microsecond=0)
