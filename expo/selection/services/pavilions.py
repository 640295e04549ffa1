"""National pavilions: the lead shares out the stands of its block among those who stand in it."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlmodel import Session, select

from expo.allocation.models import Allotment
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.selection.queries import floor
from expo.selection.rules import Place
from expo.selection.services.locks import enter, lock_exhibitors, lock_stands
from expo.venue.models import Stand
from expo.words import say


class Share(NamedTuple):
    """A stand of the block and whose it is."""

    place: Place
    owner: str


def block_of(session: Session, lead: Exhibitor) -> list[Share]:
    """The pavilion's stands by code: the lead's own and those it passed on."""
    party = {one.id: one.code for one in floor.party_of(session, lead)}
    rows = session.execute(
        select(Allotment.exhibitor_id, Stand.code)
        .join(Stand, Stand.id == Allotment.stand_id)
        .where(Allotment.exhibitor_id.in_(party))
    ).all()
    owners = {code: party[owner] for owner, code in rows}
    places = floor.spots(session, lead.edition_id, owners.keys())
    return sorted((Share(spot.place, owners[spot.place.code]) for spot in places), key=lambda s: s.place.code)


def share_out(session: Session, lead: Exhibitor, wanted: Mapping[str, str], seen: Mapping[str, str]) -> int:
    """Stand code → exhibitor code, for stands of the block; how many changed hands.

    `seen` is the same as the page showed it: refused when somebody changed the block meanwhile, so that
    nothing is overwritten unseen.
    """
    enter(session, lead.edition_id)
    party = {one.code: one for one in floor.party_of(session, lead)}
    lock_exhibitors(session, [one.id for one in party.values()])
    session.refresh(lead)
    if lead.lead_id is not None or lead.state != "accepted":
        raise Refused(say("Only the lead of a pavilion shares out its stands."))
    party = {one.code: one for one in floor.party_of(session, lead)}
    rows = session.execute(
        select(Stand.code, Allotment)
        .join(Stand, Stand.id == Allotment.stand_id)
        .where(Allotment.exhibitor_id.in_([one.id for one in party.values()]))
        .order_by(Stand.id)
    ).all()
    block: dict[str, Allotment] = {row[0]: row[1] for row in rows}
    lock_stands(session, [allotment.stand_id for allotment in block.values()])
    _refuse_strange(block, party, wanted)
    codes = {one.id: code for code, one in party.items()}
    now = {code: codes[allotment.exhibitor_id] for code, allotment in block.items()}
    if dict(seen) != now:
        raise Refused(say("The block has changed since you opened this page. Look at it again."))
    changed = [code for code, owner in wanted.items() if now[code] != owner]
    for code in changed:
        block[code].exhibitor_id = party[wanted[code]].id
    for allotment in block.values():
        allotment.locked = True
        session.add(allotment)
    session.flush()
    return len(changed)


def _refuse_strange(block, party, wanted: Mapping[str, str]) -> None:
    strange = sorted(wanted.keys() - block.keys())
    if strange:
        raise Refused(say("%(stands)s does not belong to your pavilion.", stands=strange))
    people = sorted(set(wanted.values()) - party.keys())
    if people:
        raise Refused(say("%(codes)s does not stand in your pavilion.", codes=people))
