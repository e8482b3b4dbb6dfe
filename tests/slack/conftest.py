"""A stub of Slack on loopback, and the gateway that talks to it."""

from collections.abc import Iterator

import pytest

from bot.slack.gateway import Gateway
from tests.slack.stub import StubSlack


@pytest.fixture
def stub() -> Iterator[StubSlack]:
    """A Slack that answers as it is told to."""
    with StubSlack().running() as running:
        yield running


@pytest.fixture
def gateway(stub: StubSlack) -> Gateway:
    """A gateway to the stub; workspace w1 has the token xoxb-w1, and so on."""
    return Gateway(lambda workspace_id: f"xoxb-{workspace_id}", stub.base_url)
