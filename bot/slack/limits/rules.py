"""The small language the checks are written in: a rule looks at a value and says what is wrong.

A rule never repeats what it read: problems hold paths, key names and counts, since the value may
be somebody's words. Nothing here knows a block or an element.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, time
from typing import Any, Final

Rule = Callable[[Any, str], Iterator[str]]
"""Takes a value and its path; yields one readable line for each thing wrong with it."""


def string(at_most: int, *, at_least: int = 1) -> Rule:
    """A string of `at_least` to `at_most` characters."""

    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"{path}: must be a string"
        else:
            yield from _size(len(value), "character", at_least, at_most, path)

    return check


def many(item: Rule, at_least: int, at_most: int) -> Rule:
    """A list of `at_least` to `at_most` items, each obeying `item`."""

    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, list | tuple):
            yield f"{path}: must be a list"
            return
        yield from _size(len(value), "item", at_least, at_most, path)
        for index, one in enumerate(value):
            yield from item(one, f"{path}[{index}]")

    return check


def mapping(required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None) -> Rule:
    """An object with all the `required` keys, any of the `optional` ones, and no other."""
    known = {**required, **(optional or {})}

    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield f"{path}: must be an object"
            return
        for key in required:
            if value.get(key) is None:
                yield f"{at(path, key)}: missing"
        for key, inner in value.items():
            if key not in known:
                yield f"{at(path, key)}: unknown key"
            elif inner is not None:
                yield from known[key](inner, at(path, key))

    return check


def tagged(table: Mapping[str, Rule], kind: str) -> Rule:
    """An object whose `type` picks its rule from the table; `kind` names it in problems."""

    def check(value: Any, path: str) -> Iterator[str]:
        tag = value.get("type") if isinstance(value, Mapping) else None
        rule = table.get(tag) if isinstance(tag, str) else None
        if rule is not None:
            yield from rule(value, path)
        elif isinstance(tag, str):
            yield f"{path}: {kind} of type {tag[:40]!r} is not allowed here"
        else:
            yield f"{path}: {kind} without a type"

    return check


def each(*rules: Rule) -> Rule:
    """All of the rules, in their order; the later ones only once the first finds nothing."""
    first, *rest = rules

    def check(value: Any, path: str) -> Iterator[str]:
        found = list(first(value, path))
        yield from found
        if not found:
            for rule in rest:
                yield from rule(value, path)

    return check


def integer(at_least: int, at_most: int) -> Rule:
    """A whole number between the two, both included; True is not a number."""

    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield f"{path}: must be a whole number"
        elif not at_least <= value <= at_most:
            yield f"{path}: must be between {at_least} and {at_most}"

    return check


def one_of(*allowed: object) -> Rule:
    """One of the values given."""

    def check(value: Any, path: str) -> Iterator[str]:
        if not any(value == known and type(value) is type(known) for known in allowed):
            yield f"{path}: must be one of {', '.join(map(str, allowed))}"

    return check


def boolean(value: Any, path: str) -> Iterator[str]:
    """True or False, not 1 or "true"."""
    if not isinstance(value, bool):
        yield f"{path}: must be true or false"


def day(value: Any, path: str) -> Iterator[str]:
    """A date that exists, as YYYY-MM-DD."""
    if not _reads_back(value, lambda text: date.fromisoformat(text).isoformat()):
        yield f"{path}: must be a date, YYYY-MM-DD"


def clock_time(value: Any, path: str) -> Iterator[str]:
    """A time of day, as HH:mm."""
    if not _reads_back(value, lambda text: time.fromisoformat(text).strftime("%H:%M")):
        yield f"{path}: must be a time, HH:mm"


def web_address(at_most: int) -> Rule:
    """An http(s) address (or mailto:) of at most so many characters."""
    length = string(at_most)

    def scheme(value: Any, path: str) -> Iterator[str]:
        if not value.startswith(_SCHEMES):
            yield f"{path}: must start with https://, http:// or mailto:"

    return each(length, scheme)


def at(path: str, key: str) -> str:
    """The path of a key inside the object at `path`."""
    return f"{path}.{key}" if path else key


def _size(count: int, unit: str, at_least: int, at_most: int, path: str) -> Iterator[str]:
    if count > at_most:
        yield f"{path}: {count} {unit}s, at most {at_most}"
    elif count < at_least:
        yield f"{path}: {count} {unit}{'' if count == 1 else 's'}, at least {at_least}"


def _reads_back(value: Any, canonical: Callable[[str], str]) -> bool:
    try:
        return isinstance(value, str) and canonical(value) == value
    except ValueError:
        return False


_SCHEMES: Final = ("https://", "http://", "mailto:")
