"""Letters of live selection put into the outbox, each in its reader's language."""

from collections.abc import Callable
from typing import Any

from flask import current_app, g, has_request_context
from sqlmodel import Session

from expo.editions.models import Edition
from expo.exhibitors import services as exhibitors
from expo.exhibitors.models import Exhibitor, Organisation
from expo.languages import pick
from expo.outbox import services as outbox
from expo.outbox.smtp import smtp_of
from expo.selection import letters
from expo.selection.letters import Letter
from expo.selection.models import Offer, Swap
from expo.web import words
from expo.web.language import speaking
from expo.web.security import site_address


def write(
    session: Session, edition: Edition, exhibitor: Exhibitor, page: str, letter: Callable[[str], Letter]
) -> int:
    """Post a letter to whoever reads for the exhibitor; `letter(language)` writes it. How many that are."""
    readers = exhibitors.readers(session, exhibitor)
    before = g.get("edition")
    g.edition = edition  # times are those of the venue
    try:
        for address, spoken in readers:
            with speaking(spoken):
                kind, subject, body = letter(spoken)
                text = f"{words(body)}\n\n{_address(edition, page)}"
                outbox.post(session, kind, address, spoken, words(subject), text, edition_id=edition.id)
    finally:
        g.edition = before
    return len(readers)


def _address(edition: Edition, page: str) -> str:
    settings = current_app.extensions["expo_settings"]
    site = site_address() if has_request_context() else (settings.site_url or "").rstrip("/")
    return f"{site}/{edition.code}/portal/{page}"


def send(session: Session, edition: Edition) -> None:
    """Let the outbox send what was posted."""
    outbox.send_soon(session, smtp_of(current_app.extensions["expo_settings"]), edition.id)


def names_of(session: Session, exhibitor_id: int) -> dict[str, str]:
    """An exhibitor's name as a language map."""
    exhibitor = session.get_one(Exhibitor, exhibitor_id)
    return session.get_one(Organisation, exhibitor.organisation_id).name


def name_of(session: Session, exhibitor_id: int, language: str) -> str:
    """The same in one language."""
    return pick(names_of(session, exhibitor_id), language)


def write_offer(session: Session, edition: Edition, offer: Offer) -> None:
    """Tell who waited that something is kept for them, or that it was."""

    def letter(spoken: str) -> Letter:
        name: Any = pick(edition.name, spoken)
        if offer.state == "open":
            return letters.offered(name, offer.stands, offer.expires_at)
        return letters.offer_over(name, offer.stands)

    write(session, edition, session.get_one(Exhibitor, offer.exhibitor_id), "selection/waiting", letter)


def write_swap(session: Session, edition: Edition, swap: Swap, *, to: str = "both") -> None:
    """Tell the asker, the other or both what has become of a swap."""
    sides = {
        "asker": (swap.asker_id, swap.other_id, swap.asker_stands, swap.other_stands),
        "other": (swap.other_id, swap.asker_id, swap.other_stands, swap.asker_stands),
    }
    for side, (reader, partner, mine, theirs) in sides.items():
        if to in ("both", side):

            def letter(spoken: str, partner=partner, mine=mine, theirs=theirs) -> Letter:
                name = name_of(session, partner, spoken)
                return letters.swap(swap.state, pick(edition.name, spoken), name, mine, theirs, swap.reason)

            write(session, edition, session.get_one(Exhibitor, reader), "selection/swaps", letter)
