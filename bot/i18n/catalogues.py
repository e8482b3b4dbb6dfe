"""Where translations come from: every `*.po` file of a locale, read once and merged in memory.

The English text is the msgid, so English needs no catalogue. `id@kamu` holds only the Indonesian
texts that address the reader, written with *kamu*; whatever it lacks comes from `id`. A text
without a translation is shown in English; the tests do not let that ship.
"""

from collections.abc import Iterable
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE_DIR = Path(__file__).parent.parent / "locale"

LANGUAGES = {"en": "English", "id": "Bahasa Indonesia", "id-kamu": "Bahasa Indonesia (kamu)"}
"""Every locale a reader may choose, with its name in that language."""

_FOLDERS = {"id": ("id",), "id-kamu": ("id", "id@kamu")}


def N_(text: str) -> str:
    """`text` itself, marked for translation where it stands in a table."""
    return text


def po_files(folder: str) -> list[Path]:
    """The catalogue files of one folder of `bot/locale`, in a fixed order."""
    return sorted((LOCALE_DIR / folder / "LC_MESSAGES").glob("*.po"))


def read_catalogue(path: Path) -> Catalog:
    """One catalogue file; PoFileError when it is not well formed."""
    with path.open("rb") as file:
        return read_po(file, locale="id", abort_invalid=True)


@cache
def translations(locale: str) -> NullTranslations:
    """The texts of `locale`: each folder falls back to the one before, the first to English."""
    found = NullTranslations()
    for folder in _FOLDERS.get(locale, ()):
        merged = merge(po_files(folder))
        merged.add_fallback(found)
        found = merged
    return found


def merge(paths: Iterable[Path]) -> GNUTranslations:
    """The texts of several catalogue files as one; what is empty or fuzzy is left out."""
    merged = catalogue()
    for path in paths:
        for message in read_catalogue(path):
            if message.id:
                merged[message.id] = message
    buffer = BytesIO()
    write_mo(buffer, merged)
    buffer.seek(0)
    return GNUTranslations(buffer)


def catalogue() -> Catalog:
    """An empty Indonesian catalogue. The language has one form whatever the number."""
    empty = Catalog(locale="id")
    # Babel does not know that of Indonesian and would look for a second form
    empty.mime_headers = [("Plural-Forms", "nplurals=1; plural=0;")]
    return empty
