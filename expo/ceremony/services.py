"""Making the run sheet of a ceremony: items, their order, guests and who has which part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, func, select

from expo.ceremony.models import Ceremony, CeremonyGuest, CeremonyItem, CeremonyPart, CeremonyRank
from expo.ceremony.running import UNRANKED, Guest, Running, as_of, moved, running
from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.models import Forum, Slot, Talk
from expo.languages import tidy
from expo.words import say


@dataclass(frozen=True)
class Sheet:
    """A ceremony's run sheet: its talk, the room's number where it has a place, and what runs when."""

    talk: Talk
    ceremony: Ceremony | None
    slot: Slot | None
    day: date
    running: Running


def ceremonies(session: Session, edition: Edition) -> Sequence[Talk]:
    """Talks that are ceremonies, those of the main event first."""
    return session.exec(
        select(Talk)
        .join(Forum, Forum.id == Talk.forum_id)
        .where(Talk.edition_id == edition.id, Talk.kind == "ceremony", Talk.state != "withdrawn")
        .order_by(Forum.is_main.desc(), Talk.code)
    ).all()


def ceremony_talk(session: Session, edition: Edition, code: str) -> Talk | None:
    """The ceremony of that code."""
    return session.exec(
        select(Talk).where(Talk.edition_id == edition.id, Talk.code == code, Talk.kind == "ceremony")
    ).one_or_none()


def sheet_of(session: Session, edition: Edition, talk: Talk) -> Sheet:
    """The run sheet as it stands; five queries, however many items."""
    ceremony = session.exec(select(Ceremony).where(Ceremony.talk_id == talk.id)).one_or_none()
    slot = session.exec(select(Slot).where(Slot.talk_id == talk.id)).one_or_none()
    begins = slot.starts_at if slot else talk.fixed_start
    start = begins.astimezone(edition.zone_info) if begins else None
    day = start.date() if start else talk.on_date or edition.starts_on
    items = _items(session, ceremony) if ceremony else []
    guests = _guests_of(session, ceremony, day) if ceremony else {}
    return Sheet(talk, ceremony, slot, day, running(start, talk.minutes, items, guests))


def _items(session: Session, ceremony: Ceremony) -> Sequence[CeremonyItem]:
    return session.exec(
        select(CeremonyItem).where(CeremonyItem.ceremony_id == ceremony.id).order_by(CeremonyItem.position)
    ).all()


def _guests_of(session: Session, ceremony: Ceremony, day: date) -> dict[int, list[Guest]]:
    rows = session.exec(
        select(CeremonyPart.item_id, CeremonyPart.role, CeremonyGuest)
        .join(CeremonyGuest, CeremonyGuest.id == CeremonyPart.guest_id)
        .join(CeremonyItem, CeremonyItem.id == CeremonyPart.item_id)
        .where(CeremonyItem.ceremony_id == ceremony.id)
    ).all()
    ranks = ranks_of(session, ceremony.edition_id)
    found: dict[int, list[Guest]] = {}
    for item_id, role, guest in rows:
        holds = as_of(ranks.get(guest.id, ()), day)
        found.setdefault(item_id, []).append(
            Guest(
                guest.id, guest.name, holds.title if holds else {}, guest.organisation, guest.country,
                holds.rank if holds else UNRANKED, role,
            )
        )  # fmt: skip
    return found


def ranks_of(session: Session, edition_id: int) -> dict[int, list[CeremonyRank]]:
    """Guest → everything they were and are, the latest first."""
    rows = session.exec(
        select(CeremonyRank)
        .join(CeremonyGuest, CeremonyGuest.id == CeremonyRank.guest_id)
        .where(CeremonyGuest.edition_id == edition_id)
        .order_by(CeremonyRank.since.desc())
    ).all()
    found: dict[int, list[CeremonyRank]] = {}
    for row in rows:
        found.setdefault(row.guest_id, []).append(row)
    return found


def guests(session: Session, edition: Edition) -> Sequence[CeremonyGuest]:
    """Everybody who may have a part, in the order they were added."""
    return session.exec(
        select(CeremonyGuest).where(CeremonyGuest.edition_id == edition.id).order_by(CeremonyGuest.id)
    ).all()


def guest_of(session: Session, edition: Edition, number: int) -> CeremonyGuest | None:
    """The edition's guest of that number."""
    return session.exec(
        select(CeremonyGuest).where(CeremonyGuest.edition_id == edition.id, CeremonyGuest.id == number)
    ).one_or_none()


