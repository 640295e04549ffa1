"""The services that exhibitors can order: what there is, adding and changing one."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.db import broken_rule
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import OrderLine
from expo.exhibitors.services.numbering import hold, take_turn
from expo.orders.models import Service
from expo.orders.stages import CATEGORIES
from expo.words import say


def services_of(session: Session, edition_id: int, *, offered: bool = False) -> list[Service]:
    """The edition's services by category and code; `offered`: those that exhibitors may order themselves."""
    query = select(Service).where(Service.edition_id == edition_id).order_by(Service.code)
    if offered:
        query = query.where(Service.is_offered, Service.category != "permit")
    return sorted(session.exec(query), key=lambda one: (CATEGORIES.index(one.category), one.code))


def service_by_code(session: Session, edition_id: int, code: str) -> Service | None:
    """The edition's service of that code."""
    return session.exec(
        select(Service).where(Service.edition_id == edition_id, Service.code == code)
    ).one_or_none()


def save_service(
    session: Session, edition: Edition, given: Mapping[str, Any], kept: Service | None = None
) -> Service:
    """Add a service or change one. Orders placed before keep their price; no stock is below what is taken."""
    take_turn(session, edition.id)
    if kept is None:
        kept = Service(edition_id=edition.id, code="", category="other", price_minor=0)
    else:
        hold(session, kept)
    if given.get("permit") and given.get("category") == "permit":
        _refuse_second_fee(session, edition.id, given["permit"], kept)
    try:
        with session.begin_nested():
            for name, value in given.items():
                setattr(kept, name, value)
            session.add(kept)
            session.flush()
    except IntegrityError as error:
        raise _sentence(error, given) from None
    return kept


def _sentence(error: IntegrityError, given: Mapping[str, Any]) -> Refused:
    name, _detail = broken_rule(error)
    if name == "ck_service_stock":
        return Refused(say("More than that is ordered already. The stock cannot be lower."))
    if name == "uq_service_edition_id_code":
        return Refused(say("There is a service with the code %(code)s already.", code=given.get("code", "")))
    raise error


def _refuse_second_fee(session: Session, edition_id: int, permit: str, kept: Service) -> None:
    other = select(Service.code).where(
        Service.edition_id == edition_id, Service.category == "permit", Service.permit == permit
    )
    if found := session.exec(other.where(Service.id.is_distinct_from(kept.id))).first():
        raise Refused(say("%(code)s is the fee of that permit already.", code=found))


def drop_service(session: Session, service: Service) -> None:
    """Take a service that nobody ever ordered off the list; any other can only be offered no longer."""
    take_turn(session, service.edition_id)
    if session.exec(select(OrderLine.id).where(OrderLine.service_id == service.id).limit(1)).first():
        raise Refused(say("It was ordered, so it stays on the books. Offer it no longer instead."))
    session.delete(service)
    session.flush()


def fee_of(session: Session, edition_id: int, permit: str) -> Service | None:
    """The service that is the fee of a permit."""
    return session.exec(
        select(Service).where(
            Service.edition_id == edition_id, Service.category == "permit", Service.permit == permit
        )
    ).first()
