"""Needs and products out of a spreadsheet: all of them, or none."""

from collections.abc import Sequence

from sqlalchemy import delete, func, insert
from sqlmodel import Session, select

from expo.audit import services as audit
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.exhibitors.services import hold
from expo.words import say
from matchmaking.catalogue import services as catalogue
from matchmaking.catalogue.models import Buyer, Need, Product
from matchmaking.catalogue.terms import Offer
from matchmaking.phases.services import insist_within
from matchmaking.profiles.services.saving import PHASE, columns_of, last_position
from matchmaking.profiles.terms import MOST_NEEDS, Wish


def take_needs(
    session: Session, buyer: Buyer, wishes: Sequence[Wish], *, replace: bool, bound: bool = True
) -> int:
    """Add needs, or put them in the place of those there are; how many. Refused beyond MOST_NEEDS and, if
    `bound`, out of phase."""
    hold(session, buyer)
    if bound:
        insist_within(session, buyer.edition_id, PHASE)
    if replace:
        session.execute(delete(Need).where(Need.buyer_id == buyer.id))
    count = session.exec(select(func.count()).select_from(Need).where(Need.buyer_id == buyer.id)).one()
    if count + len(wishes) > MOST_NEEDS:
        raise Refused(say("A buyer has at most %(count)s needs.", count=MOST_NEEDS))
    rows = [
        {"buyer_id": buyer.id, "position": place, **columns_of(wish)}
        for place, wish in enumerate(wishes, start=last_position(session, buyer) + 1)
    ]
    if rows:
        session.execute(insert(Need), rows)
    audit.note(session, "imported", "need", buyer.code, {"needs": len(rows)}, buyer.edition_id)
    return len(rows)


def take_products(
    session: Session, exhibitor: Exhibitor, found: Sequence[tuple[str, Offer]], *, bound: bool = True
) -> tuple[int, int]:
    """Add products, or change those whose code is given: (added, changed). Refused for the first flaw, and as
    single products are if `bound`."""
    hold(session, exhibitor)
    codes = [code for code, _offer in found if code]
    known = {
        one.code: one
        for one in session.exec(
            select(Product).where(Product.exhibitor_id == exhibitor.id, Product.code.in_(codes))
        )
    }
    if missing := sorted(set(codes) - set(known)):
        raise Refused(say("You have no products with these codes: %(codes)s.", codes=missing[:20]))
    with audit.quietly(session):
        fresh = [offer for code, offer in found if not code]
        added = catalogue.add_products(session, exhibitor, fresh, bound=bound)
        for code, offer in found:
            if code:
                catalogue.change_product(session, known[code], offer, bound=bound)
    figures = {"added": added, "changed": len(known)}
    audit.note(session, "imported", "product", exhibitor.code, figures, exhibitor.edition_id)
    return added, len(known)
