"""Who is in the demo: six participants and a lead, in seven cities."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.sandbox.people import Person
from bot.sandbox.sandbox import Sandbox

# A Monday, 09:00 in Jakarta, two weeks before Europe's clocks change and three before America's.
START = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
CHANNEL = "mentoring"

_PEOPLE = (
    ("dewi", "Dewi", "Asia/Jakarta"),
    ("bima", "Bima", "Asia/Jakarta"),
    ("sari", "Sari", "Asia/Makassar"),
    ("jonas", "Jonas", "Europe/Berlin"),
    ("adaeze", "Adaeze", "Africa/Lagos"),
    ("luiza", "Luiza", "America/Sao_Paulo"),
    ("maya", "Maya", "America/Los_Angeles"),
)


@dataclass(frozen=True)
class Cast:
    """The people by name, and the channel they share."""

    dewi: Person
    bima: Person
    sari: Person
    jonas: Person
    adaeze: Person
    luiza: Person
    maya: Person
    channel: str

    @property
    def people(self) -> dict[str, Person]:
        everybody = (
            self.dewi, self.bima, self.sari, self.jonas, self.adaeze, self.luiza, self.maya
        )  # fmt: skip
        return {person.id: person for person in everybody}


def gather(sandbox: Sandbox) -> Cast:
    """Put the people and their channel into a workspace."""
    made = {handle: sandbox.add_person(handle, name, tz=tz) for handle, name, tz in _PEOPLE}
    channel = sandbox.add_channel(CHANNEL, made.values(), app=True)
    return Cast(**made, channel=channel)
