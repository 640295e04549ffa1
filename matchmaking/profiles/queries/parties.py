"""Buyers and exhibitors as profiles: one's own, and the organiser's list with how complete each is."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation
from matchmaking.catalogue.models import Buyer, Need
from matchmaking.profiles.doubles import Kind

_BUYERS = """
SELECT 'buyer' AS side, buyer.id, buyer.code, firm.name, firm.country, buyer.open_to_meetings AS open,
       count(need.id) > 0 AS needs, coalesce(bool_and(length(need.hs) = 6), false) AS hs6,
       coalesce(bool_and(need.text <> '{}'), false) AS words,
       coalesce(bool_or(need.max_price_minor > 0 OR need.min_price_minor > 0), false) AS prices,
       coalesce(bool_or(need.quantity > 0), false) AS quantities,
       jsonb_array_length(buyer.languages) > 0 AS languages, buyer.about <> '{}' AS about,
       buyer.contact_name <> '' AND buyer.contact_email <> '' AS contact,
       jsonb_array_length(buyer.certificates) > 0
           OR coalesce(bool_or(jsonb_array_length(need.certificates) > 0), false) AS certificates,
       false AS products, false AS markets, count(need.id) AS things
  FROM buyer JOIN organisation AS firm ON firm.id = buyer.organisation_id
  LEFT JOIN need ON need.buyer_id = buyer.id
 WHERE buyer.edition_id = :edition {one_buyer} GROUP BY buyer.id, firm.id
"""
_EXHIBITORS = """
SELECT 'exhibitor' AS side, exhibitor.id, exhibitor.code, firm.name, firm.country,
       coalesce(profile.open_to_meetings, false) AS open, false AS needs, false AS hs6, false AS words,
       coalesce(goods.prices, false) AS prices, coalesce(goods.quantities, false) AS quantities,
       coalesce(jsonb_array_length(profile.languages) > 0, false) AS languages,
       exhibitor.profile <> '{}' AS about, false AS contact,
       coalesce(jsonb_array_length(profile.certificates) > 0, false) OR coalesce(goods.certificates, false)
           AS certificates,
       coalesce(goods.number, 0) > 0 AS products,
       coalesce(jsonb_array_length(profile.markets) > 0, false) AS markets,
       coalesce(goods.number, 0) AS things
  FROM exhibitor JOIN organisation AS firm ON firm.id = exhibitor.organisation_id
  LEFT JOIN exhibitor_profile AS profile ON profile.exhibitor_id = exhibitor.id
  LEFT JOIN (SELECT exhibitor_id, count(*) AS number,
                    2 * count(*) FILTER (WHERE price_minor > 0) >= count(*) AS prices,
                    2 * count(*) FILTER (WHERE quantity > 0) >= count(*) AS quantities,
                    bool_or(jsonb_array_length(certificates) > 0) AS certificates
               FROM product WHERE edition_id = :edition {one_exhibitor} GROUP BY exhibitor_id) AS goods
    ON goods.exhibitor_id = exhibitor.id
 WHERE exhibitor.edition_id = :edition AND exhibitor.state = 'accepted' {own_exhibitor}
"""


class Own(NamedTuple):
    """A party that somebody acts for."""

    id: int
    code: str
    organisation_id: int
    name: dict[str, str]
    country: str


def own_parties(session: Session, edition: Edition, side: str, organisations: Collection[int]) -> list[Own]:
    """The parties of one side of some organisations, by code."""
    model = Buyer if side == "buyer" else Exhibitor
    if not organisations:
        return []
    rows = session.execute(
        select(model.id, model.code, model.organisation_id, Organisation.name, Organisation.country)
        .join(Organisation, Organisation.id == model.organisation_id)
        .where(model.edition_id == edition.id, model.organisation_id.in_(organisations))
        .order_by(model.code)
    )
    return [Own(*row) for row in rows]


def needs_of(session: Session, buyer_id: int) -> Sequence[Need]:
    """A buyer's needs in their order."""
    return session.exec(select(Need).where(Need.buyer_id == buyer_id).order_by(Need.position)).all()


def party_id(session: Session, edition: Edition, side: str, code: str) -> int | None:
    """The number of a buyer or an exhibitor by its code."""
    model = Buyer if side == "buyer" else Exhibitor
    return session.exec(
        select(model.id).where(model.edition_id == edition.id, model.code == code)
    ).one_or_none()


def profile_facts(session: Session, edition: Edition, side: str, party_id: int) -> Mapping[str, Any]:
    """What there is in one profile, as completeness counts it."""
    if side == "buyer":
        statement = _BUYERS.replace("{one_buyer}", "AND buyer.id = :party")
    else:
        statement = _EXHIBITORS.replace("{one_exhibitor}", "AND exhibitor_id = :party")
        statement = statement.replace(
            "AND exhibitor.state = 'accepted' {own_exhibitor}", "AND exhibitor.id = :party"
        )
    found = session.execute(text(statement), {"edition": edition.id, "party": party_id})
    return found.one()._asdict()


def profile_rows(session: Session, edition: Edition) -> Sequence[Mapping[str, Any]]:
    """All profiles of both sides by code, in two queries."""
    found: list[Mapping[str, Any]] = []
    for statement in (_BUYERS, _EXHIBITORS):
        for name in ("{one_buyer}", "{one_exhibitor}", "{own_exhibitor}"):
            statement = statement.replace(name, "")
        found += [row._asdict() for row in session.execute(text(statement), {"edition": edition.id})]
    return sorted(found, key=lambda row: (row["side"], row["code"]))


def all_kinds(session: Session, edition: Edition) -> list[Kind]:
    """Every kind of product, each named after its oldest."""
    found = session.execute(
        text(
            """SELECT first.kind_key, first.hs, first.origin, first.name, kind.number
                 FROM (SELECT min(id) AS id, count(*) AS number FROM product WHERE edition_id = :edition
                        GROUP BY kind_key) AS kind JOIN product AS first ON first.id = kind.id
                ORDER BY first.kind_key"""
        ),
        {"edition": edition.id},
    )
    return [Kind(*row) for row in found]
