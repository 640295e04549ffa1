"""What is no deal, in a sentence each."""

from collections.abc import Sequence

from sqlmodel import Session, select

from expo import money
from expo.countries import COUNTRIES
from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say
from matchmaking.catalogue.hs import valid_hs
from matchmaking.catalogue.models import Product
from matchmaking.catalogue.terms import INCOTERMS
from matchmaking.deals.content import FORMS, MOST_MINOR, Line
from matchmaking.deals.headings import may_exist
from matchmaking.deals.models import Deal, DealParty
from matchmaking.deals.services.telling import NewDeal
from matchmaking.deals.stages import BY_LINES, NEXT, ORIGINS, PROJECTS, ROLES
from matchmaking.deals.units import measure_of, suits

MOST_QUANTITY = 10**12
MOST_PARTIES = 12
LONGEST_TERM = 1200


def check(session: Session, edition: Edition, new: NewDeal) -> None:
    """Refused for the first thing that is wrong with a deal."""
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
        _check_line(line)
    if new.type in BY_LINES:
        _check_counting(session, new)
    if new.total_minor > MOST_MINOR:
        raise Refused(say("That is more money than a deal can hold. Check quantities and prices."))
    if new.total_minor < 0:
        raise Refused(say("A sum of money is not negative."))
    _check_parties(new)
    _check_framework(session, new)
    _check_times(new)
    _check_project(new)


def _check_line(line: Line) -> None:
    if len(line.hs) != 6 or not valid_hs(line.hs):
        raise Refused(say("%(code)s is not an HS code of six digits.", code=line.hs))
    if not may_exist(line.hs):
        raise Refused(
            say(
                "HS heading %(heading)s does not exist in chapter %(chapter)s.",
                heading=line.hs[:4],
                chapter=line.hs[:2],
            )
        )
    if line.quantity <= 0 or line.unit_price_minor < 0:
        raise Refused(say("Quantities are above zero and prices are not negative."))
    if line.quantity > MOST_QUANTITY or line.unit_price_minor > MOST_MINOR:
        raise Refused(say("That is more than a line can hold. Check quantity and price."))
    if line.quantity != round(line.quantity, 3):
        raise Refused(say("A quantity has at most three decimals."))
    if measure_of(line.unit) is None:
        raise Refused(say("%(unit)s is not a unit we know. Use one such as kg, t, l or pcs.", unit=line.unit))
    if line.incoterm and line.incoterm not in INCOTERMS:
        raise Refused(say("%(code)s is no delivery term. Use one such as FOB.", code=line.incoterm))


def _check_counting(session: Session, new: NewDeal) -> None:
    """Goods are counted in a unit that can measure them, and a product of the seller's as it is offered."""
    for line in new.lines:
        if not suits(line.hs, line.unit):
            raise Refused(
                say("Goods of HS %(code)s are not counted in %(unit)s.", code=line.hs, unit=line.unit)
            )
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
        session.exec(select(DealParty.organisation_id).where(DealParty.deal_id == new.framework_id))
    )
    frame = session.get(Deal, new.framework_id)
    sides = {new.seller.organisation_id, *([new.buyer.organisation_id] if new.buyer else [])}
    if frame is None or frame.seller_id != new.seller.id or not sides <= signing:
        raise Refused(say("A deal is called off by the parties of its framework, from the same seller."))


def _check_times(new: NewDeal) -> None:
    if not 2000 <= new.signed_on.year <= 2100:
        raise Refused(say("That day of signing cannot be right."))
    if new.term_months is not None and not 1 <= new.term_months <= LONGEST_TERM:
        raise Refused(say("The term is between 1 and %(most)s months.", most=LONGEST_TERM))
    dues: Sequence = [day for day in (new.delivery_due, new.payment_due) if day]
    if any(day < new.signed_on for day in dues):
        raise Refused(say("Delivery and payment are not due before the deal is signed."))


def _check_project(new: NewDeal) -> None:
    project = new.project
    if project is None:
        return
    if new.type not in PROJECTS or project.form not in FORMS[new.type]:
        raise Refused(say("Choose from the list how the project is carried out."))
    if project.country not in COUNTRIES:
        raise Refused(say("%(code)s is no country. Use two letters, such as KG.", code=project.country))
    if not 0 <= project.jobs <= 10_000_000:
        raise Refused(say("The number of jobs is from 0 to 10,000,000."))
    if project.starts_on and project.ends_on and project.ends_on < project.starts_on:
        raise Refused(say("A project does not end before it begins."))
