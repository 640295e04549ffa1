"""What people on stage are written about their own page, as sentences to be translated."""

from collections.abc import Mapping
from typing import Any

from expo.words import Sentence, say


def invitation(values: Mapping[str, Any]) -> tuple[Sentence, Sentence]:
    """Subject and body of the letter with a personal link. values: name, edition, link, until."""
    return (
        say("Your page for %(edition)s", **values),
        say(
            "Hello %(name)s,\n\non your own page you see your talks at %(edition)s, say whether you come,"
            " when you can be there, and what the programme says about you:\n\n%(link)s\n\n"
            "The link is yours alone and opens until %(until)s; the page sends you a new one when it has run"
            " out.\n\n%(edition)s",
            **values,
        ),
    )
