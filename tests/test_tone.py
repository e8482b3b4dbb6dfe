import pytest

from tests import tone


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Done!", "en"),
        ("word " * 61, "en"),
        ("Your answer is overdue", "en"),
        ("You haven’t answered", "en"),
        ("You haven't answered", "en"),
        ("It’s there", "en"),
        ('Press "Next"', "en"),
        ("Wait ...", "en"),
        ("Join the program", "en"),
        ("Rina is waiting for you", "en"),
        ("Anda belum menjawab", "id"),
        ("Tulis ke pasangan Anda", "id"),
        ("Pasangan baru", "id"),
        ("Mohon dijawab", "id"),
        ("Ini untuk anda", "id"),
        ("Tujuanmu tersimpan", "id"),
        ("Apa yang kamu cari?", "id"),
        ("Besok pukul 09:30", "id"),
        ("Tulis goal berikutnya", "id"),
        ("Halo Bapak {name}", "id"),
        ("Tujuan Anda tersimpan", "id-kamu"),
        ("Kamu belum menjawab", "id-kamu"),
    ],
)
def test_what_must_not_be_said(text: str, language: str) -> None:
    assert list(tone.faults(text, language))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("word " * 60, "en"),
        ("It's there: “Next” …", "en"),
        ("The programme starts with `/mentor program` for leads", "en"),
        ("Type `program` to begin", "en"),
        ("Pasangkan dua orang dengan `/mentor pasangkan`", "id"),
        ("Bot ini memasangkan orang yang ingin bertemu", "id"),
        ("Tujuan Anda tersimpan pukul 09.30", "id"),
        ("Tujuanmu tersimpan, kamu bertemu tamu", "id-kamu"),
    ],
)
def test_what_may_be_said(text: str, language: str) -> None:
    assert not list(tone.faults(text, language))


def test_both_ways_of_address_in_one_text_are_seen() -> None:
    assert tone.words_of_address("Anda dan tujuanmu") == {"Anda", "kamu"}
    assert tone.words_of_address("Mereka bertemu") == set()


def test_placeholders_and_other_braces() -> None:
    assert tone.placeholders("{name} and {n}") == {"{name}", "{n}"}
    assert not tone.stray_braces("{name}")
    assert tone.stray_braces("{name:>3}")
