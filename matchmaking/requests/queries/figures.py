"""What the organiser sees: how requests go, who never answers, who has more than they can take.

Noes are counted in the sums only; by name they are on a page of its own (see `refusals`).
"""

from typing import Any, NamedTuple

from sqlalchemy import text
from sqlmodel import Session

from expo.editions.models import Edition

LEAST = 3
"""Fewer noes than this are not counted, and of fewer requests nobody is said not to answer."""
FIGURES = text(
    """SELECT count(*) AS asked, count(*) FILTER (WHERE state = 'open') AS open,
              count(*) FILTER (WHERE state IN ('agreed', 'ended')) AS agreed,
              count(*) FILTER (WHERE state = 'lapsed') AS lapsed,
              count(*) FILTER (WHERE state = 'withdrawn') AS withdrawn,
              count(*) FILTER (WHERE asked_by = 'buyer') AS by_buyers,
              count(*) FILTER (WHERE asker_must OR other_must) AS musts,
              percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM settled_at - asked_at) / 3600)
                  FILTER (WHERE state IN ('agreed', 'ended')) AS hours,
              (SELECT count(*) FROM meeting_refusal
                WHERE edition_id = :edition AND lifted_at IS NULL) AS noes,
              (SELECT count(*) FROM request_report
                WHERE edition_id = :edition AND handled_at IS NULL) AS reports
         FROM meeting_request WHERE edition_id = :edition"""
)
# Every party that asked, was asked or has agreed, with the most meetings it takes. Who was asked and said
# no has answered: it is not among those who never do.
PARTIES = """
WITH touched AS (
    SELECT side, party, count(*) FILTER (WHERE asked_by = side) AS asked,
           count(*) FILTER (WHERE asked_by <> side) AS received,
           count(*) FILTER (WHERE asked_by <> side AND state IN ('agreed', 'ended')) AS accepted,
           count(*) FILTER (WHERE turn = side AND state = 'open') AS waiting,
           count(*) FILTER (WHERE asked_by <> side AND state = 'lapsed') AS lapsed,
           count(*) FILTER (WHERE state = 'agreed') AS agreed,
           bool_or(asked_by <> side AND (state IN ('agreed', 'ended') OR proposals > 0)) AS reacted
      FROM (SELECT 'buyer' AS side, buyer_id AS party, asked_by, state, turn, proposals
              FROM meeting_request WHERE edition_id = :edition
            UNION ALL
            SELECT 'supplier', exhibitor_id, asked_by, state, turn, proposals
              FROM meeting_request WHERE edition_id = :edition) AS sides
     GROUP BY side, party
), named AS (
    SELECT touched.*, coalesce(buyer.code, exhibitor.code) AS code, organisation.name, organisation.country,
           coalesce(buyer.max_meetings, exhibitor_profile.max_meetings) AS most,
           touched.received >= :least AND NOT touched.reacted AND NOT EXISTS (
               SELECT 1 FROM meeting_refusal AS no WHERE no.side = touched.side AND no.lifted_at IS NULL
                  AND CASE touched.side WHEN 'buyer' THEN no.buyer_id ELSE no.exhibitor_id END
                      = touched.party) AS silent
      FROM touched
      LEFT JOIN buyer ON touched.side = 'buyer' AND buyer.id = touched.party
      LEFT JOIN exhibitor ON touched.side = 'supplier' AND exhibitor.id = touched.party
      LEFT JOIN exhibitor_profile ON exhibitor_profile.exhibitor_id = exhibitor.id
      JOIN organisation ON organisation.id = coalesce(buyer.organisation_id, exhibitor.organisation_id)
)
SELECT side, code, name, country, asked, received, accepted, waiting, lapsed, agreed, most,
       agreed > most AS overbooked, silent, count(*) OVER () AS total
  FROM named
 WHERE CASE :only WHEN 'silent' THEN silent WHEN 'overbooked' THEN agreed > most
                  WHEN 'waiting' THEN waiting > 0 ELSE true END
   AND (:words = ''
        OR position(lower(:words) IN lower(code || ' ' || jsonb_path_query_array(name, '$.*')::text)) > 0)
 ORDER BY {order} side, code LIMIT :limit OFFSET :offset
"""
ORDERS = {
    "received": "received DESC,",
    "asked": "asked DESC,",
    "agreed": "agreed DESC,",
    "waiting": "waiting DESC,",
    "": "received + asked DESC,",
}


class Figures(NamedTuple):
    """The sums of an edition; `hours` is the median until it was agreed, `noes` None while there are few."""

    asked: int
    open: int
    agreed: int
    lapsed: int
    withdrawn: int
    by_buyers: int
    musts: int
    hours: float | None
    noes: int | None
    reports: int


def figures(session: Session, edition: Edition) -> Figures:
    """How requests go, in one query."""
    row = session.execute(FIGURES, {"edition": edition.id}).one()._asdict()
    return Figures(**{**row, "noes": row["noes"] if row["noes"] >= LEAST else None})


class PartyRow(NamedTuple):
    """A party with its requests; `silent`: asked at least `LEAST` times and never reacted at all."""

    side: str
    code: str
    name: dict[str, str]
    country: str
    asked: int
    received: int
    accepted: int
    waiting: int
    lapsed: int
    agreed: int
    most: int | None
    overbooked: bool | None
    silent: bool


def party_rows(
    session: Session,
    edition: Edition,
    *,
    only: str = "",
    words: str = "",
    order: str = "",
    limit: int | None = None,
    offset: int = 0,
) -> tuple[list[PartyRow], int]:
    """One page of the parties, and how many there are in all."""
    values: dict[str, Any] = {"edition": edition.id, "least": LEAST, "only": only, "words": words}
    query = text(PARTIES.format(order=ORDERS.get(order, ORDERS[""])))
    rows = session.execute(query, {**values, "limit": limit, "offset": offset}).all()
    return [PartyRow(*row[:-1]) for row in rows], (rows[0].total if rows else 0)
