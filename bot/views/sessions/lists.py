"""The sessions of a pair, and the choice between several partners."""

from bot.domain.message import Block, Message
from bot.domain.sessions.shown import PairSessions, PartnerChoice, SessionSummary
from bot.i18n import Markup, Reader
from bot.views import blocks, ids
from bot.views.sessions import parts


def listed(t: Reader, found: PairSessions | PartnerChoice) -> Message:
    if isinstance(found, PartnerChoice):
        return _choice(t, found)
    return _sessions(t, found)


def _choice(t: Reader, found: PartnerChoice) -> Message:
    said = t("With whom?")
    buttons = [
        blocks.button(partner.name, f"{ids.SESSION_PAIR}#{n}", match_id)
        for n, (match_id, partner) in enumerate(found.choices)
    ]
    return Message(said, (blocks.section(said), blocks.actions(*buttons)))


def _sessions(t: Reader, found: PairSessions) -> Message:
    partner = parts.who(found.partner)
    if found.sessions:
        said = t("Your sessions with {partner}:", partner=partner)
        label = t.plain("Propose another session")
    else:
        said = t("No session with {partner} is planned.", partner=partner)
        label = t.plain("Propose a session")
    shown: list[Block] = [blocks.section(said)]
    for session in found.sessions:
        shown += [*_session(t, session), blocks.divider()]
    if found.more:
        shown.append(blocks.context(t("Later ones, not in this list: {n}", n=found.more)))
    style = "" if found.sessions else "primary"
    shown.append(blocks.actions(parts.propose(t, found.match_id, label, style=style)))
    return Message(said, tuple(shown))


def _session(t: Reader, session: SessionSummary) -> list[Block]:
    lines = [_state(t, session), parts.times(t, session.slot, session.partner)]
    shown = [blocks.section(Markup("\n").join(lines)), *parts.details(t, session)]
    if session.agreed and session.suggested and not session.started:
        shown += _suggestion(t, session)
    return [*shown, *parts.buttons(t, session)]


def _state(t: Reader, session: SessionSummary) -> Markup:
    partner = parts.who(session.partner)
    if session.agreed is None and session.started:
        return t("Proposed, for a time that has passed")
    if session.agreed is None:
        mine = t("Proposed by you; {partner} hasn't answered yet", partner=partner)
        return mine if session.mine else t("Proposed by {partner}", partner=partner)
    return t("Did you meet?") if session.started else t("Agreed")


def _suggestion(t: Reader, session: SessionSummary) -> list[Block]:
    if session.suggested is None:
        return []
    partner = parts.who(session.partner)
    said = (
        t("You suggested another time:")
        if session.mine
        else t("{partner} suggests another time:", partner=partner)
    )
    when = parts.times(t, session.suggested, session.partner)
    shown = [blocks.section(Markup("\n").join([said, when]))]
    return [*shown, *parts.place(t, session.suggested)]
