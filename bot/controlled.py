"""The bot as a process of its own whose clock is in somebody else's hands.

    python -m bot.controlled < orders.json

Orders: `settings` (as in `.env`), `token` of the control channel, `start` (the instant it is).
It connects by Socket Mode, prints the port of its control channel, and works when told to.
"""

import json
import signal
import sys
import threading
from datetime import datetime
from typing import Any

from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot import logs
from bot.app import build
from bot.clock import MovableClock
from bot.config import Settings
from bot.control import ControlServer
from bot.storage import schema
from bot.storage.engine import open_engine


def main() -> None:
    orders: dict[str, Any] = json.load(sys.stdin)
    logs.configure("WARNING", "text", sys.stderr)
    settings = Settings(_env_file=None, **orders["settings"])
    clock = MovableClock(datetime.fromisoformat(orders["start"]), running=True)
    engine = open_engine(settings.database_url.get_secret_value())
    schema.upgrade(engine)
    engine.dispose()
    runtime = build(settings, clock, wake=lambda: None)
    assert settings.slack_app_token is not None, "the control channel comes with Socket Mode"
    sockets = SocketModeHandler(runtime.bolt, settings.slack_app_token.get_secret_value())
    sockets.connect()  # type: ignore[no-untyped-call]
    control = ControlServer(runtime.beats, clock, orders["token"])
    control.start()
    print(control.port, flush=True)  # noqa: T201 (this is how the parent learns it)
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    ended.wait()
    sockets.close()  # type: ignore[no-untyped-call]
    control.stop()
    runtime.stop()


if __name__ == "__main__":
    main()
