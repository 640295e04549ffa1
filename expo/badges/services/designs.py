"""Designs of badges: kept in versions, given to kinds; logos."""

from collections.abc import Collection

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.badges.design import Design
from expo.badges.logo import svg_of
from expo.badges.models import Badge, BadgeArt, BadgeDesign, BadgeDesignKind, BadgeDesignVersion
from expo.editions.models import Edition
from expo.errors import Refused
from expo.registration.models import KINDS
from expo.words import say

MOST_LOGOS = 40


def save_design(
    session: Session,
    edition: Edition,
    name: str,
    design: Design,
    kinds: Collection[str],
    by: str,
    known: BadgeDesign | None = None,
) -> BadgeDesign:
    """Keep a design, new or as the next version of a known one, and give it to these kinds alone.

    A version that says the same is not kept twice.
    """
    if design.logo is not None and _art(session, edition, design.logo) is None:
        raise Refused(say("This logo is gone; choose another or none."))
    kept = known or BadgeDesign(edition_id=edition.id, name=name)
    kept.name = name
    try:
        with session.begin_nested():
            session.add(kept)
            session.flush()
    except IntegrityError:
        raise Refused(say("There is a design of this name already; choose another.")) from None
    _version(session, kept, design, by)
    _give(session, edition, kept, kinds)
    return kept


def _version(session: Session, kept: BadgeDesign, design: Design, by: str) -> None:
    """Two who save at once get one number after the other: the design's row is held."""
    session.refresh(kept, with_for_update=True)
    query = select(BadgeDesignVersion).where(BadgeDesignVersion.design_id == kept.id)
    last = session.exec(query.order_by(BadgeDesignVersion.number.desc()).limit(1)).one_or_none()
    spec = design.as_json()
    if last is None or last.spec != spec:
        number = last.number + 1 if last else 1
        session.add(BadgeDesignVersion(design_id=kept.id, number=number, spec=spec, made_by=by))
        session.flush()


def _give(session: Session, edition: Edition, kept: BadgeDesign, kinds: Collection[str]) -> None:
    rows = session.exec(select(BadgeDesignKind).where(BadgeDesignKind.edition_id == edition.id)).all()
    having = {row.kind: row for row in rows}
    for kind in KINDS:
        row = having.get(kind)
        if kind in kinds and row is None:
            session.add(BadgeDesignKind(edition_id=edition.id, kind=kind, design_id=kept.id))
        elif kind in kinds and row is not None:
            row.design_id = kept.id
        elif row is not None and row.design_id == kept.id:
            session.delete(row)
    session.flush()


def delete_design(session: Session, kept: BadgeDesign) -> None:
    """Forget a design; its kinds get the usual one. Refused where badges were printed in it."""
    printed = session.exec(
        select(func.count())
        .select_from(Badge)
        .join(BadgeDesignVersion, BadgeDesignVersion.id == Badge.design_version_id)
        .where(BadgeDesignVersion.design_id == kept.id)
    ).one()
    if printed:
        raise Refused(
            say("%(count)s badges were printed in this design, and know it. Take its kinds away instead.",
                count=printed)
        )  # fmt: skip
    session.delete(kept)
    session.flush()


def add_logo(session: Session, edition: Edition, name: str, content: bytes) -> BadgeArt:
    """Keep a logo, checked by its content."""
    query = select(func.count()).select_from(BadgeArt).where(BadgeArt.edition_id == edition.id)
    if session.exec(query).one() >= MOST_LOGOS:
        raise Refused(say("There are %(most)s logos already; use one of them.", most=MOST_LOGOS))
    art = BadgeArt(edition_id=edition.id, name=name[:80], svg=svg_of(content))
    session.add(art)
    session.flush()
    return art


def _art(session: Session, edition: Edition, number: int) -> BadgeArt | None:
    return session.exec(
        select(BadgeArt).where(BadgeArt.id == number, BadgeArt.edition_id == edition.id)
    ).one_or_none()
