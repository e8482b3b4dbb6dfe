"""The forms: for a time, for the agenda, and for calling a session off."""

import json

from bot.domain import limits
from bot.domain.message import Block, View
from bot.domain.sessions import rules
from bot.domain.sessions.shown import AgendaSummary, FormSummary, Preview, SessionSummary
from bot.i18n import Markup, Reader
from bot.views import blocks, ids
from bot.views.sessions import parts


def time_form(t: Reader, form: FormSummary) -> View:
    """One form for a new session, a counter-proposal and a move. The first press shows what the
    time comes to on both clocks, the second sends it."""
    shown = [blocks.section(_intro(t, form)), *_standing(t, form)]
    shown += [*_preview(t, form, form.preview), *_inputs(t, form)]
    return blocks.modal(
        _title(t, form),
        shown,
        callback_id=ids.SESSION_TIME_FORM,
        submit=t.plain("Send") if form.preview else t.plain("Preview"),
        close=t.plain("Close"),
        meta=json.dumps(_meta(form)),
    )


def token(preview: Preview) -> str:
    """Tells whether a time is the one that was previewed."""
    return f"{preview.slot.start.isoformat()}/{preview.slot.minutes}"


def agenda_form(t: Reader, agenda: AgendaSummary) -> View:
    session = agenda.session
    shown = (
        blocks.section(parts.times(t, session.slot, session.partner)),
        blocks.text_input(
            rules.AGENDA,
            t.plain("Agenda"),
            initial=agenda.text,
            multiline=True,
            limit=limits.LONG_TEXT,
            optional=True,
            hint=t.plain("You and {name} both see and change it.", name=session.partner.name),
        ),
    )
    return blocks.modal(
        t.plain("Agenda"),
        shown,
        callback_id=ids.SESSION_AGENDA_FORM,
        submit=t.plain("Save"),
        close=t.plain("Close"),
        meta=json.dumps({"session": session.id, "stamp": agenda.stamp}),
    )


def cancel_form(t: Reader, session: SessionSummary) -> View:
    """Moving comes first; whoever cancels anyway may name another time in the same step."""
    partner = parts.who(session.partner)
    move = parts.other_time(t, session, t.plain("Move instead"))
    said = (
        t(
            "It can also move. The agreed time stands until {partner} takes another.",
            partner=partner,
        )
        if session.agreed
        else t("You can also name another time, and {partner} answers that.", partner=partner)
    )
    shown = (
        blocks.section(parts.times(t, session.slot, session.partner)),
        blocks.section(said),
        blocks.actions({**move, "style": "primary"}),
        blocks.divider(),
        blocks.section(
            t("If you cancel it, you can propose another time along with it, on your clock.")
        ),
        blocks.date_input(rules.DATE, t.plain("Date"), optional=True),
        blocks.time_input(rules.TIME, t.plain("Time"), optional=True),
    )
    return blocks.modal(
        t.plain("Cancel the session"),
        shown,
        callback_id=ids.SESSION_CANCEL_FORM,
        submit=t.plain("Cancel the session"),
        close=t.plain("Close"),
        meta=json.dumps({"session": session.id, "version": session.version}),
    )


def _title(t: Reader, form: FormSummary) -> str:
    if form.session is None:
        return t.plain("Propose a session")
    return t.plain("Move the session") if form.session.agreed else t.plain("Another time")


def _intro(t: Reader, form: FormSummary) -> Markup:
    return t(
        "With {partner}. Date and time are on your own clock ({zone}).",
        partner=parts.who(form.partner),
        zone=t.tz,
    )


def _standing(t: Reader, form: FormSummary) -> list[Block]:
    if form.session is None or form.session.agreed is None:
        return []
    return [
        blocks.section(
            t(
                "Agreed is *{when}*. That stands until {partner} takes the new time.",
                when=t.when(form.session.agreed.start),
                partner=parts.who(form.partner),
            )
        )
    ]


def _preview(t: Reader, form: FormSummary, preview: Preview | None) -> list[Block]:
    if preview is None:
        return []
    return [
        blocks.section(t("Check the time on both clocks, then send it:")),
        blocks.section(parts.times(t, preview.slot, form.partner)),
        *parts.notes(t, preview.notes, form.partner),
    ]


def _inputs(t: Reader, form: FormSummary) -> list[Block]:
    draft = form.draft
    shown = [
        blocks.date_input(rules.DATE, t.plain("Date"), initial=draft.day),
        blocks.time_input(rules.TIME, t.plain("Time"), initial=draft.at),
        blocks.select_input(
            rules.LENGTH,
            t.plain("Length"),
            [(t.duration(minutes), str(minutes)) for minutes in form.lengths],
            initial=str(draft.minutes),
        ),
        blocks.text_input(
            rules.PLACE,
            t.plain("Place or link"),
            initial=draft.place,
            limit=limits.SHORT_TEXT,
            optional=True,
            hint=t.plain("A room, or a link that starts with https://"),
        ),
    ]
    return shown if form.session else [*shown, _agenda_input(t, form)]


def _agenda_input(t: Reader, form: FormSummary) -> Block:
    return blocks.text_input(
        rules.AGENDA,
        t.plain("Agenda"),
        initial=form.draft.agenda,
        multiline=True,
        limit=limits.LONG_TEXT,
        optional=True,
        hint=t.plain("You and {name} both see and change it.", name=form.partner.name),
    )


def _meta(form: FormSummary) -> dict[str, str]:
    about = {"match": form.match_id}
    if form.session:
        about |= {"session": form.session.id, "version": form.session.version}
    if form.preview:
        about |= {"seen": token(form.preview)}
    return about
