"""A small bot behind the real HTTP server, run as a process of its own by the tests beside it.

It says what happens to it on standard output, one line each. A command with the text "slow" is
not answered before a byte can be read from the pipe named by its argument.
"""

import os
import sys
from collections.abc import Callable, Mapping

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult

from bot import logs
from bot.clock import SystemClock
from bot.config import load
from bot.serving import http


def say(what: str) -> None:
    os.write(1, f"{what} {os.getpid()}\n".encode())


class SmallBot:
    def __init__(self, pipe: str) -> None:
        say("opened")
        self.bolt = App(
            authorize=lambda: AuthorizeResult(
                enterprise_id=None, team_id="T1", bot_user_id="UBOT", bot_token="xoxb-1"
            ),
            request_verification_enabled=False,
            process_before_response=True,
        )

        @self.bolt.command("/mentor")
        def command(ack: Callable[[str], None], body: Mapping[str, str]) -> None:
            say(f"heard:{body['text']}")
            if body["text"] == "slow":
                with open(pipe, "rb") as held:
                    held.read(1)
            ack(f"did {body['text']}")

    def start_scheduler(self) -> None:
        say("scheduling")

    def stop(self, timeout_s: float) -> None:
        say("stopped")

    def healthy(self) -> tuple[bool, Mapping[str, object]]:
        return True, {"pid": os.getpid()}


if __name__ == "__main__":
    logs.configure("INFO")
    http.SILENCE_SECONDS = 1  # so that nobody has to wait for long
    say("master")
    http.serve(load(None), SystemClock(), lambda: SmallBot(sys.argv[1]))
