"""Help: one line for each word this person may use, and a person to talk to."""

from collections.abc import Sequence

from bot.domain.help import HelpFacts, HelpLine
from bot.domain.message import Block, Message
from bot.i18n import Markup, Reader
from bot.views import blocks, ids, messages
from bot.views.home import contact_lines

_LINES_IN_A_BLOCK = 8  # well below the 3,000 characters of a section


def overview(t: Reader, lines: Sequence[HelpLine], facts: HelpFacts) -> Message:
    said = t(
        "Everything here is also a button in the menu. Without the slash, the words work in our "
        "direct messages."
    )
    shown: list[Block] = [blocks.section(said)]
    for start in range(0, len(lines), _LINES_IN_A_BLOCK):
        part = [_line(t, line) for line in lines[start : start + _LINES_IN_A_BLOCK]]
        shown.append(blocks.section(Markup("\n").join(part)))
    shown.append(blocks.actions(blocks.button(t.plain("Open the menu"), ids.word_action("menu"))))
    shown += contact_lines(t, facts.team_id, facts.contacts)
    if not facts.chose_language:
        shown.append(messages.language_switch("help"))
    return Message(said, tuple(shown))


def details(t: Reader, line: HelpLine) -> Message:
    """One word: what it does, how it is typed, and a button that does it."""
    said = _line(t, line)
    shown = [blocks.section(said)]
    if line.usage:
        shown.append(blocks.context(t("Type `{typed}`", typed=f"{line.typed} {line.usage}")))
    do_it = blocks.button(t.plain("Do it now"), ids.word_action(line.word), style="primary")
    help_ = blocks.button(t.plain("All words"), ids.word_action("help"))
    return Message(said, (*shown, blocks.actions(do_it, help_)))


def _line(t: Reader, line: HelpLine) -> Markup:
    about = t(line.about)
    if line.alias in {"", line.word}:
        return t("`{typed}`: {about}", typed=line.typed, about=about)
    return t("`{typed}` or `{alias}`: {about}", typed=line.typed, alias=line.alias, about=about)
