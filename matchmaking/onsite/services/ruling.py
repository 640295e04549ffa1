"""The rules of the day, and the database's refusals in words."""

from collections.abc import Mapping
from contextlib import AbstractContextManager

from sqlmodel import Session

from expo.db import refusing
from expo.editions.models import Edition
from expo.words import Sentence, say
from matchmaking.meetings.refusals import refusal
from matchmaking.onsite.models import OnsiteSettings

NOT_NOW = say("They cannot be met at that time. Choose another time, or somebody else.")
"""What is said of the other side, whyever: a no sounds like a full agenda."""
CHANGED = say("This has just changed. Look at it again.")
RULES: dict[str, Sentence] = {
    "refused_pair_never_meets": NOT_NOW,
    "attendance_counts": say("This meeting no longer takes place."),
    "no_show_counts": say("They are here already, or the meeting is over: nobody missed it."),
    "opening_is_taken_once": say("Somebody was quicker. Look for another one."),
    "uq_meeting_opening_seat": say("Somebody waits at this seat already."),
    "duty_is_of_a_meeting": CHANGED,
    "interpreter_is_there": say("The interpreter is not there at that time."),
    "uq_interpreter_duty_interpreter_id_slot": say("The interpreter sits in another meeting at that time."),
    "pk_interpreter_duty": CHANGED,
    "feedback_of_a_held_meeting": say("This meeting was not held, so there is nothing to say about it."),
    "pk_meeting_attendance": CHANGED,
    "pk_meeting_no_show": CHANGED,
    "pk_meeting_feedback": CHANGED,
}


def in_words(session: Session) -> AbstractContextManager[None]:
    """What the database refuses within becomes a sentence; the session goes on as it was before."""
    return refusing(session, lambda rule, detail: RULES.get(rule) or refusal(rule, detail))


def settings_of(session: Session, edition: Edition) -> OnsiteSettings:
    """The edition's rules; the house's own where the organiser set none."""
    return session.get(OnsiteSettings, edition.id) or OnsiteSettings(edition_id=edition.id)


def save_settings(session: Session, edition: Edition, given: Mapping[str, int]) -> None:
    """Set the rules."""
    row = settings_of(session, edition)
    for name, value in given.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
