"""What is read for the pages: needs with who could serve them, supply by stage, and how the meetings went."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlmodel import Session, select

from expo.editions.models import Edition
from matchmaking.coverage.health import Answered, Supply
from matchmaking.coverage.models import SupplyChain

# An offer is viable if its goods lie within the need's code, it has every certificate asked for, comes from a
# country that is wanted, there is enough of it and it costs no more than the limit. What somebody left open,
# or stated in another unit or currency, does not count against anybody. Whom people refuse plays no part:
# what the hall offers is no question of who likes whom, and nobody can tell a no from these figures.
OFFERS = """
WITH answered AS (
    SELECT n.id AS need_id, count(p.id) AS offered,
           count(p.id) FILTER (WHERE p.certified) AS certified, count(p.id) FILTER (WHERE p.wanted) AS wanted,
           count(p.id) FILTER (WHERE p.enough) AS enough, count(p.id) FILTER (WHERE p.payable) AS payable,
           count(DISTINCT p.exhibitor_id)
               FILTER (WHERE p.certified AND p.wanted AND p.enough AND p.payable) AS viable,
           min(p.exhibitor_id)
               FILTER (WHERE p.certified AND p.wanted AND p.enough AND p.payable) AS one
      FROM need n JOIN buyer b ON b.id = n.buyer_id
      LEFT JOIN LATERAL (
        SELECT p.id, p.exhibitor_id,
               p.certificates || coalesce(own.certificates, '[]') @> (n.certificates || b.certificates)
                   AS certified,
               n.countries = '[]' OR n.countries ? p.origin AS wanted,
               n.quantity = 0 OR p.quantity = 0 OR n.unit <> p.unit OR p.quantity >= n.quantity AS enough,
               n.max_price_minor = 0 OR p.price_minor = 0 OR n.unit <> p.unit OR n.currency <> p.currency
                   OR p.price_minor <= n.max_price_minor AS payable
          FROM product p JOIN exhibitor x ON x.id = p.exhibitor_id AND x.state = 'accepted'
          LEFT JOIN exhibitor_profile own ON own.exhibitor_id = x.id
         WHERE p.edition_id = :edition AND p.hs >= n.hs AND p.hs < n.hs || 'x'
           AND x.organisation_id <> b.organisation_id) p ON true
     WHERE b.edition_id = :edition
     GROUP BY n.id
)
"""
NEEDS = OFFERS + (
    "SELECT n.hs, a.viable, CASE WHEN a.viable = 1 THEN a.one END"
    "  FROM answered a JOIN need n ON n.id = a.need_id ORDER BY n.id"
)
UNMET = OFFERS + (
    """SELECT b.code, o.name, o.country, n.position, n.hs, n.text, n.quantity, n.unit, n.max_price_minor,
              n.currency, n.certificates || b.certificates, n.countries,
              a.offered, a.certified, a.wanted, a.enough, a.payable
         FROM answered a JOIN need n ON n.id = a.need_id JOIN buyer b ON b.id = n.buyer_id
         JOIN organisation o ON o.id = b.organisation_id
        WHERE a.viable = 0 ORDER BY n.hs, b.code, n.position"""
)
SUPPLY = """
SELECT chain.code, stage.position, p.exhibitor_id, o.country, count(DISTINCT p.kind_key)
  FROM supply_chain chain
 CROSS JOIN LATERAL jsonb_array_elements(chain.stages) WITH ORDINALITY AS stage(body, position)
 CROSS JOIN LATERAL jsonb_array_elements_text(stage.body -> 'codes') AS goods(hs)
  JOIN product p ON p.edition_id = chain.edition_id
       AND left(p.hs, 2) = left(goods.hs, 2) AND starts_with(p.hs, goods.hs)
  JOIN exhibitor x ON x.id = p.exhibitor_id AND x.state = 'accepted'
  JOIN organisation o ON o.id = x.organisation_id
 WHERE chain.edition_id = :edition
 GROUP BY chain.code, stage.position, p.exhibitor_id, o.country ORDER BY 1, 2, 3
