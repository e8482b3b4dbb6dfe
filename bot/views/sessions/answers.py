"""What somebody reads after a press: what happened, and what happens next."""

from bot.domain.lifecycle import SessionState
from bot.domain.message import Block, Message
from bot.domain.sessions.events import (
    AgendaSaved,
    Agreed,
    AskedLater,
    Cancelled,
    Dropped,
    MetSaid,
    Proposed,
)
from bot.domain.sessions.shown import Note, SessionSummary
from bot.i18n import Markup, Reader
from bot.views import blocks, ids
from bot.views.sessions import parts


def proposed(t: Reader, event: Proposed) -> Message:
    session = event.session
    said = t(
        "Sent. {partner} gets it in their own hours, and can accept or name another time.",
        partner=parts.who(session.partner),
    )
    if session.agreed is not None:
        row = (parts.drop(t, session, t.plain("Withdraw the new time")), _see(t, session))
    else:
        row = (
            parts.other_time(t, session, t.plain("Change the time")),
            parts.drop(t, session, t.plain("Withdraw")),
        )
    shown = [blocks.section(said), *_suggested(t, event), blocks.actions(*row)]
    return Message(said, (*shown, *_crossed(t, event.also_open)))


def agreed(t: Reader, event: Agreed) -> Message:
    session = event.session
    said = t("Agreed. I'll remind you both about a day before.")
    return Message(
        said,
        (
            blocks.section(said),
            blocks.section(parts.times(t, session.slot, session.partner)),
            *parts.place(t, session.slot),
            *_unread(t, session, unread=event.unread),
            blocks.actions(parts.add_agenda(t, session), _see(t, session)),
        ),
    )


def dropped(t: Reader, event: Dropped) -> Message:
    session, partner = event.session, parts.who(event.session.partner)
    if session.agreed is not None:
        said = t("The agreed time stays: *{when}*.", when=t.when(session.agreed.start))
        return _short(said, _see(t, session))
    again = parts.propose(t, session.match_id, t.plain("Propose another time"))
    if event.withdrawn:
        return _short(t("Withdrawn. {partner} needn't answer.", partner=partner), again)
    return _short(
        t("All right. {partner} will read that this one doesn't suit.", partner=partner), again
    )


def cancelled(t: Reader, event: Cancelled) -> Message:
    session = event.session
    said = t(
        "Cancelled. {partner} is told, in their own hours.", partner=parts.who(session.partner)
    )
    shown: list[Block] = [blocks.section(said), *_unread(t, session, unread=event.unread)]
    if event.replacement is None:
        again = parts.propose(t, session.match_id, t.plain("Propose another time"))
        return Message(said, (*shown, blocks.actions(again)))
    new = event.replacement
    shown += [blocks.section(t("Proposed instead:")), *_suggested(t, new)]
    return Message(said, (*shown, *parts.buttons(t, new.session)))


def agenda_saved(t: Reader, event: AgendaSaved) -> Message:
    said = t("Saved. {partner} sees it too.", partner=parts.who(event.session.partner))
    see = _see(t, event.session)
    shown = (*parts.agenda(t, event.session.agenda), blocks.actions(see))
    return Message(said, (blocks.section(said), *shown))


def met_said(t: Reader, event: MetSaid) -> Message:
    session = event.session
    if event.met:
        reflect = blocks.button(t.plain("Write a reflection"), ids.word_action("reflect"))
        after = parts.propose(t, session.match_id, t.plain("Propose the next session"))
        return _short(t("Noted: you met. What would you like to do next?"), after, reflect)
    again = parts.propose(t, session.match_id, t.plain("Propose another time"))
    if session.state is SessionState.HELD:
        partner = parts.who(session.partner)
        return _short(
            t("Noted. {partner} says you met, so it counts as held.", partner=partner), again
        )
    return _short(t("Noted, that happens."), again)


def when_later(t: Reader, session: SessionSummary) -> Message:
    """Tomorrow or next week; the question itself stays answerable."""
    said = t("When shall I ask again?")
    value = parts.value(session)
    row = (
        blocks.button(t.plain("Tomorrow"), ids.SESSION_TOMORROW, value),
        blocks.button(t.plain("Next week"), ids.SESSION_NEXT_WEEK, value),
        *parts.met(t, session),
    )
    shown = (_which(t, session), blocks.section(said), blocks.actions(*row))
    return Message(said, shown)


def asked_later(t: Reader, event: AskedLater) -> Message:
    said = t("I'll ask again on {day}, or a working day after.", day=t.weekday_date(event.day))
    met = blocks.actions(*parts.met(t, event.session))
    return Message(said, (_which(t, event.session), blocks.section(said), met))


def _which(t: Reader, session: SessionSummary) -> Block:
    partner = parts.who(session.partner)
    said = t("Session with {partner}, *{when}*", partner=partner, when=t.when(session.slot.start))
    return blocks.section(said)


def _suggested(t: Reader, event: Proposed) -> list[Block]:
    session = event.session
    if session.suggested is None:
        return []
    return [
        blocks.section(parts.times(t, session.suggested, session.partner)),
        *parts.place(t, session.suggested),
        *parts.notes(t, event.notes, session.partner),
    ]


def _crossed(t: Reader, other: SessionSummary | None) -> list[Block]:
    if other is None:
        return []
    said = t("{partner} has a proposal open for you as well:", partner=parts.who(other.partner))
    when = parts.times(t, other.slot, other.partner)
    return [blocks.section(Markup("\n").join([said, when])), *parts.buttons(t, other)]


def _unread(t: Reader, session: SessionSummary, *, unread: bool) -> list[Block]:
    return parts.notes(t, (Note.UNREAD,), session.partner) if unread else []


def _see(t: Reader, session: SessionSummary) -> blocks.Element:
    return parts.see_sessions(t, session.match_id)


def _short(said: Markup, *row: blocks.Element) -> Message:
    return Message(said, (blocks.section(said), blocks.actions(*row)))
