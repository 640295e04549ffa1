"""Who may see and judge which proposals, and what they say."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import delete, func, or_
from sqlmodel import Session, select

from expo.accounts.models import User
from expo.call.models import (
    Proposal,
    ProposalSpeaker,
    Remark,
    Review,
    ReviewerForum,
    ReviewScore,
)
from expo.call.services.settings import criteria_of
from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.models import Forum
from expo.words import say

SEEN = ("submitted", "waiting", "accepted", "rejected")
LONGEST = 8000


class Who(NamedTuple):
    """Who is at the console: `manages` for organisers, who see everything but reviews of their own talks."""

    user_id: int
    email: str
    manages: bool


class ReviewRow(NamedTuple):
    """A review with its writer's name and its scores by criterion."""

    review: Review
    name: str
    scores: dict[int, int]


def visible(edition: Edition, who: Who) -> list[Any]:
    """Conditions for the proposals somebody may see: of their forums, handed in, never their own."""
    conditions = [Proposal.edition_id == edition.id, Proposal.state.in_(SEEN), ~_is_own(who)]
    if who.manages:
        return [Proposal.edition_id == edition.id]
    mine = (
        select(ReviewerForum.forum_id)
        .join(Forum, Forum.id == ReviewerForum.forum_id)
        .where(ReviewerForum.user_id == who.user_id, Forum.edition_id == edition.id)
    )
    unrestricted = ~mine.exists()
    return [*conditions, or_(unrestricted, Proposal.forum_id.in_(mine))]


def _is_own(who: Who) -> Any:
    return (
        select(ProposalSpeaker.id)
        .where(ProposalSpeaker.proposal_id == Proposal.id)
        .where(func.lower(ProposalSpeaker.email) == who.email.lower())
        .exists()
    )


def own_of(session: Session, ids: Sequence[int | None], who: Who) -> Sequence[int | None]:
    """Those of some proposals that somebody is a speaker of."""
    return session.exec(select(Proposal.id).where(Proposal.id.in_(list(ids)), _is_own(who))).all()


def is_own(session: Session, proposal: Proposal, who: Who) -> bool:
    """Whether somebody is one of a proposal's speakers."""
    return bool(session.exec(select(_is_own(who)).where(Proposal.id == proposal.id)).first())


def proposal_for(session: Session, edition: Edition, who: Who, code: str) -> Proposal | None:
    """The proposal of that code, if this person may see it."""
    return session.exec(select(Proposal).where(Proposal.code == code, *visible(edition, who))).one_or_none()


def own_review(session: Session, proposal: Proposal, who: Who) -> ReviewRow | None:
    """What somebody said about a proposal."""
    found = session.exec(
        select(Review).where(Review.proposal_id == proposal.id, Review.user_id == who.user_id)
    ).one_or_none()
    return None if found is None else ReviewRow(found, "", _scores(session, [found.id])[found.id])


def reviews_of(session: Session, proposal: Proposal, who: Who) -> list[ReviewRow]:
    """The others' reviews: for organisers, and for reviewers who wrote their own and do not abstain."""
    own = own_review(session, proposal, who)
    if is_own(session, proposal, who) or not (who.manages or (own and not own.review.abstains)):
        return []
    rows = session.exec(
        select(Review, User.name)
        .join(User, User.id == Review.user_id)
        .where(Review.proposal_id == proposal.id, Review.user_id != who.user_id)
        .order_by(Review.id)
    ).all()
    scores = _scores(session, [review.id for review, _name in rows])
    return [ReviewRow(review, name, scores[review.id]) for review, name in rows]


def _scores(session: Session, ids: Sequence[int | None]) -> dict[int | None, dict[int, int]]:
    found: dict[int | None, dict[int, int]] = {number: {} for number in ids}
    rows = session.exec(
        select(ReviewScore.review_id, ReviewScore.criterion_id, ReviewScore.score).where(
            ReviewScore.review_id.in_(list(ids))
        )
    )
    for review_id, criterion_id, score in rows:
        found[review_id][criterion_id] = score
    return found


def save_review(
    session: Session,
    edition: Edition,
    proposal: Proposal,
    who: Who,
    scores: Mapping[int, int],
    text: str = "",
    abstains: bool = False,
) -> Review:
    """Say what one thinks, or that one abstains (then nothing else is kept).

    Refused for one's own proposal, for one that is decided, without a score for every criterion, and for
    scores out of range.
    """
    if is_own(session, proposal, who):
        raise Refused(say("Nobody reviews a proposal of their own."))
    session.refresh(proposal, with_for_update=True)
    if proposal.state not in ("submitted", "waiting"):
        raise Refused(say("This proposal is decided or withdrawn; reviews stay as they are."))
    criteria = {one.id: one for one in criteria_of(session, edition)}
    if not abstains:
        if set(scores) != set(criteria):
            raise Refused(say("Give every criterion a score, or abstain."))
        if any(not 0 <= score <= criteria[number].best for number, score in scores.items()):
            raise Refused(say("A score lies beyond its criterion."))
    own = own_review(session, proposal, who)
    review = own.review if own else Review(proposal_id=proposal.id, user_id=who.user_id)
    if own:
        session.execute(delete(ReviewScore).where(ReviewScore.review_id == review.id))
    review.abstains, review.written_at = abstains, now()
    review.text = "" if abstains else text.strip()[:LONGEST]
    session.add(review)
    session.flush()
    if not abstains:
        session.add_all(
            ReviewScore(review_id=review.id, criterion_id=number, score=score)
            for number, score in scores.items()
        )
        session.flush()
    return review


def may_discuss(session: Session, proposal: Proposal, who: Who) -> bool:
    """Organisers, and reviewers who have written their review; never the proposal's own people."""
    own = own_review(session, proposal, who)
    return not is_own(session, proposal, who) and (who.manages or bool(own and not own.review.abstains))


def remarks_of(session: Session, proposal: Proposal, who: Who) -> Sequence[Any]:
    """The discussion as (at, name, text), for those who may take part in it."""
    if not may_discuss(session, proposal, who):
        return []
    return session.execute(
        select(Remark.at, User.name, Remark.text)
        .join(User, User.id == Remark.user_id)
        .where(Remark.proposal_id == proposal.id)
        .order_by(Remark.id)
    ).all()


def remark(session: Session, proposal: Proposal, who: Who, text: str) -> None:
    """Say something in the discussion. Refused for those who may not take part, and for nothing."""
    if not may_discuss(session, proposal, who):
        raise Refused(say("Write your review first; then the discussion is open to you."))
    if not text.strip():
        raise Refused(say("Type something."))
    session.add(Remark(proposal_id=proposal.id, user_id=who.user_id, text=text.strip()[:LONGEST]))
    session.flush()


def left_to_review(session: Session, edition: Edition, who: Who) -> int:
    """How many proposals wait for this person's review."""
    done = select(Review.id).where(Review.proposal_id == Proposal.id, Review.user_id == who.user_id).exists()
    return session.exec(
        select(func.count())
        .select_from(Proposal)
        .where(*visible(edition, who), Proposal.state == "submitted", ~done, ~_is_own(who))
    ).one()