def item_of(session: Session, edition: Edition, number: int) -> CeremonyItem | None:
    """The edition's item of that number."""
    return session.exec(
        select(CeremonyItem).where(CeremonyItem.edition_id == edition.id, CeremonyItem.id == number)
    ).one_or_none()


def add_item(session: Session, edition: Edition, talk: Talk, values: Mapping[str, Any]) -> CeremonyItem:
    """A new item at the end; the run sheet is made with its first item."""
    ceremony = _held(session, edition, talk)
    last = session.exec(
        select(func.max(CeremonyItem.position)).where(CeremonyItem.ceremony_id == ceremony.id)
    ).one()
    item = CeremonyItem(edition_id=edition.id, ceremony_id=ceremony.id, position=(last or 0) + 1)
    change_item(session, item, values)
    ceremony.revision += 1
    return item


def change_item(session: Session, item: CeremonyItem, values: Mapping[str, Any]) -> None:
    """Take over kind, title, minutes, turnover_min, stage and cue."""
    title = tidy(values["title"])
    if not title:
        raise Refused(say("Say in one language at least what happens."))
    item.kind, item.title = values["kind"], title
    item.minutes, item.turnover_min = values["minutes"], values["turnover_min"]
    item.stage, item.cue = tidy(values["stage"]), tidy(values["cue"])
    session.add(item)
    session.flush()


def remove_item(session: Session, item: CeremonyItem) -> None:
    """Take an item out; the others close up."""
    session.delete(item)
    session.flush()


def _held(session: Session, edition: Edition, talk: Talk) -> Ceremony:
    """The talk's run sheet, made where there is none, and kept from everybody else until the commit."""
    session.exec(select(Talk.id).where(Talk.id == talk.id).with_for_update(key_share=True)).one()
    found = session.exec(select(Ceremony).where(Ceremony.talk_id == talk.id).with_for_update()).one_or_none()
    if found is None:
        found = Ceremony(edition_id=edition.id, talk_id=talk.id)
        session.add(found)
        session.flush()
    return found


def move_item(session: Session, edition: Edition, talk: Talk, item: CeremonyItem, to: int, seen: int) -> None:
    """Put an item at place `to` (from 0). Refused where somebody changed the order since revision `seen`."""
    ceremony = _held(session, edition, talk)
    session.refresh(ceremony)
    if item.ceremony_id != ceremony.id:
        raise Refused(say("This item belongs to another ceremony."))
    if ceremony.revision != seen:
        raise Refused(say("Somebody changed the order meanwhile. This is how it stands now; move it again."))
    items = {one.id: one for one in _items(session, ceremony)}
    for position, number in enumerate(moved(list(items), item.id, to), 1):
        items[number].position = position
        session.add(items[number])
    ceremony.revision += 1
    session.flush()


def set_part(session: Session, item: CeremonyItem, guest: CeremonyGuest, role: str) -> None:
    """Give a guest a part in an item, or another one."""
    part = session.exec(
        select(CeremonyPart).where(CeremonyPart.item_id == item.id, CeremonyPart.guest_id == guest.id)
    ).one_or_none() or CeremonyPart(item_id=item.id, guest_id=guest.id)
    part.role = role
    session.add(part)
    session.flush()


def remove_part(session: Session, item: CeremonyItem, guest: CeremonyGuest) -> None:
    """Take a guest out of an item."""
    part = session.exec(
        select(CeremonyPart).where(CeremonyPart.item_id == item.id, CeremonyPart.guest_id == guest.id)
    ).one_or_none()
    if part:
        session.delete(part)
        session.flush()


def save_guest(
    session: Session, edition: Edition, guest: CeremonyGuest | None, values: Mapping[str, Any]
) -> CeremonyGuest:
    """A new or changed guest; with a rank, what they are from that day on.

    Former ranks stay: a run sheet goes by what people were on its day.
    """
    name = tidy(values["name"])
    if not name:
        raise Refused(say("Type the name in at least one language."))
    guest = guest or CeremonyGuest(edition_id=edition.id)
    guest.name, guest.organisation = name, (values["organisation"] or "").strip()
    guest.country = values["country"] or ""
    session.add(guest)
    session.flush()
    if values.get("rank"):
        since = values.get("since") or edition.starts_on
        rank = session.exec(
            select(CeremonyRank).where(CeremonyRank.guest_id == guest.id, CeremonyRank.since == since)
        ).one_or_none() or CeremonyRank(guest_id=guest.id, since=since)
        rank.rank, rank.title = values["rank"], tidy(values["title"])
        session.add(rank)
        session.flush()
    return guest


def remove_guest(session: Session, guest: CeremonyGuest) -> None:
    """Take somebody out, with their parts."""
    session.delete(guest)
    session.flush()
