"""Finds every text in the source that goes through the translator."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SPEAKING = ["bot/i18n", "bot/content", "bot/views", "bot/demo", "handlers"]

_BY_NAME = {"t": 1, "N_": 1}
_BY_ATTRIBUTE = {"t": 1, "plain": 1, "plural": 2, "plural_plain": 2}


@dataclass(frozen=True)
class Text:
    """A text as the source has it; `many` is set for plurals."""

    one: str
    many: str | None
    where: str


def source_files() -> Iterator[Path]:
    """The modules in which texts may stand."""
    for folder in SPEAKING:
        yield from sorted((ROOT / folder).rglob("*.py"))


def texts_in_source() -> list[Text]:
    """All texts of the project, with their places."""
    found = (texts_in(path.read_text("utf-8"), _name(path)) for path in source_files())
    return [text for texts in found for text in texts]


def faults_in_source() -> list[str]:
    """All places where a text is put together in a way nobody could translate."""
    return [fault for path in source_files() for fault in _faults(path)]


def texts_in(source: str, name: str) -> Iterator[Text]:
    """The texts of one module."""
    for call, arguments in _calls(source):
        literals = [text for text in map(_literal, arguments) if text is not None]
        if len(literals) == len(arguments):
            one, many = literals[0], (literals[1] if len(literals) > 1 else None)
            yield Text(one, many, f"{name}:{call.lineno}")


def faults_in(source: str, name: str) -> Iterator[str]:
    """Calls of the translator whose text is neither a literal nor taken from a table."""
    for call, arguments in _calls(source):
        if not all(_literal(a) is not None or _is_taken_from_elsewhere(a) for a in arguments):
            yield f"{name}:{call.lineno}: {ast.unparse(call)[:80]}"


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _faults(path: Path) -> Iterable[str]:
    return faults_in(path.read_text("utf-8"), _name(path))


def _calls(source: str) -> Iterator[tuple[ast.Call, list[ast.expr]]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (count := _texts_taken(node.func)):
            yield node, node.args[:count]


def _texts_taken(function: ast.expr) -> int:
    if isinstance(function, ast.Name):
        return _BY_NAME.get(function.id, 0)
    return _BY_ATTRIBUTE.get(function.attr, 0) if isinstance(function, ast.Attribute) else 0


def _literal(node: ast.expr) -> str | None:
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, str) else None


def _is_taken_from_elsewhere(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return not (isinstance(node.func, ast.Attribute) and node.func.attr in ("format", "join"))
    return isinstance(node, ast.Name | ast.Attribute | ast.Subscript)
