"""Reading our own pages: their tables, their links, and what they mention.

Markdown as we write it, not in general: tables with one line a row, links on one line.
"""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent

_FENCE = re.compile(r"^ {0,3}```.*?^ {0,3}```", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")


def all_pages() -> list[Path]:
    """Every page of the project, wherever it is."""
    folders = [ROOT.glob("*.md"), (ROOT / "docs").rglob("*.md"), (ROOT / ".github").rglob("*.md")]
    return sorted(page for folder in folders for page in folder)


def read(path: str) -> str:
    """The text of a page, by its path in the project."""
    return (ROOT / path).read_text("utf-8")


def table(text: str, first_header: str) -> list[list[str]]:
    """The rows of the table whose first column has this header. Raises ValueError without one."""
    lines = iter(text.splitlines())
    for line in lines:
        if _cells(line)[:1] == [first_header]:
            next(lines)  # the rule below the headers
            return list(_rows(lines))
    raise ValueError(f"no table begins with the column “{first_header}”")


def block(text: str, heading: str) -> str:
    """The first fenced block below a heading."""
    _, _, below = text.partition(f"# {heading}\n")
    found = re.search(r"```\w*\n(.*?)```", below, re.DOTALL)
    if found is None:
        raise ValueError(f"no block below “{heading}”")
    return found[1]


def code(cell: str) -> list[str]:
    """What stands in backticks in a piece of text."""
    return _CODE.findall(cell)


def links(text: str) -> list[str]:
    return _LINK.findall(without_blocks(text))


def anchors(text: str) -> set[str]:
    """The names under which the headings of a page can be linked to."""
    headings = re.findall(r"^#+ (.+)$", without_blocks(text), re.MULTILINE)
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in kept}


def without_blocks(text: str) -> str:
    return _FENCE.sub("", text)


def _rows(lines: Iterator[str]) -> Iterator[list[str]]:
    for line in lines:
        if not (cells := _cells(line)):
            return
        yield cells


def _cells(line: str) -> list[str]:
    if not line.startswith("|"):
        return []
    parts = re.split(r"(?<!\\)\|", line.strip().strip("|"))
    return [part.strip().replace("\\|", "|") for part in parts]
