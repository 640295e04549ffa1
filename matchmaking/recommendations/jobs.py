"""All lists made anew as a job, and lists that are due seen to by themselves."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.jobs.handlers import handler, periodic
from expo.words import say
from matchmaking.recommendations import services
from matchmaking.recommendations.models import Due


def init(_app: Flask) -> None:
    """Importing this module registers the handler and the sweep."""


@handler("recommendations.all")
def remake(session: Session, job: Any, report: Any) -> dict[str, Any]:
    """Make all lists of an edition anew."""
    edition = session.get_one(Edition, job.edition_id)
    report.progress(0, 1, message=say("Comparing every need with every offer."))
    run = services.refresh_all(session, edition)
    return {"listed": run.figures["listed"], "link": {"endpoint": "profiles.console"}}


@periodic("recommendations")
def sweep(open_session: Callable[[], Session]) -> None:
    """Lists that something changed for are made anew, edition by edition."""
    with open_session() as session:
        editions = session.exec(select(Due.edition_id).distinct().order_by(Due.edition_id)).all()
    for edition_id in editions:
        with open_session() as session:
            edition = session.get(Edition, edition_id)
            if edition is None:
                services.forget(session, edition_id)
            else:
                services.bring_up_to_date(session, edition)
            session.commit()
