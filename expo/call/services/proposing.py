"""Proposals made, changed, handed in and taken back by those who make them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func
from sqlmodel import Session, select

from expo.accounts.addresses import tidy_email
from expo.accounts.tokens import digest, fresh_token
from expo.call.models import CallForTalks, Proposal, ProposalLink, ProposalSpeaker
from expo.call.services.settings import call_of, check_open, stage_of
from expo.call.states import may_become
from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.models import Forum
from expo.forums.services.talks import fresh_code
from expo.words import say

DAYS_VALID = 180
MOST_OF_ONE = MOST_LINKS = 20
FIELDS = ("title", "abstract", "written_in", "kind", "minutes", "language", "availability", "notes")
SPEAKER_FIELDS = ("name", "email", "organisation", "country", "biography", "languages")
LATE = say("This proposal was changed in another window meanwhile. Reload the page; nothing was saved.")


def begin(
    session: Session, edition: Edition, values: Mapping[str, Any], speakers: Sequence[Mapping[str, Any]]
) -> Proposal:
    """A new draft. Refused while the call is not open, and for an address with very many proposals."""
    check_open(session, edition)
    first = _address(speakers[0]["email"]) if speakers else ""
    made = session.exec(
        select(func.count(Proposal.id.distinct()))
        .join(ProposalSpeaker, ProposalSpeaker.proposal_id == Proposal.id)
        .where(Proposal.edition_id == edition.id, ProposalSpeaker.email == first)
        .where(ProposalSpeaker.position == 1)
    ).one()
    if made >= MOST_OF_ONE:
        raise Refused(say("There are %(count)s proposals of this address already.", count=made))
    session.exec(select(Edition.id).where(Edition.id == edition.id).with_for_update()).one()
    proposal = Proposal(edition_id=edition.id, code=_free_code(session, edition))
    _fill(session, edition, proposal, values, speakers)
    return proposal


def _free_code(session: Session, edition: Edition) -> str:
    taken = set(session.exec(select(Proposal.code).where(Proposal.edition_id == edition.id)))
    while (code := fresh_code(session, edition)) in taken:
        pass
    return code


def change(
    session: Session,
    edition: Edition,
    proposal: Proposal,
    values: Mapping[str, Any],
    speakers: Sequence[Mapping[str, Any]],
    version: int,
) -> None:
    """Other words for a proposal, as long as the call is open and nothing is decided. Refused otherwise."""
    session.refresh(proposal, with_for_update=True)
    if proposal.version != version:
        raise Refused(LATE)
    if not may_edit(session, edition, proposal):
        raise Refused(say("This proposal can no longer be changed. Write to the organiser."))
    _fill(session, edition, proposal, values, speakers)


def may_edit(session: Session, edition: Edition, proposal: Proposal) -> bool:
    """Whether its own people may change it now."""
    return proposal.state in ("draft", "submitted") and stage_of(call_of(session, edition)) == "open"


def _fill(
    session: Session,
    edition: Edition,
    proposal: Proposal,
    values: Mapping[str, Any],
    speakers: Sequence[Mapping[str, Any]],
) -> None:
    call = call_of(session, edition)
    speakers = [row for row in speakers if row["name"].strip() or row["email"].strip()]
    _check(call, values, speakers)
    for name in FIELDS:
        setattr(proposal, name, values[name])
    proposal.forum_id = _forum(session, edition, call, values["forum"])
    proposal.version = (proposal.version or 0) + 1 if proposal.id else 1
    session.add(proposal)
    session.flush()
    session.execute(delete(ProposalSpeaker).where(ProposalSpeaker.proposal_id == proposal.id))
    for position, row in enumerate(speakers, start=1):
        given = {name: row[name] for name in SPEAKER_FIELDS} | {"email": _address(row["email"])}
        session.add(ProposalSpeaker(proposal_id=proposal.id, position=position, **given))
    session.flush()


def _check(call: CallForTalks, values: Mapping[str, Any], speakers: Sequence[Mapping[str, Any]]) -> None:
    if not speakers or not speakers[0]["name"].strip() or not speakers[0]["email"].strip():
        raise Refused(say("Say who proposes it: a name and an e-mail address for the first speaker."))
    if any(not row["name"].strip() for row in speakers):
        raise Refused(say("Every speaker has a name."))
    if len(speakers) > call.most_speakers:
        raise Refused(say("No more than %(count)s speakers.", count=call.most_speakers))
    if not values["title"].strip():
        raise Refused(say("Type the title."))


def _address(typed: str) -> str:
    if not typed.strip():
        return ""
    try:
        return tidy_email(typed)
    except ValueError:
        raise Refused(say("“%(address)s” is not an e-mail address.", address=typed.strip()[:100])) from None


def _forum(session: Session, edition: Edition, call: CallForTalks, code: str) -> int | None:
    if not code or (call.forums and code not in call.forums):
        return None
    return session.exec(select(Forum.id).where(Forum.edition_id == edition.id, Forum.code == code)).first()


def hand_in(session: Session, edition: Edition, proposal: Proposal) -> None:
    """Give it to the reviewers. Refused once the call is over, and without a word on what it is about."""
    session.refresh(proposal, with_for_update=True)
    check_open(session, edition)
    if not proposal.abstract.strip():
        raise Refused(say("Say in a few sentences what the talk is about before you hand it in."))
    proposal.submitted_at = now()
    _move(session, proposal, "submitted")


def withdraw(session: Session, proposal: Proposal) -> None:
    """Take it back; also after the call is over, as long as nothing is accepted."""
    session.refresh(proposal, with_for_update=True)
    _move(session, proposal, "withdrawn")


def reopen(session: Session, edition: Edition, proposal: Proposal) -> None:
    """Make a withdrawn proposal a draft again. Refused once the call is over."""
    session.refresh(proposal, with_for_update=True)
    check_open(session, edition)
    _move(session, proposal, "draft")


def erase(session: Session, proposal: Proposal) -> None:
    """Delete a draft or withdrawn proposal with everything in it. Refused for any other."""
    session.refresh(proposal, with_for_update=True)
    if proposal.state not in ("draft", "withdrawn"):
        raise Refused(say("Withdraw it first; then it can be deleted."))
    session.delete(proposal)
    session.flush()


def _move(session: Session, proposal: Proposal, state: str) -> None:
    if not may_become(proposal.state, state):
        raise Refused(say("This proposal can no longer be changed. Write to the organiser."))
    proposal.state = state
    session.add(proposal)
    session.flush()


# ---- links ----


def fresh_link(session: Session, proposal: Proposal, is_mailed: bool) -> tuple[str, datetime]:
    """A new address for those who made it and when it ends; a mailed one ends the mailed ones before."""
    if is_mailed:
        session.execute(
            delete(ProposalLink).where(ProposalLink.proposal_id == proposal.id, ProposalLink.is_mailed)
        )
    token, until = fresh_token(), now() + timedelta(days=DAYS_VALID)
    session.add(
        ProposalLink(proposal_id=proposal.id, digest=digest(token), is_mailed=is_mailed, expires_at=until)
    )
    session.flush()
    return token, until


def opened(session: Session, edition: Edition, token: str) -> Proposal | None:
    """The proposal that a link of this edition opens; None where it opens nothing. A mailed one proves the
    address."""
    found = session.exec(
        select(Proposal, ProposalLink)
        .join(ProposalLink, ProposalLink.proposal_id == Proposal.id)
        .where(ProposalLink.digest == digest(token), Proposal.edition_id == edition.id)
        .where(ProposalLink.expires_at > now())
    ).one_or_none()
    if found is None:
        return None
    proposal, link = found
    if link.is_mailed and proposal.confirmed_at is None:
        proposal.confirmed_at = now()
        session.add(proposal)
        session.flush()
    return proposal


def proposed_by(session: Session, edition: Edition, address: str) -> Sequence[Proposal]:
    """The proposals whose first speaker bears this address, the latest first; only so many are written of."""
    return session.exec(
        select(Proposal)
        .join(ProposalSpeaker, ProposalSpeaker.proposal_id == Proposal.id)
        .where(Proposal.edition_id == edition.id, ProposalSpeaker.position == 1)
        .where(func.lower(ProposalSpeaker.email) == address.lower())
        .order_by(Proposal.id.desc())
        .limit(MOST_LINKS)
    ).all()


def speakers_of(session: Session, proposal: Proposal) -> Sequence[ProposalSpeaker]:
    """Who would give it, in order."""
    return session.exec(
        select(ProposalSpeaker)
        .where(ProposalSpeaker.proposal_id == proposal.id)
        .order_by(ProposalSpeaker.position)
    ).all()
