"""Socket Mode: the bot calls Slack, so it needs no public address. One process, many threads.

Slack's own handler for Python ignores SIGTERM, which would lose the work in hand, and notices a
dead connection only after a minute. Both are put right here. What arrives after the signal is
left unacknowledged: events come again over another connection.
"""

import logging
import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackClientNotConnectedError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.config import Settings
from bot.serving import health
from bot.serving.gate import Gate
from bot.serving.runtime import Runtime

STOP_SECONDS = 10.0
"""How long the work in hand may take to finish."""

LEAVE_SECONDS = 20.0
"""After so long the process ends whatever still hangs; supervisors kill no sooner."""

PING_SECONDS = 2
"""A dead connection is given up after five of these (11 seconds measured; 18 with 3)."""

_log = logging.getLogger(__name__)


def serve(settings: Settings, runtime: Runtime) -> None:
    """Serve until SIGTERM or SIGINT; a second signal ends the process at once.

    Raises OSError when the health port is taken, and what slack_sdk raises when Slack does not
    let us connect.
    """
    assert settings.slack_app_token is not None, "Socket Mode implies an app-level token"
    receiver = _Receiver(runtime, settings.slack_app_token.get_secret_value())
    with _told_to_stop() as stopping, health.served(settings.health_port, runtime.healthy):
        try:
            receiver.client.connect()
            runtime.start_scheduler()
            _log.info("serving mode=socket health_port=%d", settings.health_port)
            while not stopping.wait(1):  # a wait without end can't be interrupted on Windows
                pass
        finally:
            _stop(receiver, runtime)


def _stop(receiver: "_Receiver", runtime: Runtime) -> None:
    last_resort = threading.Timer(LEAVE_SECONDS, os._exit, [1])
    last_resort.daemon = True
    last_resort.start()
    if not receiver.gate.shut(STOP_SECONDS):
        _log.warning("work in hand was not finished seconds=%d", STOP_SECONDS)
    receiver.hang_up()
    runtime.stop()
    last_resort.cancel()
    _log.info("stopped")


@contextmanager
def _told_to_stop() -> Iterator[threading.Event]:
    """An event that the first signal sets; from then on signals do what they always do."""
    stopping = threading.Event()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def told(number: int, _frame: object) -> None:
        _log.info("stopping signal=%s", signal.Signals(number).name)
        stopping.set()
        for each in before:
            signal.signal(each, signal.SIG_DFL)

    for number in before:
        signal.signal(number, told)
    yield stopping
    for number, handler in before.items():
        signal.signal(number, handler)


class _Receiver(SocketModeHandler):
    """Bolt's handler, which passes nothing on once the gate is shut."""

    def __init__(self, runtime: Runtime, app_token: str) -> None:
        super().__init__(runtime.bolt, app_token, ping_interval=PING_SECONDS)
        self.gate = Gate()

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override] # as Bolt's own
        with self.gate.enter() as admitted:
            if admitted:
                self._handle(client, req)

    def _handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:
        try:
            super().handle(client, req)
        except SlackClientNotConnectedError:
            _log.warning("connection lost before the answer envelope=%s", req.envelope_id)
        except Exception:  # noqa: BLE001 (whatever it was, the next envelope is served)
            _log.exception("failed envelope=%s", req.envelope_id)

    def hang_up(self) -> None:
        """End the connection for good, so that Slack turns to others."""
        self.client.auto_reconnect_enabled = False
        session = self.client.current_session
        if session is not None and session.sock is not None:
            with suppress(OSError):  # it may just have gone; closing it would wait for 3 seconds
                session.sock.shutdown(socket.SHUT_RDWR)
