"""Which of the house's languages a typed name belongs to, by its letters."""

import unicodedata

BEGINNINGS = (("CJK ", "zh"), ("CYRILLIC ", "ru"), ("ARABIC ", "ur"))


def language_of_name(name: str) -> str:
    """'zh', 'ru' or 'ur' by the first letter of their scripts; 'en' for Latin and all others."""
    for letter in name:
        known = unicodedata.name(letter, "")
        for beginning, language in BEGINNINGS:
            if known.startswith(beginning):
                return language
    return "en"
