"""An exhibitor's own products."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func
from sqlmodel import Session, select

from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.exhibitors.services import next_code
from expo.languages import pick, search_text
from expo.money import exponent, to_minor
from expo.words import say
from matchmaking.catalogue.hs import kind_key, tidy, valid_hs
from matchmaking.catalogue.models import Product

PAGE = 50
MOST = 5_000


@dataclass(frozen=True)
class Goods:
    """A product as it is typed: price of one unit in major units; 0 means on request."""

    name: dict[str, str]
    hs: str
    origin: str
    quantity: Decimal
    unit: str
    price: Decimal
    currency: str
    incoterm: str
    certificates: list[str]


def _of(exhibitor: Exhibitor, words: str):
    query = select(Product).where(Product.exhibitor_id == exhibitor.id)
    for word in words.casefold().split():
        query = query.where(Product.search_text.contains(word, autoescape=True))
    return query


def products(session: Session, exhibitor: Exhibitor, words: str = "", page: int = 1) -> Sequence[Product]:
    """One page of the exhibitor's products, the latest first."""
    query = _of(exhibitor, words).order_by(Product.id.desc())
    return session.exec(query.limit(PAGE).offset((page - 1) * PAGE)).all()


def product_count(session: Session, exhibitor: Exhibitor, words: str = "") -> int:
    """How many products `products` gives on all its pages."""
    return session.exec(select(func.count()).select_from(_of(exhibitor, words).subquery())).one()


def product_of(session: Session, exhibitor: Exhibitor, code: str) -> Product | None:
    """The exhibitor's own product of that code."""
    return session.exec(
        select(Product).where(Product.exhibitor_id == exhibitor.id, Product.code == code)
    ).one_or_none()


def save_product(
    session: Session, exhibitor: Exhibitor, goods: Goods, product: Product | None = None
) -> Product:
    """Add a product, or change one.

    Refused for a class that does not exist and for a price finer than its currency.
    """
    if exhibitor.state in ("rejected", "withdrawn"):
        raise Refused(say("This application is closed, so products can no longer be changed."))
    hs = tidy(goods.hs)
    if len(hs) != 6 or not valid_hs(hs):
        raise Refused(say("%(hs)s is no class of the Harmonised System with six digits.", hs=goods.hs))
    try:
        price_minor = to_minor(goods.price, goods.currency)
    except ValueError as error:
        digits = exponent(goods.currency)
        raise Refused(
            say(
                "A price in %(currency)s has %(digits)s decimals at most.",
                currency=goods.currency,
                digits=digits,
            )
        ) from error
    if product is None:
        product = _new(session, exhibitor)
    product.sqlmodel_update(
        {
            "name": goods.name,
            "hs": hs,
            "origin": goods.origin,
            "quantity": goods.quantity,
            "unit": goods.unit,
            "price_minor": price_minor,
            "currency": goods.currency,
            "incoterm": goods.incoterm,
            "certificates": goods.certificates,
            "kind_key": kind_key(hs, goods.origin, pick(goods.name, "en")),
            "search_text": search_text([goods.name]),
        }
    )
    session.add(product)
    session.flush()
    return product


def _new(session: Session, exhibitor: Exhibitor) -> Product:
    code = next_code(session, Product, exhibitor.edition_id, "P", 5)
    if product_count(session, exhibitor) >= MOST:
        raise Refused(say("You have %(most)s products, which is the most.", most=MOST))
    return Product(edition_id=exhibitor.edition_id, exhibitor_id=exhibitor.id, code=code)


def delete_product(session: Session, product: Product) -> None:
    """Take a product off the catalogue. Deals keep their own words for it."""
    session.delete(product)
    session.flush()
