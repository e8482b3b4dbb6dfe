"""The command line: exit codes, next steps, and no traceback for what an operator can mend."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from sqlalchemy import text

from bot import __version__
from bot.checkup import WITHOUT
from bot.cli import BAD_CONFIG, FAILED, OK, main
from bot.clock import SystemClock
from bot.sandbox import Sandbox
from bot.slack.scopes import EVENTS, REQUIRED, SCOPES
from bot.storage import schema
from bot.storage.engine import open_engine
from tests.serving.small_bot import free_port

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Away from the developer's own settings."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith(("SLACK_", "BIMBING_", "HTTP_")) or name == "DATABASE_URL":
            monkeypatch.delenv(name)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    names = [scope.name for scope in SCOPES]
    with Sandbox(SystemClock(), scopes=names, events=[event.name for event in EVENTS]) as made:
        yield made


def _settings(sandbox: Sandbox, **more: str) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token,
        "SLACK_API_URL": sandbox.base_url,
    } | more


def _write(settings: Mapping[str, str]) -> None:
    Path(".env").write_text("".join(f"{name}={value}\n" for name, value in settings.items()))


class Started:
    """`bimbing` as a process of its own."""

    def __init__(self, *arguments: str) -> None:
        environment = {"PATH": os.defpath, "PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "bot", *arguments],
            env=environment, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.said = ""

    def wait_for(self, words: str) -> None:
        assert self._process.stderr is not None
        while words not in self.said:
            line = self._process.stderr.readline()
            assert line, f"ended after: {self.said}"
            self.said += line

    def terminated(self) -> int:
        self._process.send_signal(signal.SIGTERM)
        return self.ended()

    def ended(self) -> int:
        with self._process:
            assert self._process.stderr is not None
            self.said += self._process.stderr.read()
            return self._process.wait(timeout=60)


# --- the settings


@pytest.mark.parametrize("command", ["run", "check", "migrate"])
def test_all_faults_of_the_settings_are_told(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command]) == BAD_CONFIG
    said = capsys.readouterr().err
    assert "SLACK_BOT_TOKEN is missing" in said
    assert "SLACK_APP_TOKEN is missing" in said


def test_a_process_with_bad_settings_ends_with_78_and_no_traceback() -> None:
    _write({"SLACK_BOT_TOKEN": "canary"})
    bot = Started("run")
    assert bot.ended() == BAD_CONFIG
    assert "SLACK_BOT_TOKEN is not valid" in bot.said
    assert "Traceback" not in bot.said
    assert "canary" not in bot.said


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    assert capsys.readouterr().out.strip() == f"bimbing {__version__}"


# --- manifest


def test_the_manifest_needs_no_tokens(capsys: pytest.CaptureFixture[str]) -> None:
    _write({"COMMAND_NAME": "/bimbing"})
    assert main(["manifest"]) == OK
    made = json.loads(capsys.readouterr().out)
    assert made["features"]["slash_commands"][0]["command"] == "/bimbing"
    assert made["settings"]["socket_mode_enabled"]


def test_the_manifest_takes_the_public_address(capsys: pytest.CaptureFixture[str]) -> None:
    _write({"PUBLIC_URL": "https://bimbing.example.org/"})
    main(["manifest"])
    made = json.loads(capsys.readouterr().out)
    url = made["settings"]["event_subscriptions"]["request_url"]
    assert url == "https://bimbing.example.org/slack/events"


# --- migrate


def test_migrate_brings_an_empty_database_to_the_newest_revision(
    empty_database_url: str, sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    _write(_settings(sandbox, DATABASE_URL=empty_database_url))
    assert main(["migrate"]) == OK
    assert capsys.readouterr().out == f"empty -> {schema.head_revision()}\n"
    assert main(["migrate"]) == OK
    assert capsys.readouterr().out == f"already at {schema.head_revision()}\n"


def test_a_database_of_another_version_is_left_alone(
    empty_database_url: str, sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = open_engine(empty_database_url)
    schema.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'later'"))
    engine.dispose()
    _write(_settings(sandbox, DATABASE_URL=empty_database_url))
    assert main(["migrate"]) == FAILED
    assert "Nothing was changed" in capsys.readouterr().err
    assert main(["run"]) == FAILED
    assert "bimbing migrate" in capsys.readouterr().err
    assert main(["check"]) == FAILED
    assert "bimbing migrate" in capsys.readouterr().out


# --- run


def test_run_waits_for_somebody_to_migrate_postgresql(
    empty_postgresql_url: str, sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    _write(_settings(sandbox, DATABASE_URL=empty_postgresql_url))
    assert main(["run"]) == FAILED
    assert "bimbing migrate" in capsys.readouterr().err


def test_run_by_socket_mode_from_nothing_but_tokens(sandbox: Sandbox) -> None:
    _write(_settings(sandbox, HEALTH_PORT=str(free_port())))
    bima = sandbox.add_person("bima")
    bot = Started("run")
    bot.wait_for("serving mode=socket")
    bima.types("/mentor")
    assert bot.terminated() == 0
    assert "Traceback" not in bot.said
    engine = open_engine("sqlite:///bimbing.sqlite3")
    assert schema.is_current(engine)
    engine.dispose()


def test_run_by_http_on_either_database(database_url: str, sandbox: Sandbox) -> None:
    port = free_port()
    _write(
        _settings(
            sandbox, SLACK_SIGNING_SECRET=sandbox.signing_secret, BIMBING_MODE="http",
            HTTP_PORT=str(port), DATABASE_URL=database_url, LOG_FORMAT="json",
            HEALTH_PORT=str(free_port()),
        )
    )  # fmt: skip
    sandbox.deliver_to(f"http://127.0.0.1:{port}/slack/events")
    bima = sandbox.add_person("bima")
    bot = Started("run")
    bot.wait_for("Listening at")
    bima.types("/mentor")
    assert bot.terminated() == 0
    assert all(json.loads(line)["level"] == "INFO" for line in bot.said.splitlines()), bot.said


@pytest.mark.parametrize("broken", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
def test_run_ends_with_a_next_step_when_slack_refuses(broken: str, sandbox: Sandbox) -> None:
    prefix = "xoxb" if broken == "SLACK_BOT_TOKEN" else "xapp"
    _write(_settings(sandbox, HEALTH_PORT=str(free_port())) | {broken: f"{prefix}-wrong"})
    bot = Started("run")
    assert bot.ended() == FAILED
    assert "bimbing check" in bot.said
    assert "Traceback" not in bot.said


def test_run_ends_with_a_next_step_when_the_database_is_away(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    _write(_settings(sandbox, DATABASE_URL="postgresql://u:canary@127.0.0.1:1/bimbing"))
    assert main(["run"]) == FAILED
    said = capsys.readouterr().err
    assert "bimbing check" in said
    assert "canary" not in said


# --- check


def test_check_finds_everything_right(
    database_url: str, sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    _write(_settings(sandbox, DATABASE_URL=database_url))
    assert main(["check"]) == OK
    said = capsys.readouterr().out
    assert re.findall(r"^(\w+) ", said, re.MULTILINE) == ["ok"] * 4


def test_check_leaves_a_new_database_to_the_first_run(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    _write(_settings(sandbox))
    assert main(["check"]) == OK
    assert "not there yet" in capsys.readouterr().out
    assert not Path("bimbing.sqlite3").exists()


BROKEN = {
    "wrong bot token": ({"SLACK_BOT_TOKEN": "xoxb-canary"}, "SLACK_BOT_TOKEN", "Reinstall"),
    "wrong app token": ({"SLACK_APP_TOKEN": "xapp-canary"}, "SLACK_APP_TOKEN", "connections:write"),
    "Slack away": ({"SLACK_API_URL": "http://127.0.0.1:1/api/"}, "does not answer", "reaches"),
    "database away": (
        {"DATABASE_URL": "postgresql://u:canary@127.0.0.1:1/bimbing"}, "database", "DATABASE_URL"
    ),
    "no folder": ({"DATABASE_URL": "sqlite:///no/canary.sqlite3"}, "folder", "Create"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_check_says_what_is_wrong_and_what_to_do(
    case: str, sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    changes, what, step = BROKEN[case]
    _write(_settings(sandbox) | changes)
    assert main(["check"]) == FAILED
    said = capsys.readouterr().out
    [failed] = re.findall(r"^FAIL (.*\n.*)$", said, re.MULTILINE)[:1]
    assert what in failed
    assert step in failed
    assert "canary" not in said


def test_check_names_the_scopes_that_are_not_granted(capsys: pytest.CaptureFixture[str]) -> None:
    granted = REQUIRED - {"mpim:write"}
    with Sandbox(SystemClock(), scopes=granted) as sandbox:
        _write(_settings(sandbox))
        assert main(["check"]) == FAILED
    said = capsys.readouterr().out
    assert "FAIL scope mpim:write: not granted" in said
    assert "ok   scope files:write: not granted; no calendar files" in said


def test_check_can_say_what_stops_without_each_scope() -> None:
    assert set(WITHOUT) == {scope.without for scope in SCOPES}
