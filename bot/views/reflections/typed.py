"""Answers to what people type in the bot's DM."""

from bot.domain.message import Message
from bot.domain.reflections import MessageGone, MessageUnread, Offer, TypedTooLong
from bot.i18n import Reader
from bot.views import blocks, ids, refusals
from bot.views.reflections import answer_button, bold, question, write_button
from bot.views.refusals import Said, says


def offer(
    t: Reader,
    event: Offer,
    ts: str,
    thread_ts: str | None,
    *,
    command: tuple[str, str] | None = None,
) -> Message:
    """Ask whether a text is an answer, and to which question. The text itself stays where it was
    typed; the buttons hold its place. `command` is what it would do if it is meant as one."""
    place = f"{ts}|{thread_ts or ''}"
    if len(event.prompts) == 1:
        said = t(
            "Shall I keep this as your answer to “{question}”?",
            question=question(t, event.prompts[0].question_id),
        )
        value = f"{event.prompts[0].prompt_id}|{place}"
        shown = [blocks.section(said)]
        buttons = [_keep(t, ids.REFLECTION_KEEP, value)]
    else:
        said = t("Which question does this answer? Nothing is kept until you choose.")
        shown, buttons = [blocks.section(said)], []
        for n, prompt in enumerate(event.prompts, start=1):
            button = _keep(t, f"{ids.REFLECTION_KEEP}#{n}", f"{prompt.prompt_id}|{place}")
            text = bold(question(t, prompt.question_id))
            shown.append(blocks.section(text, accessory=button))
    buttons.append(blocks.button(t.plain("No"), ids.REFLECTION_DISCARD))
    if command:
        word, rest = command
        label = t.plain("I meant the command “{word}”", word=word)
        buttons.append(blocks.button(label, ids.word_action(word), rest))
    return Message(said, (*shown, blocks.actions(*buttons)), thread_ts)


def _keep(t: Reader, action_id: str, value: str) -> blocks.Element:
    return blocks.button(t.plain("Save, only me"), action_id, value, style="primary")


def discarded(t: Reader) -> Message:
    said = t("All right, nothing was kept.")
    buttons = (write_button(t), refusals.menu_button(t))
    return Message(said, (blocks.section(said), blocks.actions(*buttons)))


def nothing_open(t: Reader) -> Message:
    said = t("I'm not waiting for an answer just now, so I kept nothing of this. I can do more:")
    buttons = (refusals.menu_button(t), write_button(t))
    return Message(said, (blocks.section(said), blocks.actions(*buttons)))


def no_words(t: Reader) -> Message:
    said = t("I can keep words only, so I kept nothing of this.")
    return Message(said, (blocks.section(said), blocks.actions(write_button(t))))


@says(TypedTooLong)
def _too_long(t: Reader, refusal: TypedTooLong) -> Said:
    text = t(
        "That's longer than the {limit} characters I can keep, so this version wasn't stored. "
        "Shorten your message, or answer in the form.",
        limit=refusal.limit,
    )
    if refusal.prompt_id is None:
        return text, (write_button(t),)
    return text, (answer_button(t.plain("Answer in the form"), refusal.prompt_id),)


@says(MessageGone)
def _gone(t: Reader, _: MessageGone) -> Said:
    return t("I can't find that message any more, so nothing was kept."), (write_button(t),)


@says(MessageUnread)
def _unread(t: Reader, refusal: MessageUnread) -> Said:
    text = t(
        "Slack didn't show me your message just now, so nothing was kept. Try again in a minute."
    )
    return text, (answer_button(t.plain("Answer in the form"), refusal.prompt_id),)
