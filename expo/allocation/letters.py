"""What exhibitors are written about their place, as sentences to be translated."""

from collections.abc import Sequence

from expo.words import Sentence, say


def mail(
    kind: str, name: str, edition: str, stands: Sequence[str], former: Sequence[str], number: int, link: str
) -> tuple[Sentence, Sentence]:
    """Subject and body of the mail that carries the letter; `link` is the address of the portal's page."""
    values = {
        "name": name, "edition": edition, "stands": list(stands), "former": list(former), "n": number,
        "link": link,
    }  # fmt: skip
    where = list(stands)
    subjects = {
        "placed": say("Your stand at %(edition)s: %(stands)s", edition=edition, stands=where),
        "moved": say(
            "Your stand at %(edition)s has changed: %(stands)s", edition=edition, stands=list(stands)
        ),
        "lost": say("Your stand at %(edition)s is taken back", edition=edition),
    }
    bodies = {
        "placed": say(
            "Hello,\n\n%(name)s has a place at %(edition)s: %(stands)s (version %(n)s of the plan).\n\nThe"
            " attached letter shows it on the plan, with your wishes and what became of them. Your portal has"
            " the next steps:\n\n%(link)s",
            **values,
        ),
        "moved": say(
            "Hello,\n\nthe place of %(name)s at %(edition)s has changed: from %(former)s to %(stands)s"
            " (version %(n)s of the plan).\n\nThe attached letter shows it on the plan and says why. Please"
            " look at your order, which follows the stand:\n\n%(link)s",
            **values,
        ),
        "lost": say(
            "Hello,\n\nthe place of %(name)s at %(edition)s (%(former)s) is taken back with version %(n)s of"
            " the plan. The attached letter says why. You will be written to as soon as there is a new"
            " one.\n\n%(link)s",
            **values,
        ),
    }
    return subjects[kind], bodies[kind]
