"""Days away: the form, what follows from them, and what the partner reads: dates, nothing else."""

from collections.abc import Sequence
from datetime import date

from bot.domain import absence
from bot.domain.absence import (
    BackAgain,
    BadLeave,
    CameBack,
    Days,
    Meeting,
    NotAway,
    PartnerAway,
    PartnerBack,
    UnreadableDates,
    WentAway,
)
from bot.domain.dates import Ambiguous, BadDateReason, DateRange
from bot.domain.message import Block, Message, View
from bot.i18n import Markup, Reader, mention
from bot.views import blocks, ids
from bot.views.blocks import Element
from bot.views.messages import renders
from bot.views.refusals import Said, menu_button, says, sentence

SAVE = "away.save"
CHOOSE = "away.choose"
DROP = "away.drop"
KEEP = "away.keep"

_AT_MOST = 15  # sessions with their buttons, and leaves: a message holds 50 blocks


def form(t: Reader, leaves: Sequence[Days], today: date) -> View:
    shown: list[Block] = [_stated(t, days) for days in leaves[:_AT_MOST]]
    intro = t(
        "On these days I send you no prompts. Your partners are told the dates, nothing else."
    )
    return blocks.modal(
        t.plain("Days away"),
        [
            blocks.section(intro),
            *shown,
            blocks.date_input(absence.FIRST, t.plain("First day away"), initial=today),
            blocks.date_input(
                absence.LAST,
                t.plain("Last day away"),
                optional=True,
                hint=t.plain("Leave it empty for a single day."),
            ),
        ],
        callback_id=SAVE,
        submit=t.plain("Save"),
        close=t.plain("Close"),
    )


def which(t: Reader, read: Ambiguous[DateRange]) -> Message:
    """Both readings of dates in figures, as buttons."""
    said = t("Those figures can be read in two ways. Which days do you mean?")
    readings = [
        blocks.button(t.days(r.first, r.last), f"{CHOOSE}#{n}", f"{r.first}/{r.last}")
        for n, r in enumerate((read.a, read.b))
    ]
    return Message(said, (blocks.section(said), blocks.actions(*readings)))


def went(t: Reader, event: WentAway) -> Message:
    said = _went(t, event)
    drop = blocks.button(t.plain("Take it back"), DROP, event.days.leave_id)
    shown: list[Block] = [blocks.section(said)]
    if event.meetings:
        shown.append(blocks.section(t("These sessions fall into it. Move, keep or cancel each:")))
    for meeting in event.meetings[:_AT_MOST]:
        shown += _choices(t, meeting)
    rest = [_sessions(t)] if len(event.meetings) > _AT_MOST else []
    return Message(said, (*shown, blocks.actions(drop, *rest, menu_button(t))))


def kept(t: Reader) -> Message:
    said = t("It stays as it is. I may not remind you on days away, so note the time.")
    return Message(said, (blocks.section(said), blocks.actions(menu_button(t))))


def came_back(t: Reader, event: CameBack) -> Message:
    days = t.days(event.was.first, event.was.last)
    if event.had_begun:
        said = t("Welcome back. Your days away end here, and messages come in your hours again.")
    else:
        said = t("Done: {days} is an ordinary time again.", days=days)
    return Message(said, (blocks.section(said), blocks.actions(menu_button(t))))


@renders(PartnerAway)
def _partner_away(t: Reader, summary: PartnerAway) -> Message:
    who, days = mention(summary.partner.slack_user_id), t.days(summary.first, summary.last)
    said = t(
        "{who} is away: {days}. What you've agreed stays unless you hear of it.", who=who, days=days
    )
    return Message(said, (blocks.section(said), blocks.actions(_sessions(t))))


@renders(PartnerBack)
def _partner_back(t: Reader, summary: PartnerBack) -> Message:
    who = mention(summary.partner.slack_user_id)
    day = t.date(summary.last)
    said = t("A change of plan: {who} called off the days away until {day}.", who=who, day=day)
    return Message(said, (blocks.section(said), blocks.actions(_sessions(t))))


