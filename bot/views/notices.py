"""Short answers that belong to no feature: apologies, "press to open", an answer as a modal."""

from bot.domain.message import Message, View
from bot.i18n import Reader
from bot.views import blocks
from bot.views.ids import word_action


def as_modal(t: Reader, message: Message) -> View:
    """The same answer, for somebody who pressed where no message can appear."""
    return blocks.modal(t.plain("Mentoring"), message.blocks, close=t.plain("Close"))


def press_to_open(t: Reader, word: str, text: str) -> Message:
    """A form needs a press; a typed word alone cannot open one."""
    said = t("This opens a form. Press the button and it's there.")
    return Message(
        said,
        (
            blocks.section(said),
            blocks.actions(
                blocks.button(t.plain("Open the form"), word_action(word), text, style="primary")
            ),
        ),
    )


def not_saved(t: Reader) -> Message:
    said = t("That wasn't saved: my database didn't answer. Try again in a minute.")
    return Message(said, (blocks.section(said),))


def apology(t: Reader, reference: str) -> Message:
    said = t(
        "Something went wrong on my side, and I've noted it. "
        "If it happens again, tell whoever runs me this reference: {reference}",
        reference=reference,
    )
    menu = blocks.button(t.plain("Open the menu"), word_action("menu"))
    return Message(said, (blocks.section(said), blocks.actions(menu)))
