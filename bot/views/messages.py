"""From what a message says to how it reads: one renderer for each type of summary.

Features register theirs with `@renders(SomeSummary)`. Rendering happens in the moment of sending,
in the reader's language and zone.
"""

from collections.abc import Callable, Sequence
from typing import Any

from bot.domain.message import Block, Message
from bot.i18n import Markup, Reader, reader
from bot.views import blocks, ids

Renderer = Callable[[Reader, Any], Message]

_RENDERERS: dict[type[object], Renderer] = {}


def renders(summary: type[object]) -> Callable[[Renderer], Renderer]:
    """Mark the function that puts `summary` into words."""

    def mark(renderer: Renderer) -> Renderer:
        _RENDERERS[summary] = renderer
        return renderer

    return mark


def known() -> frozenset[type[object]]:
    return frozenset(_RENDERERS)


def render(
    readers: Sequence[tuple[str, str]], summaries: Sequence[object], *, offers_languages: bool
) -> Message:
    """The message for its readers (locale and zone of each). Several summaries become one message,
    oldest first; several languages follow each other, with a switch below if one may be chosen.
    What all of them begin with, such as a name or a person's own words, is shown once."""
    spoken = [reader(locale, tz) for locale, tz in readers]
    parts = [_together(t, summaries) for t in spoken]
    same = _same_at_the_start([part.blocks for part in parts])
    shown = list(parts[0].blocks)
    for part in parts[1:]:
        shown += [blocks.divider(), *_distinct(part.blocks[same:], len(shown))]
    if offers_languages:
        shown.append(language_switch())
    return Message(Markup("\n").join(Markup(part.text) for part in parts), tuple(shown))


def language_switch(again: str = "") -> Block:
    """Two buttons, each in its own language, for somebody who has not chosen yet. `again` is the
    word whose answer this is, to be drawn anew in the language chosen."""
    return blocks.actions(
        blocks.button("English", ids.LANGUAGE + "#en", "en"),
        blocks.button("Bahasa Indonesia", ids.LANGUAGE + "#id", "id"),
        block_id=ids.AGAIN + again if again else "",
    )


def _same_at_the_start(all_blocks: Sequence[Sequence[Block]]) -> int:
    """How many blocks all of them have in common before the first that differs."""
    columns = enumerate(zip(*all_blocks, strict=False))
    shortest = min(map(len, all_blocks))
    return next((n for n, column in columns if any(b != column[0] for b in column)), shortest)


def _together(t: Reader, summaries: Sequence[object]) -> Message:
    parts = [_RENDERERS[type(summary)](t, summary) for summary in summaries]
    if len(parts) == 1:
        return parts[0]
    said = t.plural("{n} thing for you.", "{n} things for you, in one message.", len(parts))
    shown: list[Block] = [blocks.section(said)]
    for part in parts:
        shown += [blocks.divider(), *_distinct(part.blocks, len(shown))]
    texts = (Markup(part.text) for part in parts)
    return Message(Markup("\n").join([said, *texts]), tuple(shown))


def _distinct(shown: Sequence[Block], offset: int) -> list[Block]:
    """Block ids of different parts must not meet in one message."""
    return [
        {**block, "block_id": f"{block['block_id']}.{offset}"} if "block_id" in block else block
        for block in shown
    ]
