"""The pages say what the code does: whatever can be compared is compared.

Where something is missing, the failure shows what to write.
"""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot import cli
from bot.config import Settings
from bot.domain.deliveries import KINDS, Kind, Purpose, WhenUnsure, Window
from bot.domain.lifecycle import DELIVERY, DeliveryState
from bot.services import upkeep, workspaces
from bot.slack.scopes import SCOPES
from bot.storage.models import Base
from handlers import commands
from tests import pages
from tests.pages import ROOT, code, table

PAGES = [pytest.param(page, id=page.relative_to(ROOT).as_posix()) for page in pages.all_pages()]

README = pages.read("README.md")
ARCHITECTURE = pages.read("docs/architecture.md")
OPERATIONS = pages.read("docs/operations.md")
ADMINS = pages.read("docs/for-admins.md")
MESSAGES = pages.read("docs/messages.md")


# --- README

SET_UP = (
    "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/bimbing demo",
    "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/pytest",
)


@pytest.mark.parametrize("command", SET_UP)
def test_the_readme_has_each_way_in_once(command: str) -> None:
    assert README.count(command) == 1


def test_the_readme_lists_every_word_and_its_alias() -> None:
    written = {tuple(row[:2]) for row in table(README, "word")}
    words = {(_typed(w.word), _typed(w.alias)): w.help for w in commands.words()}
    new = [f"| {word} | {alias} | {words[word, alias]} |" for word, alias in words.keys() - written]
    assert not new, _report("Add to the table of words in README.md:", new)
    assert written == words.keys()


def test_the_readme_marks_the_words_of_leads() -> None:
    rows = {row[0]: row[2] for row in table(README, "word")}
    for word in commands.words():
        about = rows.get(_typed(word.word), "")
        assert ("leads only" in about) is word.leads_only, word.word


def test_the_readme_tells_how_to_reach_slack() -> None:
    for step in ("bimbing manifest", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "bimbing check"):
        assert step in README


# --- Settings


def test_the_example_names_every_setting() -> None:
    example = pages.read(".env.example")
    named = re.findall(r"^#? ?([A-Z_]+)=", example, re.MULTILINE)
    assert sorted(named) == sorted(_settings())


def test_operations_explain_every_setting_with_its_default() -> None:
    written = {code(row[0])[0]: row[1] for row in table(OPERATIONS, "setting")}
    assert sorted(written) == sorted(_settings())
    for name, default in _settings().items():
        assert default in written[name], f"{name} is {default} by default"


def _settings() -> dict[str, str]:
    """The name of each setting and its default, as a page writes it."""
    return {name.upper(): _default(field.default) for name, field in Settings.model_fields.items()}


def _default(value: object) -> str:
    secret = getattr(value, "get_secret_value", lambda: value)()
    return "" if secret in (None, ()) or "Undefined" in str(secret) else f"`{secret}`"


# --- Operations


def test_operations_list_every_subcommand_and_exit_code() -> None:
    named = {row[0] for row in table(OPERATIONS, "command")}
    assert named == {f"`bimbing {name}`" for name in cli.COMMANDS}
    codes = {int(row[0]) for row in table(OPERATIONS, "code")}
    assert codes == {cli.OK, cli.FAILED, 2, cli.NO_WORKER, cli.BAD_CONFIG}


def test_operations_explain_every_state_of_a_delivery() -> None:
    assert [code(row[0]) for row in table(OPERATIONS, "state")] == [[s] for s in DeliveryState]


def test_the_lines_of_the_log_that_are_explained_exist() -> None:
    source = "".join(
        path.read_text("utf-8")
        for top in ("bot", "handlers", "scheduler")
        for path in (ROOT / top).rglob("*.py")
    )
    for row in table(OPERATIONS, "what you see"):
        for line in code(row[0])[:1]:
            assert line.rstrip("… ") in source, line


# --- Architecture


def test_the_diagram_has_the_steps_of_the_state_machine() -> None:
    diagram = pages.block(ARCHITECTURE, "The life of a delivery")
    drawn = set(re.findall(r"^\s*(\w+) --> (\w+)", diagram, re.MULTILINE))
    assert drawn == {(was, to) for was, steps in DELIVERY.items() for to in steps}


def test_the_layers_are_those_that_are_checked() -> None:
    settings = pages.read("pyproject.toml")
    checked = re.search(r"layers = \[(.*?)\n\]", settings, re.DOTALL)
    assert checked is not None
    drawn = pages.block(ARCHITECTURE, "Who may import whom").splitlines()
    expected = re.findall(r'"(.+)"', checked[1])
    assert [" ".join(line.split()) for line in drawn] == [
        re.sub(r"[()]", "", layer) for layer in expected
    ]


