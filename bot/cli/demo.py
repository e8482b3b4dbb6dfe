"""`bimbing demo`: see it all without an account."""

import argparse
from datetime import date

from bot.cli.command import Command


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--speed", type=_positive, default=1.0, help="reading pace: 2 is twice as fast (default 1)"
    )
    parser.add_argument(
        "--until", type=date.fromisoformat, metavar="DATE", help="end the story on this day"
    )
    parser.add_argument(
        "--seed", type=int, default=1, help="moves the minutes at which people press (default 1)"
    )
    parser.add_argument(
        "--lang", choices=("en", "id"), default="en", help="the narrator's language (default en)"
    )


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value < float("inf"):
        raise ValueError
    return value


def _demo(options: argparse.Namespace) -> int:
    from bot.demo.run import Options, play

    return play(Options(options.speed, options.until, options.seed, options.lang))


DEMO = Command(
    "demo", "Play four weeks of a small programme in a minute; needs no account.", _demo, _options
)
