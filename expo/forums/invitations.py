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


def withdrawal(values: Mapping[str, Any], reason: str, leaves_nobody: bool) -> tuple[Sentence, Sentence]:
    """Subject and body of what organisers are told at once. values: name, title, edition, link."""
    what = (
        say("The talk is withdrawn and has lost its place.")
        if leaves_nobody
        else say("The talk goes on with the others.")
    )
    why = say("Reason: %(reason)s", reason=reason) if reason else say("No reason was given.")
    return (
        say("%(name)s withdraws from “%(title)s”", **values),
        say(
            "%(name)s no longer takes part in “%(title)s” at %(edition)s.\n\n%(what)s %(why)s\n\n%(link)s",
            what=what, why=why, **values,
        ),
    )  # fmt: skip
