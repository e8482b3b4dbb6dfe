"""What a view produces: a message ready for Slack. A plain value; nothing here calls anything."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Block = Mapping[str, Any]
View = Mapping[str, Any]  # a modal or an App Home, as views.open and views.publish take it


@dataclass(frozen=True)
class Message:
    """`text` is what a screen reader and a notification say; `blocks` what the screen shows.

    Neither shows in a repr: they may hold somebody's words.
    """

    text: str = field(repr=False)
    blocks: tuple[Block, ...] = field(default=(), repr=False)
    thread_ts: str | None = None  # the message this one answers, as Slack numbers it