@renders(BackAgain)
def _back_again(t: Reader, summary: BackAgain) -> Message:
    lines = [t("Welcome back. Nothing piled up; here is what's next.")]
    lines += [_line(t, meeting) for meeting in summary.meetings]
    buttons = [blocks.button(t.plain("Open the menu"), ids.word_action("menu"))]
    if summary.open_prompts:
        lines.append(
            t.plural(
                "{n} question is still open, if you'd like to answer it.",
                "{n} questions are still open, if you'd like to answer them.",
                summary.open_prompts,
            )
        )
        reflect = blocks.button(t.plain("See the questions"), ids.word_action("reflect"))
        buttons.insert(0, reflect)
    said = Markup("\n").join(lines)
    return Message(said, (blocks.section(said), blocks.actions(*buttons)))


@says(BadLeave)
def _bad_leave(t: Reader, refusal: BadLeave) -> Said:
    return Markup(sentence(t, refusal)), (_pick(t),)


@says(UnreadableDates)
def _unreadable(t: Reader, refusal: UnreadableDates) -> Said:
    match refusal.reason:
        case BadDateReason.NO_SUCH_DAY:
            said = t("There's no such day in the calendar.")
        case BadDateReason.OTHER_WEEKDAY:
            said = t("That date falls on another weekday. Which one do you mean?")
        case BadDateReason.ENDS_BEFORE_START:
            said = t("The last day comes before the first.")
        case _:
            said = t("I can't read that as dates. Try `12 May – 20 May`, or pick them.")
    return said, (_pick(t),)


@says(NotAway)
def _not_away(t: Reader, refusal: NotAway) -> Said:
    if not refusal.planned:
        return t("You aren't away just now, so there's nothing to end."), (menu_button(t),)
    drops = [_drop(t, days, f"#{n}") for n, days in enumerate(refusal.planned[:5])]
    return t("You aren't away just now. Planned days can be taken back:"), tuple(drops)


def _went(t: Reader, event: WentAway) -> Markup:
    days = t.days(event.days.first, event.days.last)
    if event.merged:
        return t(
            "Together with the days stated before, you're away: *{days}*. "
            "No prompts in that time. Your partners are told the dates, nothing else.",
            days=days,
        )
    return t(
        "Noted, you're away: *{days}*. "
        "No prompts in that time. Your partners are told the dates, nothing else.",
        days=days,
    )


def _stated(t: Reader, days: Days) -> Block:
    said = t("Away: *{days}*", days=t.days(days.first, days.last))
    return blocks.section(
        said, accessory=blocks.button(t.plain("Take it back"), DROP, days.leave_id)
    )


def _choices(t: Reader, meeting: Meeting) -> list[Block]:
    value = meeting.session_id
    row = blocks.actions(
        blocks.button(t.plain("Move"), ids.SESSION_MOVE, value, style="primary"),
        blocks.button(t.plain("Keep"), KEEP, value),
        blocks.button(t.plain("Cancel"), ids.SESSION_CANCEL, value),
    )
    return [blocks.section(_line(t, meeting)), row]


def _line(t: Reader, meeting: Meeting) -> Markup:
    who, when = mention(meeting.partner.slack_user_id), t.when(meeting.start)
    if meeting.is_proposal:
        return t("• With {who}, proposed: {when}", who=who, when=when)
    return t("• With {who}: {when}", who=who, when=when)


def _drop(t: Reader, days: Days, suffix: str) -> Element:
    return blocks.button(t.days(days.first, days.last), DROP + suffix, days.leave_id)


def _sessions(t: Reader) -> Element:
    return blocks.button(t.plain("Our sessions"), ids.word_action("session"))


def _pick(t: Reader) -> Element:
    return blocks.button(t.plain("Pick the dates"), ids.word_action("away"), style="primary")
