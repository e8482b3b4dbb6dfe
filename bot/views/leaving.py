"""Stopping, ending and leaving, in plain and neutral words."""

from bot.domain.leaving import EndNotice, MatchEnded, ProgramLeft, Resumed, Stopped
from bot.domain.message import Message
from bot.domain.people import Who, is_gone
from bot.i18n import Markup, Reader, mention
from bot.views import blocks, ids
from bot.views.blocks import Element
from bot.views.matches import help_button
from bot.views.messages import renders
from bot.views.refusals import menu_button

_AT_MOST = 10  # of each, in one row; Slack takes 25


def stopped(t: Reader, event: Stopped) -> Message:
    """With what one may have meant instead: each of these takes one press and its confirmation."""
    said = t("Stopped: from now on I ask you nothing.")
    if event.matches:
        stays = t("Your mentoring stays, and so do your sessions with their reminders.")
        said = Markup(" ").join([said, stays])
    ends = [_end(t, *each) for each in event.matches[:_AT_MOST]]
    leaves = [_leave(t, *each) for each in event.programs[:_AT_MOST]]
    shown = [blocks.section(said), blocks.actions(_undo(t))]
    shown += [blocks.actions(*row) for row in (ends, leaves) if row]
    return Message(said, tuple(shown))


def resumed(t: Reader, _: Resumed) -> Message:
    said = t("I'll ask you things again, now and then. What was left out meanwhile stays out.")
    return Message(said, (blocks.section(said), blocks.actions(menu_button(t))))


def match_ended(t: Reader, event: MatchEnded) -> Message:
    said = t(
        "Your mentoring with {partner} has ended. They read that, and nothing about why. Sessions "
        "to come are off; what you've written stays yours.",
        partner=mention(event.partner.slack_user_id),
    )
    return Message(said, (blocks.section(said), blocks.actions(menu_button(t))))


@renders(EndNotice)
def end_notice(t: Reader, notice: EndNotice) -> Message:
    said = _ended(t, notice.partner)
    buttons = menu_button(t), help_button(t, "")
    return Message(said, (blocks.section(said), blocks.actions(*buttons)))


def _ended(t: Reader, partner: Who) -> Markup:
    if is_gone(partner.slack_user_id):
        return t(
            "One of your mentorings has ended. It's no judgement of anyone. A lead may propose "
            "somebody new to you; you say yes or no then."
        )
    return t(
        "Your mentoring with {partner} has ended. It's no judgement of anyone. A lead may propose "
        "somebody new to you; you say yes or no then.",
        partner=mention(partner.slack_user_id),
    )


def program_left(t: Reader, event: ProgramLeft) -> Message:
    said = t(
        "You've left *{program}*. Nothing more comes from it, and you can join again any time.",
        program=event.program,
    )
    shown = [blocks.section(said)]
    if event.partners:
        people = t.list_of([mention(who.slack_user_id) for who in event.partners])
        ended = t(
            "Ended with it: your mentoring with {people}. They aren't told why.", people=people
        )
        shown.append(blocks.section(ended))
    shown.append(blocks.actions(menu_button(t)))
    return Message(said, tuple(shown))


def _undo(t: Reader) -> Element:
    return blocks.button(t.plain("Undo"), ids.UNDO_STOP, style="primary")


def _end(t: Reader, match_id: str, partner: Who) -> Element:
    sure = blocks.confirm(
        t.plain("End this mentoring?"),
        t.plain("{name} reads that it has ended, not why. You can both go on.", name=partner.name),
        t.plain("End it"),
        t.plain("Keep it"),
    )
    label = t.plain("End it with {name}", name=partner.name)
    action = f"{ids.END_MATCH}#{match_id}"
    return blocks.button(label, action, match_id, style="danger", confirm=sure)


def _leave(t: Reader, program_id: str, name: str) -> Element:
    sure = blocks.confirm(
        t.plain("Leave the programme?"),
        t.plain("Your mentorings in {program} end with it. No reasons are told.", program=name),
        t.plain("Leave"),
        t.plain("Stay"),
    )
    label = t.plain("Leave {program}", program=name)
    action = f"{ids.LEAVE_PROGRAM}#{program_id}"
    return blocks.button(label, action, program_id, style="danger", confirm=sure)
