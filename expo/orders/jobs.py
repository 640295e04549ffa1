"""Issuing many invoices in the background."""

from typing import Any

from flask import Flask
from sqlmodel import Session

from expo.editions.models import Edition
from expo.errors import Refused
from expo.jobs.handlers import handler
from expo.orders import services
from expo.words import say


def init(_app: Flask) -> None:
    """Importing this module registers the handler."""


@handler("orders.invoice")
def invoice_all(session: Session, job: Any, report: Any) -> dict[str, Any]:
    """An invoice for every open order, each committed by itself: a second run goes on where one ended."""
    edition = session.get_one(Edition, job.edition_id)
    waiting = [order.number for order in services.open_orders(session, edition.id)]
    issued = left = 0
    for done, number in enumerate(waiting, 1):
        if report.cancelled():
            break
        order = services.order_by_number(session, edition.id, number)
        try:
            if order is not None and order.state == "open":
                services.issue_invoice(session, order)
                session.commit()
                issued += 1
        except Refused:
            session.rollback()
            left += 1
        report.progress(done, len(waiting), message=say("Invoices issued: %(done)s.", done=issued))
    return {"issued": issued, "left": left, "link": {"endpoint": "orders.order_list", "values": {}}}
