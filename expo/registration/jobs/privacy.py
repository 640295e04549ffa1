"""Erasures that fall due, and data whose time is over."""

from typing import Any

from expo.editions.models import Edition
from expo.jobs.handlers import periodic
from expo.registration.models import Person
from expo.registration.services import erasing, retaining


@periodic("privacy.erase")
def erase_due(open_session: Any) -> None:
    """Do what people asked for, one commit each."""
    with open_session() as session:
        session.info["actor"] = "privacy"
        for row in erasing.due(session):
            edition, person = session.get_one(Edition, row.edition_id), session.get_one(Person, row.person_id)
            erasing.erase(session, edition, person, row.asked_by, "")
            session.commit()


@periodic("privacy.retain")
def retain(open_session: Any) -> None:
    """Erase what is kept no longer, an edition at a time."""
    with open_session() as session:
        session.info["actor"] = "privacy"
        for edition in retaining.over(session):
            if retaining.retain(session, edition):
                session.commit()
