"""The pieces that lists, answers and messages about sessions are made of."""

from collections.abc import Iterable

from bot.domain import limits
from bot.domain.message import Block
from bot.domain.sessions.rules import is_link
from bot.domain.sessions.shown import Note, Partner, SessionSummary, Slot
from bot.i18n import N_, Markup, Reader, link, mention
from bot.views import blocks, ids
from bot.views.blocks import Element

_NOTES = {
    Note.SKIPPED: N_(
        "The clocks go forward that night and skip the time you picked, so it moved on with them."
    ),
    Note.TWICE: N_("The clocks go back that night, so this time comes twice. The first is meant."),
    Note.MY_LEAVE: N_("You're away that day."),
    Note.MY_HOLIDAY: N_("It's a day off where you are."),
    Note.MY_HOURS: N_("That's outside your meeting hours."),
    Note.MY_OTHER_SESSION: N_("You have another session at that time."),
    Note.THEIR_LEAVE: N_("{name} is away that day."),
    Note.THEIR_HOLIDAY: N_("It's a day off where {name} is."),
    Note.THEIR_HOURS: N_("That's outside the meeting hours of {name}."),
    Note.UNREAD: N_(
        "My message reaches {name} only after that time. Pick a later one, or tell them yourself."
    ),
}


def who(partner: Partner) -> Markup:
    return mention(partner.slack_user_id)


def times(t: Reader, slot: Slot, partner: Partner) -> Markup:
    """When and how long, on both clocks."""
    first = t("*{when}* · {length}", when=t.when(slot.start), length=t.duration(slot.minutes))
    return Markup("\n").join([first, t.both(slot.start, partner.tz, who(partner))])


def place(t: Reader, slot: Slot) -> list[Block]:
    if slot.place is None:
        return []
    if is_link(slot.place):
        return [blocks.section(t("*Where:* {place}", place=link(slot.place, slot.place)))]
    return [blocks.said(t.plain("Where:"), slot.place)]


def agenda(t: Reader, text: str | None) -> list[Block]:
    return [blocks.section(t("*Agenda*")), blocks.quote(text)] if text else []


def details(t: Reader, session: SessionSummary) -> list[Block]:
    """Place and agenda, a long one by its beginning: several sessions share a message."""
    text = session.agenda
    if text and len(text) > limits.SHORT_TEXT:
        text = text[: limits.SHORT_TEXT] + "…"
    return [*place(t, session.slot), *agenda(t, text)]


def notes(t: Reader, found: Iterable[Note], partner: Partner) -> list[Block]:
    """What to know about a time, each in a line."""
    said = [t(_NOTES[note], name=who(partner)) for note in found]
    return [blocks.section(Markup("\n").join(said))] if said else []


def value(session: SessionSummary) -> str:
    """What a button carries: which session, as it stood when it was shown."""
    return f"{session.id}:{session.version}"


def buttons(t: Reader, session: SessionSummary) -> list[Block]:
    """What may be done with a session now."""
    if session.agreed is None:
        row = _for_proposal(t, session)
    elif session.started:
        row = met(t, session)
    elif session.suggested is None:
        row = (other_time(t, session, t.plain("Move")), add_agenda(t, session), cancel(t, session))
    elif session.mine:
        row = (
            drop(t, session, t.plain("Withdraw the new time")),
            add_agenda(t, session),
            cancel(t, session),
        )
    else:
        row = (
            *_answers(t, session, t.plain("Keep the agreed time")),
            cancel(t, session),
        )
    return [blocks.actions(*row)]


def _for_proposal(t: Reader, session: SessionSummary) -> tuple[Element, ...]:
    if session.mine:
        return (
            other_time(t, session, t.plain("Change the time")),
            drop(t, session, t.plain("Withdraw")),
        )
    return _answers(t, session, t.plain("Not now"))


def _answers(t: Reader, session: SessionSummary, no: str) -> tuple[Element, ...]:
    yes = blocks.button(t.plain("Accept"), ids.SESSION_ACCEPT, value(session), style="primary")
    rest = (other_time(t, session, t.plain("Another time")), drop(t, session, no))
    passed = session.agreed is None and session.started
    return rest if passed else (yes, *rest)


def met(t: Reader, session: SessionSummary) -> tuple[Element, ...]:
    return (
        blocks.button(t.plain("Yes, we met"), ids.SESSION_MET, value(session), style="primary"),
        blocks.button(t.plain("Not this time"), ids.SESSION_NOT_MET, value(session)),
    )


def other_time(t: Reader, session: SessionSummary, label: str) -> Element:
    return blocks.button(label, ids.SESSION_MOVE, session.id)


def add_agenda(t: Reader, session: SessionSummary) -> Element:
    return blocks.button(t.plain("Add to agenda"), ids.SESSION_AGENDA, session.id)


def cancel(t: Reader, session: SessionSummary) -> Element:
    return blocks.button(t.plain("Cancel the session"), ids.SESSION_CANCEL, session.id)


def drop(t: Reader, session: SessionSummary, label: str) -> Element:
    return blocks.button(label, ids.SESSION_DROP, value(session))


def propose(t: Reader, match_id: str, label: str, *, style: str = "") -> Element:
    return blocks.button(label, ids.SESSION_PROPOSE, match_id, style=style)


def see_sessions(t: Reader, match_id: str = "") -> Element:
    return blocks.button(t.plain("Our sessions"), ids.word_action("session"), match_id)


def question_part(session_id: str) -> str:
    """The part of a message that asks whether they met; other questions may stand beside it."""
    return f"met-{session_id}"
