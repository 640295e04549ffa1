"""Deals brought in from another ledger: they keep their numbers, rates and answers, and an event says whence.

Nobody's events are passed off as this ledger's own. The chain here begins with one event that names the
folder and the last seal of the chain it came with, each deal with one that says how it stood there; what
happened to it before follows as quotations, each with its own seal, day and number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session, func, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say
from matchmaking.deals import story
from matchmaking.deals.chain import Event, first_break, parsed
from matchmaking.deals.models import Deal, DealLine, DealParty
from matchmaking.deals.services import ledger, summing
from matchmaking.deals.services.checking import check
from matchmaking.deals.services.recording import Surroundings, check_now, in_words, line_rows, write_project
from matchmaking.deals.services.telling import NewDeal, party_rows
from matchmaking.deals.services.writing import insert_rows


@dataclass(frozen=True)
class Answer:
    """How a party stood: its role, state ('open', 'entered', 'confirmed', 'disputed'), reason, openness."""

    role: str
    state: str
    reason: str = ""
    shows_price: bool = False


@dataclass(frozen=True)
class Brought:
    """A deal of another ledger. `facts` are columns that were true on the day of recording, `answers` those
    of its parties by organisation, `framework` the number of the deal it was called off from."""

    number: int
    new: NewDeal
    facts: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[int, Answer] = field(default_factory=dict)
    framework: int | None = None


def bring_in(
    session: Session,
    edition: Edition,
    source: str,
    several: Sequence[Brought],
    past: Sequence[Event] = (),
    user_id: int | None = None,
) -> list[Deal]:
    """Put deals of another ledger into one that is empty; `past` is that ledger's whole chain, if known.

    Refused for numbers with holes, for what `record` refuses, and for a past that is not as it was sealed.
    """
    if not several:
        return []
    if [one.number for one in several] != list(range(1, len(several) + 1)):
        raise Refused(say("Deals are numbered from 1 on, without a gap."))
    if first_break(past) is not None:
        raise Refused(say("The history of the deals is not as it was sealed."))
    ledger.lock(session, edition)
    if session.exec(select(func.count()).where(Deal.edition_id == edition.id)).one():
        raise Refused(say("There are deals in this edition already."))
    for one in several:
        _checked(session, edition, one)
    deals, told = _written(session, edition, several, user_id)
    origin = {"from": source, "deals": len(deals), "events": len(past), "seal": past[-1].hash if past else ""}
    ledger.append(session, edition, [(None, "brought", origin)], user_id)
    entries = [(deal, "imported", values) for deal, values in zip(deals, told, strict=True)]
    entries += [_quotation(event, deals) for event in past]
    ledger.append(session, edition, entries, user_id)
    summing.add(session, [deal.id for deal in deals])
    return deals


def _checked(session: Session, edition: Edition, one: Brought) -> None:
    try:
        check(session, edition, one.new)
    except Refused as refused:
        why = refused.sentence
        raise Refused(say("Deal %(number)s: %(why)s", number=one.number, why=why)) from refused


def _written(
    session: Session, edition: Edition, several: Sequence[Brought], user_id: int | None
) -> tuple[list[Deal], list[dict[str, Any]]]:
    """The rows, and what the event of each deal seals."""
    surroundings = Surroundings(session, edition, [one.new for one in several])
    deals, lines, parties = [], [], []
    for one in several:
        deal = Deal(
            edition_id=edition.id, number=one.number, stage=one.new.stage, entered_by=user_id,
            seller_id=one.new.seller.id, buyer_id=one.new.buyer.id if one.new.buyer else None,
            meeting_id=one.new.meeting_id,
            standing=story.standing(
                answer.state for answer in one.answers.values() if answer.role != "witness"
            ),
            **(surroundings.columns(one.new) | dict(one.facts)),
        )  # fmt: skip
        deals.append(deal)
    with in_words():
        session.add_all(deals)
        session.flush()
        for deal, one in zip(deals, several, strict=True):
            deal.framework_id = deals[one.framework - 1].id if one.framework else None
            write_project(session, deal, one.new)
            lines += line_rows(deal, one.new)
            parties += _party_rows(deal, one, user_id)
        session.flush()
        insert_rows(session, DealLine, lines)
        insert_rows(session, DealParty, parties)
        check_now(session)
    told = [_content(surroundings, deal, one) for deal, one in zip(deals, several, strict=True)]
    return deals, told


def _party_rows(deal: Deal, one: Brought, user_id: int | None) -> list[dict[str, Any]]:
    rows = party_rows(deal, one.new, user_id)
    for row in rows:
        answer = one.answers.get(row["organisation_id"])
        if answer:
            row |= vars(answer)
    return rows


def _content(surroundings: Surroundings, deal: Deal, one: Brought) -> dict[str, Any]:
    told = surroundings.content(deal, one.new, one.framework)
    states = {str(who): answer.state for who, answer in one.answers.items() if answer.role != "witness"}
    return told | {"states": states}


def _quotation(event: Event, deals: Sequence[Deal]) -> ledger.Entry:
    """An event of the other ledger, word for word, as something that is said about a deal here."""
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=event.micros)
    told = {
        "sequence": event.sequence, "kind": event.kind, "at": at.isoformat(timespec="microseconds"),
        "told": parsed(event.body), "seal": event.hash,
    }  # fmt: skip
    deal = deals[event.deal_number - 1] if 0 < event.deal_number <= len(deals) else None
    return deal, "quoted", told
