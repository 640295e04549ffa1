"""Finding editions and their days."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Select, bindparam
from sqlmodel import Session, select

from expo.editions.models import Day, Edition

RESERVED_WORDS = """
account api assets editions healthz jobs language look readyz reset robots sign-in sign-out sign-up static
"""
RESERVED = frozenset(RESERVED_WORDS.split())


def edition_by_code(session: Session, code: str) -> Edition | None:
    """The edition of that code."""
    return session.execute(_by_code(), {"code": code}).scalar_one_or_none()


@cache
def _by_code() -> Select:
    """Every request asks this: writing the statement anew costs as much as its answer."""
    return select(Edition).where(Edition.code == bindparam("code"))


def public_editions(session: Session) -> Sequence[Edition]:
    """Editions anybody may see, the latest first."""
    return session.exec(
        select(Edition).where(Edition.is_public).order_by(Edition.starts_on.desc(), Edition.code)
    ).all()


def days(session: Session, edition: Edition) -> Sequence[Day]:
    """The edition's days in order."""
    return session.exec(select(Day).where(Day.edition_id == edition.id).order_by(Day.date)).all()
