"""The organiser's side of questions: made, changed without breaking earlier answers, retired."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, exists, func
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.services import take_turn
from expo.languages import LanguageMap, pick
from expo.registration.asking import NO, YES, misplaced
from expo.registration.models import Answer, Person, Question, QuestionTicket, Ticket
from expo.registration.services.asked import questions
from expo.registration.services.sorts import code_from
from expo.words import say

FIELDS = ("text", "hint", "is_required", "least", "most", "on_list", "on_badge")
WITH_OPTIONS = ("choice", "choices")
MOST_OPTIONS, MOST_QUESTIONS = 200, 100
KIN = {("text", "long"), ("choice", "choices")}
"""Kinds whose answers are answers of the other as well."""


def question_by_code(session: Session, edition: Edition, code: str) -> Question | None:
    """The edition's question of that code."""
    query = select(Question).where(Question.edition_id == edition.id, Question.code == code)
    return session.exec(query).one_or_none()


def is_answered(session: Session, question: Question) -> bool:
    """Whether anybody answered it."""
    return bool(session.exec(select(exists().where(Answer.question_id == question.id))).one())


def save_question(
    session: Session,
    edition: Edition,
    question: Question | None,
    values: Mapping[str, Any],
    options: Sequence[LanguageMap],
    ticket_ids: Collection[int],
) -> Question:
    """Keep a question (None: a new one, the last); `options` in order, each with its "key" among the texts
    or without one when it is new; `values["after"]` is the code of the question it depends on.

    Refused for a change of kind that earlier answers do not bear, and for a condition that cannot be met.
    """
    take_turn(session, edition.id)
    every = list(questions(session, edition, retired=True))
    if question is None:
        question = _new(edition, every, values)
    elif values["kind"] != question.kind and is_answered(session, question):
        if (question.kind, values["kind"]) not in KIN:
            raise Refused(say("It was answered already: its kind stays. Retire it and make another one."))
        if values["kind"] == "choices":
            _as_lists(session, question)
    question.kind = values["kind"]
    for name in FIELDS:
        setattr(question, name, values[name])
    if question.least is not None and question.most is not None and question.least > question.most:
        raise Refused(say("The least is not more than the most."))
    question.options = _options(question, options, question.id is not None and is_answered(session, question))
    _set_condition(question, every, values)
    session.add(question)
    session.flush()
    _ask_for(session, edition, question, ticket_ids)
    return question


def _new(edition: Edition, every: Sequence[Question], values: Mapping[str, Any]) -> Question:
    if len(every) >= MOST_QUESTIONS:
        raise Refused(say("No more than %(count)s questions.", count=MOST_QUESTIONS))
    codes = [one.code.replace("_", "-") for one in every]
    code = code_from(pick(values["text"], "en"), codes, "question").replace("-", "_")
    return Question(edition_id=edition.id, code=code, position=max([0, *(one.position for one in every)]) + 1)


def _as_lists(session: Session, question: Question) -> None:
    """Single choices become lists of one: each stays what it was."""
    for answer in session.exec(select(Answer).where(Answer.question_id == question.id)).all():
        if isinstance(answer.value, str):
            answer.value = [answer.value]
            session.add(answer)
    session.flush()


def _options(question: Question, given: Sequence[LanguageMap], answered: bool) -> list[dict[str, Any]]:
    """The options in their order. Those left out are gone for new answers, and stay for earlier ones."""
    if question.kind not in WITH_OPTIONS:
        return question.options if answered else []
    before = {one["key"]: one for one in question.options}
    if not given:
        raise Refused(say("Type at least one option."))
    if len(given) > MOST_OPTIONS:
        raise Refused(say("No more than %(count)s options.", count=MOST_OPTIONS))
    kept: list[dict[str, Any]] = []
    keys: set[str] = set(before)
    for row in given:
        text = {code: words for code, words in row.items() if code != "key"}
        key = row.get("key") if row.get("key") in before else code_from(pick(text, "en"), keys, "option")
        keys.add(str(key))
        kept.append({"key": key, "text": text})
    there = {one["key"] for one in kept}
    gone = [one | {"gone": True} for key, one in before.items() if key not in there] if answered else []
    return kept + gone


def _set_condition(question: Question, every: Sequence[Question], values: Mapping[str, Any]) -> None:
    parents = {one.code: one for one in every if one.id != question.id and not one.is_retired}
    parent = parents.get(values.get("after") or "")
    if parent is None:
        question.after_id, question.after_values = None, []
        return
    wanted = [one for one in values.get("after_values") or [] if one in values_of(parent)]
    if not wanted:
        raise Refused(say("Choose the answers that bring this question up."))
    if parent.position >= question.position:
        raise Refused(say("A question comes after the one it depends on; move it down first."))
    question.after_id, question.after_values = parent.id, wanted


def values_of(question: Question) -> dict[str, LanguageMap]:
    """The answers of a question that another one may depend on, with their texts (none for yes and no)."""
    if question.kind == "yesno":
        return {YES: {}, NO: {}}
    if question.kind in WITH_OPTIONS:
        return {one["key"]: one["text"] for one in question.options if not one.get("gone")}
    return {}


def _ask_for(session: Session, edition: Edition, question: Question, ticket_ids: Collection[int]) -> None:
    known = set(session.exec(select(Ticket.id).where(Ticket.edition_id == edition.id)))
    wanted = set(ticket_ids) & known
    session.execute(delete(QuestionTicket).where(QuestionTicket.question_id == question.id))
    if wanted != known:  # for all: also for those to come
        session.add_all(QuestionTicket(question_id=question.id, ticket_id=one) for one in sorted(wanted))
    session.flush()


def remove_question(session: Session, edition: Edition, question: Question) -> bool:
    """Delete a question nobody answered; retire one that somebody did. Whether it is gone.

    Refused while others depend on it.
    """
    take_turn(session, edition.id)
    heirs = session.exec(
        select(Question.code).where(Question.after_id == question.id, Question.is_retired.is_(False))
    ).all()
    if heirs:
        raise Refused(say("Other questions depend on it: %(codes)s.", codes=", ".join(heirs)))
    if is_answered(session, question):
        question.is_retired = True
        session.add(question)
        session.flush()
        return False
    session.delete(question)
    session.flush()
    return True


def bring_back(session: Session, question: Question) -> None:
    """Ask a retired question again."""
    question.is_retired = False
    session.add(question)
    session.flush()


def move(session: Session, edition: Edition, question: Question, step: int) -> None:
    """Move a question up (-1) or down (1). Refused where it would come before what it depends on."""
    take_turn(session, edition.id)
    every = list(questions(session, edition))
    at = next((i for i, one in enumerate(every) if one.id == question.id), None)
    if at is None or not 0 <= at + step < len(every):
        return
    every.insert(at + step, every.pop(at))
    codes = {one.id: one.code for one in every}
    if misplaced((one.code, codes.get(one.after_id or 0, "")) for one in every):
        raise Refused(say("A question comes after the one it depends on."))
    for position, one in enumerate(every, start=1):
        one.position = position
        session.add(one)
    session.flush()


def answers_count(session: Session, edition: Edition) -> dict[int, int]:
    """How many people answered each question."""
    rows = session.execute(
        select(Answer.question_id, func.count())
        .join(Person, Person.id == Answer.person_id)
        .where(Person.edition_id == edition.id)
        .group_by(Answer.question_id)
    )
    return {row[0]: row[1] for row in rows}
