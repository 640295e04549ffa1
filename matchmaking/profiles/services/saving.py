"""Profiles and needs, written down."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, select

from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.exhibitors.services import hold
from expo.languages import tidy
from expo.money import to_major, to_minor
from expo.words import say
from matchmaking.catalogue.models import Buyer, ExhibitorProfile, Need
from matchmaking.meetings.models import Meeting
from matchmaking.phases.services import insist_within
from matchmaking.profiles.terms import MOST_NEEDS, Wish, flaws

PHASE = "profiles"
UNBOUND = frozenset({"contact_name", "contact_email", "share_forums"})
"""What a party may change in every phase: whom to write to, and what others learn."""


def save_buyer(session: Session, buyer: Buyer, given: Mapping[str, Any], *, bound: bool = True) -> None:
    """Change a buyer's profile. Refused where it wants fewer meetings at most than at least, and out of
    phase but for what is never bound: the contact, and no longer taking part. Organisers are not `bound`."""
    hold(session, buyer)
    _check_meetings(given)
    if bound:
        _insist_phase(session, buyer.edition_id, buyer, given)
    buyer.sqlmodel_update(given)
    session.add(buyer)
    session.flush()


def profile_of(session: Session, exhibitor: Exhibitor) -> ExhibitorProfile | None:
    """What an exhibitor said for meetings, if it did."""
    return session.exec(
        select(ExhibitorProfile).where(ExhibitorProfile.exhibitor_id == exhibitor.id)
    ).one_or_none()


def save_exhibitor(
    session: Session, exhibitor: Exhibitor, given: Mapping[str, Any], *, bound: bool = True
) -> ExhibitorProfile:
    """Change an exhibitor's profile, or begin it; out of phase as with `save_buyer`."""
    hold(session, exhibitor)
    _check_meetings(given)
    profile = profile_of(session, exhibitor) or ExhibitorProfile(
        edition_id=exhibitor.edition_id, exhibitor_id=exhibitor.id
    )
    if bound:
        _insist_phase(session, exhibitor.edition_id, profile, given)
    profile.sqlmodel_update(given)
    session.add(profile)
    session.flush()
    return profile


def _insist_phase(
    session: Session, edition_id: int, row: Buyer | ExhibitorProfile, given: Mapping[str, Any]
) -> None:
    changed = {name for name, value in given.items() if getattr(row, name) != value} - UNBOUND
    if not given["open_to_meetings"]:
        changed.discard("open_to_meetings")
    if changed:
        insist_within(session, edition_id, PHASE)


def _check_meetings(given: Mapping[str, Any]) -> None:
    if given["min_meetings"] > given["max_meetings"]:
        raise Refused(say("The most is less than the fewest meetings."))


def _begin(session: Session, buyer: Buyer, bound: bool) -> None:
    """One change at a time; parties only while the phase is open, organisers always."""
    hold(session, buyer)
    if bound:
        insist_within(session, buyer.edition_id, PHASE)


def need_of(session: Session, buyer: Buyer, position: int) -> Need | None:
    """A buyer's need by its number."""
    return session.exec(
        select(Need).where(Need.buyer_id == buyer.id, Need.position == position)
    ).one_or_none()


def wish_of(need: Need) -> Wish:
    """A need as its buyer would type it."""
    low, high = (to_major(one, need.currency) for one in (need.min_price_minor, need.max_price_minor))
    return Wish(
        need.hs, need.text, need.quantity, need.unit, low, high, need.currency, need.incoterm,
        tuple(need.certificates), tuple(need.countries),
    )  # fmt: skip


def last_position(session: Session, buyer: Buyer) -> int:
    """The highest number of a buyer's needs, with those that are gone but named by a meeting, which must not
    tell of what was listed since."""
    numbers = [
        session.exec(select(func.max(column)).where(owner == buyer.id)).one() or 0
        for column, owner in ((Need.position, Need.buyer_id), (Meeting.need_position, Meeting.buyer_id))
    ]
    return max(numbers)


def add_need(session: Session, buyer: Buyer, wish: Wish, *, bound: bool = True) -> Need:
    """One more need. Refused for a flawed one, beyond MOST_NEEDS and, if `bound`, out of phase."""
    _begin(session, buyer, bound)
    count = session.exec(select(func.count()).select_from(Need).where(Need.buyer_id == buyer.id)).one()
    if count >= MOST_NEEDS:
        raise Refused(say("%(count)s needs are listed, and no more fit. Take one off first.", count=count))
    need = Need(buyer_id=buyer.id, position=last_position(session, buyer) + 1, **columns_of(wish))
    session.add(need)
    session.flush()
    return need


def change_need(session: Session, buyer: Buyer, need: Need, wish: Wish, *, bound: bool = True) -> None:
    """Give a need other values. Refused out of phase, if `bound`."""
    _begin(session, buyer, bound)
    need.sqlmodel_update(columns_of(wish))
    session.add(need)
    session.flush()


def remove_need(session: Session, buyer: Buyer, need: Need, *, bound: bool = True) -> None:
    """Take a need off the list. Meetings and deals keep what they say of it. Refused out of phase, if
    `bound`."""
    _begin(session, buyer, bound)
    session.delete(need)
    session.flush()


def columns_of(wish: Wish) -> dict[str, Any]:
    """The columns of a need; Refused with its first flaw."""
    for flaw in flaws(wish):
        raise Refused(flaw)
    return {
        "hs": wish.hs,
        "text": tidy(wish.text),
        "quantity": wish.quantity,
        "unit": wish.unit,
        "min_price_minor": to_minor(wish.min_price, wish.currency),
        "max_price_minor": to_minor(wish.max_price, wish.currency),
        "currency": wish.currency,
        "incoterm": wish.incoterm,
        "certificates": list(dict.fromkeys(wish.certificates)),
        "countries": list(dict.fromkeys(wish.countries)),
    }
