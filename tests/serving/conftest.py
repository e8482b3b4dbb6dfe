"""A small bot as a process of its own, in Socket Mode with the workspace of the test module."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.sandbox import Person, Sandbox
from tests.serving.small_bot import SmallBot, free_port


@pytest.fixture
def bima(sandbox: Sandbox) -> Person:
    return sandbox.add_person("bima")


@pytest.fixture
def bot(sandbox: Sandbox, tmp_path: Path) -> Iterator[SmallBot]:
    port = free_port()
    bot = SmallBot(
        tmp_path, port, HEALTH_PORT=str(port), SLACK_BOT_TOKEN=sandbox.bot_token,
        SLACK_APP_TOKEN=sandbox.app_token, SLACK_API_URL=sandbox.base_url,
    )  # fmt: skip
    bot.wait_for("scheduling")
    yield bot
    bot.kill()
