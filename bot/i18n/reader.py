"""One reader, and how a text becomes theirs. By convention the variable is called `t`.

    t("Meet {name} on {when}", name=profile.name, when=t.when(session.start))   # mrkdwn
    t.plain("Next")                                                             # buttons, titles

Texts are English literals with `{name}` placeholders, nothing cleverer, so that the tests can
collect them and compare both languages.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from babel.lists import format_list
from babel.numbers import format_decimal
from babel.units import format_unit

from bot.domain.cadence.hours import Hours, Span
from bot.domain.cadence.zones import is_zone, zone
from bot.i18n import times
from bot.i18n.catalogues import LANGUAGES, N_, translations
from bot.i18n.markup import Markup, escape, one_line

Value = str | int | float
"""What a placeholder may stand for. Dates and lists are made into text by the reader first."""

_PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_]*)\}")


@dataclass(frozen=True)
class Reader:
    """The language ("en", "id", "id-kamu") and IANA zone of the person a text is for."""

    locale: str
    tz: str

    # --- sentences ---

    def __call__(self, text: str, /, **values: Value) -> Markup:
        """`text` as mrkdwn. Plain values are escaped and put on one line, `Markup` is kept.

        The text itself is escaped too: write `&`, `<` and `>` as they are. KeyError when a
        placeholder has no value.
        """
        return self._markup(self._gettext(text), values)

    def plain(self, text: str, /, **values: Value) -> str:
        """`text` for a plain_text object (button, title, label, header). TypeError on `Markup`."""
        return _fill(self._gettext(text), values, self._as_plain)

    def plural(self, one: str, many: str, n: int, /, **values: Value) -> Markup:
        """The right one of two texts for `n`, as mrkdwn; `{n}` in it is the number."""
        return self._markup(self._ngettext(one, many, n), {"n": n, **values})

    def plural_plain(self, one: str, many: str, n: int, /, **values: Value) -> str:
        """The right one of two texts for `n`, for a plain_text object."""
        return _fill(self._ngettext(one, many, n), {"n": n, **values}, self._as_plain)

    def list_of(self, items: Iterable[str]) -> Markup:
        """`a, b and c` as mrkdwn; plain items are escaped, `Markup` items kept."""
        return Markup(format_list([self._as_markup(item) for item in items], locale=self._babel))

    def list_plain(self, items: Iterable[str]) -> str:
        """`a, b and c` for a plain_text object. TypeError on `Markup`."""
        return format_list([self._as_plain(item) for item in items], locale=self._babel)

    # --- dates and times: plain text, fit for both kinds of object ---

    def date(self, day: dt.date) -> str:
        """`12 May 2026`, from a local date or from an instant as the reader's date."""
        return times.pattern(self._day(day), self._style.date, self._style)

    def days(self, first: dt.date, last: dt.date) -> str:
        """`12 May 2026`, `12–20 May 2026` or `28 May 2026 – 2 June 2026`, of local dates."""
        if first == last:
            return self.date(first)
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{self.date(last)}"
        return f"{self.date(first)} – {self.date(last)}"

    def weekday_date(self, day: dt.date) -> str:
        """`Tuesday 12 May`; in Indonesian `Selasa, 12 Mei`. A local date or an instant."""
        return times.pattern(self._day(day), self._style.weekday_date, self._style)

    def time(self, moment: dt.datetime | dt.time) -> str:
        """`09:30`: an aware instant in the reader's zone, or a local time of day as it is."""
        local = self._local(moment) if isinstance(moment, dt.datetime) else moment
        return times.clock(local, self._style)

    def when(self, instant: dt.datetime) -> str:
        """`Tue 12 May, 09:30 WIB`; in Indonesian `Selasa, 12 Mei 2026 pukul 09.30 WIB`."""
        local = self._local(instant)
        return f"{times.pattern(local, self._style.when, self._style)} {self._zone_name(local)}"

    def when_short(self, instant: dt.datetime) -> str:
        """`Tue 12 May, 09:30` for lists and options whose zone is said elsewhere."""
        return times.pattern(self._local(instant), self._style.when_short, self._style)

    def zone_name(self, instant: dt.datetime) -> str:
        """The reader's zone at that instant: "WIB", "BST", or "Singapore time"."""
        return self._zone_name(self._local(instant))

    def both(self, instant: dt.datetime, other_tz: str, other_name: str) -> Markup:
        """`Tue 09:30 your time · 19:30 for Rina`, as mrkdwn; with both weekdays if they differ."""
        text, values = self._two_times(instant, other_tz)
        return self(text, **values, name=other_name)

    def both_plain(self, instant: dt.datetime, other_tz: str, other_name: str) -> str:
        """`Tue 09:30 your time · 19:30 for Rina`, for a plain_text object."""
        text, values = self._two_times(instant, other_tz)
        return self.plain(text, **values, name=other_name)

    def weekday(self, weekday: int) -> str:
        """The name of weekday 0 (Monday) to 6."""
        return times.weekday_name(weekday, self._style)

    def month(self, month: int) -> str:
        """The name of month 1 to 12."""
        return times.month_name(month, self._style)

    def duration(self, minutes: int) -> str:
        """`1 hour 30 minutes`, from whole minutes."""
        hours, rest = divmod(minutes, 60)
        units = [(hours, "duration-hour"), (rest, "duration-minute")]
        shown = [unit for unit in units if unit[0]] or units[1:]
        return " ".join(format_unit(count, unit, locale=self._babel) for count, unit in shown)

    def hours(self, hours: Hours) -> str:
        """`Mon–Fri 09:00–17:00`."""
        runs = times.week_runs(hours.spans)
        return "; ".join(self._run(days, spans) for days, spans in runs) or self.plain("at no time")

    # --- the language itself ---

    @property
    def language_name(self) -> str:
        """The reader's language, named in that language."""
        return LANGUAGES[self.locale]

    # --- inside ---

    @property
    def _style(self) -> times.Style:
        return times.ENGLISH if self.locale == "en" else times.INDONESIAN

    @property
    def _babel(self) -> str:
        return self._style.babel

    def _gettext(self, text: str) -> str:
        # the empty msgid is the catalogue's own header, never a text
        return translations(self.locale).gettext(text) if text else ""

    def _ngettext(self, one: str, many: str, n: int) -> str:
        return translations(self.locale).ngettext(one, many, n)

    def _markup(self, text: str, values: Mapping[str, Value]) -> Markup:
        return Markup(_fill(escape(text), values, self._as_markup))

    def _as_markup(self, value: Value) -> str:
        if isinstance(value, Markup):
            return value
        return escape(one_line(value)) if isinstance(value, str) else self._number(value)

    def _as_plain(self, value: Value) -> str:
        if isinstance(value, Markup):
            raise TypeError("Slack shows no markup in plain text")
        return one_line(value) if isinstance(value, str) else self._number(value)

    def _number(self, value: int | float) -> str:
        return format_decimal(value, locale=self._babel)

    def _local(self, instant: dt.datetime) -> dt.datetime:
        return _in_zone(instant, self.tz)

    def _day(self, day: dt.date) -> dt.date:
        # an instant is a date too, to Python; its date is the one where the reader is
        return self._local(day).date() if isinstance(day, dt.datetime) else day

    def _zone_name(self, local: dt.datetime) -> str:
        known = times.abbreviation(local)
        return known or self.plain("{city} time", city=times.city(local, self._style))

    def _two_times(self, instant: dt.datetime, other_tz: str) -> tuple[str, dict[str, str]]:
        here, there = self._local(instant), _in_zone(instant, other_tz)
        mine = times.pattern(here, self._style.day_time, self._style)
        if here.replace(tzinfo=None) == there.replace(tzinfo=None):
            return N_("{time} for you and {name}"), {"time": mine}
        same_day = here.date() == there.date()
        cldr = self._style.time if same_day else self._style.day_time
        theirs = times.pattern(there, cldr, self._style)
        values = {"time": mine, "other_time": theirs}
        return N_("{time} your time · {other_time} for {name}"), values

    def _run(self, days: Sequence[int], spans: Sequence[Span]) -> str:
        day = self.plain("every day") if len(days) == 7 else self._days(days)
        return f"{day} {', '.join(times.span_text(span, self._style) for span in spans)}"

    def _days(self, days: Sequence[int]) -> str:
        names = [times.weekday_short(day, self._style) for day in days]
        return names[0] if len(names) == 1 else f"{names[0]}–{names[-1]}"


def reader(locale: str, tz: str) -> Reader:
    """The reader of a stored choice: English for an unknown locale, UTC for an unknown zone."""
    return Reader(locale if locale in LANGUAGES else "en", tz if is_zone(tz) else "UTC")


def _fill(text: str, values: Mapping[str, Value], shown: Callable[[Value], str]) -> str:
    # one pass, so that braces inside a value are never taken for a placeholder
    return _PLACEHOLDER.sub(lambda match: shown(values[match[1]]), text)


def _in_zone(instant: dt.datetime, tz: str) -> dt.datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone; a naive datetime means nothing here")
    return instant.astimezone(zone(tz))
