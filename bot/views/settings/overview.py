"""The settings at a glance: what holds, and the press that changes it."""

from datetime import datetime

from bot.domain import language, settings
from bot.domain.message import Block, View
from bot.domain.settings import HolidayChoice, HoursOf, MySettings
from bot.i18n import LANGUAGES, Reader
from bot.i18n.places import country_name
from bot.views import blocks
from bot.views.blocks import Element
from bot.views.ids import word_action
from bot.views.settings.forms import HOLIDAYS, HOURS, ZONE, zone_label

LANGUAGE = "settings.language"
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


def _language(t: Reader, mine: MySettings) -> Block:
    options = [(LANGUAGES[locale], locale) for locale in language.CHOICES]
    return blocks.section(
        t("*Language*"), accessory=blocks.menu(LANGUAGE, options, initial=mine.locale)
    )


def _zone(t: Reader, mine: MySettings, now: datetime) -> Block:
    name = zone_label(t, mine.tz, now)
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


def _change(t: Reader, action: str, value: str = "") -> Element:
    suffix = f"#{value}" if value else ""
    return blocks.button(t.plain("Change"), action + suffix, value)
