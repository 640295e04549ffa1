"""What exhibitors are written about their application, as sentences to be translated."""

from expo.words import Sentence, say


def decision(wanted: str, name: str, edition: str, reason: str, link: str) -> tuple[Sentence, Sentence]:
    """Subject and body of the letter about a decision; `link` is the whole address of the portal."""
    subjects = {
        "accepted": say("Your application to %(edition)s is accepted", edition=edition),
        "rejected": say("Your application to %(edition)s", edition=edition),
        "draft": say("Your application to %(edition)s needs a change", edition=edition),
        "withdrawn": say("Your part in %(edition)s has ended", edition=edition),
    }
    values = {"name": name, "edition": edition, "reason": reason, "link": link}
    bodies = {
        "accepted": say(
            "Hello,\n\n%(name)s is accepted as an exhibitor of %(edition)s. %(reason)s\n\n"
            "Your portal shows what comes next: your stand, your order and your badges.\n\n%(link)s",
            **values,
        ),
        "rejected": say(
            "Hello,\n\n%(edition)s cannot offer %(name)s a place. The reason:\n\n%(reason)s\n\n"
            "You find your application here:\n\n%(link)s",
            **values,
        ),
        "draft": say(
            "Hello,\n\nthe application of %(name)s to %(edition)s is open for you to change again:\n\n"
            "%(reason)s\n\nChange it here and send it once more:\n\n%(link)s",
            **values,
        ),
        "withdrawn": say(
            "Hello,\n\n%(name)s is no longer an exhibitor of %(edition)s. %(reason)s\n\n%(link)s", **values
        ),
    }
    return subjects[wanted], bodies[wanted]


def request(kind: str, name: str, other: str, edition: str, link: str) -> tuple[Sentence, Sentence]:
    """Subject and body of the letter about a request by `other`: 'partner' or 'pavilion'."""
    values = {"name": name, "other": other, "edition": edition, "link": link}
    if kind == "partner":
        return (
            say("%(other)s asks to stand beside you", other=other),
            say(
                "Hello,\n\n%(other)s asks %(name)s to be neighbours at %(edition)s. You decide; without your"
                " consent nothing happens.\n\nAccept or decline here:\n\n%(link)s",
                **values,
            ),
        )
    return (
        say("%(other)s invites you into its pavilion", other=other),
        say(
            "Hello,\n\n%(other)s offers %(name)s a place in its pavilion at %(edition)s. You decide; without"
            " your consent nothing happens.\n\nAccept or decline here:\n\n%(link)s",
            **values,
        ),
    )
