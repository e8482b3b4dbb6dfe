"""The simulated Slack as one object: start it, people it, connect an app, look at what happened.

with Sandbox(clock, scopes={...}, events={...}) as sandbox:
    bima = sandbox.add_person("bima", tz="Asia/Jakarta", locale="id-ID")
    sandbox.deliver_to("http://127.0.0.1:3000/slack/events")   # or connect by Socket Mode
    bima.types("/mentor join")
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from bot.clock import Clock
from bot.sandbox.delivery.courier import Courier, Transport
from bot.sandbox.delivery.http import HttpRoad, body_of, signed
from bot.sandbox.delivery.parcel import Answer, Delivery, Road
from bot.sandbox.delivery.socket import SocketRoad
from bot.sandbox.faults import Faults
from bot.sandbox.hub import Hub
from bot.sandbox.journal import CallRecord, Record
from bot.sandbox.people import Person
from bot.sandbox.posting import Posting
from bot.sandbox.responses import Responses
from bot.sandbox.server import Server
from bot.sandbox.team import Team
from bot.sandbox.world import AppConfig, World

Json = dict[str, Any]
SIGNING_SECRET = "sandbox-signing-secret"  # noqa: S105 - a secret of nothing real
APP_TOKEN = "xapp-1-sandbox-app-token"  # noqa: S105
FIRST_TEAM = "T00000001"


class Sandbox:
    """A Slack of one's own on loopback, with one app installed in one or more workspaces.

    `scopes`, `events` (as subscribed: "message.im", "app_home_opened", …) and `commands` (None:
    any) are the app's registration. `burst` is how many messages a channel takes before one a
    second is enforced on `clock`. `signing_clock` stamps signed requests (`clock` by default; the
    stock verifier of the SDK wants the machine's). The app may take `ack_seconds` of real time to
    answer: Slack allows 3, a busy test machine may need more.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        scopes: Iterable[str],
        events: Iterable[str] = (),
        commands: Iterable[str] | None = None,
        app_name: str = "Bimbing",
        burst: int = 1,
        should_escape: bool = True,
        signing_clock: Clock | None = None,
        ack_seconds: float = 10.0,
        port: int = 0,
    ) -> None:
        registered = None if commands is None else frozenset(commands)
        app = AppConfig(
            app_name, app_name.lower(), frozenset(scopes), frozenset(events), registered,
            SIGNING_SECRET, APP_TOKEN, burst,
        )  # fmt: skip
        self._world = World(clock, app)
        self._signing_clock = signing_clock or clock
        self._ack_seconds = ack_seconds
        self._sockets = SocketRoad(self._world, ack_seconds)
        self._http: HttpRoad | None = None
        self._courier = Courier(self._world, self._transport)
        self._world.emit = self._courier.emit
        self._server = Server(self._world, self._courier, self._sockets, port)
        posting = Posting(self._world)
        self._hub = Hub(
            self._world, self._courier, self._server, posting, Responses(self._world, posting),
            ack_seconds, should_escape,
        )  # fmt: skip
        self._teams: dict[str, Team] = {}
        self.team = self.add_team(FIRST_TEAM, "Practice", "practice")

    def start(self) -> "Sandbox":
        """Serve from a thread of its own until `stop`."""
        self._server.start()
        return self

    def stop(self) -> None:
        self._server.stop()

    def __enter__(self) -> "Sandbox":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    # --- what the app needs to connect

    @property
    def base_url(self) -> str:
        """For `WebClient(base_url=…)`."""
        return f"{self._world.base}/api/"

    @property
    def bot_token(self) -> str:
        return self.team.bot_token

    @property
    def app_token(self) -> str:
        return self._world.app.app_token

    @property
    def signing_secret(self) -> str:
        return self._world.app.signing_secret

    def deliver_to(self, url: str | None) -> None:
        """Deliver to this request URL from now on; None means Socket Mode (as at the start)."""
        secret, clock = self.signing_secret, self._signing_clock
        self._http = None if url is None else HttpRoad(url, secret, clock, self._ack_seconds)

    @property
    def socket_connections(self) -> int:
        return self._sockets.connections

    def disconnect_sockets(self, reason: str = "refresh_requested") -> None:
        """Send `disconnect` (warning, refresh_requested, link_disabled) and close as Slack does."""
        self._server.run(self._sockets.say_goodbye(reason))

    def cut_sockets(self, most: int | None = None) -> None:
        """Break all connections, or `most` of them, oldest first, without a word."""
        self._server.run(self._sockets.cut(most))

    def stall_sockets(self, most: int | None = None) -> None:
        """Let all connections, or `most` of them, oldest first, stay open and go silent."""
        self._server.run(self._sockets.stall(most))

    def send_socket_text(self, text: str) -> None:
        """Send something that is no envelope over a Socket Mode connection."""
        self._server.run(self._sockets.send_text(text))

    # --- the world

    def add_team(self, team_id: str, name: str, domain: str) -> Team:
        """Another workspace with the app installed. It counts its ids from the start, too."""
        with self._world.lock:
            made = Team(self._hub, self._world.add_workspace(team_id, name, domain))
        self._teams[team_id] = made
        return made

    def person(self, handle: str) -> Person:
        """A person of the first workspace."""
        return self.team.person(handle)

    def add_person(self, handle: str, name: str | None = None, **account: Any) -> Person:
        """See `Team.add_person`."""
        return self.team.add_person(handle, name, **account)

    def add_channel(
        self, name: str, members: Iterable[Person] = (), *, private: bool = False, app: bool = False
    ) -> str:
        """See `Team.add_channel`."""
        return self.team.add_channel(name, members, private=private, app=app)

    # --- what happened

    @property
    def journal(self) -> list[Record]:
        """All that people were shown, in order."""
        with self._world.lock:
            return list(self._world.journal.records)

    @property
    def calls(self) -> list[CallRecord]:
        """All Web API calls with their answers, in order."""
        with self._world.lock:
            return list(self._world.journal.calls)

    @property
    def deliveries(self) -> list[Delivery]:
        """All that was sent to the app, in order."""
        with self._world.lock:
            return list(self._courier.deliveries)

    def uploaded(self, file_id: str) -> bytes:
        """The content of a file the app uploaded to the first workspace."""
        with self._world.lock:
            content: bytes = self._world.files[f"{self.team.id}.{file_id}"]["content"]
            return content

    def on_message(self, callback: Callable[[Record], None]) -> None:
        """Call back for each new record, on the server's thread: be quick, and do not act there."""
        self._world.journal.listeners.append(callback)

    # --- misfortune and time

    @property
    def faults(self) -> Faults:
        return self._world.faults

    @property
    def after_action(self) -> list[Callable[[], None]]:
        """Hooks that run on the caller's thread after each action of a person."""
        return self._hub.after_action

    def now(self) -> datetime:
        return self._world.now()

    def tick(self) -> int:
        """Send again what is due, after the clock was moved. Returns how many events."""
        return self._courier.tick()

    def idle(self) -> bool:
        """Whether no event is on its way to the app."""
        return self._courier.idle()

    def wait_idle(self, timeout: float = 10.0) -> None:
        """Wait (real seconds) until no event is on its way. Raises `TimeoutError`."""
        if not self._courier.wait_idle(timeout):
            raise TimeoutError(f"events were still on their way after {timeout} s")

    # --- raw access, for hostile tests

    def deliver(self, payload: Json) -> Answer:
        """Send a payload (properly signed) by the road its shape asks for; nothing is shown."""
        return self._hub.ask(_road(payload), self.team.workspace, payload)

    def redeliver(self, delivery: Delivery) -> Answer:
        """Send a recorded payload once more, event_id and trigger_id unchanged."""
        workspace = self._world.workspaces[delivery.team]
        return self._hub.ask(delivery.kind, workspace, delivery.payload)

    def send_raw(
        self, kind: Road, payload: Json | bytes, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send bytes or a payload over HTTP with these headers in place of the right ones."""
        assert self._http is not None, "raw requests need HTTP delivery"
        body, content_type = (
            (payload, "application/json") if isinstance(payload, bytes) else body_of(kind, payload)
        )
        right = signed(self.signing_secret, self._signing_clock, body)
        all_headers = {"Content-Type": content_type, **right, **(headers or {})}
        return self._server.run(self._http.send_bytes(body, all_headers))

    def _transport(self) -> Transport:
        return self._http or self._sockets


def _road(payload: Json) -> Road:
    if "command" in payload:
        return "slash_commands"
    return "events_api" if payload.get("type") == "event_callback" else "interactive"
