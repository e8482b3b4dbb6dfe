"""The question itself, and how it stands after a press. Each is one part of a message, so that
several questions can share one."""

from bot.domain.cadence import Every
from bot.domain.message import Message
from bot.domain.reflections import PromptClosed, PromptShown, RhythmSet, Saved, Snooze, Snoozed
from bot.i18n import Markup, Reader, mention
from bot.views import blocks, ids
from bot.views.blocks import Element
from bot.views.matches import help_button
from bot.views.messages import renders
from bot.views.reflections import answer_button, bold, log_button, question
from bot.views.refusals import Said, says


@renders(PromptShown)
def asked(t: Reader, prompt: PromptShown) -> Message:
    said = t(
        "A question to reflect on, about your mentoring with {partner}.", partner=_partner(prompt)
    )
    # Shown with every prompt: what is typed in Slack is kept by Slack, what a form holds is not.
    note = t(
        "Your answer is for you alone unless you share it. You can also reply in this thread; "
        "workspace owners may be able to export that."
    )
    shown = (
        blocks.section(Markup("\n").join([said, bold(question(t, prompt.question_id))])),
        blocks.actions(*_answers(t, prompt), *_wishes(t, prompt)),
        blocks.context(note),
    )  # few blocks: several prompts share a message, perhaps in two languages
    return Message(said, blocks.part(ids.prompt_part(prompt.prompt_id), shown))


def _answers(t: Reader, prompt: PromptShown) -> tuple[Element, ...]:
    prompt_id, later = prompt.prompt_id, ids.REFLECTION_LATER
    tomorrow, next_week = f"{prompt_id}|{Snooze.TOMORROW}", f"{prompt_id}|{Snooze.NEXT_WEEK}"
    return (
        answer_button(t.plain("Answer"), prompt_id),
        blocks.button(t.plain("Ask me tomorrow"), f"{later}#1", tomorrow),
        blocks.button(t.plain("Ask me next week"), f"{later}#2", next_week),
        blocks.button(t.plain("Skip"), ids.REFLECTION_SKIP, prompt_id),
    )


def _wishes(t: Reader, prompt: PromptShown) -> tuple[Element, ...]:
    match_id = prompt.partner.match_id
    # The button names the rhythm it sets: pressed twice, it halves once.
    rhythm = f"{match_id}|{prompt.rarer or Every.MONTH}"
    fewer = blocks.button(t.plain("Fewer of these"), ids.REFLECTION_RHYTHM, rhythm)
    return fewer, help_button(t, match_id)


def answered(t: Reader, saved: Saved) -> Message:
    note = t("Answered. You can change it, share it or delete it at any time.")
    button = blocks.button(
        t.plain("See or change it"), ids.REFLECTION_ANSWER, saved.prompt_id or ""
    )
    return _standing(t, saved.question_id, note, button)


def skipped(t: Reader, prompt: PromptShown) -> Message:
    note = t("Skipped, and that's fine. You can still answer it whenever you like.")
    button = blocks.button(t.plain("Answer"), ids.REFLECTION_ANSWER, prompt.prompt_id)
    return _standing(t, prompt.question_id, note, button)


def snoozed(t: Reader, event: Snoozed) -> Message:
    note = t("I'll ask again {when}.", when=t.when(event.until))
    button = blocks.button(t.plain("Answer now"), ids.REFLECTION_ANSWER, event.prompt.prompt_id)
    return _standing(t, event.prompt.question_id, note, button)


def _standing(t: Reader, question_id: str | None, note: Markup, button: Element) -> Message:
    shown = (
        blocks.section(bold(question(t, question_id))),
        blocks.context(note),
        blocks.actions(button),
    )
    return Message(note, shown)


def rhythm_set(t: Reader, event: RhythmSet) -> Message:
    """Fewer (or as many as before), for this person alone."""
    partner = mention(event.partner.slack_user_id)
    said = {
        Every.WEEK: lambda: t("I'll ask you about {partner} every week.", partner=partner),
        Every.TWO_WEEKS: lambda: t(
            "I'll ask you about {partner} every second week. Nobody is told.", partner=partner
        ),
        Every.MONTH: lambda: t(
            "I'll ask you about {partner} once a month. Nobody is told. "
            "To end all prompts there's `stop`.",
            partner=partner,
        ),
    }[event.every]()
    if event.next_at:
        said = Markup(" ").join([said, t("Next time: {day}.", day=t.weekday_date(event.next_at))])
    return Message(said, (blocks.section(said), blocks.actions(*_after_rhythm(t, event))))


def _after_rhythm(t: Reader, event: RhythmSet) -> list[Element]:
    buttons = [
        blocks.button(t.plain("Settings"), ids.word_action("settings")),
        blocks.button(t.plain("Stop all prompts"), ids.word_action("stop")),
    ]
    if event.was is event.every:
        return buttons
    undo = f"{event.partner.match_id}|{event.was}"
    return [blocks.button(t.plain("Undo"), ids.REFLECTION_RHYTHM, undo), *buttons]


@says(PromptClosed)
def _closed(t: Reader, refusal: PromptClosed) -> Said:
    if refusal.reason == "answered":
        return t("That one is answered. Your answer is among your reflections."), (log_button(t),)
    button = answer_button(t.plain("Answer"), refusal.prompt_id)
    return t("I'm not asking that one any more. You can still answer it."), (button,)


def _partner(prompt: PromptShown) -> Markup:
    return mention(prompt.partner.slack_user_id)
