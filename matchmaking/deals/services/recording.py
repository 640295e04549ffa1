"""Recording deals and amending them: what is entered is sealed into the chain."""

from collections.abc import Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.editions.models import Edition, Rate
from expo.errors import Refused
from expo.money import exponent
from expo.words import say
from matchmaking.deals.content import MOST_MINOR, home_of, home_shares
from matchmaking.deals.models import Deal, DealLine, DealParty, DealProject
from matchmaking.deals.services import ledger, summing
from matchmaking.deals.services.checking import CALLED_BY_PARTIES, check
from matchmaking.deals.services.rating import rate_for
from matchmaking.deals.services.telling import NewDeal, content, known_organisations, party_rows
from matchmaking.deals.services.writing import insert_rows, run
from matchmaking.deals.stages import FIRST, PROJECTS

_LAST = "SELECT coalesce(max(number), 0) FROM deal WHERE edition_id = %(edition)s"
_ZONES = """
SELECT DISTINCT ON (allotment.exhibitor_id) allotment.exhibitor_id, zone.code
  FROM allotment JOIN stand ON stand.id = allotment.stand_id JOIN zone ON zone.id = stand.zone_id
 WHERE allotment.exhibitor_id = ANY(%(sellers)s) ORDER BY allotment.exhibitor_id, stand.code
"""
LATE = ("deal_framework_holds_its_calls", "deal_parties_call_off", "deal_party_parties_call_off")
"""What the database looks at when a transaction ends, because rows of several tables say it together."""


def record(session: Session, edition: Edition, new: NewDeal, user_id: int | None = None) -> Deal:
    """Record a deal with its lines and the first event of its life."""
    return record_all(session, edition, [new], user_id)[0]


def record_all(
    session: Session, edition: Edition, several: Sequence[NewDeal], user_id: int | None = None
) -> list[Deal]:
    """Record several deals at once: one lock on the edition's ledger, rows in bulk."""
    if not several:
        return []
    for new in several:
        check(session, edition, new)
        if new.stage not in FIRST[new.type]:
            raise Refused(say("A deal is not recorded as far as that. Record it earlier and move it on."))
    ledger.lock(session, edition)
    number = run(session, _LAST, edition=edition.id).scalar_one()
    surroundings = Surroundings(session, edition, several)
    deals = []
    for offset, new in enumerate(several, 1):
        deal = Deal(
            edition_id=edition.id,
            number=number + offset,
            seller_id=new.seller.id,
            buyer_id=new.buyer.id if new.buyer else None,
            meeting_id=new.meeting_id,
            stage=new.stage,
            entered_by=user_id,
            **surroundings.columns(new),
        )
        deals.append(deal)
    with in_words():
        session.add_all(deals)
        session.flush()
        for deal, new in zip(deals, several, strict=True):
            write_project(session, deal, new)
        insert_rows(session, DealLine, [row for pair in _pairs(deals, several) for row in line_rows(*pair)])
        insert_rows(
            session,
            DealParty,
            [row for deal, new in _pairs(deals, several) for row in party_rows(deal, new, user_id)],
        )
        if any(new.framework or new.framework_id for new in several):
            check_now(session)
    entries = [(deal, "recorded", surroundings.content(deal, new)) for deal, new in _pairs(deals, several)]
    ledger.append(session, edition, entries, user_id)
    summing.add(session, [deal.id for deal in deals])
    return deals


def amend(
    session: Session,
    edition: Edition,
    deal: Deal,
    new: NewDeal,
    user_id: int | None = None,
    *,
    version: int | None = None,
    reason: str = "",
) -> None:
    """Put other content in a deal's place; everybody but its author has to confirm it again.

    Refused for deals that are over, for another type, stage or seller, and when `version`, the one that was
    looked at, is no longer the deal's.
    """
    ledger.hold(session, edition, deal, version)
    if deal.stage in ("lapsed", "cancelled", "paid"):
        raise Refused(say("This deal has come to its end; nothing in it can be changed."))
    if (new.type, new.stage, new.seller.id) != (deal.type, deal.stage, deal.seller_id):
        raise Refused(say("An amendment keeps type, stage and seller. Record another deal instead."))
    check(session, edition, new, agreed=deal.id)
    surroundings = Surroundings(session, edition, [new])
    with summing.resumming(session, edition, deal.id), in_words():
        session.execute(delete(DealLine).where(DealLine.deal_id == deal.id))
        session.execute(delete(DealParty).where(DealParty.deal_id == deal.id))
        session.execute(delete(DealProject).where(DealProject.deal_id == deal.id))
        for name, value in surroundings.columns(new).items():
            setattr(deal, name, value)
        deal.buyer_id = new.buyer.id if new.buyer else None
        deal.standing, deal.entered_by, deal.version = "open", user_id, deal.version + 1
        session.add(deal)
        session.flush()
        write_project(session, deal, new)
        insert_rows(session, DealLine, line_rows(deal, new))
        insert_rows(session, DealParty, party_rows(deal, new, user_id))
        check_now(session)
    told = surroundings.content(deal, new) | ({"reason": reason} if reason else {})
    ledger.append(session, edition, [(deal, "amended", told)], user_id)


