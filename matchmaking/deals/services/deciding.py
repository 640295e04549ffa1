"""Moving deals on, confirming and disputing them."""

from datetime import date

from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say
from matchmaking.deals import story
from matchmaking.deals.models import Deal, DealParty
from matchmaking.deals.services import ledger, summing
from matchmaking.deals.services.recording import check_now, in_words
from matchmaking.deals.services.telling import parties_of
from matchmaking.deals.stages import AGREED, STAGES, may_follow
from matchmaking.deals.wording import STAGES as STAGE_WORDS
from matchmaking.deals.wording import UNKNOWN

LONGEST_REASON = 1000


def move(
    session: Session,
    edition: Edition,
    deal: Deal,
    stage: str,
    user_id: int | None = None,
    *,
    version: int | None = None,
    reason: str = "",
    on: date | None = None,
    organisation_id: int | None = None,
) -> None:
    """Move a deal to its next stage. Refused where the table of stages has no such step.

    `on` is the day on which it was delivered, paid or cancelled, where that is not today. `organisation_id`
    is the party that says so: what it claims to be agreed by now, the others confirm anew.
    """
    ledger.hold(session, edition, deal, version)
    if stage not in STAGES or not may_follow(deal.type, deal.stage, stage):
        raise Refused(
            say(
                "A deal cannot go from %(now)s to %(then)s.",
                now=STAGE_WORDS[deal.stage],
                then=STAGE_WORDS.get(stage, UNKNOWN),
            )
        )
    if organisation_id is not None and not _signs(session, deal, organisation_id):
        raise Refused(say("Your organisation is not a party to this deal."))
    if stage in ("lapsed", "cancelled") and _has_calls(session, deal):
        raise Refused(say("Call-offs of this framework are still open. Cancel them first."))
    before = deal.stage
    with summing.resumming(session, edition, deal.id), in_words():
        deal.stage, deal.version = stage, deal.version + 1
        if organisation_id is not None and stage in AGREED:
            _claimed(session, deal, organisation_id, user_id)
        session.add(deal)
        session.flush()
        if deal.framework_id:
            check_now(session)
    told = {"from": before, "to": stage}
    told |= {"reason": reason[:LONGEST_REASON]} if reason else {}
    told |= {"on": str(on)} if on else {}
    told |= {"organisation": organisation_id} if organisation_id is not None else {}
    ledger.append(session, edition, [(deal, "moved", told)], user_id)


def _signs(session: Session, deal: Deal, organisation_id: int) -> bool:
    """Whether an organisation is a party to a deal; a witness is none."""
    parties = parties_of(session, deal)
    return any(one.organisation_id == organisation_id and one.role != "witness" for one in parties)


def _claimed(session: Session, deal: Deal, organisation_id: int, user_id: int | None) -> None:
    """The deal as it is now was entered by one party; whoever had confirmed it before is asked again."""
    parties = parties_of(session, deal)
    states = {str(one.organisation_id): one.state for one in parties if one.role != "witness"}
    states = story.claimed(states, str(organisation_id))
    for one in parties:
        one.entered_by, one.decided_by, one.decided_at = user_id, None, None
        one.state = states.get(str(one.organisation_id), one.state)
        session.add(one)
    deal.entered_by, deal.entered_for = user_id, organisation_id
    deal.standing = story.standing(states.values())


def _has_calls(session: Session, deal: Deal) -> bool:
    if not deal.framework:
        return False
    calls = select(Deal.id).where(
        Deal.framework_id == deal.id, Deal.stage.not_in(("lapsed", "cancelled", "paid"))
    )
    return session.exec(calls.limit(1)).first() is not None


def confirm(
    session: Session,
    edition: Edition,
    deal: Deal,
    organisation_id: int,
    user_id: int | None = None,
    *,
    version: int | None = None,
) -> None:
    """An organisation stands by the content that another one (or the staff) entered."""
    _decide(session, edition, deal, organisation_id, "confirmed", user_id, version, "")


def dispute(
    session: Session,
    edition: Edition,
    deal: Deal,
    organisation_id: int,
    user_id: int | None = None,
    *,
    version: int | None = None,
    reason: str = "",
) -> None:
    """An organisation does not stand by it, and says why: the deal no longer counts until that is settled."""
    if not reason.strip():
        raise Refused(say("Say what is not right, so that the other side can amend it."))
    _decide(session, edition, deal, organisation_id, "disputed", user_id, version, reason.strip())


def _decide(
    session: Session,
    edition: Edition,
    deal: Deal,
    organisation_id: int,
    state: str,
    user_id: int | None,
    version: int | None,
    reason: str,
) -> None:
    ledger.hold(session, edition, deal, version)
    parties = parties_of(session, deal)
    mine = next((one for one in parties if one.organisation_id == organisation_id), None)
    _check(deal, mine, user_id)
    with summing.resumming(session, edition, deal.id):
        mine.state, mine.decided_by, mine.decided_at = state, user_id, now()
        mine.reason = reason[:LONGEST_REASON]
        session.add(mine)
        deal.standing = story.standing(one.state for one in parties if one.role != "witness")
        deal.version += 1
        session.add(deal)
        session.flush()
    told = {"organisation": organisation_id} | ({"reason": mine.reason} if reason else {})
    ledger.append(session, edition, [(deal, state, told)], user_id)


def _check(deal: Deal, mine: DealParty | None, user_id: int | None) -> None:
    if mine is None or mine.role == "witness":
        raise Refused(say("Your organisation is not a party to this deal."))
    if deal.stage in ("lapsed", "cancelled"):
        raise Refused(say("This deal has come to its end; there is nothing left to confirm."))
    if mine.state == "entered" or deal.entered_for == mine.organisation_id:
        raise Refused(say("You entered this yourself; it is for the other party to confirm it."))
    if user_id is not None and mine.entered_by == user_id:
        raise Refused(say("Whoever entered a deal cannot confirm it as well. Let somebody else do it."))


def show_price(
    session: Session,
    edition: Edition,
    deal: Deal,
    organisation_id: int,
    shown: bool,
    user_id: int | None = None,
    *,
    version: int | None = None,
) -> None:
    """Allow, or no longer allow, that the public page of a document names the price; all parties must."""
    ledger.hold(session, edition, deal, version)
    mine = next((one for one in parties_of(session, deal) if one.organisation_id == organisation_id), None)
    if mine is None:
        raise Refused(say("Your organisation is not a party to this deal."))
    if mine.shows_price == shown:
        return
    mine.shows_price = shown
    session.add(mine)
    kind = "price_shown" if shown else "price_hidden"
    ledger.append(session, edition, [(deal, kind, {"organisation": organisation_id})], user_id)
