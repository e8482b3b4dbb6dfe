"""What the catalogues hold, one entry at a time."""

from collections.abc import Iterator

from babel.messages.catalog import Message

from bot.i18n.catalogues import po_files, read_catalogue

Key = tuple[str, str | None]
"""A text, and its plural if it has one."""

FILES = [
    (f"{folder}/{path.name}", read_catalogue(path))
    for folder in ("id", "id@kamu")
    for path in po_files(folder)
]


def entries(folder: str) -> Iterator[tuple[str, Key, str]]:
    """(file, key, translation) of every entry of one folder of catalogues."""
    for name, catalogue in FILES:
        for message in catalogue if name.startswith(f"{folder}/") else ():
            if message.id:
                yield name, _key(message), _translation(message)


def _key(message: Message) -> Key:
    return (message.id, None) if isinstance(message.id, str) else (message.id[0], message.id[1])


def _translation(message: Message) -> str:
    string = message.string or ""
    return string if isinstance(string, str) else string[0]
