"""Writing facts down, taking them back, and counting an exhibitor anew."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.exhibitors.services import hold, take_turn
from expo.points.counting import count, total
from expo.points.models import PointsFact
from expo.points.rule import read
from expo.points.services.gathering import gather
from expo.points.services.settling import due_rows, no_longer_due
from expo.words import say

MOST_FACTS = 200
NEEDS_A_KIND = frozenset({"own"})


def recount(session: Session, edition: Edition, exhibitor: Exhibitor) -> None:
    """Count one exhibitor by the rule that is applied; its turn among the others is taken first."""
    take_turn(session, edition.id)
    session.refresh(edition, ["points_rule"])
    hold(session, exhibitor)
    session.flush()
    due = [number for number, whose in due_rows(session, edition) if whose == exhibitor.id]
    rule = read(edition.points_rule)
    counted = gather(session, edition, rule, [exhibitor.id])[0]
    exhibitor.points_origin = count(rule, counted.facts)
    exhibitor.points, exhibitor.points_counted_at = total(exhibitor.points_origin), now()
    session.add(exhibitor)
    session.flush()
    no_longer_due(session, due)


def record(
    session: Session,
    edition: Edition,
    exhibitor: Exhibitor,
    source: str,
    kind: str,
    figure: Decimal,
    on_date: date,
    note: str,
    user_id: int | None,
) -> PointsFact:
    """Write a fact down and count it. Refused for a kind that the rule does not know, or without a note."""
    if not note.strip():
        raise Refused(say("Write a note: whoever asks later must find the reason."))
    if kind and not read(edition.points_rule).kind(source, kind):
        raise Refused(say("The rule for points has nothing of this name."))
    if source in NEEDS_A_KIND and not kind:
        raise Refused(say("Choose which of the rule's own criteria it is."))
    if source in ("years", "spend", "violations", "sponsorship") and figure <= 0:
        raise Refused(say("How many is more than zero; whether it adds or takes away, the rule says."))
    if len(facts(session, edition, exhibitor.organisation_id)) >= MOST_FACTS:
        raise Refused(say("There are %(most)s facts already.", most=MOST_FACTS))
    fact = PointsFact(
        edition_id=edition.id,
        organisation_id=exhibitor.organisation_id,
        source=source,
        kind=kind,
        figure=figure,
        on_date=on_date,
        note=note.strip(),
        recorded_by=user_id,
    )
    session.add(fact)
    session.flush()
    recount(session, edition, exhibitor)
    return fact


def retract(session: Session, edition: Edition, exhibitor: Exhibitor, fact: PointsFact, reason: str) -> None:
    """Take a fact back; it stays on the sheet, with the reason, and counts no longer."""
    if not reason.strip():
        raise Refused(say("Write why it is taken back."))
    take_turn(session, edition.id)
    hold(session, fact)
    if fact.retracted_at is not None:
        raise Refused(say("This was taken back already."))
    fact.retracted_at, fact.retract_note = now(), reason.strip()
    session.add(fact)
    session.flush()
    recount(session, edition, exhibitor)


def facts(session: Session, edition: Edition, organisation_id: int) -> Sequence[PointsFact]:
    """What is written down about a firm in this edition and those before it, the newest first."""
    return session.exec(
        select(PointsFact)
        .join(Edition, Edition.id == PointsFact.edition_id)
        .where(PointsFact.organisation_id == organisation_id, Edition.starts_on <= edition.starts_on)
        .order_by(PointsFact.on_date.desc(), PointsFact.id.desc())
    ).all()


def fact_of(session: Session, edition: Edition, organisation_id: int, fact_id: int) -> Any:
    """A fact about a firm that this edition's organisers wrote down."""
    return session.exec(
        select(PointsFact).where(
            PointsFact.id == fact_id,
            PointsFact.organisation_id == organisation_id,
            PointsFact.edition_id == edition.id,
        )
    ).one_or_none()
