"""Words typed after the command."""

from tests.world import World


def test_an_unknown_word_is_answered_with_help(world: World) -> None:
    bima = world.add_person("bima", tz="Asia/Jakarta")
    bima.types("/mentor frobnicate")
    message = bima.sees("I don't know that word")
    assert "Help" in message.buttons
