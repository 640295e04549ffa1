"""People on stage made, changed and taken away."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.services import next_code
from expo.forums.models import Speaker, Talk, TalkSpeaker
from expo.forums.presence import Row
from expo.forums.services.presence import keep_presence, presence_of
from expo.forums.services.refusals import check_seal, in_words
from expo.words import say

FIELDS = (
    "name", "title", "address", "biography", "organisation", "country", "email", "language", "languages",
    "notes",
)  # fmt: skip
OWN = ("title", "biography", "organisation", "languages", "language")
"""What people on stage say of themselves by their personal link."""


def person_values(session: Session, edition: Edition, person: Speaker) -> dict[str, Any]:
    """Somebody as the form takes them."""
    return {name: getattr(person, name) for name in FIELDS} | {
        "free": [row._asdict() for row in presence_of(session, edition, person)]
    }


def save_person(
    session: Session,
    edition: Edition,
    person: Speaker | None,
    values: Mapping[str, Any],
    free: Iterable[Row],
    seen: str = "",
) -> Speaker:
    """Somebody new on stage with the next code, or other values for somebody. Refused for a stale form."""
    with in_words(session):
        if person is None:
            code = next_code(session, Speaker, edition.id, "SP", 3)
            person = Speaker(edition_id=edition.id, code=code)
        else:
            session.refresh(person, with_for_update=True)
            check_seal(seen, person_values(session, edition, person))
        for name in FIELDS:
            setattr(person, name, values[name])
        session.add(person)
        session.flush()
        keep_presence(session, edition, person, free)
    return person


def save_own(
    session: Session, edition: Edition, person: Speaker, values: Mapping[str, Any], free: Iterable[Row]
) -> None:
    """What somebody says of themselves: position, lines about them, languages, when they can be had."""
    session.refresh(person, with_for_update=True)
    for name in OWN:
        setattr(person, name, values[name])
    session.add(person)
    session.flush()
    keep_presence(session, edition, person, free)


def delete_person(session: Session, person: Speaker) -> None:
    """Take somebody off the list. Refused while they have a part in a talk, a withdrawn one included."""
    talks = session.exec(
        select(Talk.code)
        .join(TalkSpeaker, TalkSpeaker.talk_id == Talk.id)
        .where(TalkSpeaker.speaker_id == person.id)
        .order_by(Talk.code)
    ).all()
    if talks:
        raise Refused(say("They have a part in %(talks)s. Take them out first.", talks=list(talks)[:10]))
    with in_words(session):
        session.delete(person)
