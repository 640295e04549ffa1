"""What devices hold for hours without a net: a box for each badge, sealed once and kept."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import text
from sqlmodel import Session

from expo.badges import services as badges
from expo.checkin.boxes import sealed
from expo.checkin.services.setup import ensure_settings
from expo.clock import now
from expo.editions.models import Edition

FRESH = timedelta(seconds=5)
CHUNK = 1000
HEAD = "SELECT version, gathered_at FROM gate_settings WHERE edition_id = :edition FOR UPDATE"
# Everybody with a valid badge whose record is another than the one that was sealed.
CHANGED = """
WITH exempt AS (
    SELECT person_id, jsonb_agg(jsonb_build_object('area', area_id, 'allowed', allowed, 'until', until,
                                                   'reason', reason) ORDER BY id) AS said
      FROM gate_exemption WHERE edition_id = :edition AND (until IS NULL OR until > now()) GROUP BY person_id
), known AS (
    SELECT badge.id AS badge_id, badge.person_id, badge.serial, badge.key_number,
           jsonb_build_object('name', person.name, 'organisation', person.organisation,
                              'country', person.country, 'kind', person.kind, 'state', person.state,
                              'code', person.code, 'ticket', person.ticket_id,
                              'exemptions', coalesce(exempt.said, '[]')) AS record
      FROM badge JOIN person ON person.id = badge.person_id LEFT JOIN exempt ON exempt.person_id = person.id
     WHERE badge.edition_id = :edition AND badge.revoked_at IS NULL
)
SELECT known.*, md5(record::text) AS mark FROM known LEFT JOIN gate_box USING (badge_id)
 WHERE gate_box.box IS NULL OR gate_box.mark <> md5(record::text)
"""
KEEP = """
INSERT INTO gate_box (token_id, edition_id, badge_id, box, mark, version)
SELECT token_id, :edition, badge_id, box, mark, :version
  FROM unnest(CAST(:names AS text[]), CAST(:badges AS integer[]), CAST(:boxes AS text[]),
              CAST(:marks AS text[])) AS fresh (token_id, badge_id, box, mark)
    ON CONFLICT (badge_id) DO UPDATE SET token_id = excluded.token_id, box = excluded.box,
                                         mark = excluded.mark, version = excluded.version
"""
FORGET = """
UPDATE gate_box SET box = NULL, mark = '', version = :version
 WHERE edition_id = :edition AND box IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM badge WHERE badge.id = gate_box.badge_id AND badge.revoked_at IS NULL)
"""
DONE = "UPDATE gate_settings SET version = :version, gathered_at = :at WHERE edition_id = :edition"


def gather(session: Session, edition: Edition, house: Ed25519PrivateKey, *, at_once: bool = False) -> int:
    """Seal what changed since the last time; the version that devices then have everything of.

    Not more often than every few seconds, unless `at_once`; of two at once the second waits for the first.
    """
    ensure_settings(session, edition)
    version, gathered_at = session.execute(text(HEAD), {"edition": edition.id}).one()
    if not at_once and gathered_at is not None and now() - gathered_at < FRESH:
        return version
    signer = badges.signer_of(session, edition, house)
    rows = [
        row
        for row in session.execute(text(CHANGED), {"edition": edition.id})
        if row.key_number in signer.keys
    ]
    told = {"edition": edition.id, "version": version + 1}
    for start in range(0, len(rows), CHUNK):
        session.execute(text(KEEP), told | _sealed(edition, signer, rows[start : start + CHUNK]))
    gone = session.execute(text(FORGET), told).rowcount
    version += 1 if rows or gone else 0
    session.execute(text(DONE), {"edition": edition.id, "version": version, "at": now()})
    return version


def _sealed(edition: Edition, signer: badges.Signer, rows: Sequence[Any]) -> dict[str, list]:
    made = [
        sealed(signer.token(row.person_id, row.serial, row.key_number), edition.code, row.record)
        for row in rows
    ]
    return {
        "names": [name for name, _box in made],
        "badges": [row.badge_id for row in rows],
        "boxes": [box for _name, box in made],
        "marks": [row.mark for row in rows],
    }
