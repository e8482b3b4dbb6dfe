"""Reflections, as their author and the partner they are shared with see them.

A person's own words stand in quotes and inputs only, never in the text of a message: that becomes
a notification. The log opens as a modal, since a modal leaves no message in Slack.
"""

from bot import content
from bot.i18n import Markup, Reader, escape
from bot.views import blocks, ids
from bot.views.blocks import Element


def question(t: Reader, question_id: str | None) -> str:
    """What was asked, in the reader's language; plain text."""
    item = content.question(question_id) if question_id else None
    return item.text(t.locale) if item else t.plain("What's on your mind just now?")


def bold(text: str) -> Markup:
    return Markup(f"*{escape(text)}*")


def log_button(t: Reader) -> Element:
    return blocks.button(t.plain("My reflections"), ids.word_action("reflect"))


def answer_button(label: str, prompt_id: str) -> Element:
    return blocks.button(label, ids.REFLECTION_ANSWER, prompt_id, style="primary")


def write_button(t: Reader) -> Element:
    return blocks.button(t.plain("Write a reflection"), ids.REFLECTION_WRITE)


def delete_button(t: Reader, reflection_id: str) -> Element:
    sure = blocks.confirm(
        t.plain("Delete this reflection?"),
        t.plain("It's gone for good. A message that was sent to somebody stays with them."),
        t.plain("Delete"),
        t.plain("Keep it"),
    )
    return blocks.button(
        t.plain("Delete"), ids.REFLECTION_DELETE, reflection_id, style="danger", confirm=sure
    )
