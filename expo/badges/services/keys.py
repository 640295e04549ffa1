"""Keys of an edition: made when first needed, changed, and withdrawn with every badge they signed."""

from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from expo.audit.services import note
from expo.badges.keys import HOUSE, edition_key
from expo.badges.models import Badge, BadgeKey
from expo.badges.tokens import Token, issue
from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say

FIRST = 1
LONGEST_REASON = 200


@dataclass(frozen=True)
class Signer:
    """The private keys of an edition's live badges, by number; held only while codes are made."""

    keys: Mapping[int, Ed25519PrivateKey]

    def token(self, person_id: int, serial: int, number: int) -> str:
        """What the QR code of a badge says. Refused where its key cannot sign any more."""
        key = self.keys.get(number)
        if key is None:
            raise Refused(
                say(
                    "Key %(number)s cannot sign badges any more: it was withdrawn, or the house's key was "
                    "replaced. Revoke this badge and issue the next one.",
                    number=number,
                )
            )
        return issue(Token(person_id, serial), key, number)


def ensure_keys(session: Session, edition: Edition, house: Ed25519PrivateKey) -> None:
    """Write down the public keys of an edition that has none yet: the house's and its first own."""
    there = session.exec(
        select(func.count()).select_from(BadgeKey).where(BadgeKey.edition_id == edition.id)
    ).one()
    if there:
        return
    for number in (HOUSE, FIRST):
        _add(session, edition, house, number)


def signer_of(session: Session, edition: Edition, house: Ed25519PrivateKey) -> Signer:
    """What signs an edition's badges, made ready if there is nothing yet."""
    ensure_keys(session, edition, house)
    rows = session.exec(
        select(BadgeKey).where(BadgeKey.edition_id == edition.id, BadgeKey.retired_at.is_(None))
    ).all()
    keys = {row.number: edition_key(house, edition.id, row.number) for row in rows}
    known = {row.number: row.public_key for row in rows}
    return Signer(
        {number: key for number, key in keys.items() if key.public_key().public_bytes_raw() == known[number]}
    )


def rotate(session: Session, edition: Edition, house: Ed25519PrivateKey) -> int:
    """Sign badges from now on with a new key; those printed before stay valid. Its number."""
    _one_at_a_time(session, edition)
    ensure_keys(session, edition, house)
    most = session.exec(select(func.max(BadgeKey.number)).where(BadgeKey.edition_id == edition.id)).one()
    _add(session, edition, house, most + 1)
    note(session, "created", "badge_key", f"{edition.code}/{most + 1}", {"number": most + 1}, edition.id)
    return most + 1


def withdraw(session: Session, edition: Edition, house: Ed25519PrivateKey, number: int, because: str) -> int:
    """Make a key, and every badge it signed, worthless; how many valid badges died of it.

    Where it was the one that signs, a new one takes its place.
    """
    because = because.strip()[:LONGEST_REASON]
    if not because:
        raise Refused(say("Say why this key is withdrawn: people at the gates will ask."))
    _one_at_a_time(session, edition)
    key = session.get(BadgeKey, (edition.id, number), with_for_update=True, populate_existing=True)
    if key is None or key.retired_at is not None:
        raise Refused(say("Key %(number)s is withdrawn already.", number=number))
    key.retired_at, key.retired_because = now(), because
    session.flush()
    died = session.execute(
        update(Badge)
        .where(Badge.edition_id == edition.id, Badge.key_number == number, Badge.revoked_at.is_(None))
        .values(revoked_at=now(), revoked_because=because)
        .execution_options(synchronize_session=False)
    ).rowcount
    session.expire_all()
    still = session.exec(
        select(func.count())
        .select_from(BadgeKey)
        .where(BadgeKey.edition_id == edition.id, BadgeKey.retired_at.is_(None), BadgeKey.number > HOUSE)
    ).one()
    if not still:
        rotate(session, edition, house)
    note(session, "withdrawn", "badge_key", f"{edition.code}/{number}", {"badges": died}, edition.id)
    return died


def _add(session: Session, edition: Edition, house: Ed25519PrivateKey, number: int) -> None:
    public = edition_key(house, edition.id, number).public_key().public_bytes_raw()
    session.execute(
        insert(BadgeKey)
        .values(edition_id=edition.id, number=number, public_key=public, created_at=now())
        .on_conflict_do_nothing()
    )


def _one_at_a_time(session: Session, edition: Edition) -> None:
    session.execute(text("SELECT pg_advisory_xact_lock(hashtext('badge keys'), :one)"), {"one": edition.id})
