"""Exhibitors list their products, change them, take them off; the nomenclature of goods is taken in."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, func, insert, text
from sqlmodel import Session, col, select

from expo.audit import services as audit
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.exhibitors.services import next_code, take_turn
from expo.languages import pick, search_text, tidy
from expo.money import to_major, to_minor
from expo.words import Sentence, say
from matchmaking.catalogue.hs import kind_key
from matchmaking.catalogue.models import HsCode, Product
from matchmaking.catalogue.nomenclature import Reading, alike
from matchmaking.catalogue.terms import Offer, flaws
from matchmaking.phases.services import over

MOST_PRODUCTS = 5_000  # of one exhibitor
WEIGHED = ("hs", "origin", "quantity", "unit", "price_minor", "currency", "incoterm", "certificates")
"""What recommendations weigh of a product, and phases bind."""
CLOSED = frozenset({"rejected", "withdrawn"})
_KNOWN = """
SELECT ARRAY(SELECT code FROM hs_code WHERE edition_id = :edition AND code = ANY(:codes)),
       EXISTS (SELECT FROM hs_code WHERE edition_id = :edition)
"""


def product_of(session: Session, exhibitor: Exhibitor, code: str) -> Product | None:
    """The exhibitor's product of that code."""
    return session.exec(
        select(Product).where(Product.exhibitor_id == exhibitor.id, Product.code == code)
    ).one_or_none()


def add_product(session: Session, exhibitor: Exhibitor, offer: Offer, *, bound: bool = True) -> Product:
    """List a product under the next code of its edition.

    Refused for a flawed offer, one that the exhibitor has listed already, more than MOST_PRODUCTS, an
    application that is closed, and if `bound` once offers are settled (see `settled`).
    """
    code = next_code(session, Product, exhibitor.edition_id, "P", 5)
    _lock(session, exhibitor)
    if bound:
        _insist_open(session, exhibitor)
    values = _values(offer)
    own = session.execute(
        select(Product.code, Product.kind_key).where(Product.exhibitor_id == exhibitor.id)
    ).all()
    if len(own) >= MOST_PRODUCTS:
        raise Refused(
            say("%(count)s products are listed, and no more fit. Take one off first.", count=len(own))
        )
    _refuse_twin({row.kind_key for row in own}, values["kind_key"])
    product = Product(edition_id=exhibitor.edition_id, exhibitor_id=exhibitor.id, code=code, **values)
    session.add(product)
    session.flush()
    return product


def add_products(
    session: Session, exhibitor: Exhibitor, offers: Sequence[Offer], *, bound: bool = True
) -> int:
    """List many products at once, under codes in a row; how many. Refused as for one, and then none is."""
    if not offers:
        return 0
    first = int(next_code(session, Product, exhibitor.edition_id, "P", 5)[1:])
    _lock(session, exhibitor)
    if bound:
        _insist_open(session, exhibitor)
    listed = set(session.exec(select(Product.kind_key).where(Product.exhibitor_id == exhibitor.id)).all())
    count = session.exec(select(func.count()).where(Product.exhibitor_id == exhibitor.id)).one()
    if count + len(offers) > MOST_PRODUCTS:
        raise Refused(say("An exhibitor lists at most %(count)s products.", count=MOST_PRODUCTS))
    rows = []
    for number, offer in enumerate(offers, start=first):
        values = _values(offer)
        if values["kind_key"] in listed:
            name = pick(offer.name, "en")
            raise Refused(say("%(name)s is listed already. Give its code to change it.", name=name))
        listed.add(values["kind_key"])
        keys = {"edition_id": exhibitor.edition_id, "exhibitor_id": exhibitor.id, "code": f"P{number:05}"}
        rows.append(keys | values)
    session.execute(insert(Product), rows)
    return len(rows)


def change_product(session: Session, product: Product, offer: Offer, *, bound: bool = True) -> Product:
    """Give a product other values; Refused as when it is added. Its name may change at any time."""
    exhibitor = session.get_one(Exhibitor, product.exhibitor_id)
    _lock(session, exhibitor)
    values = _values(offer)
    if bound and any(getattr(product, name) != values[name] for name in WEIGHED):
        _insist_open(session, exhibitor)
    if values["kind_key"] != product.kind_key:  # twins out of a file may still be priced
        keys = select(Product.kind_key).where(Product.exhibitor_id == exhibitor.id)
        _refuse_twin(set(session.exec(keys).all()), values["kind_key"])
    for name, value in values.items():
        setattr(product, name, value)
    session.add(product)
    session.flush()
    return product


