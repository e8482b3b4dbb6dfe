"""What these stories start from, and a look into the database for what no screen shows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import select, update

from bot.domain.cadence import Every, Rhythm
from bot.domain.deliveries import REFLECTION
from bot.domain.lifecycle import MatchState, Visibility
from bot.sandbox.people import Person as SandboxPerson
from bot.sandbox.sight import SeenMessage
from bot.services import schedules
from bot.storage import sealed
from bot.storage.models import Match, Person, Prompt, Reflection
from bot.storage.unit_of_work import Tx
from tests.pairs import known
from tests.world import World

FRIDAY = datetime(2026, 11, 13, 9, 30, tzinfo=UTC)  # 16:30 in Jakarta: Bima was asked at 16:00


def speaks(world: World, person: SandboxPerson, locale: str) -> None:
    known(world, person)

    def choose(tx: Tx, _: None) -> None:
        mine = Person.slack_user_id == person.id
        tx.session.execute(update(Person).where(mine).values(locale=locale))

    world.bot.db.run(choose, None)


def habit(
    world: World, match_id: str, person: SandboxPerson, every: Every = Every.WEEK, weekday: int = 4
) -> None:
    """From now on the person is asked about the match, on Fridays at 16:00."""

    def start(tx: Tx, _: None) -> None:
        row = tx.session.scalars(select(Person).where(Person.slack_user_id == person.id)).one()
        match = tx.session.get_one(Match, (row.workspace_id, match_id))
        rhythm = Rhythm(every, weekday, time(16), date(2026, 11, 9))
        schedules.set_schedule(
            tx,
            REFLECTION,
            match.id,
            row,
            rhythm,
            match_id=match.id,
            program_id=match.program_id,
        )

    world.bot.db.run(start, None)


def end(world: World, match_id: str) -> None:
    """The match ends, however it does."""

    def over(tx: Tx, _: None) -> None:
        values = {"state": MatchState.ENDED, "ended_at": tx.now}
        tx.session.execute(update(Match).where(Match.id == match_id).values(**values))

    world.bot.db.run(over, None)


def kept(world: World) -> list[tuple[str, Visibility]]:
    """Every reflection there is: its text and who may read it, oldest first."""

    def look(tx: Tx, _: None) -> list[tuple[str, Visibility]]:
        rows = tx.session.scalars(select(Reflection).order_by(Reflection.id))
        return [(sealed.read(row, "body") or "", row.visibility) for row in rows]

    return world.bot.db.read(look, None)


def texts(world: World) -> list[str]:
    return [text for text, _ in kept(world)]


def prompts(world: World) -> list[Any]:
    """State and question of every prompt, oldest first."""

    def look(tx: Tx, _: None) -> list[Any]:
        rows = tx.session.scalars(select(Prompt).order_by(Prompt.id))
        return [(row.state.value, row.question_id) for row in rows]

    return world.bot.db.read(look, None)


def states(world: World) -> list[str]:
    return [state for state, _ in prompts(world)]


@dataclass
class Wire:
    """Events of one reply in a prompt's thread, sent by hand: in any order, as often as wanted."""

    world: World
    author: SandboxPerson
    prompt: SeenMessage
    ts: str = "1794562300.000100"

    def created(self, text: str) -> dict[str, Any]:
        return self._event("created", **self._message(text), event_ts=self.ts)

    def edited(self, text: str, second: int) -> dict[str, Any]:
        """An edit, that many seconds after the original."""
        at = f"{float(self.ts) + second:.6f}"
        message = self._message(text)
        return self._event(
            f"edited-{at}", subtype="message_changed", message=message, event_ts=at, hidden=True
        )

    def deleted(self) -> dict[str, Any]:
        at = f"{float(self.ts) + 90:.6f}"
        message = self._message("whatever it was")
        return self._event(
            "deleted", subtype="message_deleted", previous_message=message, event_ts=at
        )

    def send(self, *events: dict[str, Any]) -> None:
        for event in events:
            assert self.world.sandbox.deliver(event).ok
            self.world.settle()

    def _message(self, text: str) -> dict[str, Any]:
        thread = self.prompt.ts
        return {"user": self.author.id, "text": text, "ts": self.ts, "thread_ts": thread}

    def _event(self, name: str, **parts: Any) -> dict[str, Any]:
        team = self.author.workspace.team_id
        place = {"type": "message", "channel": self.prompt.channel, "channel_type": "im"}
        return {
            "type": "event_callback",
            "team_id": team,
            "event_id": f"Ev-{name}",
            "authorizations": [{"team_id": team, "is_bot": True}],
            "event": place | parts,
        }
