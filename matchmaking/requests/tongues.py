"""In which language to write to somebody who has no account and so never chose one."""

from collections.abc import Collection

from babel.languages import get_official_languages

from expo.languages import LANGUAGES


def tongue(spoken: Collection[str], country: str, usual: str) -> str:
    """Of the languages of the house that a party says it speaks the one its country speaks too, else English,
    else the first; `usual` where it says nothing we could write in."""
    known = [code for code in spoken if code in LANGUAGES]
    at_home = get_official_languages(country, regional=True, de_facto=True) if country else ()
    if own := next((code for code in at_home if code in known), None):
        return own
    return "en" if "en" in known else next(iter(known), usual)
