"""What people answered to the questions that badges print."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.languages import pick
from expo.registration.asking import YES, chosen
from expo.registration.models import Question
from expo.registration.services.asked import answers_of
from expo.web.language import as_date, country_name

BETWEEN = " · "


def printed_questions(session: Session, edition: Edition) -> Sequence[Question]:
    """The questions whose answers stand on badges, in order; those retired no more."""
    return session.exec(
        select(Question)
        .where(Question.edition_id == edition.id, Question.on_badge, Question.is_retired.is_(False))
        .order_by(Question.position, Question.id)
    ).all()


def answers_printed(
    session: Session, edition: Edition, person_ids: Sequence[int], language: str
) -> dict[int, str]:
    """By person the answers that their badge prints, in one line. Within `speaking(language)`."""
    asked = printed_questions(session, edition)
    if not asked:
        return {}
    answered = answers_of(session, person_ids)
    return {
        number: BETWEEN.join(words for one in asked if (words := said(one, answers.get(one.code), language)))
        for number, answers in answered.items()
    }


def sample(session: Session, edition: Edition, language: str) -> str:
    """How answers may read, for the preview of a design: the first option of each, or the question itself."""
    found = []
    for one in printed_questions(session, edition):
        offered = [option["key"] for option in one.options if not option.get("gone")]
        is_choice = one.kind in ("choice", "choices") and offered
        found.append(said(one, offered[0], language) if is_choice else pick(one.text, language))
    return BETWEEN.join(found)


def said(question: Question, value: Any, language: str) -> str:
    """An answer as a badge says it, '' for none. A yes is the question's own words, a no is left out."""
    if not value:
        return ""
    if question.kind == "yesno":
        return pick(question.text, language) if value == YES else ""
    if question.kind in ("choice", "choices"):
        texts = {one["key"]: pick(one["text"], language) for one in question.options}
        return ", ".join(texts[key] for key in chosen(value) if key in texts)
    if question.kind == "country":
        return country_name(str(value))
    if question.kind == "date":
        return as_date(date.fromisoformat(str(value)))
    return " ".join(str(value).split())
