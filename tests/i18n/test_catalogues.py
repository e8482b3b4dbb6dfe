from pathlib import Path

import pytest
from babel.messages.pofile import PoFileError

from bot.i18n.catalogues import merge, read_catalogue, translations

HOME = """
msgid "Home"
msgstr "Beranda"

msgid "One day"
msgid_plural "{n} days"
msgstr[0] "{n} hari"

#, fuzzy
msgid "Guessed"
msgstr "Tebakan"

msgid "Untranslated"
msgstr ""
"""
SESSIONS = """
msgid ""
msgstr ""
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "Session"
msgstr "Sesi"
"""


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "home.po", tmp_path / "sessions.po"]
    for path, text in zip(paths, (HOME, SESSIONS), strict=True):
        path.write_text(text, "utf-8")
    return paths


def test_files_of_a_folder_are_merged(files: list[Path]) -> None:
    merged = merge(files)
    assert merged.gettext("Home") == "Beranda"
    assert merged.gettext("Session") == "Sesi"


@pytest.mark.parametrize("n", [0, 1, 2, 11])
def test_indonesian_has_one_form_for_every_number(files: list[Path], n: int) -> None:
    assert merge(files).ngettext("One day", "{n} days", n) == "{n} hari"


@pytest.mark.parametrize("text", ["Guessed", "Untranslated", "Unknown"])
def test_what_is_fuzzy_empty_or_unknown_stays_english(files: list[Path], text: str) -> None:
    assert merge(files).gettext(text) == text


def test_a_broken_file_is_an_error(tmp_path: Path) -> None:
    broken = tmp_path / "broken.po"
    broken.write_text('msgid "Home"\nBeranda', "utf-8")
    with pytest.raises(PoFileError):
        read_catalogue(broken)


def test_english_needs_no_catalogue() -> None:
    assert translations("en").gettext("every day") == "every day"
