"""The bot as a child process: started, steered, killed, started again."""

import json
import secrets
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import IO

from bot.control import ControlClient


class BotFailed(Exception):
    """The bot did not start, or ended on its own; the text is the end of what it logged."""


class BotProcess:
    """`python -m bot.controlled` with its log in a file."""

    def __init__(self, settings: Mapping[str, str], folder: Path) -> None:
        self._settings = dict(settings)
        self._log = folder / "bot.log"
        self._child: subprocess.Popen[str] | None = None
        self.control: ControlClient | None = None

    def start(self, now: datetime) -> None:
        """Start it with its clock at `now`; returns when it is connected."""
        token = secrets.token_hex(16)
        with self._log.open("a") as log:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "bot.controlled"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        orders = {"settings": self._settings, "token": token, "start": now.isoformat()}
        stdin, stdout = _pipes(self._child)
        stdin.write(json.dumps(orders))
        stdin.close()
        port = stdout.readline().strip()
        if not port:
            self._child.wait()
            raise BotFailed(self.log_tail())
        self.control = ControlClient(int(port), token)

    def kill(self) -> None:
        """As a power cut would: no farewell, nothing finished."""
        if self._child is not None:
            self._child.kill()
            self._end()

    def stop(self) -> None:
        """SIGTERM: what is in hand is finished."""
        if self._child is not None:
            self._child.terminate()
            self._end()

    def log_tail(self) -> str:
        return self._log.read_text()[-2000:] if self._log.exists() else ""

    def log_text(self) -> str:
        return self._log.read_text() if self._log.exists() else ""

    def _end(self) -> None:
        assert self._child is not None
        self._child.wait(timeout=30)
        if self._child.stdout is not None:
            self._child.stdout.close()
        self._child, self.control = None, None


def _pipes(child: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    assert child.stdin is not None
    assert child.stdout is not None
    return child.stdin, child.stdout