"""
# How many meetings each party has that were not cancelled; parties without any are counted as such.
PER_PARTY = """
SELECT party.side, party.count, count(*) FROM (
    SELECT 'buyer' AS side, (SELECT count(*) FROM meeting m
             WHERE m.buyer_id = b.id AND m.state <> 'cancelled') AS count
      FROM buyer b WHERE b.edition_id = :edition AND b.open_to_meetings
    UNION ALL
    SELECT 'supplier', (SELECT count(*) FROM meeting m
             WHERE m.exhibitor_id = x.id AND m.state <> 'cancelled')
      FROM exhibitor x JOIN exhibitor_profile p ON p.exhibitor_id = x.id AND p.open_to_meetings
     WHERE x.edition_id = :edition AND x.state = 'accepted') AS party
 GROUP BY 1, 2 ORDER BY 1, 2
"""
STATES = """
SELECT state, origin, count(*) FROM meeting WHERE edition_id = :edition GROUP BY 1, 2 ORDER BY 1, 2
"""
FIRMS = """
SELECT x.id, x.code, o.name FROM exhibitor x JOIN organisation o ON o.id = x.organisation_id
 WHERE x.edition_id = :edition AND x.id = ANY(:wanted)
"""


class Unmet(NamedTuple):
    """A need without a viable offer; the last five count offers of such goods that meet each condition."""

    buyer: str
    name: dict[str, str]
    country: str
    position: int
    hs: str
    text: dict[str, str]
    quantity: Any
    unit: str
    max_price_minor: int
    currency: str
    certificates: list[str]
    countries: list[str]
    offered: int
    certified: int
    wanted: int
    enough: int
    payable: int

    @property
    def why(self) -> str:
        """What every offer of such goods lacks; 'nobody' without one, 'together' if each lacks something."""
        found = {
            "nobody": self.offered,
            "certificates": self.certified,
            "origin": self.wanted,
            "quantity": self.enough,
            "price": self.payable,
        }
        return next((why for why, count in found.items() if not count), "together")


def supply_chains(session: Session, edition: Edition) -> list[SupplyChain]:
    """The edition's chains by code."""
    return list(
        session.exec(
            select(SupplyChain).where(SupplyChain.edition_id == edition.id).order_by(SupplyChain.code)
        )
    )


def needs(session: Session, edition: Edition) -> list[Answered]:
    """Every need with how many exhibitors could serve it."""
    return [Answered(*row) for row in session.execute(text(NEEDS), {"edition": edition.id})]


def unmet(session: Session, edition: Edition) -> list[Unmet]:
    """The needs without a viable offer, by code of goods."""
    return [Unmet(*row) for row in session.execute(text(UNMET), {"edition": edition.id})]


def supply(session: Session, edition: Edition) -> dict[tuple[str, int], list[Supply]]:
    """What is offered by (code of the chain, position of the stage from 1)."""
    found: dict[tuple[str, int], list[Supply]] = {}
    for code, position, *offered in session.execute(text(SUPPLY), {"edition": edition.id}):
        found.setdefault((code, position), []).append(Supply(*offered))
    return found


def per_party(session: Session, edition: Edition) -> dict[str, dict[int, int]]:
    """How many parties have how many meetings, by side."""
    found: dict[str, dict[int, int]] = {"buyer": {}, "supplier": {}}
    for side, meetings, parties in session.execute(text(PER_PARTY), {"edition": edition.id}):
        found[side][meetings] = parties
    return found


def states(session: Session, edition: Edition) -> Iterator[tuple[str, str, int]]:
    """(state, origin, number) of the meetings."""
    for row in session.execute(text(STATES), {"edition": edition.id}):
        yield row[0], row[1], row[2]


def firms(session: Session, edition: Edition, wanted: list[int]) -> dict[int, tuple[str, dict[str, str]]]:
    """Code and name of exhibitors by id."""
    rows = session.execute(text(FIRMS), {"edition": edition.id, "wanted": wanted})
    return {row[0]: (row[1], row[2]) for row in rows}
