"""A whole world for a test: the real Bolt app, a simulated workspace, one clock that stands still.

The bot is reached as in production: signed HTTP requests from the workspace through the guard to
Bolt, Web API calls back over loopback. Its beats are struck by hand until nothing is due, after
each action of a person and at every instant on the way when time is moved.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.app import Runtime, build
from bot.clock import MovableClock
from bot.config import Settings
from bot.sandbox.people import Person
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.travel import Travel
from bot.sandbox.wsgi import LoopbackApp
from bot.serving.http import web_app
from bot.slack.scopes import EVENTS, SCOPES

# A Monday, 09:00 in Jakarta, well away from holidays and clock changes.
T0 = datetime(2026, 11, 9, 2, 0, tzinfo=UTC)


class Crash(BaseException):
    """A crash of the bot, raised where a test wants one."""


@dataclass
class _Steered:
    """The bot in this very process, on the world's own clock."""

    bot: Runtime
    _swept_at: datetime | None = None

    def set_clock(self, now: datetime) -> None:
        """Nothing to do: the clock is the same object."""

    def work(self) -> int:
        beats, now = self.bot.beats, self.bot.clock.now()
        swept = 0
        if now != self._swept_at:  # sweeps are for what time alone brings about
            self._swept_at = now
            swept = beats.maintain()
        return swept + beats.plan() + beats.rescue() + beats.dispatch()

    def next_due(self) -> datetime | None:
        return self.bot.beats.next_due()


class World:
    """See the module. `person`, `add_person` and `add_channel` are the sandbox's own."""

    def __init__(
        self, database_url: str, *, start: datetime = T0, first_leads: Iterable[str] = ()
    ) -> None:
        self.clock = MovableClock(start)
        self.sandbox = Sandbox(
            self.clock,
            scopes=[scope.name for scope in SCOPES],
            events=[event.name for event in EVENTS],
            commands=["/mentor"],
            ack_seconds=20,
        )
        self.sandbox.start()
        self._database_url = database_url
        self.first_leads = tuple(first_leads)  # read by the bot when it starts
        self.crash_at: Callable[[str], bool] = lambda _step: False
        self.bot = self._build()
        self._steered = _Steered(self.bot)
        self._http = self._serve()
        self.sandbox.after_action.append(self.settle)

    def close(self) -> None:
        self._http.stop()
        self.bot.stop()
        self.sandbox.stop()

    def restart(self) -> None:
        """What a crash leaves: a new process on the same database. Leases are not given back."""
        self._http.stop()
        self.bot.db.engine.dispose()
        self.bot = self._build()
        self._steered = _Steered(self.bot)
        self._http = self._serve()

    # People and places

    def person(self, handle: str) -> Person:
        return self.sandbox.person(handle)

    def add_person(self, handle: str, name: str | None = None, **account: Any) -> Person:
        return self.sandbox.add_person(handle, name, **account)

    def add_channel(self, name: str, members: Iterable[Person] = (), **options: Any) -> str:
        return self.sandbox.add_channel(name, members, **options)

    # Time

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def settle(self) -> None:
        """Let the bot work until nothing is due; seconds may pass, for Slack's limits."""
        self._travel().settle()

    def advance_to(self, instant: datetime) -> None:
        """Move time on, stopping wherever the bot has something to do."""
        self._travel().advance_to(instant)

    def advance(self, by: timedelta) -> None:
        self.advance_to(self.now + by)

    def jump(self, by: timedelta) -> None:
        """Time passes while the bot is down; then it works again."""
        self._travel().jump_to(self.now + by)

    def _travel(self) -> Travel:
        return Travel(self.clock, self.sandbox, self._steered)

    # The bot

    def _checkpoint(self, step: str) -> None:
        if self.crash_at(step):
            raise Crash(step)

    def _build(self) -> Runtime:
        settings = Settings(
            slack_bot_token=self.sandbox.bot_token,
            slack_signing_secret=self.sandbox.signing_secret,
            slack_api_url=self.sandbox.base_url,
            database_url=self._database_url,
            first_leads=self.first_leads,
        )
        return build(settings, self.clock, checkpoint=self._checkpoint, wake=lambda: None)

    def _serve(self) -> LoopbackApp:
        app = LoopbackApp(web_app(self.bot, self.sandbox.signing_secret, self.clock))
        app.start()
        self.sandbox.deliver_to(app.url)
        return app
