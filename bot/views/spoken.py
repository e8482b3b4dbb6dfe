"""The languages people can talk in, each by the name its speakers know it by."""

from collections.abc import Iterable

_ENDONYMS = {
    "en": "English",
    "id": "Bahasa Indonesia",
    "jv": "Basa Jawa",
    "su": "Basa Sunda",
    "ms": "Bahasa Melayu",
    "zh": "中文",
    "ja": "日本語",
    "ko": "한국어",
    "hi": "हिन्दी",
    "ta": "தமிழ்",
    "th": "ไทย",
    "vi": "Tiếng Việt",
    "tl": "Tagalog",
    "ar": "العربية",
    "nl": "Nederlands",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "pt": "Português",
}

OPTIONS = [(name, code) for code, name in _ENDONYMS.items()]
"""For a menu: what is shown, what is sent."""


def names(codes: Iterable[str]) -> list[str]:
    """The names of languages stored by their codes."""
    return [_ENDONYMS[code] for code in codes if code in _ENDONYMS]
