"""A small programme to move about."""

from expo.forums import services
from expo.forums.models import Availability, TalkSpeaker, between
from expo.forums.services import Move, Spot
from tests.expo.forums.making import at
from tests.make import a_forum, a_room, a_speaker, a_talk, an_edition

__all__ = ["a_small_programme", "at", "put"]


def a_small_programme(session):
    """Two days, HALL and SIDE; half hours A, B of Aigul (there on the 15th only), C and D of nobody."""
    edition = an_edition(session)
    a_room(session, edition, code="HALL", name={"en": "Hall"}, capacity=100)
    a_room(session, edition, code="SIDE", name={"en": "Side"}, capacity=50)
    forum = a_forum(session, edition, code="ENE")
    aigul = a_speaker(session, edition, code="AIGUL", name={"en": "Aigul Bekova"})
    for letter in "ABCD":
        talk = a_talk(session, forum, code=f"TALK0{letter}", minutes=30, title={"en": f"Talk {letter}"})
        if letter in "AB":
            session.add(TalkSpeaker(talk_id=talk.id, speaker_id=aigul.id))
    session.add(
        Availability(edition_id=edition.id, speaker_id=aigul.id, during=between(at(15, 0), at(15, 20)))
    )
    session.flush()
    return edition


def put(session, edition, talk, room, start, **given):
    """Place a talk past the board's checks."""
    return services.place(session, edition, [Move(talk, Spot(room, start))], **given)
