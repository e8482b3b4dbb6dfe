"""Starts the test session's PostgreSQL, and stops it when the session is over, however it ends.

A program of its own, so that a killed test run leaves no server behind: the session holds a lock
on the file `alive` while it lives, the operating system lets go of it even after SIGKILL, and this
process sleeps until then. Nothing here may import the project or pytest.

    python postgres_keeper.py SESSION_DIRECTORY PGINSTALL [durable]

`durable` keeps the server's own settings for safety, for benchmarks.
It answers once the server takes connections, by ending; what goes on is its child.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

# Durability is of no use to a database that lives for minutes; speed is.
SETTINGS = {
    "listen_addresses": "",  # a Unix socket only: no port to clash with, nothing open to others
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "32MB",
}
DURABLE = {"listen_addresses": "", "max_connections": "200"}
ENVIRONMENT = {"LC_ALL": "C", "PATH": os.environ.get("PATH", os.defpath)}


class Server:
    """One data directory and the programs that serve it, run by somebody who is not root."""

    def __init__(self, session: Path, pginstall: Path) -> None:
        self._home = session / "postgres"
        self._home.mkdir(mode=0o700)
        self._user = "nobody" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
        self._programs = (self._copy(pginstall) if self._user else pginstall) / "bin"
        if self._user:
            session.chmod(0o711)
            shutil.chown(self._home, self._user)

    def start(self, settings: dict[str, str]) -> None:
        self._run("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8",
                  "--locale=C", "--no-sync")  # fmt: skip
        options = [f"-c {name}='{value}'" for name, value in settings.items()]
        options.append(f"-c unix_socket_directories='{self._home}'")
        log = f"--log={self._home / 'server.log'}"
        self._run("pg_ctl", "start", "--wait", log, f"--options={' '.join(options)}")

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "--wait", "--mode=immediate")

    def _copy(self, pginstall: Path) -> Path:
        """The programs where `nobody` may read them: a virtual environment may lie in root's home.

        They find their libraries by a path relative to themselves, so both keep their places.
        """
        package = pginstall.parent
        libraries = package.with_name(f"{package.name}.libs")
        unused = shutil.ignore_patterns("include", "*.a")
        copied = self._home / package.name / pginstall.name
        shutil.copytree(pginstall, copied, symlinks=True, ignore=unused)
        if libraries.exists():
            shutil.copytree(libraries, self._home / libraries.name, symlinks=True)
        return copied

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), f"--pgdata={self._home / 'data'}", *arguments]
        with (self._home / "keeper.log").open("ab") as log:
            subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=True,
                env=ENVIRONMENT, cwd=self._home, user=self._user, umask=0o077,
                extra_groups=[] if self._user else None,
            )  # fmt: skip


def keep(session: Path, server: Server) -> None:
    """Wait until the session is gone, then stop the server and remove what both left behind."""
    with (session / "alive").open() as alive:
        fcntl.flock(alive, fcntl.LOCK_EX)
    server.stop()
    shutil.rmtree(session, ignore_errors=True)


def main(session: Path, pginstall: Path, durable: str = "") -> None:
    stopped = (session / "stopped").open("w")
    fcntl.flock(stopped, fcntl.LOCK_EX)  # kept by the child; the session waits for it at its end
    server = Server(session, pginstall)
    server.start(DURABLE if durable else SETTINGS)
    if os.fork() == 0:
        os.setsid()  # an interrupted test run must not take the keeper with it
        silence = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silence, stream)
        keep(session, server)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
