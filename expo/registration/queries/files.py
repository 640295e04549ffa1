"""Everybody with everything that is known, a thousand at a time."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.registration.models import Invitation, Person
from expo.registration.queries.consents import consents_of
from expo.registration.queries.listing import PeopleFilter, conditions
from expo.registration.services.asked import answers_of

AT_A_TIME = 1000


def everything(
    session: Session, edition: Edition, wanted: PeopleFilter
) -> Iterator[tuple[Any, dict[str, Any], frozenset[str]]]:
    """People that a filter finds, by number, each with answers by question and purposes consented to."""
    last = 0
    while rows := _some(session, edition, wanted, last):
        ids = [row.Person.id for row in rows]
        answers, agreed = answers_of(session, ids), consents_of(session, ids)
        for row in rows:
            yield row, answers.get(row.Person.id, {}), agreed[row.Person.id]
        last = ids[-1]
        for row in rows:
            session.expunge(row.Person)


def _some(session: Session, edition: Edition, wanted: PeopleFilter, last: int) -> Sequence[Any]:
    return session.execute(
        select(Person, Invitation.code.label("invited_by"))
        .outerjoin(Invitation, Invitation.id == Person.invitation_id)
        .where(*conditions(edition, wanted), Person.id > last)
        .order_by(Person.id)
        .limit(AT_A_TIME)
    ).all()
