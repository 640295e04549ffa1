"""Permits: applied for with figures and drawings, checked, reviewed, charged."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from hashlib import sha256
from typing import Any

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.allocation.models import Allotment
from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor, Order, OrderLine
from expo.exhibitors.services.numbering import hold, next_number, take_turn
from expo.jobs.handlers import as_json
from expo.orders import drawings
from expo.orders.models import Permit, PermitDrawing
from expo.orders.permits import FIGURES, KINDS, Figures, Finding, Limits, check
from expo.orders.services.carting import add_up, begin_extras, open_extras
from expo.orders.services.catalogue import fee_of
from expo.orders.services.ordering import is_exempt, lines
from expo.orders.stages import PERMIT_NAMES, PERMIT_NEXT
from expo.venue.models import Hall, Stand
from expo.words import say

MOST_FIGURE = 10_000_000


def limits_of(session: Session, exhibitor: Exhibitor) -> Limits:
    """What hall and stand bear where the exhibitor stands: of several stands the lowest counts."""
    return limits_of_all(session, [exhibitor.id]).get(exhibitor.id, Limits())


def limits_of_all(session: Session, exhibitor_ids: Sequence[int]) -> dict[int, Limits]:
    """The same for several exhibitors at once."""
    rows = session.execute(
        select(
            Allotment.exhibitor_id, func.array_agg(Stand.code), func.min(Hall.clear_height_cm),
            func.min(Hall.load_kg_m2), func.min(Stand.height_cm), func.min(Stand.load_kg_m2),
            func.sum(Stand.width * Stand.depth),
        )
        .join(Stand, Stand.id == Allotment.stand_id)
        .join(Hall, Hall.id == Stand.hall_id)
        .where(Allotment.exhibitor_id.in_(exhibitor_ids))
        .group_by(Allotment.exhibitor_id)
    )  # fmt: skip
    return {row[0]: Limits(tuple(sorted(row[1])), *row[2:6], int(row[6])) for row in rows}


def apply_for(session: Session, exhibitor: Exhibitor, kind: str, given: Mapping[str, Any]) -> Permit:
    """A draft of an application; one of a kind at a time. `given`: figures and description."""
    take_turn(session, exhibitor.edition_id)
    if exhibitor.state != "accepted":
        raise Refused(say("Only exhibitors who are accepted can apply for a permit."))
    permit = Permit(
        edition_id=exhibitor.edition_id,
        exhibitor_id=exhibitor.id,
        number=next_number(session, Permit, exhibitor.edition_id),
        kind=kind,
        **_asked(kind, given),
    )
    try:
        with session.begin_nested():
            session.add(permit)
            session.flush()
    except IntegrityError:
        raise Refused(say("You have applied for this permit already. Change that application.")) from None
    return permit


def _asked(kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The figures this kind asks for; others are left empty."""
    wanted = KINDS[kind].figures
    figures = {name: given.get(name) if name in wanted else None for name in FIGURES}
    return {**figures, "description": given.get("description") or ""}


def change(session: Session, permit: Permit, given: Mapping[str, Any]) -> None:
    """Other figures, while it is a draft or asked back."""
    _hold_draft(session, permit)
    for name, value in _asked(permit.kind, given).items():
        setattr(permit, name, value)
    session.add(permit)
    session.flush()


def _hold_draft(session: Session, permit: Permit) -> None:
    hold(session, permit)
    if permit.state not in ("draft", "returned"):
        raise Refused(say("It was sent, so it is no longer changed. Withdraw it and apply anew."))


def add_drawing(session: Session, permit: Permit, name: str, content: bytes) -> PermitDrawing:
    """Keep a drawing with the application, whose kind its content tells."""
    _hold_draft(session, permit)
    kind = drawings.kind_of(content)
    there = drawings_of(session, permit)
    digest = sha256(content).hexdigest()
    if any(one.sha256 == digest for one in there):
        raise Refused(say("This drawing is here already."))
    if len(there) >= drawings.MOST:
        raise Refused(say("An application holds %(most)s drawings at most.", most=drawings.MOST))
    drawing = PermitDrawing(
        permit_id=permit.id,
        name=drawings.safe_name(name, kind),
        mimetype=drawings.KINDS[kind],
        size=len(content),
        sha256=digest,
        content=content,
    )
    session.add(drawing)
    session.flush()
    return drawing


def drop_drawing(session: Session, permit: Permit, drawing: PermitDrawing) -> None:
    """Take a drawing back."""
    _hold_draft(session, permit)
    session.delete(drawing)
    session.flush()


