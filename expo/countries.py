"""The countries of the world by their two letters (ISO 3166), and their names."""

import re

from babel import Locale
from babel.languages import get_official_languages

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


def own_languages(country: str) -> list[str]:
    """Languages of the house that are official in a country, the most spoken first: 'PK' → ['ur', 'en']."""
    spoken = get_official_languages(country, regional=False, de_facto=True)
    return [code for code in dict.fromkeys(name.split("_")[0] for name in spoken) if code in BABEL_LOCALES]
