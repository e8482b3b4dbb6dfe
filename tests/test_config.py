"""Settings: every fault named at once, with where to get it right, and no value ever shown."""

import os
import re
from pathlib import Path

import pytest

from bot.config import ConfigError, Settings, load

EXAMPLE = Path(__file__).parent.parent / ".env.example"
NAMES = {name.upper() for name in Settings.model_fields}

BOT = {"SLACK_BOT_TOKEN": "xoxb-1234567890-canary"}
SOCKET = BOT | {"SLACK_APP_TOKEN": "xapp-1-1234567890-canary"}
HTTP = BOT | {"SLACK_SIGNING_SECRET": "0123456789abcdef0123456789abcdef"}

# What is broken, and which variable must be named.
BROKEN: dict[str, tuple[dict[str, str], str]] = {
    "nothing but the app token": ({"SLACK_APP_TOKEN": "xapp-1-1234567890"}, "SLACK_BOT_TOKEN"),
    "empty bot token": (SOCKET | {"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN"),
    "user token for the bot": (SOCKET | {"SLACK_BOT_TOKEN": "xoxp-canary-1234"}, "SLACK_BOT_TOKEN"),
    "tokens swapped": (SOCKET | {"SLACK_BOT_TOKEN": SOCKET["SLACK_APP_TOKEN"]}, "SLACK_BOT_TOKEN"),
    "bot token cut short": (SOCKET | {"SLACK_BOT_TOKEN": "xoxb-"}, "SLACK_BOT_TOKEN"),
    "bot token with a blank": (SOCKET | {"SLACK_BOT_TOKEN": "xoxb-canary 1234"}, "SLACK_BOT_TOKEN"),
    "no way in": (BOT, "SLACK_APP_TOKEN"),
    "wrong app token": (BOT | {"SLACK_APP_TOKEN": "xoxb-canary-123456"}, "SLACK_APP_TOKEN"),
    "secret too short": (BOT | {"SLACK_SIGNING_SECRET": "canary"}, "SLACK_SIGNING_SECRET"),
    "token as secret": (HTTP | {"SLACK_SIGNING_SECRET": "xoxb-canary-1234567890"},
                        "SLACK_SIGNING_SECRET"),
    "http without secret": (SOCKET | {"BIMBING_MODE": "http"}, "SLACK_SIGNING_SECRET"),
    "socket without app token": (HTTP | {"BIMBING_MODE": "socket"}, "SLACK_APP_TOKEN"),
    "unknown mode": (SOCKET | {"BIMBING_MODE": "canary"}, "BIMBING_MODE"),
    "unknown database": (SOCKET | {"DATABASE_URL": "mysql://u:canary@h/d"}, "DATABASE_URL"),
    "a file name for a database": (SOCKET | {"DATABASE_URL": "canary.sqlite3"}, "DATABASE_URL"),
    "database in memory": (SOCKET | {"DATABASE_URL": "sqlite:///:memory:"}, "DATABASE_URL"),
    "SQLite without a file": (SOCKET | {"DATABASE_URL": "sqlite://"}, "DATABASE_URL"),
    "SQLite on two slashes": (SOCKET | {"DATABASE_URL": "sqlite://canary.db"}, "DATABASE_URL"),
    "PostgreSQL without database": (SOCKET | {"DATABASE_URL": "postgresql://u:canary@h"},
                                    "DATABASE_URL"),
    "password not encoded": (SOCKET | {"DATABASE_URL": "postgresql://u:can/ary@h/d"},
                             "DATABASE_URL"),
    "command without slash": (SOCKET | {"COMMAND_NAME": "canary"}, "COMMAND_NAME"),
    "command too long": (SOCKET | {"COMMAND_NAME": "/" + "canary" * 6}, "COMMAND_NAME"),
    "lead by handle": (SOCKET | {"FIRST_LEADS": "U0123456,@canary"}, "FIRST_LEADS"),
    "API elsewhere": (SOCKET | {"SLACK_API_URL": "https://canary.example/api/"}, "SLACK_API_URL"),
    "API almost Slack": (SOCKET | {"SLACK_API_URL": "https://notslack.com/api/"}, "SLACK_API_URL"),
    "API not encrypted": (SOCKET | {"SLACK_API_URL": "http://slack.com/api/"}, "SLACK_API_URL"),
    "API by user name": (SOCKET | {"SLACK_API_URL": "https://slack.com@canary.example/"},
                         "SLACK_API_URL"),
    "public address not https": (HTTP | {"PUBLIC_URL": "http://canary.example"}, "PUBLIC_URL"),
    "port not a number": (HTTP | {"HTTP_PORT": "canary"}, "HTTP_PORT"),
    "port out of range": (SOCKET | {"HEALTH_PORT": "65536"}, "HEALTH_PORT"),
    "two workers on SQLite": (HTTP | {"HTTP_WORKERS": "2"}, "HTTP_WORKERS"),
    "no threads": (HTTP | {"HTTP_THREADS": "0"}, "HTTP_THREADS"),
    "unknown log level": (SOCKET | {"LOG_LEVEL": "canary"}, "LOG_LEVEL"),
    "unknown log format": (SOCKET | {"LOG_FORMAT": "canary"}, "LOG_FORMAT"),
    "OAuth in the environment": (SOCKET | {"SLACK_CLIENT_ID": "canary.123"}, "SLACK_CLIENT_ID"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name in NAMES or name.startswith("SLACK_"):
            monkeypatch.delenv(name)


def _load(values: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return load(env_file=None)


@pytest.mark.parametrize("case", BROKEN)
def test_a_fault_names_its_variable_and_not_the_value(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    values, variable = BROKEN[case]
    with pytest.raises(ConfigError) as raised:
        _load(values, monkeypatch)
    [fault] = raised.value.faults
    assert fault.startswith(variable)
    assert len(fault) > len(variable) + 30, "it must say what to do"
    assert "canary" not in str(raised.value)
    assert raised.value.__cause__ is None
    assert raised.value.__context__ is None


def test_all_faults_come_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = {"HTTP_PORT": "x", "COMMAND_NAME": "x", "LOG_LEVEL": "x", "HTTP_WORKERS": "9"}
    with pytest.raises(ConfigError) as raised:
        _load(broken, monkeypatch)
    named = {fault.split()[0] for fault in raised.value.faults}
    assert named == {*broken, "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"}


@pytest.mark.parametrize(
    ("values", "mode"),
    [
        (SOCKET, "socket"),
        (HTTP, "http"),
        (SOCKET | HTTP, "socket"),
        (SOCKET | HTTP | {"BIMBING_MODE": "http"}, "http"),
    ],
)
def test_the_mode_follows_from_what_is_set(
    values: dict[str, str], mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _load(values, monkeypatch).mode == mode


@pytest.mark.parametrize(
    ("url", "workers"),
    [
        ("sqlite:///bimbing.sqlite3", 1),
        ("sqlite:////var/lib/bimbing/bimbing.sqlite3", 1),
        ("postgres://u:p%2Fq@db.example:5432/bimbing", 2),
        ("postgresql+psycopg://u@/bimbing?host=/run/postgresql", 2),
    ],
)
def test_workers_follow_from_the_database(
    url: str, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _load(SOCKET | {"DATABASE_URL": url}, monkeypatch).workers == workers


def test_leads_and_addresses_are_read_as_people_write_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    values = {"FIRST_LEADS": "U0000001, W0000002", "SLACK_API_URL": "http://[::1]:8/api"}
    settings = _load(SOCKET | values, monkeypatch)
    assert settings.first_leads == ("U0000001", "W0000002")
    assert settings.slack_api_url == "http://[::1]:8/api/"


def test_secrets_show_in_no_representation(monkeypatch: pytest.MonkeyPatch) -> None:
    secret = {"DATABASE_URL": "postgresql://u:canary@h/d", "SLACK_SIGNING_SECRET": "canary" * 6}
    settings = _load(SOCKET | secret, monkeypatch)
    for shown in (repr(settings), str(settings), settings.model_dump_json()):
        assert "canary" not in shown


def test_settings_cannot_be_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = _load(SOCKET, monkeypatch)
    with pytest.raises(ValueError, match="frozen"):
        settings.http_port = 1  # type: ignore[misc]


def test_the_example_names_every_setting_and_no_other() -> None:
    named = re.findall(r"^(?:# )?([A-Z_]+)=", EXAMPLE.read_text(), re.MULTILINE)
    assert sorted(named) == sorted(NAMES)


def test_the_example_loads_as_it_is() -> None:
    assert load(EXAMPLE).mode == "socket"


def test_the_example_loads_with_everything_in_it_said(tmp_path: Path) -> None:
    said = tmp_path / "said.env"
    said.write_text(re.sub(r"^# ([A-Z_]+=)", r"\1", EXAMPLE.read_text(), flags=re.MULTILINE))
    example, everything = load(EXAMPLE), load(said)
    said_to_differ = {"slack_signing_secret", "bimbing_mode", "first_leads", "public_url",
                      "http_workers"}  # fmt: skip
    differ = {n for n in Settings.model_fields if getattr(example, n) != getattr(everything, n)}
    assert differ == said_to_differ, "a commented line shows the default, unless there is none"


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", BOT["SLACK_BOT_TOKEN"])
    token = load(EXAMPLE).slack_bot_token.get_secret_value()
    assert token == BOT["SLACK_BOT_TOKEN"]


def test_an_unreadable_file_is_a_fault_like_others(tmp_path: Path) -> None:
    broken = tmp_path / "broken.env"
    broken.write_bytes(b"SLACK_BOT_TOKEN=\xff\xfe")
    with pytest.raises(ConfigError, match=r"broken\.env: it is not UTF-8"):
        load(broken)
