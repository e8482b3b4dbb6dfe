"""What the demo prints: each message as it lands, with its reader's own local time."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bot.demo.ledger import Account
from bot.i18n import Reader
from bot.sandbox.people import Person
from bot.sandbox.sight import SeenMessage

_COLORS = ("cyan", "magenta", "green", "yellow", "blue", "bright_red", "bright_cyan")
_WIDTH = 100


class Page:
    """The terminal."""

    def __init__(self, people: Mapping[str, Person], t: Reader) -> None:
        self.t = t
        self.console = Console(highlight=False, width=_WIDTH)
        self._colors = {
            person.id: _COLORS[index % len(_COLORS)] for index, person in enumerate(people.values())
        }

    def chapter(self, title: str) -> None:
        self.console.print()
        self.console.print(Rule(title, style="bold", align="left"))

    def told(self, text: str) -> None:
        """A line of the story itself."""
        self.console.print(Text(f"  {text}", style="italic"))

    def did(self, person: Person, what: str, now: datetime) -> None:
        """Something a person does."""
        line = Text(f"  {_local(now, person)}  ", style="dim")
        line.append(person.name, style=self._colors.get(person.id, ""))
        line.append(f" {what}", style="dim")
        self.console.print(line)

    def landed(self, readers: Sequence[Person], message: SeenMessage, now: datetime) -> None:
        """A message that has reached its readers, as the first of them sees it."""
        color = self._colors.get(readers[0].id, "white")
        head = Text(f"  {_local(now, readers[0])}  ", style="bold")
        head.append(f"→ {readers[0].name}", style=f"bold {color}")
        head.append(f"  {message.place}", style="dim")
        for other in readers[1:2]:
            head.append(f"  ({_local(now, other).strip()})", style="dim")
        self.console.print(head)
        for line in message.text.splitlines():
            body = Text(line)
            for piece in body.wrap(self.console, _WIDTH - 10):
                self.console.print(Text("      │ ", style=color) + piece)
        if message.buttons:
            row = "  ".join(f"[ {label} ]" for label in message.buttons)
            self.console.print(
                Text(f"      │ {row}", style=color), overflow="ellipsis", no_wrap=True
            )

    def summary(self, account: Account, people: int, weeks: float, seconds: float) -> None:
        t = self.t
        table = Table(title=t.plain("What the workspace received"), title_justify="left", box=None)
        table.add_column(t.plain("kind"))
        table.add_column(t.plain("messages"), justify="right")
        for kind, count in sorted(account.by_kind.items()):
            table.add_row(kind, str(count))
        table.add_row(t.plain("answers to what somebody did"), str(account.answers))
        self.console.print()
        self.console.print(table)
        self.console.print()
        self._promise(t.plain("doubled"), account.doubled)
        self._promise(t.plain("lost"), account.lost)
        self._promise(t.plain("outside the recipient's hours"), account.outside_hours)
        played = t.plain(
            "{people} people, {weeks} weeks, played in {seconds} s.",
            people=people,
            weeks=round(weeks),
            seconds=round(seconds),
        )
        self.console.print(Text(f"\n  {played}", style="dim"))

    def _promise(self, label: str, broken: Sequence[str]) -> None:
        style = "bold red" if broken else "bold green"
        self.console.print(Text(f"  {len(broken):3d}  {label}", style=style))
        for key in broken[:5]:
            self.console.print(Text(f"       {key}", style="red"))


def _local(now: datetime, person: Person) -> str:
    zone = person.tz
    city = zone.rpartition("/")[2].replace("_", " ")
    return f"{now.astimezone(ZoneInfo(zone)):%a %d %b %H:%M} {city:<11}"
