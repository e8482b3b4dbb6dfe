"""What the operator decides, read once at the start from the environment and a file `.env`.

The only reader of either. All faults are found at once; each names its variable and says where the
right value is to be had, and none repeats the value. Nothing here connects to anything.
"""

import os
import re
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ModelWrapValidatorHandler,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

Mode = Literal["socket", "http"]


class ConfigError(Exception):
    """The settings can't be used. `faults` are sentences for the operator, one per variable."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def _secret(pattern: str) -> AfterValidator:
    def check(secret: SecretStr) -> SecretStr:
        if not re.fullmatch(pattern, secret.get_secret_value()):
            raise ValueError
        return secret

    return AfterValidator(check)


def _database(secret: SecretStr) -> SecretStr:
    url = urlsplit(secret.get_secret_value())
    if url.scheme == "sqlite":
        file = url.path.removeprefix("/")
        if url.netloc or not file or ":memory:" in file:
            raise ValueError
    elif url.scheme in {"postgres", "postgresql", "postgresql+psycopg"}:
        _ = url.port  # raises ValueError when it isn't one
        if not url.path.removeprefix("/"):
            raise ValueError
    else:
        raise ValueError
    return secret


def _slack_api(value: str) -> str:
    url = urlsplit(value)
    host = url.hostname or ""
    slack = url.scheme == "https" and (host == "slack.com" or host.endswith(".slack.com"))
    if not slack and not (url.scheme in {"http", "https"} and _is_loopback(host)):
        raise ValueError
    _ = url.port
    return value if value.endswith("/") else f"{value}/"


def _public(value: str) -> str:
    url = urlsplit(value)
    if url.scheme != "https" or not url.hostname or url.query or url.fragment or url.username:
        raise ValueError
    return value.rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _words(value: object) -> object:
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


Port = Annotated[int, Field(ge=1, le=65535)]
UserId = Annotated[str, Field(pattern=r"^[UW][A-Z0-9]{2,20}$")]


class AppSettings(BaseSettings):
    """What the Slack app itself has to know. Enough for its manifest, before there are tokens."""

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", env_ignore_empty=True, env_file_encoding="utf-8"
    )

    command_name: Annotated[str, Field(pattern=r"^/[a-z0-9_-]{1,31}$")] = Field(
        default="/mentor",
        description="The slash command as it stands in the Slack app: a slash, then at most 31 "
        "small letters, digits, hyphens and underscores.",
    )
    public_url: Annotated[str, AfterValidator(_public)] | None = Field(
        default=None,
        description="HTTP mode: the https address at which Slack reaches the bot. It goes into "
        "the manifest.",
    )

    @model_validator(mode="wrap")
    @classmethod
    def _all_faults_at_once(cls, values: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        faults = cls._faults_between(values)
        try:
            settings = handler(values)
        except ValidationError as error:
            faults = [*_field_faults(error), *faults]
        if faults:
            raise ConfigError(tuple(faults))
        return settings

    @classmethod
    def _faults_between(cls, _values: Mapping[str, Any]) -> list[str]:
        """Faults that show only in several variables together."""
        return []


class Settings(AppSettings):
    """Every setting. The descriptions are read by operators: in faults and in `.env.example`."""

    slack_bot_token: Annotated[SecretStr, _secret(r"xoxb-[\w-]{4,}")] = Field(
        description="The bot token, xoxb-…: api.slack.com/apps, your app, OAuth & Permissions."
    )
    slack_app_token: Annotated[SecretStr, _secret(r"xapp-[\w-]{4,}")] | None = Field(
        default=None,
        description="The app-level token, xapp-…, for Socket Mode: api.slack.com/apps, your app, "
        "Basic Information, App-Level Tokens, with the scope connections:write.",
    )
    slack_signing_secret: Annotated[SecretStr, _secret(r"(?!xox|xapp)[!-~]{20,}")] | None = Field(
        default=None,
        description="The signing secret, for HTTP mode: api.slack.com/apps, your app, "
        "Basic Information, App Credentials.",
    )
    bimbing_mode: Mode | None = Field(
        default=None,
        description="socket or http. Needed only when the app-level token and the signing secret "
        "are both set; it is socket then, unless you say http.",
    )
    database_url: Annotated[SecretStr, AfterValidator(_database)] = Field(
        default=SecretStr("sqlite:///bimbing.sqlite3"),
        description="sqlite:///FILE, or postgresql://USER:PASSWORD@HOST/DATABASE "
        "(with special characters of the password percent-encoded).",
    )
    first_leads: Annotated[tuple[UserId, ...], NoDecode, BeforeValidator(_words)] = Field(
        default=(),
        description="Who may lead programmes from the start: Slack member ids (U…), with commas "
        "between them. In Slack: the person's profile, the three dots, Copy member ID.",
    )
    slack_api_url: Annotated[str, AfterValidator(_slack_api)] = Field(
        default="https://slack.com/api/",
        description="Where Slack's Web API is: an https address at slack.com, or one on this "
        "machine for a practice workspace.",
    )
    http_host: Annotated[str, Field(pattern=r"^[A-Za-z0-9.:-]+$")] = Field(
        default="127.0.0.1",
        description="HTTP mode: the address to listen at; 0.0.0.0 for all, in a container.",
    )
    http_port: Port = Field(
        default=3000, description="HTTP mode: the port to listen at, 1 to 65535."
    )
    http_workers: Annotated[int, Field(ge=1, le=16)] | None = Field(
        default=None,
        description="HTTP mode: processes, 1 to 16. By default 2 with PostgreSQL; SQLite has 1.",
    )
    http_threads: Annotated[int, Field(ge=1, le=64)] = Field(
        default=16, description="HTTP mode: threads in each process, 1 to 64."
    )
    health_port: Port = Field(
        default=3001,
        description="The port of /healthz, /readyz and /metrics, on this machine only, 1 to 65535.",
    )
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)] = (
        Field(default="INFO", description="DEBUG, INFO, WARNING or ERROR.")
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="text (key=value) or json, one object per line."
    )

    @property
    def mode(self) -> Mode:
        """How Slack reaches the bot."""
        return self.bimbing_mode or ("socket" if self.slack_app_token else "http")

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.get_secret_value().startswith("sqlite")

    @property
    def workers(self) -> int:
        """Server processes; one with SQLite, where a second one only waits for its lock."""
        return self.http_workers or (1 if self.is_sqlite else 2)

    @classmethod
    def _faults_between(cls, values: Mapping[str, Any]) -> list[str]:
        return [fault for rule in _RULES if (fault := rule(values))]


DOTENV = Path(".env")


def load(env_file: Path | None = DOTENV) -> Settings:
    """The settings of this process; variables of the environment win over `env_file`.

    Raises `ConfigError` with every fault there is.
    """
    return _load(Settings, env_file)


def load_app(env_file: Path | None = DOTENV) -> AppSettings:
    """As `load`, but only what the manifest needs."""
    return _load(AppSettings, env_file)


S = TypeVar("S", bound=AppSettings)


def _load(kind: type[S], env_file: Path | None) -> S:
    try:
        return kind(_env_file=env_file)
    except (OSError, UnicodeError) as error:
        reason = "it can't be read" if isinstance(error, OSError) else "it is not UTF-8 text"
        raise ConfigError((f"{env_file}: {reason}.",)) from None


def _field_faults(error: ValidationError) -> list[str]:
    faults = {}
    for fault in error.errors(include_input=False, include_context=False, include_url=False):
        name = str(fault["loc"][0])
        verdict = "is missing" if fault["type"] == "missing" else "is not valid"
        faults[name] = _fault(name, verdict)
    return list(faults.values())


def _fault(name: str, verdict: str) -> str:
    return f"{name.upper()} {verdict}. {Settings.model_fields[name].description}"


# Rules over several variables look at the raw values: a fault in one must not hide another.
_Values = Mapping[str, Any]


def _reachable(values: _Values) -> str | None:
    app_token, signing_secret = values.get("slack_app_token"), values.get("slack_signing_secret")
    mode = values.get("bimbing_mode")
    if mode == "http" and not signing_secret:
        return _fault("slack_signing_secret", "is missing")
    if mode == "socket" and not app_token:
        return _fault("slack_app_token", "is missing")
    if not app_token and not signing_secret:
        other = Settings.model_fields["slack_signing_secret"].description
        return f"{_fault('slack_app_token', 'is missing')} Or SLACK_SIGNING_SECRET: {other}"
    return None


def _one_writer(values: _Values) -> str | None:
    sqlite = str(values.get("database_url", "sqlite")).startswith("sqlite")
    several = str(values.get("http_workers", "")).strip() not in {"", "1"}
    return _fault("http_workers", "must be 1 with SQLite") if sqlite and several else None


def _driver(values: _Values) -> str | None:
    postgresql = str(values.get("database_url", "")).startswith("postgres")
    if postgresql and find_spec("psycopg") is None:
        return "DATABASE_URL needs the PostgreSQL driver. Run: pip install 'bimbing[postgres]'"
    return None


def _no_oauth(_values: _Values) -> str | None:
    # Bolt reads these two by itself and then looks for installations instead of the bot token.
    names = [n for n in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET") if n in os.environ]
    if not names:
        return None
    return (
        f"{' and '.join(names)} must not be set: Bimbing is installed with a bot token, not OAuth."
    )


_RULES: tuple[Callable[[_Values], str | None], ...] = (
    _reachable,
    _one_writer,
    _driver,
    _no_oauth,
)
