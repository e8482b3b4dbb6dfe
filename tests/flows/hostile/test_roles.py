"""Every word for everybody: an answer for all, and a lead's words for leads alone."""

from bot.sandbox.people import Person
from bot.storage.models import Audit, FailedRequest, Match, Program
from bot.storage.unit_of_work import Tx
from handlers import commands
from tests import pairs
from tests.cast import Cast
from tests.world import World

WORDS = {word.word: word for word in commands.words()}
# Slack lets neither outsiders nor closed accounts use a command.
OTHERS = ("stranger", "mentor", "mentee", "guest")


def somebody(cast: Cast, role: str) -> Person:
    """A person of the cast in this role, or a new one."""
    if role in {"mentor", "mentee", "lead"}:
        return {"mentor": cast.sari, "mentee": cast.bima, "lead": cast.dewi}[role]
    accounts: dict[str, dict[str, bool]] = {
        "stranger": {},
        "guest": {"is_restricted": True},
        "admin": {"is_admin": True},
    }
    made = cast.world.add_person(role, role.title(), tz="Asia/Jakarta", **accounts[role])
    pairs.known(cast.world, made)
    cast.speaks(made, "en")
    return made


def state(world: World) -> list[int]:
    """How many programmes, matches, changes of state, and failures there are."""

    def count(tx: Tx, _: None) -> list[int]:
        return [tx.session.query(m).count() for m in (Program, Match, Audit, FailedRequest)]

    return world.bot.db.read(count, None)


def test_every_word_is_answered_for_everybody(cast: Cast) -> None:
    for role in (*OTHERS, "lead", "admin"):
        who = somebody(cast, role)
        for name, word in WORDS.items():
            for spelling in dict.fromkeys(word.spellings):
                who.types(f"/mentor {spelling}".strip())
                assert "Something went wrong" not in who.screen(), (role, name)
                if who.modal is not None:
                    who.closes(everything=True)
    assert state(cast.world)[3] == 0


def test_the_words_of_leads_do_nothing_for_others_and_name_the_leads(cast: Cast) -> None:
    people = {role: somebody(cast, role) for role in OTHERS}
    before = state(cast.world)
    mine = [name for name, word in WORDS.items() if word.leads_only]
    assert {"pair", "program"} <= set(mine)
    for role, who in people.items():
        for name in mine:
            who.types(f"/mentor {name} @sari @bima and <others>")
            said = who.messages("app")[-1]
            assert "@Dewi" in said.text, (role, name, who.screen())
            assert "Ask them" in said.buttons, (role, name, who.screen())
            assert who.modal is None
    assert state(cast.world) == before


def test_what_a_lead_mistypes_is_quoted_as_it_was_typed(cast: Cast) -> None:
    cast.dewi.types("/mentor pair sari & <bima>")
    assert "sari & <bima>" in cast.dewi.messages("app")[-1].text
