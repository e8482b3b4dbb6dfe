"""The messages about sessions that the bot sends on its own. A person's words stand in the blocks
only, never in the text that becomes a notification."""

from bot import content
from bot.domain.message import Block, Message
from bot.domain.sessions.shown import (
    AgreedMessage,
    CancelledMessage,
    Change,
    ChangedMessage,
    DidYouMeet,
    ProposalMessage,
    ReminderMessage,
    SessionSummary,
    SoonMessage,
)
from bot.i18n import Markup, Reader
from bot.views import blocks, ids
from bot.views.messages import renders
from bot.views.sessions import parts


@renders(ProposalMessage)
def proposal(t: Reader, message: ProposalMessage) -> Message:
    session = message.session
    slot = session.suggested or session.slot
    said = _asks(t, session)
    shown: list[Block] = [
        blocks.section(said),
        blocks.section(parts.times(t, slot, session.partner)),
        *parts.place(t, slot),
        *parts.agenda(t, session.agenda),
        *parts.buttons(t, session),
    ]
    lapse = t("No answer is fine too: after seven days I let it go, and nobody is told.")
    return Message(said, (*shown, blocks.context(lapse)))


@renders(AgreedMessage)
def agreed(t: Reader, message: AgreedMessage) -> Message:
    session = message.session
    values = {"partner": parts.who(session.partner), "when": t.when(session.slot.start)}
    said = (
        t("{partner} takes the new time: *{when}*.", **values)
        if message.moved
        else t("{partner} accepts. Your session is agreed: *{when}*.", **values)
    )
    return _about(t, said, session)


@renders(ChangedMessage)
def changed(t: Reader, message: ChangedMessage) -> Message:
    session = message.session
    values = {"partner": parts.who(session.partner), "when": t.when(session.slot.start)}
    said = (
        t("{partner} would rather keep the agreed time: *{when}*.", **values)
        if message.change is Change.KEPT
        else t("{partner} took the new time back. Agreed stays: *{when}*.", **values)
    )
    return _about(t, said, session)


@renders(CancelledMessage)
def cancelled(t: Reader, message: CancelledMessage) -> Message:
    session, new = message.session, message.replacement
    values = {"partner": parts.who(session.partner), "when": t.when(session.slot.start)}
    if not message.was_agreed and session.mine:
        said = t("{partner} can't make *{when}*.", **values)
    elif not message.was_agreed:
        said = t("{partner} took back the proposal for *{when}*.", **values)
    else:
        said = t("{partner} cancelled the session on *{when}*.", **values)
    if new is None:
        label = t.plain("Propose another time")
        again = parts.propose(t, session.match_id, label, style="primary")
        return Message(said, (blocks.section(said), blocks.actions(again)))
    instead = t("{partner} proposes instead:", partner=values["partner"])
    shown = (
        blocks.section(said),
        blocks.section(Markup("\n").join([instead, parts.times(t, new.slot, new.partner)])),
        *parts.details(t, new),
        *parts.buttons(t, new),
    )
    return Message(said, shown)


@renders(ReminderMessage)
def reminder(t: Reader, message: ReminderMessage) -> Message:
    session = message.session
    said = t(
        "Your session with {partner}: *{when}*.",
        partner=parts.who(session.partner),
        when=t.when(session.slot.start),
    )
    shown: list[Block] = [
        blocks.section(Markup("\n").join([said, _both(t, session)])),
        *parts.place(t, session.slot),
        *(parts.agenda(t, session.agenda) or _plan(t, message.plan)),
    ]
    row = (parts.other_time(t, session, t.plain("Move")), parts.add_agenda(t, session))
    return Message(said, (*shown, blocks.actions(*row)))


@renders(SoonMessage)
def soon(t: Reader, message: SoonMessage) -> Message:
    session = message.session
    said = t(
        "Your session with {partner} begins soon: {time}.",
        partner=parts.who(session.partner),
        time=t.time(session.slot.start),
    )
    return Message(said, (blocks.section(said), *parts.place(t, session.slot)))


@renders(DidYouMeet)
def did_you_meet(t: Reader, message: DidYouMeet) -> Message:
    session = message.session
    said = t(
        "Did you and {partner} meet on *{when}*?",
        partner=parts.who(session.partner),
        when=t.when(session.slot.start),
    )
    later = blocks.button(t.plain("Later"), ids.SESSION_LATER, parts.value(session))
    row = blocks.actions(*parts.met(t, session), later)
    question = blocks.part(parts.question_part(session.id), (blocks.section(said), row))
    return Message(said, question)


def _asks(t: Reader, session: SessionSummary) -> Markup:
    partner = parts.who(session.partner)
    if session.agreed is not None:
        when = t.when(session.agreed.start)
        return t(
            "{partner} asks to move your session of *{when}*. Until you accept, that time stands.",
            partner=partner,
            when=when,
        )
    if session.version.endswith(".1"):
        return t("{partner} proposes a session:", partner=partner)
    return t("{partner} suggests another time:", partner=partner)


def _about(t: Reader, said: Markup, session: SessionSummary) -> Message:
    shown = (
        blocks.section(Markup("\n").join([said, _both(t, session)])),
        *parts.place(t, session.slot),
        *parts.buttons(t, session),
    )
    return Message(said, shown)


def _both(t: Reader, session: SessionSummary) -> Markup:
    return t.both(session.slot.start, session.partner.tz, parts.who(session.partner))


def _plan(t: Reader, agenda_id: str) -> list[Block]:
    """A plan to start from, while the pair has no agenda of its own."""
    plan = content.agenda(agenda_id)
    title = t("*A plan you could use: {title}*", title=plan.title.text(t.locale))
    lines = [
        t("{length} · {what}", length=t.duration(line.minutes), what=line.item.text(t.locale))
        for line in plan.lines
    ]
    return [blocks.section(Markup("\n").join([title, *lines]))]
