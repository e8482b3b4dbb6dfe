"""Asking the simulated Slack for something it must refuse."""

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

Json = dict[str, Any]


def refused(client: WebClient, method: str, **args: Any) -> Json:
    """The answer to a call that must fail."""
    with pytest.raises(SlackApiError) as caught:
        client.api_call(method, json=args)
    answer: Json = caught.value.response.data
    return answer


def code(client: WebClient, method: str, **args: Any) -> str:
    """The error code of a call that must fail."""
    return str(refused(client, method, **args)["error"])