@contextmanager
def in_words():
    """What the database forbids, as a sentence."""
    try:
        yield
    except IntegrityError as error:
        if "framework_holds_its_calls" in str(error.orig):
            raise Refused(
                say("The call-offs of a framework deal come to no more than its sum, in its own currency.")
            ) from error
        if "is called off by others" in str(error.orig):
            raise Refused(CALLED_BY_PARTIES) from error
        raise


def check_now(session: Session) -> None:
    """Let the database check now what it would check at the end of the transaction."""
    session.flush()
    connection = session.connection()
    for when in ("IMMEDIATE", "DEFERRED"):
        connection.exec_driver_sql(f"SET CONSTRAINTS {', '.join(LATE)} {when}")


class Surroundings:
    """What deals take from around them when they are written: rates, countries, zones, names."""

    def __init__(self, session: Session, edition: Edition, several: Sequence[NewDeal]):
        self.edition = edition
        self.rates: dict[tuple, Rate] = {}
        for new in several:
            key = (new.currency, new.signed_on)
            if new.rate is None and key not in self.rates:
                self.rates[key] = rate_for(session, edition, *key)
        self.names = known_organisations(session, {one for new in several for one in new.organisations()})
        self.zones = _zones(session, {new.seller.id for new in several})
        called = {new.framework_id for new in several if new.framework_id}
        self.frameworks: dict[int, int] = (
            dict(session.execute(select(Deal.id, Deal.number).where(Deal.id.in_(called))).all())
            if called
            else {}
        )

    def columns(self, new: NewDeal) -> dict[str, Any]:
        """The columns of a deal that its content decides. Refused where its worth overflows."""
        rate = new.rate or self.rates[new.currency, new.signed_on]
        home = home_of(new.total_minor, new.currency, self.edition.currency, rate.rate)
        if home > MOST_MINOR:
            raise Refused(say("That is more money than a deal can hold. Check quantities and prices."))
        seller = self.names.get(new.seller.organisation_id, ("", ""))[1]
        buyer = self.names.get(new.buyer.organisation_id, ("", ""))[1] if new.buyer else ""
        places = {new.project.country} if new.project else {seller, buyer} - {""}
        usual = "meeting" if new.meeting_id else "stand" if new.type == "retail" else "walk_in"
        return {
            "type": new.type,
            "origin": new.origin or usual,
            "forum_id": new.forum_id,
            "framework": new.framework,
            "framework_id": new.framework_id,
            "title": dict(new.title),
            "terms": new.terms,
            "currency": new.currency,
            "total_minor": new.total_minor,
            "rate": rate.rate,
            "rate_source": rate.source,
            "rate_date": rate.on_date,
            "home_minor": home,
            "home_shift": exponent(self.edition.currency) - exponent(new.currency),
            "term_months": new.term_months,
            "signed_on": new.signed_on,
            "delivery_due": new.delivery_due,
            "payment_due": new.payment_due,
            "seller_country": seller,
            "buyer_country": buyer,
            "zone_code": self.zones.get(new.seller.id, ""),
            "newcomer": new.seller.newcomer,
            "abroad": places != {self.edition.country},
            "entered_for": new.entered_for,
        }

    def content(self, deal: Deal, new: NewDeal, framework: int | None = None) -> dict[str, Any]:
        """What is sealed of a deal; `framework` is the number of its own, where it is not known here yet."""
        return content(deal, new, self.names, framework or self.frameworks.get(new.framework_id or 0))


def _pairs(deals: Sequence[Deal], several: Sequence[NewDeal]):
    return zip(deals, several, strict=True)


def line_rows(deal: Deal, new: NewDeal) -> list[dict[str, Any]]:
    """The rows of deal_line, each with its share of the deal's worth."""
    amounts = [line.amount_minor for line in new.lines]
    shares = home_shares(deal.home_minor, amounts)
    return [
        {
            "deal_id": deal.id,
            "position": position,
            "product_id": line.product_id,
            "hs": line.hs,
            "text": dict(line.text),
            "quantity": line.quantity,
            "unit": line.unit,
            "unit_price_minor": line.unit_price_minor,
            "amount_minor": line.amount_minor,
            "incoterm": line.incoterm,
            "delivery": line.delivery,
            "home_minor": share,
        }
        for position, (line, share) in enumerate(zip(new.lines, shares, strict=True), 1)
    ]


def write_project(session: Session, deal: Deal, new: NewDeal) -> None:
    """The row of deal_project, if the deal has a project."""
    if new.project and new.type in PROJECTS:
        values = vars(new.project) | {"summary": dict(new.project.summary or {})}
        session.execute(insert(DealProject), [{"deal_id": deal.id, **values}])


def _zones(session: Session, sellers: set[int]) -> dict[int, str]:
    """Seller → the zone of its first stand, on this day."""
    return dict(run(session, _ZONES, sellers=list(sellers)).all())
