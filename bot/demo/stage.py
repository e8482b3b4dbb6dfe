"""The stage: a simulated workspace, the bot's process, and one hand on both clocks."""

import queue
import threading
import time
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from datetime import time as wall
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.clock import MovableClock
from bot.demo.printing import Page
from bot.demo.process import BotProcess
from bot.sandbox.journal import Record
from bot.sandbox.people import Person
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.sight import SeenMessage
from bot.sandbox.travel import Travel
from bot.slack.scopes import EVENTS, SCOPES

# How long after a kill the bot is down; longer than a lease and than Slack needs to show a post.
_DOWN = timedelta(minutes=4)
_GROUP = 2


class Stage:
    """People do things on it; what reaches them is printed as it lands."""

    def __init__(self, start: datetime, folder: Path, *, pause: float) -> None:
        self.clock = MovableClock(start, running=True)
        self.sandbox = Sandbox(
            self.clock,
            scopes=[scope.name for scope in SCOPES],
            events=[event.name for event in EVENTS],
            commands=["/mentor"],
        )
        self.database = folder / "demo.sqlite3"
        self._folder = folder
        self._pause = pause  # real seconds for each message, so that a person can read along
        self._landed: queue.SimpleQueue[Record] = queue.SimpleQueue()

    def open(self, people: Mapping[str, Person], page: Page, *, first_lead: Person) -> None:
        """Start the workspace and the bot."""
        self.page = page
        self._people = {person.id: person for person in people.values()}
        self.sandbox.start()
        self.sandbox.on_message(self._landed.put)
        settings = {
            "slack_bot_token": self.sandbox.bot_token,
            "slack_app_token": self.sandbox.app_token,
            "slack_api_url": self.sandbox.base_url,
            "database_url": f"sqlite:///{self.database}",
            "first_leads": first_lead.id,
        }
        self.bot = BotProcess(settings, self._folder)
        self._start_bot()
        self.sandbox.after_action.append(self.settle)
        self.settle()

    def close(self) -> None:
        self.bot.stop()
        self.sandbox.stop()

    @property
    def now(self) -> datetime:
        return self.clock.now()

    # Time

    def settle(self) -> None:
        """Let the bot work until nothing is due, and print what landed."""
        self._travel.settle()
        self._print_landed()

    def advance_to(self, instant: datetime) -> None:
        for _ in self._travel.stops(instant):
            self._print_landed()

    def advance_to_local(self, person: Person, day: date, at: str, *, minutes: int = 0) -> None:
        """Move on to a wall-clock time on the person's own clock, and some minutes more."""
        local = datetime.combine(day, wall.fromisoformat(at), ZoneInfo(person.tz))
        self.advance_to(local.astimezone(UTC) + timedelta(minutes=minutes))

    # Misfortune

    def kill_at_next_post(self) -> None:
        """From now on: when Slack has taken the next message and the bot does not know yet, the
        bot dies. `recover` brings it back."""
        self._held = self.sandbox.faults.add("hold", "chat.postMessage")
        self._killer = threading.Thread(target=self._kill_when_accepted)
        self._killer.start()

    def advance_into_death(self, instant: datetime) -> None:
        """Move on until the bot is killed; it must happen before `instant`."""
        try:
            self.advance_to(instant)
        except OSError:
            pass  # the control channel died with the bot
        else:
            raise AssertionError("the bot was to die on the way")
        self._killer.join()
        self._print_landed()

    def recover(self) -> None:
        """Start the bot again, some minutes later; it finds out for itself what Slack has."""
        self._held.release()
        self.clock.advance(_DOWN)
        self._start_bot()
        self.settle()

    def _kill_when_accepted(self) -> None:
        self._held.accepted.wait(timeout=120)
        self.bot.kill()

    # The bot

    def _start_bot(self) -> None:
        self.bot.start(self.now)
        assert self.bot.control is not None
        self._travel = Travel(self.clock, self.sandbox, self.bot.control)

    # What people see

    def _print_landed(self) -> None:
        while not self._landed.empty():
            record = self._landed.get()
            if record.kind in {"post", "ephemeral"}:
                self._print(record)

    def _print(self, record: Record) -> None:
        readers = [self._people[user] for user in record.seen_by if user in self._people]
        shown = next((m for r in readers[:1] for m in _flat(r) if m.ts == record.ts), None)
        if shown is not None and all(shown.author != reader.name for reader in readers):
            # In a channel everybody reads the same; in a group DM the two clocks are the point.
            self.page.landed(readers if len(readers) == _GROUP else readers[:1], shown, record.at)
            time.sleep(self._pause)


def _flat(reader: Person) -> list[SeenMessage]:
    return [message for top in reader.messages() for message in (top, *top.thread)]
