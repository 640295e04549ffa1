"""The languages of the house, language maps and how to choose from them."""

from collections.abc import Iterable, Mapping
from unicodedata import bidirectional

LANGUAGES = {"zh": "中文", "ru": "Русский", "en": "English", "ur": "اردو"}
RIGHT_TO_LEFT = frozenset({"ur"})
BABEL_LOCALES = {"zh": "zh_Hans_CN", "ru": "ru_RU", "en": "en_GB", "ur": "ur_PK"}
COMMAS = {"zh": "、", "ru": ", ", "en": ", ", "ur": "، "}
"""What stands between the names of a list."""
SEMICOLONS = {"zh": "；", "ru": "; ", "en": "; ", "ur": "؛ "}
"""What stands between clauses that may hold commas themselves."""

LanguageMap = Mapping[str, str]


def direction(language: str) -> str:
    """'rtl' or 'ltr', as HTML wants it."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def listed(names: Iterable[object], language: str) -> str:
    """Names in a row as plain text."""
    return COMMAS.get(language, ", ").join(isolated(str(name), language) for name in names)


def isolated(name: str, language: str) -> str:
    """A name that keeps its own direction, and its neighbours theirs, within right-to-left text."""
    return f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}" if language in RIGHT_TO_LEFT else name


def way_of(text: str) -> str:
    """'rtl' or 'ltr' by the first letter that tells; on paper nothing finds it out by itself."""
    strong = next((kind for kind in map(bidirectional, text) if kind in ("L", "R", "AL")), "L")
    return "ltr" if strong == "L" else "rtl"


def pick(texts: LanguageMap | None, language: str) -> str:
    """The text in `language`; failing that English, then whatever there is; '' for nothing at all."""
    if not texts:
        return ""
    for wanted in (language, "en"):
        if texts.get(wanted):
            return texts[wanted]
    return next((text for text in texts.values() if text), "")


def language_of(texts: LanguageMap | None, language: str) -> str:
    """Which language `pick` answered in, for the `lang` attribute; '' when there is no text."""
    if not texts:
        return ""
    order = [language, "en", *texts]
    return next((code for code in order if texts.get(code)), "")


def tidy(texts: Mapping[str, str | None]) -> dict[str, str]:
    """A language map without blanks, stripped, in the house's order of languages."""
    known = {code: (texts.get(code) or "").strip() for code in LANGUAGES}
    return {code: text for code, text in known.items() if text}


def search_text(maps: Iterable[LanguageMap | None]) -> str:
    """All texts of some maps in lower case, for a search column."""
    return " ".join(text for texts in maps if texts for text in texts.values()).casefold()
