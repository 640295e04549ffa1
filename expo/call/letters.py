"""What proposers are written: a link to their proposal, and what was decided."""

from collections.abc import Mapping

from expo.words import Sentence, say

PLACES = ("name", "title", "edition", "link")
"""What an organiser's own words may hold in braces."""

SUBJECTS: dict[str, Sentence] = {
    "accepted": say("Your talk at {edition} is accepted: {title}"),
    "waiting": say("Your proposal to {edition} is on the waiting list: {title}"),
    "rejected": say("Your proposal to {edition}: {title}"),
}
BODIES: dict[str, Sentence] = {
    "accepted": say(
        "Hello {name},\n\nwe are glad to have “{title}” at {edition}. Please say on your own page whether"
        " you come, and when you can be there:\n\n{link}\n\nDay, room and time follow with the programme.\n\n"
        "{edition}"
    ),
    "waiting": say(
        "Hello {name},\n\nthank you for proposing “{title}”. It is on the waiting list of {edition}: as soon"
        " as a place falls free, we write again. Until then your proposal is here:\n\n{link}\n\n{edition}"
    ),
    "rejected": say(
        "Hello {name},\n\nthank you for proposing “{title}”. There were more good proposals than places, and"
        " we could not take yours into the programme of {edition}.\n\nWe hope to see you all the same."
        "\n\n{edition}"
    ),
}


def link(values: Mapping[str, str]) -> tuple[Sentence, Sentence]:
    """Subject and body of the mail with the link to a proposal. values: edition, link, until.

    Nothing that was typed is in it: our mail carries nobody's message to an address they picked.
    """
    return (
        say("Your proposal to %(edition)s", **values),
        say(
            "Hello,\n\nsomebody, we hope you, is proposing a talk for %(edition)s with this address. This"
            " link opens the proposal until %(until)s; opening it proves the address:\n\n%(link)s\n\n"
            "If it was not you, do nothing.",
            **values,
        ),
    )


def filled(text: str, values: Mapping[str, str]) -> str:
    """An own text with its places filled; other braces stay as they are."""
    for name in PLACES:
        text = text.replace("{" + name + "}", "\0" + name + "\0")
    for name in PLACES:
        text = text.replace("\0" + name + "\0", values.get(name, "").replace("\0", ""))
    return text


def with_link(body: str, kind: str) -> str:
    """A body that names the link where its reader needs one: own words may have forgotten it."""
    return body if kind == "rejected" or "{link}" in body else body + "\n\n{link}"
