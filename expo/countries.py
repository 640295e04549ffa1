"""The countries of the world by their two letters (ISO 3166), and their names."""

import re

from babel import Locale

from expo.languages import BABEL_LOCALES

NOT_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Two-letter codes of the locale data that nobody comes from."""
COUNTRIES = frozenset(c for c in Locale("en").territories if re.fullmatch("[A-Z]{2}", c)) - NOT_COUNTRIES


def countries_by_name(language: str) -> list[tuple[str, str]]:
    """(code, name) of every country, in the order of the names in that language."""
    names = Locale.parse(BABEL_LOCALES[language]).territories
    return sorted(((code, names.get(code, code)) for code in COUNTRIES), key=lambda pair: (pair[1], pair[0]))
