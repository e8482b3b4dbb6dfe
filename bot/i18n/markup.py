"""Text that is safe to show in Slack, and the only builders of Slack's angle-bracket syntax.

What a person typed must never become a mention, a link or a notice to a whole channel. So a plain
`str` is always escaped, once, and `Markup` marks what has been. Slack asks for exactly `&`, `<` and
`>` to be replaced (docs.slack.dev/messaging/formatting-message-text).
"""

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit

from bot.domain.people import is_gone

# Marks that turn the direction of text round, so that a name could rewrite the sentence it is in.
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_URL_ENTITIES = str.maketrans({"&": "&amp;", "<": "%3C", ">": "%3E", "|": "%7C"})
_LINE_BREAK = re.compile("\r\n|[\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_SLACK_ID = re.compile(r"[A-Z0-9]{2,32}")


class Markup(str):
    """Slack mrkdwn that is safe as it stands; joining or adding plain text escapes that text."""

    __slots__ = ()

    def __add__(self, other: str, /) -> "Markup":
        return Markup(str(self) + str(escape(other)))

    def join(self, parts: Iterable[str], /) -> "Markup":
        return Markup(str.join(self, [escape(part) for part in parts]))


def clean(text: str) -> str:
    """`text` without control, direction and half characters; every line break is a newline."""
    lines = "\n".join(_LINE_BREAK.split(text)).replace("\t", " ")
    return "".join(filter(_is_shown, lines))


def one_line(text: str) -> str:
    """`text` cleaned, with every run of line breaks turned into one space."""
    return re.sub(r"\s*\n\s*", " ", clean(text).strip("\n"))


def escape(text: str) -> Markup:
    """`text` cleaned and escaped for mrkdwn, its lines kept; `Markup` comes back untouched."""
    return text if isinstance(text, Markup) else Markup(clean(text).translate(_ENTITIES))


def mention(slack_user_id: str) -> Markup:
    """A mention of one person; a dash for one who is no longer known. ValueError when it is not a
    Slack id."""
    if is_gone(slack_user_id):
        return Markup("—")
    return Markup(f"<@{_checked_id(slack_user_id)}>")


def channel(slack_channel_id: str) -> Markup:
    """A link to a channel. ValueError when it is not a Slack id."""
    return Markup(f"<#{_checked_id(slack_channel_id)}>")


def link(url: str, label: str) -> Markup:
    """A labelled link. ValueError unless `url` is a whole http(s) address without spaces."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or not _is_unbroken(url):
        raise ValueError("a link needs a whole http or https address")
    return Markup(f"<{url.translate(_URL_ENTITIES)}|{escape(one_line(label))}>")


def conversation(team_id: str, slack_user_id: str, label: str) -> Markup:
    """A link that opens the reader's DM with one person. ValueError when an id is not Slack's.

    docs.slack.dev/interactivity/deep-linking
    """
    address = f"slack://user?team={_checked_id(team_id)}&amp;id={_checked_id(slack_user_id)}"
    return Markup(f"<{address}|{escape(one_line(label))}>")


def _is_shown(char: str) -> bool:
    return char == "\n" or (unicodedata.category(char) not in ("Cc", "Cs") and char not in _BIDI)


def _is_unbroken(url: str) -> bool:
    return all(_is_shown(char) and not char.isspace() for char in url)


def _checked_id(slack_id: str) -> str:
    if not _SLACK_ID.fullmatch(slack_id):
        raise ValueError("not a Slack id")
    return slack_id
