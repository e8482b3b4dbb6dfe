"""A person's settings: the overview, and a small form where one press is not enough."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain import language, settings
from bot.domain.cadence import BadHours, BadHoursReason, Hours
from bot.domain.message import Block, View
from bot.domain.settings import HolidayChoice, HoursOf, MySettings
from bot.i18n import LANGUAGES, Reader, reader
from bot.i18n.places import country_name
from bot.views import blocks
from bot.views.blocks import Element
from bot.views.ids import word_action

LANGUAGE = "settings.language"
ZONE = "settings.zone"
ZONE_SAVE = "settings.zone_save"
ZONE_PICK = "settings.zone_pick"
ZONE_SLACK = "settings.zone_slack"
HOURS = "settings.hours"
HOURS_SAVE = "settings.hours_save"
HOURS_USUAL = "settings.hours_usual"
HOLIDAYS = "settings.holidays"
HOLIDAYS_SAVE = "settings.holidays_save"
SOON = "settings.soon"
PROMPTS = "settings.prompts"
RESUME = "settings.resume"


def overview(t: Reader, mine: MySettings, now: datetime) -> View:
    return blocks.modal(
        t.plain("Settings"),
        [
            _language(t, mine),
            _zone(t, mine, now),
            _hours(t, mine),
            _meetings(t, mine),
            _holidays(t, mine),
            blocks.divider(),
            _prompts(t, mine),
            _soon(t, mine),
            *_stopped(t, mine),
            blocks.divider(),
            blocks.actions(
                blocks.button(t.plain("Days away"), word_action("away")),
                blocks.button(t.plain("Privacy"), word_action("privacy")),
            ),
        ],
        close=t.plain("Close"),
    )


# Forms. `parent` is the id of the overview's view, which is drawn anew once something is saved.


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


# The rows of the overview


def _language(t: Reader, mine: MySettings) -> Block:
    options = [(LANGUAGES[locale], locale) for locale in language.CHOICES]
    return blocks.section(
        t("*Language*"), accessory=blocks.menu(LANGUAGE, options, initial=mine.locale)
    )


def _zone(t: Reader, mine: MySettings, now: datetime) -> Block:
    name = _zone_label(t, mine.tz, now)
    if mine.follows_slack:
        said = t("*Time zone*\n{zone}, as in Slack", zone=name)
    else:
        said = t("*Time zone*\n{zone}, your own choice", zone=name)
    return blocks.section(said, accessory=_change(t, ZONE))


def _hours(t: Reader, mine: MySettings) -> Block:
    said = t("*I may write to you*\n{hours}", hours=t.hours(mine.message_hours))
    return blocks.section(said, accessory=_change(t, HOURS, HoursOf.MESSAGES.value))


def _meetings(t: Reader, mine: MySettings) -> Block:
    if mine.meeting_hours is None:
        said = t("*You can meet*\nin the same hours")
    else:
        said = t("*You can meet*\n{hours}", hours=t.hours(mine.meeting_hours))
    return blocks.section(said, accessory=_change(t, HOURS, HoursOf.MEETINGS.value))


def _holidays(t: Reader, mine: MySettings) -> Block:
    said = t("*Public holidays*\n{place}", place=_holiday_place(t, mine))
    return blocks.section(said, accessory=_change(t, HOLIDAYS))


def _holiday_place(t: Reader, mine: MySettings) -> str:
    if mine.country is None:
        return t.plain("none")
    name = country_name(mine.country, t.locale)
    place = f"{name}, {mine.subdivision}" if mine.subdivision else name
    if mine.holiday_choice is HolidayChoice.ZONE:
        return t.plain("{place}, by your time zone", place=place)
    return place


def _prompts(t: Reader, mine: MySettings) -> Block:
    options = [
        (t.plural_plain("at most {n}", "at most {n}", n), str(n)) for n in settings.PROMPTS_PER_WEEK
    ]
    said = t("*Prompts in seven days*\nReminders of sessions come besides.")
    chosen = str(mine.prompts_per_week)
    return blocks.section(said, accessory=blocks.menu(PROMPTS, options, initial=chosen))


def _soon(t: Reader, mine: MySettings) -> Block:
    if mine.soon_reminder:
        said = t("*15 minutes before a session*\nI remind you")
        button = blocks.button(t.plain("Don't remind me"), SOON, "off")
    else:
        said = t("*15 minutes before a session*\nno reminder")
        button = blocks.button(t.plain("Remind me"), SOON, "on")
    return blocks.section(said, accessory=button)


def _stopped(t: Reader, mine: MySettings) -> list[Block]:
    if not mine.is_stopped:
        return []
    button = blocks.button(t.plain("Start again"), RESUME, style="primary")
    return [blocks.section(t("*Prompts are stopped*\nYour mentoring goes on."), accessory=button)]


# Pieces


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


def _change(t: Reader, action: str, value: str = "") -> Element:
    suffix = f"#{value}" if value else ""
    return blocks.button(t.plain("Change"), action + suffix, value)


def _did_you_mean(t: Reader, *, sure: bool) -> Block:
    if sure:
        return blocks.section(t("That can be several zones. Which one is yours?"))
    return blocks.section(t("I don't know that place. Do you mean one of these?"))


def _zone_choices(t: Reader, now: datetime, choices: Sequence[str]) -> list[Block]:
    buttons = [
        blocks.button(_zone_label(t, name, now), f"{ZONE_PICK}#{n}", name)
        for n, name in enumerate(choices)
    ]
    return [blocks.actions(*buttons)]


def _zone_label(t: Reader, name: str, now: datetime) -> str:
    """`Jakarta, 14:05` with what people call that clock."""
    there = reader(t.locale, name)
    city = name.split("/")[-1].replace("_", " ")
    return t.plain(
        "{city}: now {time} {zone}", city=city, time=there.time(now), zone=there.zone_name(now)
    )


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
