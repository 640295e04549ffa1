"""Deciding on many applications at once, after seeing what it comes to."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors import stages
from expo.exhibitors.application import missing
from expo.exhibitors.models import Exhibitor, Organisation
from expo.exhibitors.services.deciding import decide
from expo.exhibitors.services.numbering import take_turn
from expo.exhibitors.services.reviewing import Filter, found
from expo.venue.models import Zone
from expo.words import Sentence

MOST_AT_ONCE = 2_000


@dataclass(frozen=True)
class ZoneDemand:
    """A zone's net area, what accepted exhibitors who name it first ask for, and what these would add."""

    code: str
    name: dict[str, str]
    net_m2: int
    asked_m2: int
    more_m2: int

    @property
    def percent(self) -> int:
        """How much of the zone would be asked for."""
        return round(100 * (self.asked_m2 + self.more_m2) / self.net_m2) if self.net_m2 else 0


@dataclass(frozen=True)
class Outcome:
    """What a decision on many would do: who can be decided on, who cannot and why, and what it comes to."""

    able: Sequence[Any]
    unable: Sequence[tuple[Any, Sentence]]
    area_m2: int
    least_m2: int
    newcomers: int
    mails: int
    countries: Sequence[tuple[str, int]]
    zones: Sequence[ZoneDemand]


def foresee(
    session: Session, edition: Edition, wanted: str, codes: Collection[str] | None, chosen: Filter
) -> Outcome:
    """What deciding `wanted` would do to these codes, or (None) to everything the filter finds."""
    rows = _asked(session, edition, codes, chosen)
    able, unable = [], []
    for row in rows:
        if stages.may_become(row.state, wanted, organiser=True):
            able.append(row)
        else:
            unable.append((row, stages.NAMES[row.state]))
    lacking = {row.code: lacks[0][1] for row in able if (lacks := missing(row._mapping))}
    if wanted == "accepted":
        unable += [(row, lacking[row.code]) for row in able if row.code in lacking]
        able = [row for row in able if row.code not in lacking]
    return Outcome(
        able=able,
        unable=unable,
        area_m2=sum(row.area_m2 for row in able),
        least_m2=sum(row.least_m2 or row.area_m2 for row in able),
        newcomers=sum(row.newcomer for row in able),
        mails=sum(bool(row.contact_email or row.email) for row in able),
        countries=Counter(row.country for row in able).most_common(),
        zones=_zones(session, edition, able if wanted == "accepted" else []),
    )


def _asked(
    session: Session, edition: Edition, codes: Collection[str] | None, chosen: Filter
) -> Sequence[Any]:
    query = select(
        Exhibitor.id, Exhibitor.code, Exhibitor.state, Exhibitor.area_m2, Exhibitor.least_m2, Exhibitor.zones,
        Exhibitor.newcomer, Exhibitor.sector, Exhibitor.profile, Exhibitor.contact_name, Exhibitor.lead_id,
        Exhibitor.contact_email, Organisation.email, Organisation.name, Organisation.country,
    )  # fmt: skip
    query = found(query, edition.id, chosen if codes is None else Filter())
    if codes is not None:
        query = query.where(Exhibitor.code.in_(codes))
    return session.execute(query.order_by(Exhibitor.code).limit(MOST_AT_ONCE)).all()


def _zones(session: Session, edition: Edition, able: Sequence[Any]) -> list[ZoneDemand]:
    """Demand by the zone named first; who names none is counted nowhere."""
    first = Exhibitor.zones[0].astext
    asked = dict(
        tuple(row)
        for row in session.execute(
            select(first, func.sum(Exhibitor.area_m2))
            .where(Exhibitor.edition_id == edition.id, Exhibitor.state == "accepted")
            .group_by(first)
        )
    )
    more: Counter[str] = Counter()
    for row in able:
        if row.zones:
            more[row.zones[0]] += row.area_m2
    zones = session.exec(select(Zone).where(Zone.edition_id == edition.id).order_by(Zone.code))
    return [
        ZoneDemand(zone.code, zone.name, zone.net_m2, int(asked.get(zone.code) or 0), more[zone.code])
        for zone in zones
    ]


def decide_many(
    session: Session, edition: Edition, wanted: str, codes: Sequence[str], reason: str
) -> tuple[list[Exhibitor], list[tuple[str, Sentence | str]]]:
    """Decide on each by itself, in the order of their codes: whom it was done to, and whom not and why."""
    take_turn(session, edition.id)  # before any application is held: who counts points holds them all
    done, refused = [], []
    rows = session.exec(
        select(Exhibitor)
        .where(Exhibitor.edition_id == edition.id, Exhibitor.code.in_(codes))
        .order_by(Exhibitor.code)
        .limit(MOST_AT_ONCE)
    ).all()
    for exhibitor in rows:
        try:
            with session.begin_nested():
                decide(session, exhibitor, wanted, reason)
            done.append(exhibitor)
        except Refused as no:
            refused.append((exhibitor.code, no.sentence))
    return done, refused
