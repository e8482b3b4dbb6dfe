"""The demo keeps its promises, and nobody's private words leave the two places they belong to."""

import re
import sqlite3
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest

from bot.cli import main
from bot.demo import ledger
from bot.demo.ledger import Account
from bot.demo.run import Options, Played, perform
from bot.sandbox.journal import Record
from tests import pages

# What people in the story write down for themselves, and who else may read it.
PRIVATE = {
    "Saya berani bertanya di rapat.": {"Bima"},
    "Grafik yang sederhana lebih meyakinkan.": {"Sari"},
    "A question taught me more than my answer.": {"Jonas"},
}
SHARED = {
    "Asking for the brief behind the brief.": {"Luiza", "Adaeze"},
    "Umpan balik pertama saya diterima.": {"Bima", "Maya"},
}


@dataclass
class Show:
    played: Played
    database: Path
    log: str
    told: str  # as printed


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Show:
    """The whole story, played once: tests are handed out by file."""
    folder = tmp_path_factory.mktemp("demo")
    with redirect_stdout(StringIO()) as told:
        played = perform(Options(speed=1000), folder)
    log = (folder / "bot.log").read_text()
    return Show(played, folder / "demo.sqlite3", log, told.getvalue())


def test_nothing_is_doubled_lost_or_out_of_hours(show: Show) -> None:
    account = show.played.account
    assert (account.doubled, account.lost, account.outside_hours) == ((), (), ())
    assert account.kept


def test_all_that_drives_a_programme_took_place(show: Show) -> None:
    kinds = show.played.account.by_kind
    assert kinds["match.introduction"] == 6
    assert kinds["match.opening"] == 3
    assert kinds["session.reminder"] >= 6
    assert kinds["session.did_you_meet"] >= 6
    assert kinds["reflection.prompt"] >= 20
    assert kinds["reflection.shared"] == 2
    assert kinds["program.digest"] >= 1


def test_the_kill_hit_a_message_that_slack_had_taken(show: Show) -> None:
    with sqlite3.connect(show.database) as connection:
        reconciled = connection.execute(
            "SELECT count(*) FROM delivery WHERE state = 'sent' AND sent_at > last_post_at"
        ).fetchone()[0]
    connection.close()
    assert reconciled >= 1


@pytest.mark.parametrize(("words", "readers"), (PRIVATE | SHARED).items())
def test_a_reflection_reaches_its_author_and_whom_they_share_it_with(
    show: Show, words: str, readers: set[str]
) -> None:
    names = show.played.names
    seen = [r for r in show.played.journal if words in _all_text(r)]
    assert {names[user] for r in seen for user in r.seen_by} <= readers


@pytest.mark.parametrize("words", PRIVATE | SHARED)
def test_a_reflection_is_in_no_log_and_in_one_table(show: Show, words: str) -> None:
    assert words not in show.log
    assert _tables_with(show.database, words) == {"reflection"}


def test_the_story_can_end_early_and_is_told_in_indonesian(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["demo", "--speed", "1000", "--until", "2026-10-12", "--lang", "id"]) == 0
    told = capsys.readouterr().out
    assert "Orang-orang bergabung" in told
    assert "Sesi pertama" not in told


def test_a_broken_promise_shows(show: Show) -> None:
    journal = show.played.journal
    posts = [r for r in journal if r.kind == "post" and r.metadata]
    doubled = ledger.settle([*journal, posts[-1]], show.database, show.played.now)
    assert doubled.doubled
    assert not doubled.kept
    missing = ledger.settle(
        [r for r in journal if r is not posts[-1]], show.database, show.played.now
    )
    assert missing.lost


def test_a_message_out_of_hours_shows(show: Show) -> None:
    def late(record: Record) -> Record:
        return Record(**{**vars(record), "at": record.at + timedelta(hours=11)})

    moved = [late(r) if r.kind == "post" else r for r in show.played.journal]
    account: Account = ledger.settle(moved, show.database, show.played.now)
    assert account.outside_hours


def test_the_readme_shows_what_is_really_printed(show: Show) -> None:
    shown = pages.block(pages.read("README.md"), "What the demo looks like").splitlines()
    told = {line.rstrip() for line in show.told.splitlines()}
    assert [line for line in shown if line.strip() != "…" and line not in told] == []


def _all_text(record: Record) -> str:
    return f"{record.text} {record.blocks} {record.payload}"


def _tables_with(database: Path, words: str) -> set[str]:
    found = set()
    with sqlite3.connect(database) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall()
        for (table,) in tables:
            assert re.fullmatch(r"\w+", table)
            rows = connection.execute(f'SELECT * FROM "{table}"').fetchall()
            if any(words in str(value) for row in rows for value in row):
                found.add(table)
    connection.close()
    return found
