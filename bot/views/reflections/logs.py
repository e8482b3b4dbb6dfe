"""The log: open questions and everything written, page by page, in a modal."""

from bot.domain.message import Block, Message, View
from bot.domain.reflections import Entry, Log, PromptShown, SharedLog, SharedReflection
from bot.i18n import Markup, Reader, mention
from bot.views import blocks, ids
from bot.views.reflections import answer_button, bold, delete_button, question, write_button
from bot.views.reflections.writing import share_button, withdraw_button

_PROMPTS = 5  # newest first; whoever leaves more open is not helped by a longer list


def log(t: Reader, shown: Log, *, notice: Message | None = None) -> View:
    parts: list[Block] = [blocks.section(Markup(notice.text))] if notice else []
    parts.append(blocks.actions(*_top(t, shown)))
    for prompt in shown.open_prompts[:_PROMPTS]:
        parts.append(_open_prompt(t, prompt))
    parts.append(blocks.divider())
    if not shown.entries:
        parts.append(blocks.section(t("What you write shows here, newest first. Only you see it.")))
    for entry in shown.entries:
        parts += _entry(t, entry)
    parts += paging(t, ids.REFLECTION_PAGE, shown.page, has_older=shown.has_older)
    return _modal(t, parts)


def shared_log(t: Reader, shown: SharedLog) -> View:
    """What partners share with the reader."""
    parts: list[Block] = [blocks.actions(_back(t))]
    if not shown.entries:
        parts.append(blocks.section(t("Nothing is shared with you at the moment.")))
    for entry in shown.entries:
        parts += _shared_entry(t, entry)
    parts += paging(t, ids.REFLECTION_SHARED_PAGE, shown.page, has_older=shown.has_older)
    return _modal(t, parts)


def paging(t: Reader, action: str, page: int, *, has_older: bool) -> list[Block]:
    """The way to the pages before and after, if there are any."""
    buttons = []
    if page:
        buttons.append(blocks.button(t.plain("Newer"), f"{action}#newer", str(page - 1)))
    if has_older:
        buttons.append(blocks.button(t.plain("Older"), f"{action}#older", str(page + 1)))
    return [blocks.actions(*buttons)] if buttons else []


def _top(t: Reader, shown: Log) -> list[blocks.Element]:
    buttons = [write_button(t)]
    if shown.shared_by_partners:
        label = t.plain("Shared with me ({count})", count=shown.shared_by_partners)
        buttons.append(blocks.button(label, ids.REFLECTION_SHARED_PAGE, "0"))
    return buttons


def _open_prompt(t: Reader, prompt: PromptShown) -> Block:
    text = Markup("\n").join(
        [
            bold(question(t, prompt.question_id)),
            t("About your mentoring with {partner}", partner=mention(prompt.partner.slack_user_id)),
        ]
    )
    return blocks.section(text, accessory=answer_button(t.plain("Answer"), prompt.prompt_id))


def _entry(t: Reader, entry: Entry) -> list[Block]:
    facts = [Markup(t.date(entry.written_at)), _seen_by(t, entry)]
    if entry.is_edited:
        facts.append(t("edited"))
    heading = [bold(question(t, entry.question_id))] if entry.question_id else []
    buttons = [blocks.button(t.plain("Change"), ids.REFLECTION_EDIT, entry.reflection_id)]
    if entry.may_share_with:
        buttons.append(share_button(t, entry.reflection_id, entry.may_share_with))
    if entry.shared_with:
        buttons.append(withdraw_button(t, entry.reflection_id))
    buttons.append(delete_button(t, entry.reflection_id))
    return [
        blocks.context(*heading, Markup(" · ").join(facts)),
        blocks.quote(entry.body),
        blocks.actions(*buttons),
    ]


def _seen_by(t: Reader, entry: Entry) -> Markup:
    if entry.shared_with is None:
        return t("only you")
    return t("shared with {partner}", partner=mention(entry.shared_with.slack_user_id))


def _shared_entry(t: Reader, entry: SharedReflection) -> list[Block]:
    author = mention(entry.author.slack_user_id)
    facts = Markup(" · ").join([author, Markup(t.date(entry.written_at))])
    heading = [bold(question(t, entry.question_id))] if entry.question_id else []
    return [blocks.context(*heading, facts), blocks.quote(entry.body)]


def _back(t: Reader) -> blocks.Element:
    return blocks.button(t.plain("My reflections"), ids.REFLECTION_PAGE, "0")


def _modal(t: Reader, parts: list[Block]) -> View:
    return blocks.modal(t.plain("Reflections"), parts, close=t.plain("Close"))