def test_every_room_is_described() -> None:
    described = {name for row in table(ARCHITECTURE, "room") for name in code(row[0])}
    rooms = {f"bot/{path.name}/" for path in (ROOT / "bot").iterdir() if path.is_dir()}
    assert described == (rooms - {"bot/__pycache__/"}) | {"bot/", "handlers/", "scheduler/"}


# --- For administrators


def test_every_scope_has_its_reason() -> None:
    written = {code(row[0])[0]: row[1] for row in table(ADMINS, "scope")}
    asked = {s.name: "optional" if s.optional else "required" for s in SCOPES}
    assert written == asked


def test_the_manifest_asks_for_these_scopes(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["manifest"])
    made = json.loads(capsys.readouterr().out)["oauth_config"]["scopes"]["bot"]
    assert sorted(made) == sorted(code(row[0])[0] for row in table(ADMINS, "scope"))


def test_every_table_of_the_database_is_accounted_for() -> None:
    named = [name for row in table(ADMINS, "what") for name in code(row[1])]
    assert sorted(named) == sorted(Base.metadata.tables)


@pytest.mark.parametrize(
    ("name", "lasts"),
    [
        ("inbox", upkeep.INBOX_LASTS),
        ("delivery", upkeep.DELIVERIES_LAST),
        ("delivery_event", upkeep.HISTORY_LASTS),
        ("failed_request", upkeep.FAILURES_LAST),
        ("prompt_slot", upkeep.SLOTS_LAST),
        ("worker", upkeep.WORKERS_LAST),
        ("throttle", upkeep.WORKERS_LAST),
        ("workspace", workspaces.KEPT_AFTER_REMOVAL),
    ],
)
def test_how_long_things_are_kept(name: str, lasts: timedelta) -> None:
    row = next(row for row in table(ADMINS, "what") if name in code(row[1]))
    assert f"{lasts.days} day" in row[2]


# --- Messages


def test_every_kind_of_message_is_listed_with_how_it_is_held_back() -> None:
    written = {code(row[0])[0]: row[3:] for row in table(MESSAGES, "message")}
    missing = [f"| `{k.name}` | to | when | {' | '.join(_held(k))} |" for k in KINDS.values()
               if k.name not in written]  # fmt: skip
    assert not missing, _report("Add to docs/messages.md:", missing)
    assert written == {kind.name: _held(kind) for kind in KINDS.values()}


_HOURS = {Window.DEFER: "waits for them", Window.RETREAT: "moves before them", Window.NONE: "–"}
_CLASS = {
    Purpose.PROMPT: "prompt",
    Purpose.TRANSACTIONAL: "notice",
    Purpose.ANSWER: "answer",
    Purpose.SAFETY: "safety",
}
_UNSURE = {
    WhenUnsure.REPOST: "again",
    WhenUnsure.KEEP: "left",
    WhenUnsure.ASK: "asked",
}


def _held(kind: Kind) -> list[str]:
    grace = f"{kind.grace // timedelta(hours=1)} h" if kind.grace else "–"
    return [_CLASS[kind.purpose], _HOURS[kind.window], grace, _UNSURE[kind.when_unsure]]


# --- All pages


@pytest.mark.parametrize("page", PAGES)
def test_links_within_the_project_lead_somewhere(page: Path) -> None:
    for link in pages.links(page.read_text("utf-8")):
        if link.startswith(("https://", "http://", "mailto:")):
            continue
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), link
        if anchor:
            assert anchor in pages.anchors(target.read_text("utf-8")), link


_OURS = re.compile(r"(?:bot|handlers|scheduler|tests|docs|\.ci|\.github)/[\w./@*-]*")


@pytest.mark.parametrize("page", PAGES)
def test_paths_that_are_mentioned_exist(page: Path) -> None:
    mentioned = code(pages.without_blocks(page.read_text("utf-8")))
    for path in filter(_OURS.fullmatch, mentioned):
        assert list(ROOT.glob(path.rstrip("/"))), path


_ELSEWHERE = re.compile(r"(?<![\w./:~])/(?:work|tmp|home|root|Users|mnt|srv|usr|private)\b")


@pytest.mark.parametrize("page", PAGES)
def test_no_page_speaks_of_somebodys_own_machine(page: Path) -> None:
    assert not _ELSEWHERE.findall(page.read_text("utf-8"))


def test_decisions_are_numbered_and_have_one_shape() -> None:
    records = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert [path.name[:4] for path in records] == [f"{n:03d}-" for n in range(1, len(records) + 1)]
    for path in records:
        text = path.read_text("utf-8")
        headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences"], path.name
        assert text.startswith(f"# {path.name[:3]} "), path.name


def _typed(word: str) -> str:
    return f"`{word}`"


def _report(headline: str, lines: list[str]) -> str:
    return "\n".join([headline, *lines])
