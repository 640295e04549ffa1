"""What rooms above ask about exhibitors as a whole."""

from sqlalchemy.orm import aliased
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Partnership, Wish


def accepted_partners(session: Session, edition: Edition) -> tuple[tuple[str, str], ...]:
    """Pairs of exhibitor codes that both sides want to be neighbours, each pair and all of them sorted.

    Both said so: one asked and the other accepted, or each wishes to stand beside the other. Both are
    accepted exhibitors of the edition.
    """
    asker, asked = aliased(Exhibitor), aliased(Exhibitor)
    agreed = session.execute(
        select(asker.code, asked.code)
        .select_from(Partnership)
        .join(asker, asker.id == Partnership.asker_id)
        .join(asked, asked.id == Partnership.asked_id)
        .where(Partnership.edition_id == edition.id, Partnership.state == "accepted")
        .where(asker.state == "accepted", asked.state == "accepted")
    )
    pairs = {(min(pair), max(pair)) for pair in map(tuple, agreed)}
    wished = {
        tuple(row)
        for row in session.execute(
            select(Exhibitor.code, Wish.target)
            .join(Wish, Wish.exhibitor_id == Exhibitor.id)
            .where(Exhibitor.edition_id == edition.id, Exhibitor.state == "accepted", Wish.kind == "beside")
        )
    }
    pairs |= {(one, other) for one, other in wished if one < other and (other, one) in wished}
    return tuple(sorted(pairs))
