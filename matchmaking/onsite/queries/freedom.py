"""What is taken in a slot, and who might fill in."""

from collections.abc import Collection

from sqlalchemy import text
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor
from matchmaking.catalogue.models import Buyer, ExhibitorProfile
from matchmaking.meetings.models import Delegate, MeetingHold, MeetingTable
from matchmaking.onsite.freedom import Person, Side, Table
from matchmaking.onsite.models import MeetingOpening
from matchmaking.requests.queries.parties import taking_part
from matchmaking.requests.sides import BUYER

# Whom a party may meet, the most wanted first: agreed, asked, recommended; nobody of its own organisation, no
# pair of which either side said no, no pair that has met or will.
SUITABLE = """
    SELECT found.other FROM (
        SELECT {other} AS other, CASE state WHEN 'agreed' THEN 200 ELSE 120 END AS worth
          FROM meeting_request WHERE {mine} = :party AND state IN ('open','agreed','lapsed')
         UNION ALL
        SELECT {other}, score FROM recommendation WHERE {mine} = :party) AS found
      JOIN {other_table} o ON o.id = found.other
      JOIN {mine_table} m ON m.id = :party AND m.organisation_id <> o.organisation_id
     WHERE NOT EXISTS (SELECT 1 FROM meeting_refusal no WHERE no.{mine} = :party AND no.{other} = found.other
                          AND no.lifted_at IS NULL)
       AND NOT EXISTS (SELECT 1 FROM meeting met WHERE met.{mine} = :party AND met.{other} = found.other
                          AND met.state IN ('planned','held'))
       AND NOT EXISTS (SELECT 1 FROM meeting_no_show gone JOIN meeting g ON g.id = gone.meeting_id
                        WHERE g.{other} = found.other AND g.slot = :slot AND g.edition_id = :edition
                          AND gone.side = :across)
     GROUP BY found.other ORDER BY max(found.worth) DESC, found.other LIMIT :most
"""
OF_BUYER = text(
    SUITABLE.format(mine="buyer_id", other="exhibitor_id", mine_table="buyer", other_table="exhibitor")
)
OF_SUPPLIER = text(
    SUITABLE.format(mine="exhibitor_id", other="buyer_id", mine_table="exhibitor", other_table="buyer")
)
MOST = 400


def taken(session: Session, edition: Edition, slot: int) -> frozenset[str]:
    """What meetings hold in a slot."""
    rows = select(MeetingHold.resource).where(MeetingHold.edition_id == edition.id, MeetingHold.slot == slot)
    return frozenset(session.execute(rows).scalars())


def sides(
    session: Session, edition: Edition, side: str, ids: Collection[int], *, open_only: bool = False
) -> dict[int, Side]:
    """Number → party of one side with its people, exhibitors that are accepted; of those that are open to
    meetings, if asked for."""
    if not ids:
        return {}
    if side == BUYER:
        query = select(Buyer.id, Buyer.organisation_id, Buyer.unavailable)
        owner, number = Delegate.buyer_id, Buyer.id
    else:
        query = (
            select(Exhibitor.id, Exhibitor.organisation_id, ExhibitorProfile.unavailable)
            .outerjoin(ExhibitorProfile, ExhibitorProfile.exhibitor_id == Exhibitor.id)
            .where(Exhibitor.state == "accepted")
        )
        owner, number = Delegate.exhibitor_id, Exhibitor.id
    people: dict[int, list[Person]] = {}
    found = session.execute(
        select(owner, Delegate.id, Delegate.languages, Delegate.unavailable)
        .where(owner.in_(ids))
        .order_by(Delegate.id)
    )
    for party, delegate, languages, unavailable in found:
        people.setdefault(party, []).append(Person(delegate, frozenset(languages), frozenset(unavailable)))
    query = query.where(number.in_(ids), (Buyer if side == BUYER else Exhibitor).edition_id == edition.id)
    if open_only:
        query = query.where(number.in_(taking_part(edition, side)))
    rows = session.execute(query)
    return {
        row[0]: Side(row[0], row[1], frozenset(row[2] or ()), tuple(people.get(row[0], ()))) for row in rows
    }


def waited_at(session: Session, edition: Edition, slot: int) -> frozenset[str]:
    """The seats at which somebody waits in a slot, as `taken` names them."""
    rows = session.execute(
        select(MeetingOpening.table_number, MeetingOpening.seat).where(
            MeetingOpening.edition_id == edition.id,
            MeetingOpening.slot == slot,
            MeetingOpening.closed_at.is_(None),
        )
    )
    return frozenset(f"table {table}/{seat}" for table, seat in rows)


def tables(session: Session, edition: Edition) -> list[Table]:
    """The tables of the meeting area."""
    rows = session.execute(
        select(
            MeetingTable.number, MeetingTable.seats, MeetingTable.exclusive, MeetingTable.exhibitor_id,
            MeetingTable.buyer_id, MeetingTable.closed,
        ).where(MeetingTable.edition_id == edition.id)
    ).all()  # fmt: skip
    if rows:
        return [Table(*row[:5], frozenset(row[5])) for row in rows]
    return [Table(number) for number in range(1, int(edition.meetings.get("tables", 0) or 0) + 1)]


def suitable(session: Session, edition: Edition, side: str, party_id: int, slot: int) -> list[int]:
    """Whom a party may meet, by number on the other side, the most wanted first; see SUITABLE."""
    values = {
        "party": party_id,
        "slot": slot,
        "edition": edition.id,
        "across": "supplier" if side == BUYER else BUYER,
        "most": MOST,
    }
    return list(session.execute(OF_BUYER if side == BUYER else OF_SUPPLIER, values).scalars())
