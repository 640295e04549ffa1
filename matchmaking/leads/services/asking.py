"""The questions that stands ask by tapping: the organiser's and an exhibitor's own."""

from collections.abc import Sequence

from sqlalchemy import func
from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.languages import tidy
from expo.words import say
from matchmaking.leads.models import LeadQuestion
from matchmaking.leads.wording import QUESTIONS

MOST = 6
LEAST_CHOICES, MOST_CHOICES = 2, 6


def questions(session: Session, edition_id: int, exhibitor_id: int | None) -> Sequence[LeadQuestion]:
    """What is asked at a stand: the organiser's questions, then its own; None: the organiser's alone."""
    whose = LeadQuestion.exhibitor_id.is_(None)
    if exhibitor_id is not None:
        whose |= LeadQuestion.exhibitor_id == exhibitor_id
    return session.exec(
        select(LeadQuestion)
        .where(LeadQuestion.edition_id == edition_id, whose, LeadQuestion.retired_at.is_(None))
        .order_by(LeadQuestion.exhibitor_id.nulls_first(), LeadQuestion.position, LeadQuestion.id)
    ).all()


def stand_questions(session: Session, edition: Edition, exhibitor_id: int) -> Sequence[LeadQuestion]:
    """What is asked at a stand; where nobody ever set a question, the house's three are taken first."""
    found = questions(session, edition.id, exhibitor_id)
    if found or session.exec(select(LeadQuestion.id).where(LeadQuestion.edition_id == edition.id)).first():
        return found
    session.execute(select(Edition.id).where(Edition.id == edition.id).with_for_update(key_share=True))
    if not session.exec(select(LeadQuestion.id).where(LeadQuestion.edition_id == edition.id)).first():
        for position, (text, choices) in enumerate(QUESTIONS, 1):
            session.add(
                LeadQuestion(edition_id=edition.id, position=position, text=text, choices=list(choices))
            )
        session.flush()
    return questions(session, edition.id, exhibitor_id)


def add_question(
    session: Session,
    edition: Edition,
    exhibitor_id: int | None,
    text: dict[str, str],
    choices: Sequence[dict[str, str]],
) -> LeadQuestion:
    """One more question; `text` and each choice are language maps."""
    kept = [tidy(one) for one in choices if tidy(one)]
    if not tidy(text):
        raise Refused(say("Type the question in at least one language."))
    if not LEAST_CHOICES <= len(kept) <= MOST_CHOICES:
        raise Refused(say("A question needs two to six answers to tap."))
    mine = [one for one in questions(session, edition.id, exhibitor_id) if one.exhibitor_id == exhibitor_id]
    if len(mine) >= MOST:
        raise Refused(say("%(most)s questions are enough: nobody waits long at a stand.", most=MOST))
    last = session.exec(
        select(func.max(LeadQuestion.position)).where(LeadQuestion.edition_id == edition.id)
    ).one()
    question = LeadQuestion(
        edition_id=edition.id,
        exhibitor_id=exhibitor_id,
        position=(last or 0) + 1,
        text=tidy(text),
        choices=kept,
    )
    session.add(question)
    session.flush()
    return question


def retire_question(session: Session, edition: Edition, exhibitor_id: int | None, question_id: int) -> None:
    """Ask it no longer; what was answered stays with the leads."""
    question = session.exec(
        select(LeadQuestion).where(
            LeadQuestion.id == question_id,
            LeadQuestion.edition_id == edition.id,
            LeadQuestion.exhibitor_id.is_not_distinct_from(exhibitor_id),
        )
    ).one_or_none()
    if question is None:
        raise Refused(say("There is no such question of yours."))
    question.retired_at = question.retired_at or now()
    session.flush()
