"""A sandbox at a fixed instant, a client for it, and a small real Bolt app connected over HTTP."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from slack_sdk import WebClient

from bot.clock import MovableClock
from bot.sandbox import LoopbackApp, Person, Sandbox
from tests.sandbox.diary_app import diary_app, served

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SCOPES = {
    "chat:write", "commands", "im:write", "im:history", "mpim:write", "users:read",
    "channels:read", "files:write", "app_mentions:read", "reactions:read",
}  # fmt: skip
EVENTS = {
    "message.im", "app_home_opened", "app_mention", "member_joined_channel", "user_change",
    "team_join", "reaction_added", "app_uninstalled", "tokens_revoked",
}  # fmt: skip


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(T0)


@pytest.fixture
def sandbox(clock: MovableClock) -> Iterator[Sandbox]:
    """Started, with Bima in Jakarta and Sari in London, and no app connected."""
    made = Sandbox(clock, scopes=SCOPES, events=EVENTS, commands={"/diary"}, burst=20)
    made.add_person("bima", "Bima Sakti", tz="Asia/Jakarta", locale="id-ID")
    made.add_person("sari", "Sari Dewi", tz="Europe/London", email="sari@example.org")
    with made:
        yield made


@pytest.fixture
def client(sandbox: Sandbox) -> WebClient:
    return WebClient(sandbox.bot_token, base_url=sandbox.base_url, retry_handlers=[])


@pytest.fixture
def diary(sandbox: Sandbox) -> Iterator[Sandbox]:
    """The sandbox with the diary app connected over HTTP."""
    with LoopbackApp(served(diary_app(sandbox))) as app:
        sandbox.deliver_to(app.url)
        yield sandbox


@pytest.fixture
def bima(sandbox: Sandbox) -> Person:
    return sandbox.person("bima")


@pytest.fixture
def sari(sandbox: Sandbox) -> Person:
    return sandbox.person("sari")
