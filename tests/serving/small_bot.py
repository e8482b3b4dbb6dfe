"""The process beside this file, as a test holds it."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class SmallBot:
    """A server in a process group of its own, and what it has said."""

    def __init__(self, directory: Path, port: int, **settings: str) -> None:
        self.port = port
        self.health_port = int(settings["HEALTH_PORT"])
        self.pipe = directory / "pipe"
        self._log = directory / "log"
        os.mkfifo(self.pipe)
        environment = {
            "PATH": os.defpath,
            "PYTHONPATH": str(ROOT),
            "TMPDIR": str(directory),
        } | settings
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.serving.process", str(self.pipe)],
                cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log, text=True,
                start_new_session=True,
            )  # fmt: skip
        self.said: list[str] = []

    def wait_for(self, word: str, times: int = 1) -> list[str]:
        """Read on until it has said `word` that often; returns the process ids that did."""
        assert self._process.stdout is not None
        while len(found := [s.split()[1] for s in self.said if s.split()[0] == word]) < times:
            line = self._process.stdout.readline()
            assert line, f"ended after {self.said}\n{self.log()}"
            self.said.append(line.strip())
        return found

    def log(self) -> str:
        return self._log.read_text()

    def signal(self, number: int) -> None:
        self._process.send_signal(number)

    def ended(self) -> int:
        assert self._process.stdout is not None
        self.said += self._process.stdout.read().splitlines()
        return self._process.wait(timeout=30)

    def kill(self) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def health(self, path: str) -> tuple[int, str]:
        """The answer at the port that is for operators only."""
        return self.ask("GET", path, port=self.health_port)

    def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: dict[str, str] | None = None,
        port: int | None = None,
    ) -> tuple[int, str]:
        with closing(HTTPConnection("127.0.0.1", port or self.port, timeout=30)) as connection:
            connection.request(method, path, body, headers or {})
            with connection.getresponse() as response:
                return response.status, response.read().decode()
