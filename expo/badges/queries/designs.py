"""Designs of badges, their versions, and which kind has which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, select

from expo.badges.design import Design, from_json
from expo.badges.imposing import Logo
from expo.badges.models import BadgeArt, BadgeDesign, BadgeDesignKind, BadgeDesignVersion
from expo.editions.models import Edition


@dataclass(frozen=True)
class Look:
    """A version of a design, ready for the press. Without a version it is the usual one."""

    version_id: int | None
    design: Design
    logo: Logo | None = None


USUAL = Look(None, Design())


def newest(session: Session, design_ids: Sequence[int]) -> dict[int, int]:
    """The id of the newest version of each design."""
    query = (
        select(BadgeDesignVersion.design_id, func.max(BadgeDesignVersion.id))
        .where(BadgeDesignVersion.design_id.in_(design_ids))
        .group_by(BadgeDesignVersion.design_id)
    )
    return dict(map(tuple, session.execute(query)))


def looks(session: Session, edition: Edition, version_ids: Sequence[int | None]) -> dict[int | None, Look]:
    """Versions with their logos; None stands for the usual design."""
    rows = session.exec(
        select(BadgeDesignVersion).where(BadgeDesignVersion.id.in_([one for one in version_ids if one]))
    ).all()
    designs = {row.id: from_json(row.spec) for row in rows}
    logos = arts(session, edition, [one.logo for one in designs.values() if one.logo])
    found: dict[int | None, Look] = {None: USUAL}
    for number, design in designs.items():
        found[number] = Look(number, design, logos.get(design.logo or 0))
    return found


def arts(session: Session, edition: Edition, numbers: Sequence[int]) -> dict[int, Logo]:
    """Logos of an edition by their ids."""
    query = select(BadgeArt).where(BadgeArt.edition_id == edition.id, BadgeArt.id.in_(numbers))
    return {row.id: Logo(row.svg, row.name) for row in session.exec(query) if row.id}


def all_arts(session: Session, edition: Edition) -> Sequence[BadgeArt]:
    """Every logo, the newest first."""
    query = select(BadgeArt).where(BadgeArt.edition_id == edition.id).order_by(BadgeArt.id.desc())
    return session.exec(query).all()


def look_of_kind(session: Session, edition: Edition, kind: str) -> Look:
    """What the badges of a kind look like now."""
    design_id = design_kinds(session, edition).get(kind)
    version = newest(session, [design_id]).get(design_id) if design_id else None
    return looks(session, edition, [version])[version]


def design_kinds(session: Session, edition: Edition) -> Mapping[str, int]:
    """Kinds that have a design of their own."""
    query = select(BadgeDesignKind.kind, BadgeDesignKind.design_id).where(
        BadgeDesignKind.edition_id == edition.id
    )
    return dict(map(tuple, session.execute(query)))


def designs(session: Session, edition: Edition) -> Sequence[Any]:
    """(id, name, versions, changed at) of each design by name."""
    query = (
        select(
            BadgeDesign.id, BadgeDesign.name, func.count(BadgeDesignVersion.id).label("versions"),
            func.max(BadgeDesignVersion.made_at).label("changed_at"),
        )
        .outerjoin(BadgeDesignVersion, BadgeDesignVersion.design_id == BadgeDesign.id)
        .where(BadgeDesign.edition_id == edition.id)
        .group_by(BadgeDesign.id)
        .order_by(BadgeDesign.name)
    )  # fmt: skip
    return session.execute(query).all()


def design_by_id(session: Session, edition: Edition, number: int) -> BadgeDesign | None:
    """The edition's design of that id."""
    return session.exec(
        select(BadgeDesign).where(BadgeDesign.id == number, BadgeDesign.edition_id == edition.id)
    ).one_or_none()


def versions(session: Session, design: BadgeDesign) -> Sequence[BadgeDesignVersion]:
    """Every version, the newest first."""
    query = select(BadgeDesignVersion).where(BadgeDesignVersion.design_id == design.id)
    return session.exec(query.order_by(BadgeDesignVersion.number.desc())).all()
