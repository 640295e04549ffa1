"""What exhibitors are written about turns, offers and swaps, as sentences to be translated."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from expo.words import Sentence, say


class Letter(NamedTuple):
    """The kind (for the outbox), the subject and the text; a link to the page follows the text."""

    kind: str
    subject: Sentence
    body: Sentence


def turn(
    edition: str, round_name: str, begins: datetime, ends: datetime | None, place: int, of: int
) -> Letter:
    """Your own time. Without `ends`: until the round ends."""
    until = say("until %(at)s", at=ends) if ends else say("until the round ends")
    return Letter(
        "selection.turn",
        say("Choose your stand at %(edition)s: from %(begins)s", edition=edition, begins=begins),
        say(
            "Hello,\n\nin “%(round)s” of %(edition)s you choose your stand yourself. Your turn is number"
            " %(place)s of %(of)s: from %(begins)s, %(until)s. Times are those of the venue.\n\n"
            "Look at the plan beforehand, and pick as soon as your turn begins:",
            round=round_name, edition=edition, place=place, of=of, begins=begins, until=until,
        ),
    )  # fmt: skip


def confirmed(edition: str, stands: Iterable[str], area: float) -> Letter:
    """The place is yours."""
    return Letter(
        "selection.confirmed",
        say("Your stand at %(edition)s: %(stands)s", edition=edition, stands=list(stands)),
        say(
            "Hello,\n\n%(stands)s at %(edition)s (%(area)s m²) is yours. The order follows from it:",
            edition=edition, stands=list(stands), area=area,
        ),
    )  # fmt: skip


def offered(edition: str, stands: Iterable[str], until: datetime) -> Letter:
    """Something fell free for who waits."""
    return Letter(
        "selection.offer",
        say("A stand for you at %(edition)s: %(stands)s", edition=edition, stands=list(stands)),
        say(
            "Hello,\n\nwhat you wait for has fallen free: %(stands)s. It is kept for you until %(until)s"
            " (time of the venue). Accept or decline it here; unanswered it goes to the next:",
            stands=list(stands), until=until,
        ),
    )  # fmt: skip


def offer_over(edition: str, stands: Iterable[str]) -> Letter:
    """It was not answered in time."""
    return Letter(
        "selection.offer-over",
        say("The offer of %(stands)s at %(edition)s is over", edition=edition, stands=list(stands)),
        say(
            "Hello,\n\n%(stands)s was kept for you and has gone to the next who waits. If you still want one"
            " like it, join the waiting list again:",
            stands=list(stands),
        ),
    )


SWAPS = {
    "asked": (
        say("A proposal to swap stands at %(edition)s"),
        say("Hello,\n\n%(name)s proposes to swap: its %(theirs)s for your %(mine)s. Answer here:"),
    ),
    "agreed": (
        say("Your swap at %(edition)s waits for the organiser"),
        say("Hello,\n\n%(name)s and you agree to swap %(mine)s for %(theirs)s. The organiser decides now:"),
    ),
    "done": (
        say("Your stand at %(edition)s is now %(theirs)s"),
        say("Hello,\n\nthe swap with %(name)s is done: %(theirs)s is yours instead of %(mine)s."),
    ),
    "declined": (
        say("No swap of stands at %(edition)s"),
        say("Hello,\n\n%(name)s would rather not swap %(theirs)s for %(mine)s. Your place stays as it is."),
    ),
    "refused": (
        say("No swap of stands at %(edition)s"),
        say("Hello,\n\nthe organiser does not agree to the swap with %(name)s: %(reason)s"),
    ),
    "expired": (
        say("A proposal to swap at %(edition)s has run out"),
        say("Hello,\n\nnobody answered in time about swapping %(mine)s for %(theirs)s. All stays as it is."),
    ),
}


def swap(
    state: str, edition: str, name: str, mine: Iterable[str], theirs: Iterable[str], reason: str = ""
) -> Letter:
    """What has become of a swap with `name`, seen from the side that has `mine`."""
    subject, body = SWAPS[state]
    values = {
        "edition": edition, "name": name, "mine": list(mine), "theirs": list(theirs), "reason": reason,
    }  # fmt: skip
    return Letter(f"selection.swap-{state}", say(subject.message, **values), say(body.message, **values))


def shared_out(edition: str, lead: str, stands: Iterable[str]) -> Letter:
    """What a pavilion's lead gave a member."""
    return Letter(
        "selection.share",
        say("Your stand in the pavilion at %(edition)s", edition=edition),
        say(
            "Hello,\n\n%(lead)s has shared out the pavilion's stands at %(edition)s. Yours: %(stands)s.",
            edition=edition, lead=lead, stands=list(stands) or "–",
        ),
    )  # fmt: skip
