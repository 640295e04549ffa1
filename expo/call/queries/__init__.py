"""Proposals as lists: for reviewers, for the ranking, as a spreadsheet."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import func
from sqlmodel import Session, select

from expo.call.models import Proposal, ProposalSpeaker, Review, ReviewScore
from expo.call.ranking import Standing, Weighed, standing
from expo.call.services.reviewing import Who, own_of, visible
from expo.call.services.settings import criteria_of
from expo.editions.models import Edition
from expo.forums.models import Forum, Talk

PAGE = 50


class ProposalFilter(NamedTuple):
    """What the list is narrowed to; '' asks for all. `review` is 'mine' or 'open' (without one of mine)."""

    words: str = ""
    state: str = ""
    forum: str = ""
    review: str = ""


class Line(NamedTuple):
    """A proposal in a list; names only for those who may see them."""

    proposal: Proposal
    forum: Forum | None
    talk_state: str | None
    names: list[str]
    standing: Standing
    mine: str


def _narrowed(query: Any, edition: Edition, who: Who, wanted: ProposalFilter, shows_names: bool) -> Any:
    query = query.outerjoin(Forum, Forum.id == Proposal.forum_id).where(*visible(edition, who))
    if wanted.state:
        query = query.where(Proposal.state == wanted.state)
    if wanted.forum:
        query = query.where(Forum.code == wanted.forum)
    mine = select(Review.id).where(Review.proposal_id == Proposal.id, Review.user_id == who.user_id).exists()
    if wanted.review in ("mine", "open"):
        query = query.where(mine if wanted.review == "mine" else ~mine)
    if wanted.words:
        found = (
            Proposal.title.icontains(wanted.words, autoescape=True)
            | Proposal.abstract.icontains(wanted.words, autoescape=True)
            | (Proposal.code == wanted.words.upper())
        )
        if shows_names:
            found |= (
                select(ProposalSpeaker.id)
                .where(ProposalSpeaker.proposal_id == Proposal.id)
                .where(
                    ProposalSpeaker.name.icontains(wanted.words, autoescape=True)
                    | ProposalSpeaker.email.icontains(wanted.words, autoescape=True)
                    | ProposalSpeaker.organisation.icontains(wanted.words, autoescape=True)
                )
                .exists()
            )
        query = query.where(found)
    return query


def count(session: Session, edition: Edition, who: Who, wanted: ProposalFilter, shows_names: bool) -> int:
    """How many fit."""
    query = select(func.count()).select_from(Proposal)
    return session.exec(_narrowed(query, edition, who, wanted, shows_names)).one()


def states(session: Session, edition: Edition, who: Who) -> Counter[str]:
    """How many this person may see stand where."""
    rows = session.exec(
        select(Proposal.state, func.count()).where(*visible(edition, who)).group_by(Proposal.state)
    ).all()
    return Counter(dict(tuple(row) for row in rows))


def lines(
    session: Session,
    edition: Edition,
    who: Who,
    wanted: ProposalFilter,
    shows_names: bool,
    page: int | None = 1,
) -> list[Line]:
    """Proposals in the order they were handed in, a page of them (None: all); four queries."""
    query = select(Proposal, Forum, Talk.state).outerjoin(Talk, Talk.id == Proposal.talk_id)
    query = _narrowed(query, edition, who, wanted, shows_names).order_by(
        Proposal.submitted_at.asc().nulls_last(), Proposal.id
    )
    if page is not None:
        query = query.limit(PAGE).offset((page - 1) * PAGE)
    rows = session.exec(query).all()
    ids = [proposal.id for proposal, _forum, _state in rows]
    names: dict[int | None, list[str]] = {number: [] for number in ids}
    if shows_names:
        for number, name in session.exec(
            select(ProposalSpeaker.proposal_id, ProposalSpeaker.name)
            .where(ProposalSpeaker.proposal_id.in_(ids))
            .order_by(ProposalSpeaker.proposal_id, ProposalSpeaker.position)
        ):
            names[number].append(name)
    judged, mine = _standings(session, edition, ids, who)
    for number in own_of(session, ids, who):
        judged[number] = standing([], [])  # nobody reads how others judged what they proposed themselves
    return [
        Line(proposal, forum, state, names[proposal.id], judged[proposal.id], mine.get(proposal.id, ""))
        for proposal, forum, state in rows
    ]


def _standings(
    session: Session, edition: Edition, ids: Sequence[int | None], who: Who
) -> tuple[dict[int | None, Standing], dict[int | None, str]]:
    criteria = [Weighed(one.id or 0, one.weight, one.best) for one in criteria_of(session, edition)]
    rows = session.execute(
        select(
            Review.id, Review.proposal_id, Review.user_id, Review.abstains,
            func.jsonb_object_agg(ReviewScore.criterion_id, ReviewScore.score)
            .filter(ReviewScore.id.is_not(None)).label("scores"),
        )
        .outerjoin(ReviewScore, ReviewScore.review_id == Review.id)
        .where(Review.proposal_id.in_(list(ids)))
        .group_by(Review.id)
    ).all()  # fmt: skip
    found: dict[int | None, list] = {number: [] for number in ids}
    mine: dict[int | None, str] = {}
    for row in rows:
        scores = {int(number): score for number, score in (row.scores or {}).items()}
        found[row.proposal_id].append((row.abstains, scores))
        if row.user_id == who.user_id:
            mine[row.proposal_id] = "abstains" if row.abstains else "done"
    return {number: standing(given, criteria) for number, given in found.items()}, mine


def speakers(session: Session, edition: Edition) -> dict[int, list[ProposalSpeaker]]:
    """Everybody's speakers by proposal, for the spreadsheet."""
    found: dict[int, list[ProposalSpeaker]] = {}
    for one in session.exec(
        select(ProposalSpeaker)
        .join(Proposal, Proposal.id == ProposalSpeaker.proposal_id)
        .where(Proposal.edition_id == edition.id)
        .order_by(ProposalSpeaker.proposal_id, ProposalSpeaker.position)
    ):
        found.setdefault(one.proposal_id, []).append(one)
    return found
