"""The command `bimbing`. Each subcommand imports what it needs when it is called, no sooner.

It ends with 0 when all is well, 1 when something could not be done (what, and what to do, is
printed), 2 for a wrong command line, 3 when no HTTP worker could start, and 78 when the settings
can't be used. No failure that an operator can mend shows a traceback.
"""

import argparse
import sys
from collections.abc import Sequence

from bot import __version__
from bot.cli import demo, running, setting_up
from bot.cli.command import BAD_CONFIG, FAILED, NO_WORKER, OK, Command, Failed
from bot.config import ConfigError

__all__ = ["BAD_CONFIG", "COMMANDS", "FAILED", "NO_WORKER", "OK", "main"]

# As `bimbing --help` lists them.
COMMANDS: dict[str, Command] = {
    command.name: command
    for command in (
        demo.DEMO,
        setting_up.MANIFEST,
        setting_up.CHECK,
        setting_up.MIGRATE,
        running.RUN,
    )
}

EXIT_CODES = f"""exit codes:
  {OK:2}  all is well
  {FAILED:2}  it could not be done; what to do about it is printed
   2  wrong command line
  {NO_WORKER:2}  no HTTP worker could start
  {BAD_CONFIG:2}  the settings can't be used"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand and return the exit code."""
    options = _parser().parse_args(arguments)
    command: Command = options.command
    try:
        return command.run(options)
    except ConfigError as error:
        _complain("The settings can't be used yet:", *(f"  {fault}" for fault in error.faults))
        return BAD_CONFIG
    except Failed as error:
        _complain(str(error))
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bimbing", description="Virtual mentoring in Slack.", epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--version", action="version", version=f"bimbing {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS.values():
        subparser = commands.add_parser(command.name, help=command.help, description=command.help)
        subparser.set_defaults(command=command)
        command.options(subparser)
    return parser


def _complain(*lines: str) -> None:
    print(*lines, sep="\n", file=sys.stderr)
