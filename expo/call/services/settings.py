"""The call itself: its period, what it asks for, its criteria, its reviewers, its letters."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, delete
from sqlmodel import Session, select

from expo.accounts.models import Grant, User
from expo.accounts.roles import Role
from expo.call.models import CallForTalks, CallLetter, Criterion, ReviewerForum
from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.models import Forum
from expo.words import say

FIELDS = (
    "opens_at", "closes_at", "text", "forums", "kinds", "lengths", "languages", "is_anonymous",
    "reviews_wanted", "most_speakers",
)  # fmt: skip
KINDS = ("talk", "keynote", "panel", "workshop")
LENGTHS = (20, 30, 45, 60, 90)
MOST_CRITERIA = 12
USUAL: tuple[tuple[dict[str, str], int], ...] = (
    ({"en": "Substance", "zh": "内容", "ru": "Содержание", "ur": "مواد"}, 3),
    (
        {
            "en": "Use for the audience",
            "zh": "对听众的价值",
            "ru": "Польза для слушателей",
            "ur": "سامعین کے لیے فائدہ",
        },
        2,
    ),
    ({"en": "Novelty", "zh": "新颖性", "ru": "Новизна", "ur": "جدت"}, 1),
)


def call_of(session: Session, edition: Edition) -> CallForTalks:
    """The edition's call; one that was never opened where nobody set one up."""
    found = session.exec(select(CallForTalks).where(CallForTalks.edition_id == edition.id)).one_or_none()
    return found or CallForTalks(edition_id=edition.id, kinds=list(KINDS), lengths=list(LENGTHS))


def stage_of(call: CallForTalks, at: datetime | None = None) -> str:
    """'shut' (no period is set), 'before', 'open' or 'over'."""
    at = at or now()
    if call.opens_at is None or call.closes_at is None:
        return "shut"
    return "before" if at < call.opens_at else "open" if at < call.closes_at else "over"


def is_open(session: Session, edition: Edition) -> bool:
    """Whether it takes proposals now."""
    period = session.connection().execute(_period(), {"edition": edition.id}).first()
    return period is not None and None not in period and period[0] <= now() < period[1]


@cache
def _period() -> Select:
    """Two columns, asked by every public page: a statement that is written once."""
    return select(CallForTalks.opens_at, CallForTalks.closes_at).where(
        CallForTalks.edition_id == bindparam("edition")
    )


def check_open(session: Session, edition: Edition) -> CallForTalks:
    """The call, while it takes proposals. Refused otherwise."""
    call = call_of(session, edition)
    if stage_of(call) != "open":
        raise Refused(say("The call for talks is not open now."))
    return call


def save_call(session: Session, edition: Edition, values: Mapping[str, Any]) -> CallForTalks:
    """Keep the call's settings. Refused for a period of which only one end is known, or that ends early."""
    opens, closes = values["opens_at"], values["closes_at"]
    if (opens is None) != (closes is None):
        raise Refused(say("Say both when the call opens and when it closes, or neither."))
    if opens and opens >= closes:
        raise Refused(say("The call opens before it closes."))
    session.exec(select(Edition.id).where(Edition.id == edition.id).with_for_update()).one()
    call = call_of(session, edition)
    for name in FIELDS:
        setattr(call, name, values[name])
    session.add(call)
    session.flush()
    if not criteria_of(session, edition):
        save_criteria(
            session, edition, [{"name": name, "weight": weight, "best": 5} for name, weight in USUAL]
        )
    return call


def criteria_of(session: Session, edition: Edition) -> Sequence[Criterion]:
    """What reviewers judge by, in order."""
    return session.exec(
        select(Criterion).where(Criterion.edition_id == edition.id).order_by(Criterion.position)
    ).all()


def save_criteria(session: Session, edition: Edition, given: Iterable[Mapping[str, Any]]) -> None:
    """Keep the criteria in their order; each with its id (None: new). Those left out go with their scores.

    Refused for too many, and where a score that was given would be beyond a smaller best.
    """
    given = list(given)
    if len(given) > MOST_CRITERIA:
        raise Refused(say("No more than %(count)s criteria.", count=MOST_CRITERIA))
    there = {one.id: one for one in criteria_of(session, edition)}
    kept = {row.get("id") for row in given}
    for number, one in there.items():
        if number not in kept:
            session.delete(one)
        else:
            one.position += 1000  # out of the way of the others' new places
    session.flush()
    for position, row in enumerate(given, start=1):
        one = there.get(row.get("id")) or Criterion(edition_id=edition.id, position=position)
        if one.id and row["best"] != one.best:
            raise Refused(say("The best score of a criterion stays; take it out and add another one."))
        one.position, one.name = position, dict(row["name"])
        one.weight, one.best = row["weight"], row["best"]
        session.add(one)
    session.flush()


def reviewers(session: Session, edition: Edition) -> list[tuple[User, list[str]]]:
    """Those who hold the role of a reviewer here, with the codes of their forums (none: all)."""
    users = session.exec(
        select(User)
        .join(Grant, Grant.user_id == User.id)
        .where(Grant.role == Role.REVIEWER.value)
        .where((Grant.edition_id == edition.id) | Grant.edition_id.is_(None))
        .distinct()
        .order_by(User.name, User.id)
    ).all()
    rows = session.exec(
        select(ReviewerForum.user_id, Forum.code)
        .join(Forum, Forum.id == ReviewerForum.forum_id)
        .where(Forum.edition_id == edition.id)
        .order_by(Forum.position)
    ).all()
    return [(user, [code for owner, code in rows if owner == user.id]) for user in users]


def save_reviewer_forums(session: Session, edition: Edition, wanted: Mapping[int, Sequence[str]]) -> None:
    """Keep which forums each reviewer sees (none: all of them)."""
    forums = dict(
        tuple(row) for row in session.exec(select(Forum.code, Forum.id).where(Forum.edition_id == edition.id))
    )
    session.execute(
        delete(ReviewerForum).where(
            ReviewerForum.user_id.in_(list(wanted)), ReviewerForum.forum_id.in_(list(forums.values()))
        )
    )
    for user_id, codes in wanted.items():
        for code in dict.fromkeys(codes):
            if code in forums:
                session.add(ReviewerForum(user_id=user_id, forum_id=forums[code]))
    session.flush()


def own_letters(session: Session, edition: Edition) -> dict[str, CallLetter]:
    """The organiser's own words by kind of letter."""
    rows = session.exec(select(CallLetter).where(CallLetter.edition_id == edition.id)).all()
    return {row.kind: row for row in rows}


def save_letter(
    session: Session, edition: Edition, kind: str, subject: Mapping[str, str], body: Mapping[str, str]
) -> None:
    """Keep own words for a kind of letter; languages left empty take the house's."""
    letter = own_letters(session, edition).get(kind) or CallLetter(edition_id=edition.id, kind=kind)
    letter.subject, letter.body = dict(subject), dict(body)
    session.add(letter)
    session.flush()
