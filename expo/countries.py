"""The countries of the world by their two letters (ISO 3166), and their names."""

import re

from babel import Locale

from expo.languages import BABEL_LOCALES

NOT_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Two-letter codes of the locale data that nobody comes from."""
_CODES = (str(code) for code in Locale("en").territories)
COUNTRIES = frozenset(code for code in _CODES if re.fullmatch("[A-Z]{2}", code)) - NOT_COUNTRIES


def countries_by_name(language: str) -> list[tuple[str, str]]:
    """(code, name) of every country, in the order of the names in that language."""
    names = Locale.parse(BABEL_LOCALES[language]).territories
    rows = [(code, str(names.get(code, code))) for code in COUNTRIES]
    return sorted(rows, key=lambda row: (row[1], row[0]))
