"""Who may be registered already: found by keys, compared by name, address and organisation."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.registration.alike import Grade, Known, Likeness, compare, keys_of, probes_of
from expo.registration.models import NotSame, Person, PersonLikeness

AT_ONCE = 2_000
MOST_CANDIDATES = 400
LEFT = ("cancelled", "declined")
ORDER = {Grade.SAME: 0, Grade.MAYBE: 1}


@dataclass(frozen=True)
class Alike:
    """Somebody who may be the person asked for, and why."""

    person: Person
    likeness: Likeness


@dataclass(frozen=True)
class Pair:
    """Two registrations that may be one person's."""

    one: Person
    other: Person
    likeness: Likeness


def known(person: Person) -> Known:
    """What is compared of somebody registered."""
    return Known(person.name, person.email, person.organisation)


def catch_up(session: Session, edition: Edition) -> int:
    """Fill in the keys of those who came or changed since; how many. Nothing but a look where nobody did."""
    done = 0
    while rows := _missing(session, edition):
        values = [{"who": row.id, "found": keys_of(row.name, row.email)} for row in rows]
        table = PersonLikeness.__table__
        session.connection().execute(
            update(table).where(table.c.person_id == bindparam("who")).values(keys=bindparam("found")), values
        )
        done += len(rows)
    return done


def _missing(session: Session, edition: Edition) -> Sequence:
    return session.execute(
        select(Person.id, Person.name, Person.email)
        .join(PersonLikeness, PersonLikeness.person_id == Person.id)
        .where(PersonLikeness.edition_id == edition.id, PersonLikeness.keys.is_(None))
        .order_by(Person.id)
        .limit(AT_ONCE)
        .with_for_update(of=PersonLikeness, skip_locked=True)
    ).all()


def who_is_like(
    session: Session, edition: Edition, wanted: Known, but: int | None = None, most: int = 8
) -> list[Alike]:
    """Who may be this person already, the likeliest first; `but` leaves one number out."""
    catch_up(session, edition)
    probes = probes_of(wanted.name, wanted.email)
    if not probes:
        return []
    candidates = session.exec(
        select(Person)
        .join(PersonLikeness, PersonLikeness.person_id == Person.id)
        .where(
            PersonLikeness.keys.overlap(probes),
            Person.edition_id == edition.id,
            Person.state.not_in(LEFT),
            Person.id != but,
        )
        .limit(MOST_CANDIDATES)
    ).all()
    found = [Alike(person, compare(wanted, known(person))) for person in candidates]
    found = [one for one in found if one.likeness.grade is not Grade.OTHER]
    return sorted(found, key=lambda one: (ORDER[one.likeness.grade], -one.likeness.name, one.person.id))[
        :most
    ]


class Index:
    """An edition's people in memory, to compare thousands of rows with."""

    def __init__(self, people: Iterable[Person] = ()):
        self._known: dict[Hashable, Known] = {}
        self._by_key: dict[int, list[Hashable]] = defaultdict(list)
        for person in people:
            self.add(person.code, known(person))

    def add(self, who: Hashable, what: Known) -> None:
        """One more, under a name of the caller's: people are in here by their codes."""
        self._known[who] = what
        for key in keys_of(what.name, what.email):
            self._by_key[key].append(who)

    def like(self, what: Known) -> list[tuple[Any, Likeness]]:
        """Who may be the same, the likeliest first."""
        candidates = {who for key in probes_of(what.name, what.email) for who in self._by_key.get(key, ())}
        found = [(who, compare(what, self._known[who])) for who in candidates]
        found = [(who, likeness) for who, likeness in found if likeness.grade is not Grade.OTHER]
        return sorted(found, key=lambda pair: (ORDER[pair[1].grade], -pair[1].name))


def index_of(session: Session, edition: Edition, exhibitor_id: int | None = None) -> Index:
    """All who are registered and did not leave, in memory; or those of one exhibitor."""
    there = _there(edition)
    return Index(session.exec(there.where(Person.exhibitor_id == exhibitor_id) if exhibitor_id else there))


def _there(edition: Edition):
    return (
        select(Person).where(Person.edition_id == edition.id, Person.state.not_in(LEFT)).order_by(Person.id)
    )


def pairs(
    session: Session, edition: Edition, report: Callable[[int, int], None] = lambda _done, _total: None
) -> list[Pair]:
    """All pairs of an edition that may be one person and of which nobody said that they are two."""
    people = session.exec(_there(edition)).all()
    said = select(NotSame.one_id, NotSame.other_id).join(Person, Person.id == NotSame.one_id)
    apart = {
        (row.one_id, row.other_id) for row in session.execute(said.where(Person.edition_id == edition.id))
    }
    index, found = Index(), []
    for done, person in enumerate(people):
        for place, likeness in index.like(known(person)):
            if (people[place].id, person.id) not in apart:
                found.append(Pair(people[place], person, likeness))
        index.add(done, known(person))
        if done % 500 == 0:
            report(done, len(people))
    return sorted(found, key=lambda pair: (ORDER[pair.likeness.grade], -pair.likeness.name, pair.other.id))
