"""A small bot behind a real server, run as a process of its own by the tests beside it.

It says what happens to it on standard output, one line each. A command with the text "slow" is
not answered before a byte can be read from the pipe named by the argument, one with "3s" before
three seconds are over.
"""

import os
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot import logs
from bot.clock import SystemClock
from bot.config import Settings, load
from bot.services.backlog import Backlog
from bot.serving import scrape


def say(what: str) -> None:
    os.write(1, f"{what} {os.getpid()}\n".encode())


class SmallBot:
    def __init__(self, settings: Settings, pipe: str) -> None:
        say("opened")
        self.bolt = App(
            authorize=lambda: AuthorizeResult(
                enterprise_id=None, team_id="T1", bot_user_id="UBOT", bot_token="xoxb-1"
            ),
            client=WebClient(base_url=settings.slack_api_url),
            request_verification_enabled=False,
            process_before_response=True,
        )

        @self.bolt.command("/mentor")
        def command(ack: Callable[[str], None], body: Mapping[str, str]) -> None:
            say(f"heard:{body['text']}")
            if body["text"] == "slow":
                with open(pipe, "rb") as held:
                    held.read(1)
            if body["text"] == "3s":
                time.sleep(3)
            if body["text"].startswith("wrong"):
                raise ValueError(body["text"])
            ack(f"did {body['text']}")

        @self.bolt.event("message")
        def message(event: Mapping[str, str]) -> None:
            say(f"heard:{event['text']}")

    def start_scheduler(self) -> None:
        say("scheduling")

    def stop(self) -> None:
        say("stopped")

    def healthy(self) -> bool:
        return True

    def checks(self) -> Mapping[str, bool]:
        return {"database": True, "schema": True, "scheduler": True}

    def backlog(self) -> Backlog | None:
        return Backlog({"due": 3}, 7.5)

    def build_info(self) -> Mapping[str, str]:
        return {"version": "9.9"}


def main(pipe: str) -> None:
    logs.configure("INFO")
    settings = load(None)
    say("main")
    with ExitStack() as stack:
        if settings.mode == "http":
            stack.enter_context(scrape.shared_by_workers())
        _serve(settings, pipe)


def _serve(settings: Settings, pipe: str) -> None:
    from bot.serving import http, socket  # they decide at their import how they count

    http.SILENCE_SECONDS = 1  # so that nobody has to wait for long
    if settings.mode == "http":
        http.serve(settings, SystemClock(), lambda: SmallBot(settings, pipe))
    else:
        socket.serve(settings, SmallBot(settings, pipe))


if __name__ == "__main__":
    main(sys.argv[1])