def unite_kinds(session: Session, edition: Edition, kept: str, gone: str) -> int:
    """Give the products of the kind `gone` the name of the kind `kept`, so that both are one; how many.

    Refused unless both are kinds of one subheading and origin, and where an exhibitor lists both.
    """
    here = select(Product).where(Product.edition_id == edition.id).order_by(col(Product.id)).with_for_update()
    first = session.exec(here.where(Product.kind_key == kept)).first()
    renamed = session.exec(here.where(Product.kind_key == gone)).all()
    if not first or not renamed:
        raise Refused(say("One of the two kinds is gone: somebody changed it. Look at the list again."))
    if kept == gone or (first.hs, first.origin) != (renamed[0].hs, renamed[0].origin):
        raise Refused(say("Only two kinds of one HS code and one country of origin can be made one."))
    mine = {product.exhibitor_id for product in renamed}
    both = select(Exhibitor.code).join(Product, col(Product.exhibitor_id) == Exhibitor.id)
    both = both.where(Product.edition_id == edition.id, Product.kind_key == kept, col(Exhibitor.id).in_(mine))
    if code := session.exec(both.order_by(Exhibitor.code)).first():
        raise Refused(say("%(code)s lists both. Ask it to take one of them off first.", code=code))
    for product in renamed:
        product.name, product.kind_key, product.search_text = first.name, kept, first.search_text
    session.flush()
    return len(renamed)


def remove_product(session: Session, product: Product, *, bound: bool = True) -> None:
    """Take a product off the list. Meetings and deals keep what they say of it. Refused if `bound` once
    offers are settled."""
    exhibitor = session.get_one(Exhibitor, product.exhibitor_id)
    _lock(session, exhibitor)
    if bound:
        _insist_open(session, exhibitor)
    session.delete(product)
    session.flush()


def offer_of(product: Product) -> Offer:
    """A product as its exhibitor would type it."""
    return Offer(
        product.name,
        product.hs,
        product.origin,
        product.quantity,
        product.unit,
        to_major(product.price_minor, product.currency),
        product.currency,
        product.incoterm,
        tuple(product.certificates),
    )


def _lock(session: Session, exhibitor: Exhibitor) -> None:
    """One change at a time to an exhibitor's list."""
    state = session.exec(select(Exhibitor.state).where(Exhibitor.id == exhibitor.id).with_for_update()).one()
    if state in CLOSED:
        raise Refused(say("This application is closed, so its products stay as they are."))


def settled(session: Session, exhibitor: Exhibitor) -> Sentence | None:
    """Why an exhibitor's offers stay as they are; None while they may change.

    Those of an accepted exhibitor are settled once the phase of profiles is over: recommendations, requests
    and the agenda stand on them. Before the phase products are listed with the application, and who applies
    late lists them all the same.
    """
    if exhibitor.state != "accepted":
        return None
    return over(session, session.get_one(Edition, exhibitor.edition_id), "profiles")


def _insist_open(session: Session, exhibitor: Exhibitor) -> None:
    if why := settled(session, exhibitor):
        raise Refused(why)


def _values(offer: Offer) -> dict:
    """The columns of an offer; Refused with its first flaw."""
    for flaw in flaws(offer):
        raise Refused(flaw)
    name = tidy(offer.name)
    return {
        "name": name,
        "hs": offer.hs,
        "origin": offer.origin,
        "kind_key": kind_key(offer.hs, offer.origin, pick(name, "en")),
        "quantity": offer.quantity,
        "unit": offer.unit,
        "price_minor": to_minor(offer.price, offer.currency),
        "currency": offer.currency,
        "incoterm": offer.incoterm,
        "certificates": list(dict.fromkeys(offer.certificates)),
        "search_text": search_text([name]),
    }


def _refuse_twin(listed: set[str], key: str) -> None:
    if key in listed:
        raise Refused(
            say("A product of this name, HS code and origin is listed already. Change that one instead.")
        )


def take_nomenclature(session: Session, edition: Edition, reading: Reading) -> int:
    """Put a nomenclature in the place of the one there is; how many codes. Refused if a row is wrong."""
    if reading.problems:
        raise Refused(say("Nothing was taken over: put the rows that are listed right first."))
    take_turn(session, edition.id)
    session.execute(delete(HsCode).where(HsCode.edition_id == edition.id))
    rows = [{"edition_id": edition.id, "code": one.code, "name": one.name} for one in reading.found]
    session.execute(insert(HsCode), rows)
    audit.note(session, "changed", "hs_code", "", {"codes": len(rows)}, edition.id)
    return len(rows)


def check_known(session: Session, edition: Edition, codes: Collection[str]) -> None:
    """Refused, with others that may be meant, for a code that the edition's nomenclature has not.
    Where none was taken in, nothing is looked up."""
    given = {"edition": edition.id, "codes": list(codes)}
    found, any_ = session.execute(text(_KNOWN), given).one()
    missing = set(codes) - set(found)
    if not missing or not any_:
        return
    code = min(missing)
    there = select(HsCode.code).where(HsCode.edition_id == edition.id)
    near = session.exec(there.where(HsCode.code.startswith(code[:2]))).all()
    if meant := alike(code, [one for one in near if len(one) == 6]):
        raise Refused(
            say("The nomenclature has no HS code %(code)s. Did you mean %(codes)s?", code=code, codes=meant)
        )
    raise Refused(say("The nomenclature has no HS code %(code)s, nor any other of its chapter.", code=code))
