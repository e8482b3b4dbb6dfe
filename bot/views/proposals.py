"""What the two read who are proposed to each other, and the answers to their answers."""

from bot.domain.lifecycle import Role
from bot.domain.message import Block, Message
from bot.domain.proposals import (
    Outcome,
    ProposalAnswered,
    ProposalReminder,
    ProposalSummary,
)
from bot.i18n import Markup, Reader, mention
from bot.views import blocks, ids
from bot.views.blocks import Element
from bot.views.matches import help_button, session_button, topics_block
from bot.views.messages import renders
from bot.views.refusals import menu_button


def answer_buttons(t: Reader, match_id: str) -> Block:
    """Yes or no to one proposal, wherever it is shown."""
    return blocks.actions(
        blocks.button(t.plain("Yes"), ids.PROPOSAL_YES, match_id, style="primary"),
        blocks.button(t.plain("Not for me"), ids.PROPOSAL_NO, match_id),
    )


@renders(ProposalSummary)
def proposal(t: Reader, summary: ProposalSummary) -> Message:
    proposer = mention(summary.proposer.slack_user_id)
    said = _offer(t, summary)
    shown = [blocks.section(said), *topics_block(t, summary.partner, summary.role, summary.topics)]
    if summary.why:
        shown.append(blocks.section(t("Why {person} thought of you two:", person=proposer)))
        shown.append(blocks.quote(summary.why))
    times = t.both(summary.now, summary.partner.tz, summary.partner.name)
    shown.append(blocks.context(t("Right now it's {times}.", times=times)))
    freely = t(
        "A no needs no reason, and nobody is told who said it. No answer is fine too: after "
        "{date} this ends by itself.",
        date=t.date(summary.closes_at),
    )
    shown += [blocks.section(freely), answer_buttons(t, summary.match_id)]
    return Message(said, tuple(shown))


@renders(ProposalReminder)
def reminder(t: Reader, summary: ProposalReminder) -> Message:
    said = t(
        "{proposer} suggested a mentoring between you and {partner}. Yes and no are both fine; "
        "with no answer it ends by itself after {date}.",
        proposer=mention(summary.proposer.slack_user_id),
        partner=mention(summary.partner.slack_user_id),
        date=t.date(summary.closes_at),
    )
    return Message(said, (blocks.section(said), answer_buttons(t, summary.match_id)))


def answered(t: Reader, event: ProposalAnswered) -> Message:
    """What the presser reads, in place of the question."""
    partner = mention(event.partner.slack_user_id)
    said = _answer(t, event.outcome, partner)
    return Message(said, (blocks.section(said), blocks.actions(*_next(t, event))))


def _next(t: Reader, event: ProposalAnswered) -> tuple[Element, ...]:
    match event.outcome:
        case Outcome.WAITING:
            changed = t.plain("I've changed my mind")
            return (blocks.button(changed, ids.PROPOSAL_NO, event.match_id),)
        case Outcome.STARTED:
            return session_button(t, event.partner), help_button(t, event.match_id)
        case _:
            return (menu_button(t),)


def _offer(t: Reader, summary: ProposalSummary) -> Markup:
    people = {
        "proposer": mention(summary.proposer.slack_user_id),
        "partner": mention(summary.partner.slack_user_id),
    }
    if summary.role is Role.MENTEE:
        return t(
            "{proposer} suggests {partner} as your mentor in *{program}*. Would you like that?",
            program=summary.program,
            **people,
        )
    return t(
        "{proposer} suggests {partner} as your mentee in *{program}*. Would you like that?",
        program=summary.program,
        **people,
    )


def _answer(t: Reader, outcome: Outcome, partner: Markup) -> Markup:
    match outcome:
        case Outcome.WAITING:
            return t(
                "Thank you, your yes is noted. If {partner} says yes too, I'll introduce you to "
                "each other. If not, this simply ends, and it's nobody's doing.",
                partner=partner,
            )
        case Outcome.STARTED:
            return t(
                "You and {partner} both said yes. The introduction comes in a message of its own.",
                partner=partner,
            )
        case Outcome.DECLINED:
            return t(
                "All right, nothing comes of this. {partner} hears nothing, and the lead reads "
                "only “not this time”.",
                partner=partner,
            )
        case Outcome.PLACE_TAKEN:
            return t(
                "Thank you for your yes. {partner}'s last free place went to another pair a "
                "moment before, so this one can't begin. It's no judgement of anyone.",
                partner=partner,
            )
        case Outcome.NOTHING:
            return t(
                "This proposal came to nothing, which happens and is nobody's doing. There's "
                "nothing left to answer."
            )
