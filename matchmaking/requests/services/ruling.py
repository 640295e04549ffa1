"""The organiser's rules, and the database's refusals in words."""

from collections.abc import Mapping
from contextlib import AbstractContextManager

from sqlmodel import Session

from expo.db import refusing
from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import Sentence, say
from matchmaking.requests.models import RequestSettings

CHANGED = say("This has just changed. Look at it again and decide anew.")
HELD: dict[str, Sentence] = {
    "request_is_between_two": say("Nobody meets their own organisation."),
    "request_open_cap": say(
        "You have as many unanswered requests as are allowed. Withdraw one, or wait until one is answered."
    ),
    "request_must_cap": say(
        "You have as many must-meets as are allowed. Make this one a meeting like others, or withdraw a must."
    ),
    "agreed_slot_of_buyer": say("That time was taken a moment ago. Choose another one."),
    "agreed_slot_of_exhibitor": say("That time was taken a moment ago. Choose another one."),
    "uq_meeting_request_pair": CHANGED,
    "refused_pair_never_meets": CHANGED,
    "request_goes_on": CHANGED,
    "uq_meeting_refusal_pair": CHANGED,
    "refusal_is_only_lifted": CHANGED,
}


def in_words(session: Session) -> AbstractContextManager[None]:
    """What the database refuses within becomes a sentence; the session goes on as it was before."""
    return refusing(session, lambda rule, _detail: HELD.get(rule))


def settings_of(session: Session, edition: Edition) -> RequestSettings:
    """The edition's rules; the house's own where the organiser set none."""
    return session.get(RequestSettings, edition.id) or RequestSettings(edition_id=edition.id)


def save_settings(session: Session, edition: Edition, given: Mapping[str, int]) -> None:
    """Set the rules. What is open already stays, also where a cap is lower now."""
    row = settings_of(session, edition)
    for name, value in given.items():
        setattr(row, name, value)
    if row.warn_hours >= row.lapse_hours:
        raise Refused(say("The warning must come before a request lapses: shorten it."))
    session.add(row)
    session.flush()
