"""Why something about sessions is not done, and what to do instead."""

from bot.domain.sessions.refusals import (
    AgendaChanged,
    NoPartner,
    NotYourPartner,
    PartnerGone,
    SessionChanged,
    SessionPassed,
    TimeTaken,
)
from bot.i18n import Reader
from bot.views import blocks, ids
from bot.views.refusals import Said, menu_button, says
from bot.views.sessions import parts


@says(NoPartner)
def _no_partner(t: Reader, refusal: NoPartner) -> Said:
    if refusal.joined:
        return t("You have no mentoring partner yet, so there's nobody to meet."), ()
    join = blocks.button(t.plain("Join"), ids.word_action("join"), style="primary")
    return t("Sessions are for people in a mentoring programme. You can join one."), (join,)


@says(NotYourPartner)
def _not_your_partner(t: Reader, _: NotYourPartner) -> Said:
    return t("Sessions are with your own mentoring partners, and that's none of them."), (
        parts.see_sessions(t),
    )


@says(PartnerGone)
def _partner_gone(t: Reader, _: PartnerGone) -> Said:
    said = t("Your partner's Slack account is no longer active, so nothing was sent.")
    return said, (menu_button(t),)


@says(SessionChanged)
def _session_changed(t: Reader, _: SessionChanged) -> Said:
    said = t(
        "This session has changed meanwhile, so nothing was done. Your sessions show how it stands."
    )
    return said, (parts.see_sessions(t),)


@says(SessionPassed)
def _session_passed(t: Reader, refusal: SessionPassed) -> Said:
    again = parts.propose(t, refusal.match_id, t.plain("Propose another time"), style="primary")
    see = parts.see_sessions(t, refusal.match_id)
    return t("That time has passed, so nothing was done."), (again, see)


@says(TimeTaken)
def _time_taken(t: Reader, _: TimeTaken) -> Said:
    said = t("You two have agreed on another session at that time meanwhile. Nothing was done.")
    return said, (parts.see_sessions(t),)


@says(AgendaChanged)
def _agenda_changed(t: Reader, refusal: AgendaChanged) -> Said:
    said = t(
        "Your partner changed the agenda meanwhile. Close this to find your text again and copy "
        "it; then open theirs and put both together."
    )
    return said, (blocks.button(t.plain("Open theirs"), ids.SESSION_AGENDA, refusal.session_id),)
