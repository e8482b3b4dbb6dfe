"""A person's own settings. Each change moves what waits for them, in the same transaction."""

from bot.domain import holidays, language
from bot.domain.actor import Actor
from bot.domain.cadence import Hours
from bot.domain.refusals import InvalidField
from bot.domain.settings import (
    COUNTRY,
    NO_HOLIDAYS,
    PLACE,
    PROMPTS_PER_WEEK,
    HolidayChoice,
    HoursOf,
    MySettings,
    SetHolidays,
    SetHours,
    SetLanguage,
    SetPromptsPerWeek,
    SetSoonReminder,
    SetZone,
)
from bot.services import access, deliveries, leaving, people, sessions
from bot.storage.models import Person
from bot.storage.unit_of_work import Tx


def load(tx: Tx, actor: Actor) -> MySettings:
    return _settings(tx, access.get_self(tx, actor))


def set_language(tx: Tx, command: SetLanguage) -> MySettings:
    person = access.get_self(tx, command.actor)
    if command.locale not in language.CHOICES:
        raise InvalidField("language", "unknown")
    person.locale = command.locale
    return _settings(tx, person)


def set_zone(tx: Tx, command: SetZone) -> MySettings:
    """A zone of one's own wins over Slack's until the person follows Slack again."""
    person = access.get_self(tx, command.actor)
    if not people.set_zone(tx, person, command.tz, source="slack" if command.slack else "self"):
        raise InvalidField(PLACE, "unknown_place")
    return _settings(tx, person)


def set_hours(tx: Tx, command: SetHours) -> MySettings:
    person = access.get_self(tx, command.actor)
    stored = command.hours.to_json() if command.hours else None
    if command.of is HoursOf.MESSAGES:
        person.message_hours = stored
    else:
        person.meeting_hours = stored
    return _replanned(tx, person)


def set_holidays(tx: Tx, command: SetHolidays) -> MySettings:
    person = access.get_self(tx, command.actor)
    country = command.country
    if country not in (None, NO_HOLIDAYS) and not holidays.has_calendar(country or ""):
        raise InvalidField(COUNTRY, "unknown_country")
    person.holiday_country, person.holiday_subdivision = country, command.subdivision
    return _replanned(tx, person)


def set_soon_reminder(tx: Tx, command: SetSoonReminder) -> MySettings:
    person = access.get_self(tx, command.actor)
    person.soon_reminder = command.wanted
    sessions.replan_reminders(tx, person)
    return _replanned(tx, person)


def set_prompts_per_week(tx: Tx, command: SetPromptsPerWeek) -> MySettings:
    person = access.get_self(tx, command.actor)
    if command.count not in PROMPTS_PER_WEEK:
        raise InvalidField("prompts", "unknown")
    person.prompts_per_week = command.count
    return _replanned(tx, person)


def resume(tx: Tx, actor: Actor) -> MySettings:
    """Prompts come again after a stop."""
    leaving.resume(tx, actor)
    return _replanned(tx, access.get_self(tx, actor))


def _replanned(tx: Tx, person: Person) -> MySettings:
    deliveries.replan_person(tx, person)
    return _settings(tx, person)


def _settings(tx: Tx, person: Person) -> MySettings:
    choice, country = _holidays(person)
    spoken_in = people.program_language(tx, person)
    meetings = person.meeting_hours
    return MySettings(
        locale=language.effective(person.locale, *spoken_in),
        chose_language=person.locale is not None,
        tz=person.tz,
        follows_slack=person.tz_source == "slack",
        message_hours=_hours(person.message_hours) or Hours.default(),
        meeting_hours=_hours(meetings),
        holiday_choice=choice,
        country=country,
        subdivision=person.holiday_subdivision if country else None,
        soon_reminder=person.soon_reminder,
        prompts_per_week=person.prompts_per_week,
        is_stopped=person.stopped_at is not None,
    )


def _hours(stored: list[str] | None) -> Hours | None:
    return Hours.from_json(stored) if stored else None


def _holidays(person: Person) -> tuple[HolidayChoice, str | None]:
    if person.holiday_country is None:
        return HolidayChoice.ZONE, holidays.country_of_zone(person.tz)
    if person.holiday_country == NO_HOLIDAYS:
        return HolidayChoice.NONE, None
    return HolidayChoice.OTHER, person.holiday_country
