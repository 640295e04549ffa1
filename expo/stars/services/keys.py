"""Unguessable addresses of somebody's own timetable: for a calendar program, and to be shared."""

from typing import Literal

from sqlmodel import Session, select

from expo.accounts.tokens import fresh_token
from expo.editions.models import Edition
from expo.stars.models import Follower

Which = Literal["calendar", "share"]


def new_key(session: Session, follower: Follower, which: Which) -> str:
    """A fresh key; the address with the one before is dead from now on."""
    key = fresh_token()
    setattr(follower, f"{which}_key", key)
    session.flush()
    return key


def no_key(session: Session, follower: Follower, which: Which) -> None:
    """Close the address."""
    setattr(follower, f"{which}_key", None)
    session.flush()


def follower_by_key(session: Session, edition: Edition, which: Which, key: str) -> Follower | None:
    """Whose timetable a key of this edition opens."""
    kept = Follower.calendar_key if which == "calendar" else Follower.share_key
    return session.exec(select(Follower).where(Follower.edition_id == edition.id, kept == key)).one_or_none()
