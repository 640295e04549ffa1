"""Pairs of people who may be one."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.registration.models import NotSame, Person

LEFT = ("cancelled", "declined")


def open_pairs(
    session: Session, edition: Edition, listed: Sequence[dict[str, Any]]
) -> list[tuple[dict[str, Any], Person, Person]]:
    """Of pairs that were found those that nobody decided since: (what was found, one, other)."""
    ids = {pair[side] for pair in listed for side in ("one", "other")}
    if not ids:
        return []
    there = select(Person).where(
        Person.id.in_(ids), Person.edition_id == edition.id, Person.state.not_in(LEFT)
    )
    people = {person.id: person for person in session.exec(there)}
    said = select(NotSame.one_id, NotSame.other_id).where(NotSame.one_id.in_(ids))
    apart = {(row.one_id, row.other_id) for row in session.execute(said)}
    return [
        (pair, people[pair["one"]], people[pair["other"]])
        for pair in listed
        if pair["one"] in people
        and pair["other"] in people
        and tuple(sorted((pair["one"], pair["other"]))) not in apart
    ]


def printed_badges(session: Session, person_ids: Iterable[int]) -> set[int]:
    """Which of these people hold a valid badge that was printed."""
    statement = text(
        "SELECT person_id FROM badge WHERE person_id = ANY (:ids) AND printed_at IS NOT NULL"
        " AND revoked_at IS NULL"
    )
    return set(session.execute(statement, {"ids": list(person_ids)}).scalars())
