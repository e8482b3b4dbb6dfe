"""The form for a new programme (six fields) and the one with all its settings."""

import json

from bot.domain import limits
from bot.domain.cadence import Every
from bot.domain.language import Address, ProgramLanguage
from bot.domain.message import Block, View
from bot.domain.program_settings import (
    SESSION_MINUTES,
    Settings,
    Speaks,
    runs_of,
)
from bot.i18n import N_, Reader
from bot.views import blocks, ids
from bot.views.blocks import Option

_SPEAKS = {
    ProgramLanguage.ENGLISH: N_("English"),
    ProgramLanguage.INDONESIAN: N_("Indonesian ({address})"),
    ProgramLanguage.BOTH: N_("Both languages ({address})"),
}
_ADDRESS = {Address.ANDA: "Anda", Address.KAMU: "kamu"}  # Indonesian words, in any language
_EVERY = {
    Every.WEEK: N_("every week"),
    Every.TWO_WEEKS: N_("every second week"),
    Every.MONTH: N_("every month"),
}
_PLACES = {
    1: N_("the first"),
    2: N_("the second"),
    3: N_("the third"),
    4: N_("the fourth"),
    -1: N_("the last"),
}
GUESTS = "guests"


def new(t: Reader, contact: str) -> View:
    """Six fields; `contact` (a Slack user id) is filled in for a start."""
    return blocks.modal(
        t.plain("New programme"),
        _basics(t, None, contact),
        callback_id=ids.PROGRAM_CREATE,
        submit=t.plain("Create"),
        close=t.plain("Close"),
    )


def settings(t: Reader, kept: Settings) -> View:
    return blocks.modal(
        t.plain("Programme settings"),
        [
            *_basics(t, kept, kept.contact_user_id),
            *_rhythm(t, kept),
            _minutes(t, kept),
            _guests(t, kept),
            _days_off(t, kept),
            _ending(t, kept),
        ],
        callback_id=ids.PROGRAM_CHANGE,
        submit=t.plain("Save"),
        close=t.plain("Close"),
        meta=json.dumps({"program": kept.id}),
    )


def _basics(t: Reader, kept: Settings | None, contact: str) -> list[Block]:
    spoken = kept.speaks if kept else Speaks(t.locale)  # what its maker reads, for a start
    return [
        blocks.text_input(
            "name", t.plain("Name"), initial=kept.name if kept else "", limit=limits.NAME
        ),
        blocks.text_input(
            "purpose",
            t.plain("What it's for"),
            initial=kept.purpose if kept else "",
            multiline=True,
            limit=limits.PURPOSE,
            hint=t.plain("Everybody reads this in the announcement."),
        ),
        blocks.channel_input(
            "channel",
            t.plain("Channel for the announcement"),
            initial=kept.channel_id if kept else "",
            hint=t.plain("A private channel needs to invite me first."),
        ),
        blocks.select_input(
            "speaks",
            t.plain("Language, and how Indonesian addresses people"),
            [_spoken(t, choice) for choice in Speaks],
            initial=spoken.value,
            hint=t.plain("Anybody can choose otherwise for themselves."),
        ),
        blocks.select_input(
            "every",
            t.plain("Reflections"),
            [(t.plain(label), every.value) for every, label in _EVERY.items()],
            initial=(kept.habit.every if kept else Every.TWO_WEEKS).value,
        ),
        blocks.user_input(
            "contact",
            t.plain("A person to talk to"),
            initial=contact,
            hint=t.plain("For worries of any kind. It needn't be a lead."),
        ),
    ]


def _spoken(t: Reader, choice: Speaks) -> Option:
    return t.plain(_SPEAKS[choice.language], address=_ADDRESS[choice.address]), choice.value


def _rhythm(t: Reader, kept: Settings) -> list[Block]:
    weekdays: list[Option] = [(t.weekday(day), str(day)) for day in range(7)]
    places: list[Option] = [(t.plain(label), str(nth)) for nth, label in _PLACES.items()]
    nth = kept.habit.nth
    return [
        blocks.select_input("weekday", t.plain("On"), weekdays, initial=str(kept.habit.weekday)),
        blocks.select_input(
            "nth",
            t.plain("Which one of the month, if monthly"),
            places,
            initial=None if nth is None else str(nth),
            optional=True,
        ),
        blocks.time_input(
            "local_time",
            t.plain("At"),
            initial=kept.habit.local_time,
            hint=t.plain("On each person's own clock, or a few minutes later."),
        ),
    ]


def _minutes(t: Reader, kept: Settings) -> Block:
    options = [(t.duration(minutes), str(minutes)) for minutes in SESSION_MINUTES]
    label = t.plain("Usual length of a session")
    return blocks.select_input("minutes", label, options, initial=str(kept.session_minutes))


def _guests(t: Reader, kept: Settings) -> Block:
    options = [(t.plain("Guests of this workspace may join"), GUESTS)]
    chosen = [GUESTS] if kept.guests_allowed else []
    return blocks.checkbox_input("guests", t.plain("Guests"), options, initial=chosen)


def _days_off(t: Reader, kept: Settings) -> Block:
    runs = runs_of(kept.days_off)
    shown = [
        f"{a.isoformat()}" if a == b else f"{a.isoformat()} – {b.isoformat()}" for a, b in runs
    ]
    return blocks.text_input(
        "days_off",
        t.plain("Days off"),
        initial="\n".join(shown),
        multiline=True,
        limit=limits.LONG_TEXT,
        optional=True,
        hint=t.plain("Days on which I write to nobody, one date or span a line: 12 May – 16 May"),
    )


def _ending(t: Reader, kept: Settings) -> Block:
    sure = blocks.confirm(
        t.plain("Close the programme?"),
        t.plain("Its pairs end and are told so; what anybody wrote stays theirs. There's no undo."),
        t.plain("Close it"),
        t.plain("Leave it open"),
    )
    close = blocks.button(
        t.plain("Close the programme"), ids.PROGRAM_CLOSE, kept.id, style="danger", confirm=sure
    )
    return blocks.actions(close)
