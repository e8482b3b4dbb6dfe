import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import Markup, channel, clean, escape, link, mention
from bot.i18n.markup import one_line

NASTY = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            ["<!channel>", "<!subteam^S1>", "<https://evil|ok>", "&lt;", "\u202e", "\r"]
        ),
    ),
    max_size=6,
).map("".join)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("R&D <b> >", "R&amp;D &lt;b&gt; &gt;"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("&lt;", "&amp;lt;"),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("bell\x07 and null\x00", "bell and null"),
        ("one\ttab", "one tab"),
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        ("half \ud800 pair", "half  pair"),
        ("👩\u200d🔧 kept", "👩\u200d🔧 kept"),
    ],
)
def test_what_people_type_is_cleaned_and_escaped(typed: str, shown: str) -> None:
    assert escape(typed) == shown


@given(NASTY)
def test_escaped_text_holds_no_raw_angle_bracket(text: str) -> None:
    shown = escape(text)
    assert "<" not in shown
    assert ">" not in shown
    assert re.sub("&(amp|lt|gt);", "", shown).count("&") == 0
    shown.encode()


@given(NASTY)
def test_cleaning_is_stable_and_one_line_is_one_line(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert "\n" not in one_line(text)


def test_markup_is_not_escaped_twice() -> None:
    once = escape("<b>")
    assert escape(once) is once


def test_joining_and_adding_escape_what_is_plain() -> None:
    assert Markup("\n").join([mention("U1"), "<x>"]) == "<@U1>\n&lt;x&gt;"
    joined = mention("U1") + " <x>"
    assert joined == "<@U1> &lt;x&gt;"
    assert isinstance(joined, Markup)


def test_mentions_and_channels() -> None:
    assert mention("U0ABC") == "<@U0ABC>"
    assert channel("C0ABC") == "<#C0ABC>"


@pytest.mark.parametrize("bad", ["", "U1|x", "!channel", "u1", "U1>", "U1\n"])
def test_only_a_slack_id_becomes_a_mention(bad: str) -> None:
    with pytest.raises(ValueError, match="Slack id"):
        mention(bad)
    with pytest.raises(ValueError, match="Slack id"):
        channel(bad)


def test_a_link_is_built_safely() -> None:
    shown = link("https://x.example/a?b=1&c=<d>|e", "R&D\n<page>")
    assert shown == "<https://x.example/a?b=1&amp;c=%3Cd%3E%7Ce|R&amp;D &lt;page&gt;>"


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "https://",
        "https:///path",
        "//x.example",
        "javascript:alert(1)",
        "mailto:a@b.example",
        "https://x.example/a b",
        "https://x.example/\u202e",
    ],
)
def test_only_a_whole_web_address_becomes_a_link(bad: str) -> None:
    with pytest.raises(ValueError, match="http"):
        link(bad, "label")
