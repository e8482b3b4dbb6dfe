"""Every text exists in Indonesian, well formed, and sounds as it should in each language."""

from collections.abc import Iterable
from io import BytesIO

import pytest
from babel.messages.pofile import write_po

from bot.i18n.catalogues import catalogue as new_catalogue
from tests import tone
from tests.i18n.collect import Text, faults_in, faults_in_source, texts_in, texts_in_source
from tests.i18n.entries import FILES, Key, entries

ENGLISH: dict[Key, list[Text]] = {}
for _text in texts_in_source():
    ENGLISH.setdefault((_text.one, _text.many), []).append(_text)

INDONESIAN = {key: text for _, key, text in entries("id")}
KAMU = {key: text for _, key, text in entries("id@kamu")}


def test_texts_are_literals_that_can_be_collected() -> None:
    assert not (faults := faults_in_source()), _report("Give `t` a literal or N_(…):", faults)


def test_every_text_is_in_indonesian() -> None:
    missing = {key: "" for key in ENGLISH if not INDONESIAN.get(key)}
    assert not missing, _paste("id", missing)


def test_every_text_that_says_anda_is_there_with_kamu() -> None:
    addressed = {k: s for k, s in INDONESIAN.items() if "Anda" in tone.words_of_address(s)}
    missing = {k: s.replace("Anda", "kamu") for k, s in addressed.items() if not KAMU.get(k)}
    assert not missing, _paste("id@kamu", missing)


def test_the_kamu_catalogue_holds_nothing_else() -> None:
    needless = [k[0] for k in KAMU if "Anda" not in tone.words_of_address(INDONESIAN.get(k, ""))]
    assert not needless, _report(
        "The Indonesian text has no “Anda”; remove from id@kamu:", needless
    )


def test_no_catalogue_holds_a_text_nobody_shows() -> None:
    unused = [f"{name}: {key[0]}" for name, key, _ in _all_entries() if key not in ENGLISH]
    unused += [f"{name}: {old[0]} (#~)" for name, c in FILES for old in c.obsolete]
    assert not unused, _report("No longer in the source; remove:", unused)


def test_nothing_is_left_fuzzy() -> None:
    fuzzy = [f"{name}: {m.id}" for name, c in FILES for m in c if m.id and m.fuzzy]
    assert not fuzzy, _report("Check, then remove the fuzzy mark:", fuzzy)


@pytest.mark.parametrize("folder", ["id", "id@kamu"])
def test_a_text_in_two_files_is_the_same_in_both(folder: str) -> None:
    first: dict[Key, str] = {}
    differing = [k[0] for _, k, text in entries(folder) if first.setdefault(k, text) != text]
    assert not differing, _report("Two translations of one text:", differing)


def test_both_languages_have_the_same_placeholders_and_marks() -> None:
    faults = [
        f"{name}: {key[0]}"
        for name, key, text in _all_entries()
        if text and _shape(text) != _shape(key[1] or key[0])
    ]
    assert not faults, _report("Placeholders, ` or * differ from the English:", faults)


def test_placeholders_are_plain_names() -> None:
    texts = [text for key in ENGLISH for text in key if text] + [t for _, _, t in _all_entries()]
    stray = [text for text in texts if tone.stray_braces(text)]
    assert not stray, _report("A placeholder is {name}, other braces aren't allowed:", stray)


def test_the_tone_of_every_text() -> None:
    spoken = [(text, "en") for key in ENGLISH for text in key if text]
    spoken += [(text, "id") for text in INDONESIAN.values()]
    spoken += [(text, "id-kamu") for text in KAMU.values()]
    faults = [f"{text}\n    {fault}" for text, lang in spoken for fault in tone.faults(text, lang)]
    assert not faults, _report("Tone:", faults)


# --- the collecting itself ---

SAMPLE = """
section(t("outer {x}", x=t.plain("inner")))
f"{t('inside an f-string')}"
t("in "
  "two parts")
view.t.plural("one", "{n} many", 3)
LABELS = {"a": N_("tabled")}
t(LABELS["a"]); t(label); t.plain(row.label); t(N_("named"))
plain("not ours")
"""


def test_texts_are_found_wherever_they_stand() -> None:
    found = {(text.one, text.many) for text in texts_in(SAMPLE, "sample.py")}
    singular = {"outer {x}", "inner", "inside an f-string", "in two parts", "tabled", "named"}
    assert found == {(text, None) for text in singular} | {("one", "{n} many")}
    assert not list(faults_in(SAMPLE, "sample.py"))


@pytest.mark.parametrize(
    "source",
    ["t(f'Hi {name}')", "t('a' + b)", "t('{}'.format(b))", "t('a' if b else 'c')", "t('%s' % b)"],
)
def test_texts_that_are_put_together_are_refused(source: str) -> None:
    assert len(list(faults_in(source, "sample.py"))) == 1


# --- helpers ---


def _all_entries() -> list[tuple[str, Key, str]]:
    return [*entries("id"), *entries("id@kamu")]


def _shape(text: str) -> tuple[set[str], int, int]:
    return tone.placeholders(text), text.count("`"), text.count("*")


def _report(headline: str, lines: Iterable[str]) -> str:
    return "\n".join([headline, *lines])


def _paste(folder: str, texts: dict[Key, str]) -> str:
    """The missing entries, ready to be pasted into a catalogue."""
    catalogue = new_catalogue()
    for (one, many), start in texts.items():
        places = [tuple(text.where.split(":")) for text in ENGLISH.get((one, many), [])]
        locations = [(file, int(line)) for file, line in places]
        catalogue.add((one, many) if many else one, (start,) if many else start, locations)
    buffer = BytesIO()
    write_po(buffer, catalogue, omit_header=True, width=96)
    headline = f"Write these in bot/locale/{folder}/LC_MESSAGES/<your feature>.po:"
    return f"{headline}\n\n{buffer.getvalue().decode()}"
