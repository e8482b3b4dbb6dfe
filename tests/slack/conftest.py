"""A stub of Slack on loopback, and the gateway that talks to it."""

from collections.abc import Iterator

import pytest

from bot.slack.gateway import Gateway, Installation
from tests.slack.stub import StubSlack


def installed(workspace_id: str) -> Installation:
    return Installation(workspace_id.replace("w", "T"), f"xoxb-{workspace_id}")


@pytest.fixture
def stub() -> Iterator[StubSlack]:
    """A Slack that answers as it is told to."""
    with StubSlack().running() as running:
        yield running


@pytest.fixture
def gateway(stub: StubSlack) -> Gateway:
    """A gateway to the stub; workspace w1 is team T1 with the token xoxb-w1, and so on."""
    return Gateway(installed, stub.base_url)
