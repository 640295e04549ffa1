"""Questions of sorts of registration as the form asks them, and what people answered."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.registration.asking import Answers, Asked, Option
from expo.registration.models import Answer, Person, Question, QuestionTicket


def questions(session: Session, edition: Edition, *, retired: bool = False) -> Sequence[Question]:
    """The edition's questions in order; those retired as well where asked."""
    query = select(Question).where(Question.edition_id == edition.id)
    if not retired:
        query = query.where(Question.is_retired.is_(False))
    return session.exec(query.order_by(Question.position, Question.id)).all()


def tickets_of_questions(session: Session, edition: Edition) -> dict[int, set[int]]:
    """For which sorts each question is asked; one that is not named is asked for all."""
    found: dict[int, set[int]] = {}
    for question_id, ticket_id in session.execute(
        select(QuestionTicket.question_id, QuestionTicket.ticket_id)
        .join(Question, Question.id == QuestionTicket.question_id)
        .where(Question.edition_id == edition.id)
    ):
        found.setdefault(question_id, set()).add(ticket_id)
    return found


def asked_for(session: Session, edition: Edition, ticket_id: int | None) -> list[Asked]:
    """What the form of a sort asks; without a sort (None) what is asked for all."""
    every = questions(session, edition)
    only = tickets_of_questions(session, edition)
    here = [one for one in every if one.id not in only or ticket_id in only[one.id]]
    return as_asked(here)


def as_asked(rows: Iterable[Question]) -> list[Asked]:
    """Rows as the pure form of questions."""
    rows = list(rows)
    codes = {row.id: row.code for row in rows}
    return [
        Asked(
            code=row.code,
            kind=row.kind,
            text=row.text,
            hint=row.hint,
            is_required=row.is_required,
            options=tuple(Option(one["key"], one["text"], one.get("gone", False)) for one in row.options),
            least=row.least,
            most=row.most,
            after=codes.get(row.after_id or 0, ""),
            after_values=frozenset(row.after_values),
        )
        for row in rows
    ]


def answers_of(session: Session, person_ids: Iterable[int]) -> dict[int, Answers]:
    """Answers by person and code of the question; who answered nothing is missing."""
    found: dict[int, Answers] = {}
    for person_id, code, value in session.execute(
        select(Answer.person_id, Question.code, Answer.value)
        .join(Question, Question.id == Answer.question_id)
        .where(Answer.person_id.in_(list(person_ids)))
    ):
        found.setdefault(person_id, {})[code] = value
    return found


def keep_answers(session: Session, edition: Edition, person: Person, answers: Mapping[str, Any]) -> None:
    """Keep somebody's answers to what is asked now; those to questions retired since stay as they are."""
    rows = {one.code: one.id for one in questions(session, edition)}
    ids = list(rows.values())
    session.execute(delete(Answer).where(Answer.person_id == person.id, Answer.question_id.in_(ids)))
    values = [
        {"person_id": person.id, "question_id": rows[code], "value": value}
        for code, value in answers.items()
        if code in rows
    ]
    if values:
        session.execute(insert(Answer).values(values))
