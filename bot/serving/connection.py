"""One Socket Mode connection to Slack, looked after.

The SDK notices a connection that was cut after five failed pings, and one that went silent by the
wall clock, unless it never said a word. Here both are noticed by the monotonic clock, and ended;
the SDK then makes a new one.
"""

import logging
import socket
import time
from contextlib import suppress

from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError, SlackClientNotConnectedError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import Connection as Session
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot import metrics
from bot.serving import intake
from bot.serving.gate import Gate
from bot.serving.runtime import Runtime
from bot.slack.shapes import Malformed, check_envelope

PING_SECONDS = 2

SILENCE_SECONDS = 8.0
"""Without an answer to a ping for so long, a connection is given up."""

AGAIN_SECONDS = 30.0
"""How often a connection that Slack never let through is tried again."""

OPEN_SECONDS = 5
"""For `apps.connections.open`."""

_log = logging.getLogger(__name__)


class Connection(SocketModeHandler):
    """Bolt's handler, which passes nothing on once its gate is shut.

    To be looked after every second.
    """

    def __init__(self, runtime: Runtime, app_token: str) -> None:
        slack = WebClient(base_url=runtime.bolt.client.base_url, timeout=OPEN_SECONDS)
        super().__init__(runtime.bolt, app_token, web_client=slack, ping_interval=PING_SECONDS)
        self._gate = Gate()
        self._session: Session | None = None
        self._tried = self._heard = time.monotonic()
        self._pong: float | None = None

    @property
    def is_up(self) -> bool:
        return self.client.is_connected()

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override] # as Bolt's own
        with self._gate.enter() as admitted:
            if admitted:
                self._handle(client, req)

    def _handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:
        try:
            with intake.taken(check_envelope(req.type, req.payload)) as answered:
                super().handle(client, req)
                answered(200)
        except Malformed as malformed:
            intake.refuse(malformed)
            with suppress(SlackClientNotConnectedError):  # else it would come again as it is
                client.send_socket_mode_response(SocketModeResponse(envelope_id=req.envelope_id))
        except SlackClientNotConnectedError:
            _log.warning("connection lost before the answer envelope=%s", req.envelope_id)
        except Exception:  # noqa: BLE001 (whatever it was, the next envelope is served)
            _log.exception("failed envelope=%s", req.envelope_id)

    def look_after(self) -> None:
        """Give up a session that is dead or silent; notice a new one."""
        now, session = time.monotonic(), self.client.current_session
        if session is None:
            self._try_again(now)
        elif session is not self._session:
            if self._session is not None:
                metrics.RECONNECTS.inc()
            self._session, self._heard, self._pong = session, now, None
        elif session.last_ping_pong_time != self._pong:
            self._heard, self._pong = now, session.last_ping_pong_time
        elif session.consecutive_check_state_error_count or now - self._heard > SILENCE_SECONDS:
            self._give_up(session)

    def _try_again(self, now: float) -> None:
        if now - self._tried < AGAIN_SECONDS:
            return
        self._tried = now
        try:
            self.client.connect()
        except (SlackClientError, OSError) as error:
            _log.warning("one connection less reason=%s", type(error).__name__)

    def finish(self, seconds: float) -> bool:
        """Take nothing more, answer what is in hand within `seconds`, and end the connection for
        good, so that Slack turns to others. False if it took too long."""
        finished = self._gate.shut(seconds)
        self.client.auto_reconnect_enabled = False
        self.client.default_auto_reconnect_enabled = False  # a connect under way would set it again
        if self.client.current_session is not None:
            _shut(self.client.current_session)
        return finished

    def _give_up(self, session: Session) -> None:
        if session.is_active():
            _log.warning("a connection is dead, making another")
            _shut(session)
            with suppress(AttributeError):  # the SDK's own threads may close it in between
                session.disconnect()


def _shut(session: Session) -> None:
    sock = session.sock
    if sock is not None:
        with suppress(OSError):  # it may just have gone; closing it would wait for 3 seconds
            sock.shutdown(socket.SHUT_RDWR)
