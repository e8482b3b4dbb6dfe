"""What happens in the demo: four weeks of three pairs, told through what people do.

People press and fill in exactly what the real ones would. Action ids and block ids are used
rather than labels, since each person has the bot in their own language.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.demo.cast import Cast
from bot.demo.stage import Stage
from bot.domain.participants import CONSENT, SEATS, TOPICS
from bot.domain.sessions.rules import AGENDA, DATE, PLACE, TIME
from bot.i18n import Reader
from bot.sandbox.people import Person
from bot.sandbox.sight import SeenMessage
from bot.views import ids

Chapter = Callable[[], None]


@dataclass
class Story:
    """The chapters, in order. `t` is the narrator's language; `dice` moves people's minutes."""

    stage: Stage
    cast: Cast
    t: Reader
    dice: random.Random

    def chapters(self) -> Iterator[tuple[date, str, Chapter]]:
        """The day each begins, its title, and what happens in it."""
        t = self.t
        yield date(2026, 10, 12), t.plain("A programme opens"), self.opening
        yield date(2026, 10, 12), t.plain("People join"), self.joining
        yield date(2026, 10, 13), t.plain("Two people are asked before they are a pair"), self.pairs
        yield date(2026, 10, 15), t.plain("First sessions"), self.sessions
        yield date(2026, 10, 19), t.plain("Sessions, reminders, reflections"), self.first_weeks
        yield date(2026, 10, 24), t.plain("Europe's clocks change"), self.clocks_change
        yield date(2026, 10, 28), t.plain("The power goes out"), self.power_cut
        yield date(2026, 11, 2), t.plain("The last week"), self.last_week

    # Monday, 12 October

    def opening(self) -> None:
        dewi = self.cast.dewi
        self.does(dewi, "/mentor program")
        dewi.types("/mentor program")
        dewi.clicks(ids.PROGRAM_NEW)
        self.does(dewi, self.t.plain("fills in six fields"))
        dewi.submits(
            {
                "name": "Sebaya",
                "purpose": "People in their first years meet people who have been there.",
                "channel": self.cast.channel,
                "speaks": "both",
                "every": "week",
            }
        )
        dewi.clicks(ids.ANNOUNCE)
        self.does(dewi, self.t.plain("looks at the announcement and posts it"))
        self.submit_or_click(dewi, ids.ANNOUNCE_POST)

    def joining(self) -> None:
        cast = self.cast
        self.chooses(cast.dewi, "id")
        mentors = ((cast.jonas, "Data, and talking about it", 2), (cast.adaeze, "Design", 1))
        for mentor, topics, seats in (*mentors, (cast.maya, "Leading without a title", 1)):
            self.at(mentor, date(2026, 10, 12), "09:40")
            self.joins(mentor, ids.JOIN_AS_MENTOR, topics, {SEATS: str(seats)}, "en")
        self.at(cast.luiza, date(2026, 10, 12), "14:00")
        self.joins(cast.luiza, ids.JOIN_AS_MENTEE, "From support to design", {}, "en")
        self.at(cast.bima, date(2026, 10, 13), "09:10")
        self.joins(cast.bima, ids.JOIN_AS_MENTEE, "Memimpin rapat pertama saya", {}, "id")
        self.joins(cast.sari, ids.JOIN_AS_MENTEE, "Analisis data", {}, "id")

    # Tuesday and Wednesday

    def pairs(self) -> None:
        cast, t = self.cast, self.t
        why = "Both moved from one field into another."
        for mentor, mentee in ((cast.jonas, cast.sari), (cast.maya, cast.bima)):
            self.proposes_pair(mentor, mentee, why)
        self.proposes_pair(cast.jonas, cast.luiza, "")
        self.at(cast.sari, date(2026, 10, 13), "11:10")
        self.presses(cast.sari, ids.PROPOSAL_YES)
        self.at(cast.jonas, date(2026, 10, 13), "09:50")
        self.told(t.plain("One of the two suits Jonas. Nobody hears of his other answer."))
        self.presses(cast.jonas, ids.PROPOSAL_YES, about="Sari")
        self.presses(cast.jonas, ids.PROPOSAL_NO, about="Luiza")
        self.at(cast.maya, date(2026, 10, 13), "10:05")
        self.presses(cast.maya, ids.PROPOSAL_YES)
        self.at(cast.bima, date(2026, 10, 14), "09:45")
        self.presses(cast.bima, ids.PROPOSAL_YES)
        self.proposes_pair(cast.adaeze, cast.luiza, "")
        self.at(cast.adaeze, date(2026, 10, 14), "10:15")
        self.presses(cast.adaeze, ids.PROPOSAL_YES)
        self.at(cast.luiza, date(2026, 10, 14), "10:00")
        self.presses(cast.luiza, ids.PROPOSAL_YES)

    # Thursday and Friday

    def sessions(self) -> None:
        cast, t = self.cast, self.t
        self.at(cast.sari, date(2026, 10, 15), "14:20")
        self.proposes_session(cast.sari, date(2026, 10, 20), "16:00", "https://meet.example/sebaya")
        self.at(cast.jonas, date(2026, 10, 15), "10:10")
        self.told(t.plain("16:00 in Makassar is 10:00 in Berlin. Jonas would rather meet later."))
        self.counters(cast.jonas, date(2026, 10, 20), "11:00")
        self.at(cast.luiza, date(2026, 10, 15), "15:40")
        self.answers_by_form(cast.luiza, "Asking for the brief behind the brief.", cast.adaeze)
        self.at(cast.maya, date(2026, 10, 15), "15:30")
        self.presses(cast.maya, ids.REFLECTION_SKIP)
        self.at(cast.sari, date(2026, 10, 16), "09:50")
        self.presses(cast.sari, ids.SESSION_ACCEPT)
        self.at(cast.bima, date(2026, 10, 16), "10:20")
        self.answers_by_form(cast.bima, "Saya berani bertanya di rapat.")
        self.proposes_session(cast.bima, date(2026, 10, 21), "09:00", "")
        self.at(cast.maya, date(2026, 10, 16), "09:40")
        self.presses(cast.maya, ids.SESSION_ACCEPT)

    # The second week

    def first_weeks(self) -> None:
        cast, t = self.cast, self.t
        self.at(cast.bima, date(2026, 10, 19), "10:30")
        self.told(t.plain("Bima moves the session before its reminder goes out."))
        self.moves(cast.bima, date(2026, 10, 22), "09:00")
        self.at(cast.maya, date(2026, 10, 19), "10:00")
        self.presses(cast.maya, ids.SESSION_ACCEPT)
        self.at(cast.sari, date(2026, 10, 21), "09:45")
        self.presses(cast.sari, ids.SESSION_MET)
        self.answers_in_thread(cast.sari, "Grafik yang sederhana lebih meyakinkan.")
        self.at(cast.luiza, date(2026, 10, 22), "11:00")
        self.does(cast.luiza, "/mentor away 26 October - 30 October")
        cast.luiza.types("/mentor away 26 October - 30 October")

    # The third week

    def clocks_change(self) -> None:
        cast, t = self.cast, self.t
        self.at(cast.sari, date(2026, 10, 23), "10:15")
        self.proposes_session(cast.sari, date(2026, 10, 27), "17:00", "")
        self.at(cast.jonas, date(2026, 10, 23), "10:00")
        self.presses(cast.jonas, ids.SESSION_ACCEPT)
        self.told(
            t.plain("On Sunday Berlin goes back an hour: 17:00 in Makassar is now 10:00 there.")
        )
        self.at(cast.jonas, date(2026, 10, 27), "16:00")

    def power_cut(self) -> None:
        cast, t = self.cast, self.t
        self.told(
            t.plain(
                "The next message is taken by Slack, and before the bot has written that down, "
                "it is killed."
            )
        )
        self.stage.kill_at_next_post()
        self.stage.advance_into_death(self.stage.now + timedelta(days=5))
        self.told(t.plain("Minutes later it starts again, and looks before it repeats itself."))
        self.stage.recover()
        self.at(cast.jonas, date(2026, 10, 30), "10:30")
        self.answers_in_thread(cast.jonas, "A question taught me more than my answer.")

    # The fourth week

    def last_week(self) -> None:
        cast, t = self.cast, self.t
        self.at(cast.dewi, date(2026, 11, 2), "09:30")
        self.told(t.plain("How is the programme? Numbers and next steps, nobody's words."))
        self.does(cast.dewi, "/mentor status")
        cast.dewi.types("/mentor status")
        self.at(cast.luiza, date(2026, 11, 3), "10:00")
        self.proposes_session(cast.luiza, date(2026, 11, 5), "11:00", "")
        self.at(cast.adaeze, date(2026, 11, 3), "15:30")
        self.presses(cast.adaeze, ids.SESSION_ACCEPT)
        self.at(cast.bima, date(2026, 11, 6), "10:10")
        self.answers_by_form(cast.bima, "Umpan balik pertama saya diterima.", cast.maya)
        self.at(cast.dewi, date(2026, 11, 9), "12:00")

    # What people do

    def joins(
        self, person: Person, role: str, topics: str, more: dict[str, Any], locale: str
    ) -> None:
        self.does(person, self.t.plain("presses Join under the announcement"))
        person.clicks(ids.word_action("join"), in_="message")
        if person.modal is None or TOPICS not in str(person.modal.raw):
            person.clicks(role)
        person.submits({TOPICS: topics, CONSENT: ["takes_part", "may_match"], **more})
        if person.modal is not None:
            person.closes(everything=True)
        self.chooses(person, locale)

    def chooses(self, person: Person, locale: str) -> None:
        person.types("/mentor settings")
        person.picks("settings.language", locale)
        person.closes(everything=True)

    def proposes_pair(self, mentor: Person, mentee: Person, why: str) -> None:
        dewi = self.cast.dewi
        line = f"/mentor pair @{mentor.handle} @{mentee.handle}"
        self.does(dewi, line)
        dewi.types(line)
        dewi.submits({"why": why})

    def proposes_session(self, person: Person, day: date, at: str, place: str) -> None:
        self.does(person, "/mentor session")
        person.types("/mentor session")
        person.clicks(ids.SESSION_PROPOSE)
        self.fills_session(person, {DATE: day, TIME: at, PLACE: place, AGENDA: ""})

    def counters(self, person: Person, day: date, at: str) -> None:
        self.does(person, self.t.plain("proposes another time"))
        person.clicks(ids.SESSION_MOVE)
        self.fills_session(person, {DATE: day, TIME: at})

    def moves(self, person: Person, day: date, at: str) -> None:
        self.does(person, "/mentor session")
        person.types("/mentor session")
        person.clicks(ids.SESSION_MOVE)
        self.fills_session(person, {DATE: day, TIME: at})

    def fills_session(self, person: Person, values: dict[str, Any]) -> None:
        person.submits(values)
        person.submits()  # the preview, with both local times
        if person.modal is not None:
            person.closes(everything=True)

    def answers_by_form(self, person: Person, words: str, share_with: Person | None = None) -> None:
        self.does(person, self.t.plain("answers the question by form"))
        person.clicks(ids.REFLECTION_ANSWER, in_="message")
        chosen = {} if share_with is None else {"visibility": self.match_of(person)}
        person.submits({"body": words, **chosen})
        if person.modal is not None:
            person.closes(everything=True)

    def match_of(self, person: Person) -> str:
        """The value of the second way to keep an answer: shared with the partner."""
        assert person.modal is not None
        for block in person.modal.raw["blocks"]:
            if block.get("block_id") == "visibility":
                return str(block["element"]["options"][1]["value"])
        raise LookupError("visibility")

    def answers_in_thread(self, person: Person, words: str) -> None:
        asked = [m for m in person.messages("app") if ids.REFLECTION_ANSWER in str(m.raw)]
        self.does(person, self.t.plain("answers in the thread, days after the question"))
        person.says(words, thread=asked[-1])

    def presses(self, person: Person, action: str, about: str = "") -> None:
        """Press the button under the newest message that mentions `about`."""
        message = next(
            m for m in reversed(person.messages("app")) if about in m.text and action in str(m.raw)
        )
        label = _label(message, action)
        self.does(person, self.t.plain("presses “{label}”", label=label))
        person.clicks(action, in_=message)

    def submit_or_click(self, person: Person, action: str) -> None:
        if person.modal is not None and action in str(person.modal.raw.get("callback_id")):
            person.submits()
        else:
            person.clicks(action)

    # How it is told

    def at(self, person: Person, day: date, clock: str) -> None:
        """Move on to about this time of theirs: nobody presses on the minute."""
        self.stage.advance_to_local(person, day, clock, minutes=self.dice.randrange(0, 9))

    def does(self, person: Person, what: str) -> None:
        self.stage.page.did(person, what, self.stage.now)

    def told(self, text: str) -> None:
        self.stage.page.told(text)


def _label(message: SeenMessage, action: str) -> str:
    for block in message.raw.get("blocks", []):
        for element in block.get("elements", []):
            if str(element.get("action_id", "")).partition("#")[0] == action:
                return str(element["text"]["text"])
    raise LookupError(action)
