"""Before the bot runs: its manifest, a look at whether all is there, and the schema."""

import argparse

from bot.cli.command import FAILED, OK, Command, Failed, database


def _manifest(_options: argparse.Namespace) -> int:
    import json

    from bot.config import load_app
    from bot.slack.manifest import manifest
    from handlers import commands

    settings = load_app()
    made = manifest(
        settings.command_name,
        name="Bimbing",
        description="Mentoring in your own hours and your own language, English or Indonesian.",
        command_description="Everything about your mentoring. Start with: help",
        usage_hint=commands.usage_hint(),
        http_url=settings.public_url,
    )
    print(json.dumps(made, indent=2, ensure_ascii=False))
    return OK


def _check(_options: argparse.Namespace) -> int:
    from bot.checkup import examine
    from bot.config import load

    all_right = True
    for finding in examine(load()):
        all_right = all_right and finding.right
        print("ok  " if finding.right else "FAIL", finding.what)
        if finding.next_step:
            print("     ", finding.next_step)
    return OK if all_right else FAILED


def _migrate(_options: argparse.Namespace) -> int:
    from alembic.util import CommandError

    from bot.config import load
    from bot.storage import schema

    with database(load()) as engine:
        before = schema.current_revision(engine)
        try:
            schema.upgrade(engine)
        except (schema.MigrationFault, CommandError) as fault:
            raise Failed(f"Nothing was changed: {fault}") from None
        after = schema.current_revision(engine)
    print(f"{before or 'empty'} -> {after}" if after != before else f"already at {after}")
    return OK


MANIFEST = Command("manifest", "Print the manifest to create the Slack app from.", _manifest)
CHECK = Command("check", "See whether everything is there that the bot needs.", _check)
MIGRATE = Command("migrate", "Bring the database to the revision of this version.", _migrate)
