"""Who takes part in meetings."""

from typing import Any

from sqlalchemy import and_
from sqlmodel import select

from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor
from matchmaking.catalogue.models import Buyer, ExhibitorProfile


def open_buyers(edition: Edition) -> Any:
    """A select of the ids of the buyers who are open to meetings."""
    return select(Buyer.id).where(Buyer.edition_id == edition.id, Buyer.open_to_meetings)


def open_exhibitors(edition: Edition) -> Any:
    """A select of the ids of the exhibitors who are accepted and open to meetings."""
    return (
        select(Exhibitor.id)
        .join(
            ExhibitorProfile,
            and_(ExhibitorProfile.exhibitor_id == Exhibitor.id, ExhibitorProfile.open_to_meetings),
        )
        .where(Exhibitor.edition_id == edition.id, Exhibitor.state == "accepted")
    )
