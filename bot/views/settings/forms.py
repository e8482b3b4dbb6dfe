"""The small forms of the settings, what is wrong with what was typed, and what holds now.

`parent` is the id of the overview's view, which is drawn anew once something is saved.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain import settings
from bot.domain.cadence import BadHours, BadHoursReason, Hours
from bot.domain.message import Block, View
from bot.domain.settings import HolidayChoice, HoursOf, MySettings
from bot.i18n import Reader, reader
from bot.i18n.places import country_name
from bot.views import blocks

ZONE = "settings.zone"
ZONE_SAVE = "settings.zone_save"
ZONE_PICK = "settings.zone_pick"
ZONE_SLACK = "settings.zone_slack"
HOURS = "settings.hours"
HOURS_SAVE = "settings.hours_save"
HOURS_USUAL = "settings.hours_usual"
HOLIDAYS = "settings.holidays"
HOLIDAYS_SAVE = "settings.holidays_save"


def zone_form(
    t: Reader,
    mine: MySettings,
    now: datetime,
    parent: str,
    *,
    typed: str = "",
    choices: Sequence[str] = (),
    sure: bool = True,
) -> View:
    place = blocks.text_input(
        settings.PLACE,
        t.plain("Your city, or a time zone"),
        initial=typed,
        limit=80,
        placeholder=t.plain("Jakarta, WIB, Berlin …"),
    )
    shown: list[Block] = [place]
    if choices:
        shown += [_did_you_mean(t, sure=sure), *_zone_choices(t, now, choices)]
    if not mine.follows_slack:
        button = blocks.button(t.plain("Follow Slack again"), ZONE_SLACK)
        shown.append(blocks.section(t("Slack knows a zone too."), accessory=button))
    return _form(t, t.plain("Time zone"), shown, ZONE_SAVE, parent)


def hours_form(t: Reader, of: HoursOf, hours: Hours, parent: str) -> View:
    if of is HoursOf.MESSAGES:
        title, intro = (
            t.plain("Message hours"),
            t("When may I write to you? Answers you ask for come at once."),
        )
        usual = t.plain("Mon–Fri, 9 to 17")
    else:
        title, intro = (
            t.plain("Meeting hours"),
            t("When can you meet? Evenings and weekends are fine."),
        )
        usual = t.plain("Same as message hours")
    hint = t.plain("For example 09:00-12:00, 13:00-17:00. Empty means not on this day.")
    days = [
        blocks.text_input(
            settings.day_input(n),
            t.weekday(n),
            initial=text,
            limit=100,
            optional=True,
            hint=hint if n == 0 else "",
        )
        for n, text in enumerate(hours.to_json())
    ]
    button = blocks.button(usual, HOURS_USUAL, of.value)
    shown = [blocks.section(intro, accessory=button), *days]
    return _form(t, title, shown, HOURS_SAVE, parent, of=of.value)


def holidays_form(t: Reader, mine: MySettings, parent: str) -> View:
    own = mine.holiday_choice is HolidayChoice.OTHER
    options = [
        (t.plain("Those of my time zone's country"), HolidayChoice.ZONE.value),
        (t.plain("Another country's, named below"), HolidayChoice.OTHER.value),
        (t.plain("None"), HolidayChoice.NONE.value),
    ]
    country = country_name(mine.country, t.locale) if own and mine.country else ""
    return _form(
        t,
        t.plain("Public holidays"),
        [
            blocks.radio_input(
                settings.HOLIDAYS,
                t.plain("On which public holidays am I quiet?"),
                options,
                initial=mine.holiday_choice.value,
            ),
            blocks.text_input(
                settings.COUNTRY, t.plain("Country"), initial=country, limit=80, optional=True
            ),
            blocks.text_input(
                settings.REGION,
                t.plain("State or region"),
                initial=mine.subdivision or "",
                limit=80,
                optional=True,
                hint=t.plain("Only where it has holidays of its own."),
            ),
        ],
        HOLIDAYS_SAVE,
        parent,
    )


def zone_saved(t: Reader, mine: MySettings, now: datetime) -> View:
    """Said in place of the form, when a button in it was enough."""
    said = t(
        "Done. Your clock shows {time} now, and all that's planned goes by it.", time=t.time(now)
    )
    return blocks.modal(t.plain("Time zone"), [blocks.section(said)], close=t.plain("Close"))


def hours_saved(t: Reader, mine: MySettings, of: HoursOf) -> View:
    if of is HoursOf.MESSAGES:
        title, hours = t.plain("Message hours"), mine.message_hours
    else:
        title, hours = t.plain("Meeting hours"), mine.meeting_hours or mine.message_hours
    said = t("Done: {hours}.", hours=t.hours(hours))
    return blocks.modal(title, [blocks.section(said)], close=t.plain("Close"))


def week_errors(t: Reader, bad: Mapping[int, BadHours | None]) -> dict[str, str]:
    """The sentence under each day that cannot be read."""
    return {settings.day_input(day): _bad_hours(t, fault) for day, fault in bad.items()}


def unknown_place(t: Reader) -> dict[str, str]:
    return {settings.PLACE: t.plain("I don't know that place. Try a large city in the same zone.")}


def unknown_country(t: Reader) -> dict[str, str]:
    said = t.plain(
        "I know no country by that name. Write it in English or Indonesian, or as a code."
    )
    return {settings.COUNTRY: said}


def unknown_region(t: Reader, known: Sequence[str]) -> dict[str, str]:
    if not known:
        return {
            settings.REGION: t.plain(
                "This country has the same holidays everywhere. Leave it empty."
            )
        }
    names = ", ".join(known[:60])
    return {settings.REGION: t.plain("I know these: {names}.", names=names)}


def zone_label(t: Reader, name: str, now: datetime) -> str:
    """`Jakarta, 14:05` with what people call that clock."""
    there = reader(t.locale, name)
    city = name.split("/")[-1].replace("_", " ")
    return t.plain(
        "{city}: now {time} {zone}", city=city, time=there.time(now), zone=there.zone_name(now)
    )


def _form(
    t: Reader, title: str, shown: Sequence[Block], callback: str, parent: str, **meta: str
) -> View:
    return blocks.modal(
        title,
        shown,
        callback_id=callback,
        submit=t.plain("Save"),
        close=t.plain("Back"),
        meta=json.dumps({"parent": parent, **meta}),
    )


def _did_you_mean(t: Reader, *, sure: bool) -> Block:
    if sure:
        return blocks.section(t("That can be several zones. Which one is yours?"))
    return blocks.section(t("I don't know that place. Do you mean one of these?"))


def _zone_choices(t: Reader, now: datetime, choices: Sequence[str]) -> list[Block]:
    buttons = [
        blocks.button(zone_label(t, name, now), f"{ZONE_PICK}#{n}", name)
        for n, name in enumerate(choices)
    ]
    return [blocks.actions(*buttons)]


def _bad_hours(t: Reader, fault: BadHours | None) -> str:
    if fault is None:
        return t.plain("Leave some time on at least one day. To get no prompts, use stop instead.")
    match fault.reason:
        case BadHoursReason.ENDS_BEFORE_START:
            return t.plain("It ends before it starts. Hours past midnight belong to the next day.")
        case BadHoursReason.NO_SUCH_TIME:
            return t.plain("There's no such time of day.")
        case _:
            return t.plain("Write it like 09:00-12:00, 13:00-17:00.")
