"""Filters of the review queue under a name, for oneself or for all colleagues."""

from collections.abc import Sequence

from sqlmodel import Session, or_, select

from expo.errors import Refused
from expo.exhibitors.models import SavedView
from expo.words import say

MOST_VIEWS = 30


def views(session: Session, edition_id: int, user_id: int) -> Sequence[SavedView]:
    """One's own and those that colleagues share, by name."""
    return session.exec(
        select(SavedView)
        .where(SavedView.edition_id == edition_id)
        .where(or_(SavedView.user_id == user_id, SavedView.shared))
        .order_by(SavedView.name, SavedView.id)
    ).all()


def save_view(
    session: Session, edition_id: int, user_id: int, name: str, query: str, *, shared: bool
) -> None:
    """Keep a filter; one of the same name is replaced."""
    name = name.strip()
    if not name:
        raise Refused(say("Give the view a name."))
    mine = [view for view in views(session, edition_id, user_id) if view.user_id == user_id]
    view = next((view for view in mine if view.name == name), None)
    if view is None and len(mine) >= MOST_VIEWS:
        raise Refused(say("You have %(most)s views already. Delete one first.", most=MOST_VIEWS))
    view = view or SavedView(edition_id=edition_id, user_id=user_id, name=name, query=query)
    view.query, view.shared = query, shared
    session.add(view)
    session.flush()


def drop_view(session: Session, edition_id: int, user_id: int, number: int) -> None:
    """Forget one's own view."""
    view = session.exec(
        select(SavedView).where(
            SavedView.id == number, SavedView.edition_id == edition_id, SavedView.user_id == user_id
        )
    ).one_or_none()
    if view:
        session.delete(view)
        session.flush()
