"""The programme as an A5 booklet, and its pages two by two on A4 to be folded."""

from sqlmodel import Session

from expo.editions.models import Edition
from expo.forums.prints.context import Shown, rendered, shown
from expo.forums.programme import index_of_people
from expo.languages import direction, listed, pick
from expo.printing import folded
from expo.web.language import language_name
from expo.web.paper import kept_pdf

STYLES = ("print.css", "booklet.css")


def programme_pdf(
    session: Session, edition: Edition, language: str, *, version: str = "", since: str = ""
) -> bytes:
    """A version's programme (the draft's before any release) as an A5 booklet, as tagged PDF."""
    return kept_pdf(programme_html(shown(session, edition, version, since), edition, language), STYLES)


def folded_pdf(
    session: Session, edition: Edition, language: str, *, version: str = "", since: str = ""
) -> bytes:
    """The booklet two pages on a side of A4, in the order in which it is printed on both sides and folded."""
    plain = programme_pdf(session, edition, language, version=version, since=since)
    return folded(plain, backwards=direction(language) == "rtl")


def programme_html(what: Shown, edition: Edition, language: str) -> str:
    """The booklet as HTML."""
    return rendered(
        "programme_booklet",
        what,
        edition,
        language,
        people=index_of_people(what.programme.items, lambda name: pick(name, language)),
        language_name=lambda code: language_name(code, language),
        spoken=lambda codes: listed((language_name(code, language) for code in codes), language),
    )
