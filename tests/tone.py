"""How texts must sound, as rules that can be checked: shared by the catalogues and the content.

A rule here is only a net for what slips through. Whether a sentence is kind, a person must judge.
"""

import re
from collections.abc import Iterator

MAX_WORDS = 60

_PLACEHOLDER = re.compile(r"\{[a-z_][a-z0-9_]*\}")
_ENDS_IN_MU = {"bertamu", "bertemu", "ilmu", "jamu", "jemu", "ketemu", "penemu", "semu", "tamu"}
_ENDS_IN_MU |= {"temu"}

_FORBIDDEN = {
    "en": {
        r"(?i)\boverdue\b|\byou (still )?(haven['’]t|have not|forgot|failed)\b": "guilt",
        r"(?i)\bwaiting for you\b|\bdon['’]t forget\b|\blast chance\b|\bhurry\b": "pressure",
        r"(?i)\bprograms?\b": "write “programme”",
    },
    "id": {
        r"(?i)\b(anda|kamu) (masih |juga )?(belum|lupa|gagal|terlambat|tidak pernah)\b": "guilt",
        r"(?i)\bjangan lupa\b|\bmenunggu (anda|kamu)\b|\bkesempatan terakhir\b": "pressure",
        r"(?i)\bpasangan(mu|nya)?\b": "write “rekan mentoring”; a bare “pasangan” is a spouse",
        r"(?i)\bmohon\b|\bsilahkan\b|\bsilakan\b.*\bsilakan\b": "plain words, no pleading",
        r"(?i)\b(goals?|sessions?|feedback|challenges?|cohorts?)\b": "see the glossary",
        r"\b(Bapak|Ibu|Saudara|Kakak)\b": "use the person's name, don't guess a title",
        r"\b\d\d?:\d\d\b": "Indonesian writes times with a dot",
        r"\banda\b": "“Anda” has a capital",
    },
}


def words_of_address(text: str) -> set[str]:
    """How an Indonesian text addresses its reader: {"Anda"}, {"kamu"}, both or neither."""
    kamu = re.findall(r"\b(?:kamu|kau\w*|engkau)\b", text, re.IGNORECASE)
    kamu += [word for word in re.findall(r"\b\w+mu\b", text.lower()) if word not in _ENDS_IN_MU]
    anda = re.findall(r"\bAnda\b", text)
    return {way for way, found in (("Anda", anda), ("kamu", kamu)) if found}


def faults(text: str, language: str) -> Iterator[str]:
    """What is wrong with the tone of `text` in "en", "id" or "id-kamu", in words."""
    if "!" in text:
        yield "no exclamation marks"
    if re.search(r"[’\"]|\.\.\.", text):
        yield "straight apostrophe, “typographic” quotes, “…” as one character"
    if (count := len(text.split())) > MAX_WORDS:
        yield f"{count} words, at most {MAX_WORDS}"
    said = re.sub(r"`[^`]*`", "", text)  # a command is spelt as it is
    said = _PLACEHOLDER.sub("", said)  # and so is a name from the code
    for pattern, reason in _FORBIDDEN[language.split("-")[0]].items():
        if match := re.search(pattern, said):
            yield f"“{match[0]}”: {reason}"
    if language != "en":
        wrong = {"id": "kamu", "id-kamu": "Anda"}[language]
        if wrong in words_of_address(text):
            yield f"addresses the reader as “{wrong}”"


def placeholders(text: str) -> set[str]:
    """The placeholders of a text, braces included."""
    return set(_PLACEHOLDER.findall(text))


def stray_braces(text: str) -> bool:
    """Whether `text` holds a brace that is not part of a placeholder."""
    return bool(re.search(r"[{}]", _PLACEHOLDER.sub("", text)))
