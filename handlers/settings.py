"""The word `settings`: an overview in a modal, with a small form on top where one is needed."""

from bot.domain import holidays
from bot.domain import settings as domain
from bot.domain.cadence import Hours
from bot.domain.refusals import NotFound
from bot.domain.settings import HolidayChoice, HoursOf, MySettings
from bot.i18n import N_, Reader, reader
from bot.i18n.places import country_named, zones_named
from bot.services import settings
from bot.slack import directory
from bot.views import settings as view
from handlers import parsing
from handlers.request import Request
from handlers.words import Word


def overview(request: Request) -> None:
    mine = request.read(settings.load, request.actor)
    request.open(view.overview(request.t, mine, request.bot.clock.now()))


# Choices in the overview itself


def language_chosen(request: Request) -> None:
    chosen = domain.SetLanguage(request.actor, request.value)
    _redrawn(request, request.run(settings.set_language, chosen))


def prompts_chosen(request: Request) -> None:
    count = parsing.number(request.value)
    chosen = domain.SetPromptsPerWeek(request.actor, count)
    _redrawn(request, request.run(settings.set_prompts_per_week, chosen))


def soon_pressed(request: Request) -> None:
    wanted = domain.SetSoonReminder(request.actor, request.value == "on")
    _redrawn(request, request.run(settings.set_soon_reminder, wanted))


def resumed(request: Request) -> None:
    _redrawn(request, request.run(settings.resume, request.actor))


# Time zone


def zone_pressed(request: Request) -> None:
    mine = request.read(settings.load, request.actor)
    now, parent = request.bot.clock.now(), parsing.view_id(request.body) or ""
    request.open(view.zone_form(request.t, mine, now, parent))


def zone_saved(request: Request) -> None:
    typed = request.form.text(domain.PLACE)
    zones = zones_named(typed)
    if not zones.names:
        request.invalid(view.unknown_place(request.t))
    elif zones.sure and len(zones.names) == 1:
        chosen = domain.SetZone(request.actor, zones.names[0])
        _saved(request, request.run(settings.set_zone, chosen))
    else:
        mine, now = request.read(settings.load, request.actor), request.bot.clock.now()
        parent = request.meta.get("parent", "")
        form = view.zone_form(
            request.t, mine, now, parent, typed=typed, choices=zones.names, sure=zones.sure
        )
        request.show(form)


def zone_picked(request: Request) -> None:
    _zone_set(request, domain.SetZone(request.actor, request.value))


def zone_of_slack(request: Request) -> None:
    actor = request.actor
    profile = directory.fetch(request.bot.gateway, actor.workspace_id, actor.slack_user_id)
    _zone_set(request, domain.SetZone(actor, profile.tz or actor.tz, slack=True))


def _zone_set(request: Request, chosen: domain.SetZone) -> None:
    mine = request.run(settings.set_zone, chosen)
    _redraw_below(request, mine)
    now = request.bot.clock.now()
    request.update_modal(view.zone_saved(_reader(mine), mine, now))


# Hours


def hours_pressed(request: Request) -> None:
    mine, of = request.read(settings.load, request.actor), _hours_of(request.value)
    hours = mine.message_hours if of is HoursOf.MESSAGES else mine.meeting_hours
    parent = parsing.view_id(request.body) or ""
    request.open(view.hours_form(request.t, of, hours or mine.message_hours, parent))


def hours_saved(request: Request) -> None:
    week = domain.read_week([request.form.text(domain.day_input(n)) for n in range(7)])
    if not isinstance(week, Hours):
        request.invalid(view.week_errors(request.t, week))
        return
    of = _hours_of(request.meta.get("of", ""))
    _saved(request, request.run(settings.set_hours, domain.SetHours(request.actor, of, week)))


def hours_usual(request: Request) -> None:
    of = _hours_of(request.value)
    mine = request.run(settings.set_hours, domain.SetHours(request.actor, of, None))
    _redraw_below(request, mine)
    request.update_modal(view.hours_saved(request.t, mine, of))


# Public holidays


def holidays_pressed(request: Request) -> None:
    mine = request.read(settings.load, request.actor)
    parent = parsing.view_id(request.body) or ""
    request.open(view.holidays_form(request.t, mine, parent))


def holidays_saved(request: Request) -> None:
    choice = request.form.choice(domain.HOLIDAYS)
    if choice == HolidayChoice.OTHER:
        _other_country(request)
        return
    country = domain.NO_HOLIDAYS if choice == HolidayChoice.NONE else None
    chosen = domain.SetHolidays(request.actor, country)
    _saved(request, request.run(settings.set_holidays, chosen))


def _other_country(request: Request) -> None:
    country = country_named(request.form.text(domain.COUNTRY))
    if country is None or not holidays.has_calendar(country):
        request.invalid(view.unknown_country(request.t))
        return
    region = request.form.text(domain.REGION)
    subdivision = holidays.subdivision_named(country, region) if region else None
    if region and subdivision is None:
        request.invalid(view.unknown_region(request.t, holidays.subdivisions(country)))
        return
    chosen = domain.SetHolidays(request.actor, country, subdivision)
    _saved(request, request.run(settings.set_holidays, chosen))


# Drawing anew


def _redrawn(request: Request, mine: MySettings) -> None:
    """A choice was made in the overview."""
    now = request.bot.clock.now()
    request.update_modal(view.overview(_reader(mine), mine, now))


def _saved(request: Request, mine: MySettings) -> None:
    """A form was submitted: it closes, and the overview below shows what holds now."""
    _redraw_below(request, mine)
    request.done()


def _redraw_below(request: Request, mine: MySettings) -> None:
    parent = request.meta.get("parent")
    if parent:
        shown = view.overview(_reader(mine), mine, request.bot.clock.now())
        request.bot.gateway.update_view(request.actor.workspace_id, parent, shown)


def _reader(mine: MySettings) -> Reader:
    """Language and zone as they are after the change."""
    return reader(mine.locale, mine.tz)


def _hours_of(value: str) -> HoursOf:
    try:
        return HoursOf(value)
    except ValueError:
        raise NotFound from None


COMMANDS = (
    Word("settings", "pengaturan", N_("language, time zone, hours, fewer messages"), "", overview),
)
ACTIONS = {
    view.LANGUAGE: language_chosen,
    view.PROMPTS: prompts_chosen,
    view.SOON: soon_pressed,
    view.RESUME: resumed,
    view.ZONE: zone_pressed,
    view.ZONE_PICK: zone_picked,
    view.ZONE_SLACK: zone_of_slack,
    view.HOURS: hours_pressed,
    view.HOURS_USUAL: hours_usual,
    view.HOLIDAYS: holidays_pressed,
}
VIEWS = {
    view.ZONE_SAVE: zone_saved,
    view.HOURS_SAVE: hours_saved,
    view.HOLIDAYS_SAVE: holidays_saved,
}
