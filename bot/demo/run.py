"""`bimbing demo`: set the stage, play the story, settle the account."""

import random
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot.demo import cast as casting
from bot.demo import ledger
from bot.demo.ledger import Account
from bot.demo.printing import Page
from bot.demo.stage import Stage
from bot.demo.story import Story
from bot.i18n import reader
from bot.sandbox.journal import Record

# Real seconds for each message at speed 1: the whole story then takes about half a minute.
PAUSE = 0.1


@dataclass(frozen=True)
class Options:
    """`speed` multiplies the reading pace, `until` ends the story on that day, `seed` moves the
    minutes at which people press, `lang` is the narrator's language."""

    speed: float = 1.0
    until: date | None = None
    seed: int = 1
    lang: str = "en"


@dataclass(frozen=True)
class Played:
    """What came of it: the account, and what it was counted from."""

    account: Account
    journal: Sequence[Record]
    names: Mapping[str, str]
    now: datetime


def play(options: Options) -> int:
    """Play it; the exit status is 0 only if every promise was kept."""
    with tempfile.TemporaryDirectory(prefix="bimbing-demo-") as folder:
        return 0 if perform(options, Path(folder)).account.kept else 1


def perform(options: Options, folder: Path) -> Played:
    """Play it with database and log in `folder`."""
    began = time.monotonic()
    t = reader(options.lang, "UTC")
    stage = Stage(casting.START, folder, pause=PAUSE / options.speed)
    cast = casting.gather(stage.sandbox)
    page = Page(cast.people, t)
    stage.open(cast.people, page, first_lead=cast.dewi)
    try:
        _tell(Story(stage, cast, t, random.Random(options.seed)), page, options.until)  # noqa: S311
        account = ledger.settle(stage.sandbox.journal, stage.database, stage.now)
    finally:
        stage.close()
    weeks = (stage.now - casting.START).total_seconds() / 604_800
    page.summary(account, len(cast.people), weeks, time.monotonic() - began)
    names = {person.id: person.name for person in cast.people.values()}
    return Played(account, stage.sandbox.journal, names, stage.now)


def _tell(story: Story, page: Page, until: date | None) -> None:
    for day, title, chapter in story.chapters():
        if until is not None and day > until:
            return
        page.chapter(title)
        chapter()
