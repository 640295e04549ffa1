"""People of an edition: found in any script, counted by kind, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, String, cast, func, literal
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.registration.models import Answer, Person, Question, Ticket
from expo.stars.models import Follower, Star

PAGE = 50
MOST_WORDS = 6


@dataclass(frozen=True)
class PeopleFilter:
    """Which people: `words` are looked for in names of every script, organisation, address and code.

    `code` means exactly one person, `ticket` the code of a sort. `answer` is "question:value": whose answer
    to the question of that code is, or contains, the value.
    """

    words: str = ""
    kind: str = ""
    country: str = ""
    code: str = ""
    state: str = ""
    ticket: str = ""
    answer: str = ""


EVERYBODY = PeopleFilter()


def conditions(edition: Edition, wanted: PeopleFilter = EVERYBODY) -> list[ColumnElement[bool]]:
    """The filter as conditions on Person."""
    found: list[Any] = [Person.edition_id == edition.id]
    if wanted.kind:
        found.append(Person.kind == wanted.kind)
    if wanted.country:
        found.append(Person.country == wanted.country)
    if wanted.code:
        found.append(Person.code == wanted.code)
    if wanted.state:
        found.append(Person.state == wanted.state)
    if wanted.ticket:
        sort = select(Ticket.id).where(Ticket.edition_id == edition.id, Ticket.code == wanted.ticket)
        found.append(Person.ticket_id == sort.scalar_subquery())
    if wanted.answer:
        found.append(_answered(edition, *wanted.answer.partition(":")[::2]))
    return found + [_holds(word) for word in wanted.words.split()[:MOST_WORDS]]


def _answered(edition: Edition, question: str, value: str) -> ColumnElement[bool]:
    """Answers are texts, or lists of them: both contain a text in the sense of jsonb."""
    return Person.id.in_(
        select(Answer.person_id)
        .join(Question, Question.id == Answer.question_id)
        .where(Question.edition_id == edition.id, Question.code == question)
        .where(Answer.value.contains(literal(value, JSONB)))
    )


def _holds(word: str) -> ColumnElement[bool]:
    names = cast(func.jsonb_path_query_array(Person.name, cast("$.*", JSONPATH)), String)
    text = func.concat_ws(" ", names, Person.organisation, Person.email, Person.code)
    like = word.lower().replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return func.lower(text).like(f"%{like}%")


def count(session: Session, edition: Edition, wanted: PeopleFilter = EVERYBODY) -> int:
    """How many people a filter finds."""
    query = select(func.count()).select_from(Person).where(*conditions(edition, wanted))
    return session.execute(query).scalar_one()


def people(
    session: Session, edition: Edition, wanted: PeopleFilter, page: int = 1, *, oldest_first: bool = False
) -> Sequence[Any]:
    """One page of people by code (or by when they registered), each with how many talks they starred."""
    stars = _stars_of(Person.id)
    query = (
        select(
            Person.id, Person.code, Person.kind, Person.name, Person.organisation, Person.position,
            Person.country, Person.state, Person.ticket_id, Person.registered_at, Person.email,
            Person.offered_until, stars.label("stars"),
        )
        .where(*conditions(edition, wanted))
        .order_by(*((Person.registered_at, Person.id) if oldest_first else (Person.code,)))
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )  # fmt: skip
    return session.execute(query).all()


def counts(session: Session, edition: Edition) -> dict[str, int]:
    """How many people of each kind."""
    query = select(Person.kind, func.count()).where(*conditions(edition)).group_by(Person.kind)
    return dict(map(tuple, session.execute(query)))


def countries(session: Session, edition: Edition) -> list[str]:
    """Where people come from, as codes."""
    query = select(Person.country).where(*conditions(edition), Person.country != "").distinct()
    return sorted(session.execute(query).scalars())


def person_by_code(session: Session, edition: Edition, code: str) -> Person | None:
    """The edition's person of that code."""
    return session.exec(
        select(Person).where(Person.edition_id == edition.id, Person.code == code)
    ).one_or_none()


def star_count(session: Session, person: Person) -> int:
    """How many talks somebody starred."""
    return session.execute(select(_stars_of(person.id))).scalar_one()


def _stars_of(person_id: Any) -> ScalarSelect[int]:
    starred = select(func.count()).select_from(Star).join(Follower, Follower.id == Star.follower_id)
    return starred.where(Follower.person_id == person_id).scalar_subquery()


def counts_by_state(session: Session, edition: Edition) -> dict[str, int]:
    """How many people there are in each state of registration."""
    query = select(Person.state, func.count()).where(*conditions(edition)).group_by(Person.state)
    return dict(map(tuple, session.execute(query)))


def states_by_ticket(session: Session, edition: Edition) -> dict[int | None, dict[str, int]]:
    """How many people of each sort (None: of none) are in each state, and under "offer" how many have one."""
    found: dict[int | None, dict[str, int]] = {}
    offer = func.count().filter(Person.offered_until.is_not(None))
    query = select(Person.ticket_id, Person.state, func.count(), offer).where(Person.edition_id == edition.id)
    for ticket_id, state, count, offers in session.execute(query.group_by(Person.ticket_id, Person.state)):
        row = found.setdefault(ticket_id, {})
        row[state] = count
        row["offer"] = row.get("offer", 0) + offers
    return found
