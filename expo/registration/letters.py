"""What people who register are written: where they stand, what to do, the link to their own page."""

from collections.abc import Mapping
from typing import Any

from expo.words import Sentence, say

Letter = tuple[Sentence, Sentence]
"""Subject and body."""

SUBJECTS: dict[str, Sentence] = {
    "confirmed": say("You are registered: %(edition)s"),
    "pending": say("Your registration is being looked at: %(edition)s"),
    "waiting": say("You are on the waiting list: %(edition)s"),
    "offer": say("A place is free for you: %(edition)s"),
    "lapsed": say("The place kept for you has gone: %(edition)s"),
    "declined": say("Your registration: %(edition)s"),
    "cancelled": say("Your registration is cancelled: %(edition)s"),
    "link": say("The link to your registration: %(edition)s"),
    "visa_signed": say("Your letter of invitation is signed: %(edition)s"),
    "visa_refused": say("Your letter of invitation: %(edition)s"),
    "visa_revoked": say("Your letter of invitation is no longer good: %(edition)s"),
}
BODIES: dict[str, Sentence] = {
    "confirmed": say(
        "Hello %(name)s,\n\nyou are registered for %(edition)s as %(sort)s, number %(code)s. Your badge is"
        " attached: print it, or show it on your phone at the entrance.\n\nOn your own page you can change"
        " what you told us, have the badge again, or cancel so that somebody else gets the place:\n\n%(link)s"
    ),
    "pending": say(
        "Hello %(name)s,\n\nwe have your registration for %(edition)s as %(sort)s, number %(code)s. The"
        " organiser looks at it and writes to you. Until then you can change it here:\n\n%(link)s"
    ),
    "waiting": say(
        "Hello %(name)s,\n\nall places for %(sort)s at %(edition)s are taken. You are on the waiting list: as"
        " soon as a place is free for you we write, and keep it until you answer.\n\nWhere you stand, and how"
        " to leave the list:\n\n%(link)s"
    ),
    "offer": say(
        "Hello %(name)s,\n\na place for %(sort)s at %(edition)s has fallen free and is kept for you until"
        " %(until)s. Take it here:\n\n%(link)s\n\nAfter that it goes to the next in line."
    ),
    "lapsed": say(
        "Hello %(name)s,\n\nthe place for %(sort)s at %(edition)s was kept for you and has now gone to the"
        " next in line. If you still want to come, put yourself on the list again:\n\n%(link)s"
    ),
    "declined": say(
        "Hello %(name)s,\n\nthank you for registering for %(edition)s as %(sort)s. We cannot confirm your"
        " registration."
    ),
    "cancelled": say(
        "Hello %(name)s,\n\nyour registration %(code)s for %(edition)s is cancelled; its badge is no longer"
        " good.\n\nIf that was a mistake, look here:\n\n%(link)s"
    ),
    "link": say(
        "Hello,\n\nsomebody, we hope you, asked for the link to the registration %(code)s for %(edition)s:"
        "\n\n%(link)s\n\nWhoever has it can change and cancel the registration: keep it to yourself."
    ),
    "visa_signed": say(
        "Hello %(name)s,\n\nyour letter of invitation for %(edition)s is signed. Print it from your own page;"
        " it holds what your passport says, so we do not mail it:\n\n%(link)s/visa"
    ),
    "visa_refused": say(
        "Hello %(name)s,\n\nwe cannot give you a letter of invitation for %(edition)s. What you told us of"
        " your passport is deleted. Your registration stays as it is:\n\n%(link)s/visa"
    ),
    "visa_revoked": say(
        "Hello %(name)s,\n\nyour letter of invitation for %(edition)s is revoked: whoever checks its code"
        " reads that. What you told us of your passport is deleted.\n\n%(link)s/visa"
    ),
}
WITH_REASON = ("declined", "confirmed", "waiting", "cancelled")
"""Letters that end with the reason noted with the registration."""
REASON = say("The organiser says: %(reason)s")
KINDS = tuple(SUBJECTS)


def letter(kind: str, values: Mapping[str, Any]) -> Letter:
    """Subject and body of a kind; values: edition, name, sort, code, link, until."""
    subject, body = SUBJECTS[kind], BODIES[kind]
    return Sentence(subject.message, dict(values)), Sentence(body.message, dict(values))


def for_state(state: str) -> str:
    """The letter that tells somebody where they stand now."""
    return state if state in SUBJECTS else "link"