def drawings_of(session: Session, permit: Permit) -> Sequence[Any]:
    """The application's drawings without their content."""
    return session.execute(
        select(
            PermitDrawing.id, PermitDrawing.name, PermitDrawing.mimetype, PermitDrawing.size,
            PermitDrawing.sha256, PermitDrawing.uploaded_at,
        )
        .where(PermitDrawing.permit_id == permit.id)
        .order_by(PermitDrawing.id)
    ).all()  # fmt: skip


def drawing_of(session: Session, permit: Permit, drawing_id: int) -> PermitDrawing | None:
    """One of the application's drawings, whole."""
    return session.exec(
        select(PermitDrawing).where(PermitDrawing.id == drawing_id, PermitDrawing.permit_id == permit.id)
    ).one_or_none()


def checked(session: Session, permit: Permit) -> list[Finding]:
    """What the automatic check says today."""
    exhibitor = session.get_one(Exhibitor, permit.exhibitor_id)
    asked = Figures(**{name: getattr(permit, name) for name in FIGURES})
    return check(permit.kind, asked, limits_of(session, exhibitor), len(drawings_of(session, permit)))


def submit(session: Session, permit: Permit) -> None:
    """Send it to the reviewers. Refused while something that is asked for is missing."""
    _insist(session, permit, "submitted")
    if any(getattr(permit, name) is None for name in KINDS[permit.kind].figures):
        raise Refused(say("Fill in the figures first."))
    if not KINDS[permit.kind].figures and not permit.description.strip():
        raise Refused(say("Describe what you plan first."))
    if KINDS[permit.kind].drawing and not drawings_of(session, permit):
        raise Refused(say("Hand in a drawing first."))
    found = [asdict(one) | {"sentence": as_json(one.sentence)} for one in checked(session, permit)]
    permit.state, permit.submitted_at, permit.findings = "submitted", now(), found
    session.add(permit)
    session.flush()


def _insist(session: Session, permit: Permit, wanted: str) -> None:
    """Hold the application and refuse what may not follow its state."""
    hold(session, permit)
    if wanted not in PERMIT_NEXT[permit.state]:
        raise Refused(
            say("This is not possible: the application is now “%(state)s”.", state=PERMIT_NAMES[permit.state])
        )


def withdraw(session: Session, permit: Permit) -> None:
    """The exhibitor no longer wants it."""
    _insist(session, permit, "withdrawn")
    permit.state = "withdrawn"
    session.add(permit)
    session.flush()


def decide(session: Session, permit: Permit, wanted: str, text: str, user_id: int | None) -> None:
    """Grant (text: conditions), refuse or ask back (text: why). Over a limit needs words.

    A fee goes onto the exhibitor's order of services, once.
    """
    take_turn(session, permit.edition_id)
    _insist(session, permit, wanted)
    if wanted in ("refused", "returned") and not text.strip():
        raise Refused(say("Write a sentence that tells the exhibitor why."))
    over = any(one.tone == "bad" for one in checked(session, permit))
    if wanted == "granted" and over and not text.strip():
        raise Refused(say("It exceeds a limit. Write down on what terms it is granted all the same."))
    permit.state, permit.decision = wanted, text.strip()
    permit.decided_by, permit.decided_at = user_id, now()
    session.add(permit)
    session.flush()
    if wanted == "granted":
        _charge(session, permit)


def _charge(session: Session, permit: Permit) -> None:
    fee = fee_of(session, permit.edition_id, permit.kind)
    charged = (
        select(OrderLine.id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(OrderLine.permit_id == permit.id, Order.state != "cancelled")
    )
    if fee is None or not fee.price_minor or session.exec(charged).first():
        return
    exhibitor = session.get_one(Exhibitor, permit.exhibitor_id)
    edition = session.get_one(Edition, permit.edition_id)
    order = open_extras(session, exhibitor) or begin_extras(session, edition, exhibitor)
    hold(session, order)
    session.add(
        OrderLine(
            order_id=order.id,
            position=max((line.position for line in lines(session, order)), default=0) + 1,
            kind="permit",
            text=dict(fee.name),
            quantity=Decimal(1),
            unit=fee.unit,
            unit_price_minor=fee.price_minor,
            net_minor=fee.price_minor,
            tax_bp=0 if is_exempt(session, exhibitor) else fee.tax_bp,
            service_id=fee.id,
            permit_id=permit.id,
        )
    )
    session.flush()
    add_up(session, order)
