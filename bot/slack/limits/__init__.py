"""Slack's limits, and the check the SDK lacks.

`numbers` holds every number Slack sets, each with its page; `problems` says what Slack would
refuse in a message, a modal or a Home tab. The SDK's own models stop at the first fault, give no
path, skip what they don't know (logging its content), and don't see the message as a whole; here
every rule is checked at once. Pure: nothing is sent, and no person's words are repeated.
"""

from bot.slack.limits import numbers
from bot.slack.limits.surfaces import Surface, problems

__all__ = ["Surface", "numbers", "problems"]
