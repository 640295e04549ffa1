"""What is no deal, in a sentence each."""

from sqlmodel import Session, select

from expo import money
from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say
from matchmaking.catalogue.models import Product
from matchmaking.catalogue.services import check_known
from matchmaking.deals import rules
from matchmaking.deals.content import MOST_MINOR
from matchmaking.deals.models import Deal, DealLine, DealParty
from matchmaking.deals.services.telling import NewDeal
from matchmaking.deals.stages import BY_LINES, NEXT, ORIGINS, ROLES
from matchmaking.deals.units import measure_of

MOST_PARTIES = 12
CALLED_BY_PARTIES = say("A deal is called off by the parties of its framework, from the same seller.")


def check(session: Session, edition: Edition, new: NewDeal, agreed: int | None = None) -> None:
    """Refused for the first thing that is wrong with a deal.

    `agreed`: the deal it amends. Goods of its lines, and of its framework's, stay as they were agreed even
    where a nomenclature taken in since then does not know them.
    """
    if new.type not in NEXT or new.stage not in NEXT[new.type]:
        raise Refused(say("Choose a type and a stage from the lists."))
    if new.origin and new.origin not in ORIGINS:
        raise Refused(say("Choose from the list where the deal was made."))
    if new.seller.edition_id != edition.id or (new.buyer and new.buyer.edition_id != edition.id):
        raise Refused(say("Both parties of a deal belong to this edition."))
    if new.currency not in money.CURRENCIES:
        raise Refused(say("%(code)s is not a currency code of ISO 4217.", code=new.currency))
    if not new.lines and new.type in BY_LINES:
        raise Refused(say("A deal has at least one line."))
    for line in new.lines:
        rules.check_line(line)
    if new.lines:
        check_known(session, edition, {line.hs for line in new.lines} - _agreed_goods(session, new, agreed))
    if new.type in BY_LINES:
        _check_counting(session, new)
    if new.total_minor > MOST_MINOR:
        raise Refused(say("That is more money than a deal can hold. Check quantities and prices."))
    if new.total_minor < 0:
        raise Refused(say("A sum of money is not negative."))
    _check_parties(new)
    _check_framework(session, new)
    rules.check_times(new.signed_on, new.term_months, new.delivery_due, new.payment_due)
    if new.project:
        rules.check_project(new.type, new.project)


def _agreed_goods(session: Session, new: NewDeal, agreed: int | None) -> set[str]:
    """HS codes that the deal to amend, or its framework, has already."""
    deals = [one for one in (agreed, new.framework_id) if one is not None]
    return set(session.exec(select(DealLine.hs).where(DealLine.deal_id.in_(deals)))) if deals else set()


def _check_counting(session: Session, new: NewDeal) -> None:
    """Goods are counted in a unit that can measure them, and a product of the seller's as it is offered."""
    for line in new.lines:
        rules.check_suits(line)
    wanted = {line.product_id for line in new.lines if line.product_id}
    if not wanted:
        return
    rows = session.execute(
        select(Product.id, Product.exhibitor_id, Product.unit).where(Product.id.in_(wanted))
    )
    known = {number: (owner, unit) for number, owner, unit in rows}
    for line in new.lines:
        if not line.product_id:
            continue
        owner, unit = known.get(line.product_id, (None, ""))
        if owner != new.seller.id:
            raise Refused(say("A line names a product that is not the seller's."))
        if measure_of(unit) and measure_of(unit) != measure_of(line.unit):
            raise Refused(
                say(
                    "The product is offered in %(offered)s, the line counts it in %(unit)s.",
                    offered=unit,
                    unit=line.unit,
                )
            )


def _check_parties(new: NewDeal) -> None:
    everybody = new.organisations()
    if len(set(everybody)) < len(everybody):
        raise Refused(say("An organisation is a party of a deal once."))
    if len(everybody) > MOST_PARTIES:
        raise Refused(say("A deal has at most %(most)s parties.", most=MOST_PARTIES))
    if any(party.role not in ROLES for party in new.others):
        raise Refused(say("Choose the role of each party from the list."))
    if new.entered_for is not None and new.entered_for not in everybody:
        raise Refused(say("You can enter deals of your own organisation only."))


def _check_framework(session: Session, new: NewDeal) -> None:
    """Only those who signed a framework call off from it: its seller, and a buyer among its parties."""
    if new.framework_id is None:
        return
    signing = set(
        session.exec(
            select(DealParty.organisation_id).where(
                DealParty.deal_id == new.framework_id, DealParty.role != "witness"
            )
        )
    )
    frame = session.get(Deal, new.framework_id)
    sides = {new.seller.organisation_id, *([new.buyer.organisation_id] if new.buyer else [])}
    if frame is None or frame.seller_id != new.seller.id or not sides <= signing:
        raise Refused(CALLED_BY_PARTIES)
