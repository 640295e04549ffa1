"""Areas, gates, rules and exemptions, changed one by one."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.checkin.models import Area, Exemption, Gate, Rule
from expo.checkin.services.setup import ensure_settings
from expo.db import broken_rule
from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.models import Room, Talk
from expo.languages import tidy
from expo.registration.models import Person
from expo.words import say

AREA_FIELDS = ("code", "name", "kind", "parent_id", "people_limit", "when_full")
GATE_FIELDS = (
    "code", "name", "area_id", "direction", "reentry", "passback_min", "typed_codes", "active"
)  # fmt: skip
RULE_FIELDS = ("kind", "ticket_id", "from_day", "until_day", "from_time", "until_time")
REFUSALS = {
    "uq_gate_area_edition_id_code": say("Another area has this code already."),
    "uq_gate_edition_id_code": say("Another gate has this code already."),
    "gate_area_tree": say("An area cannot lie within itself."),
    "gate_area_is_empty": say("People are counted in this area today: move it when it is empty."),
    "fk_gate_area_id": say("This area has gates. Give them another area first."),
    "fk_gate_area_parent_id": say("Other areas lie within this one. Move them first."),
    "fk_passage_area_id": say("People passed into this area: what happened stays written, so it stays too."),
    "fk_passage_gate_id": say(
        "People passed this gate: what happened stays written. Close the gate instead."
    ),
}


def _settled(session: Session) -> None:
    """Write, and say in a sentence which rule of the database stands against it."""
    try:
        session.flush()
    except IntegrityError as error:
        session.rollback()
        name, _detail = broken_rule(error)
        if name in REFUSALS:
            raise Refused(REFUSALS[name]) from error
        raise


def save_area(session: Session, edition: Edition, area: Area | None, values: Mapping[str, Any]) -> Area:
    """Make or change an area. Refused where the database's rules stand against it."""
    ensure_settings(session, edition)
    area = area or Area(edition_id=edition.id, code="", name={})
    for name in AREA_FIELDS:
        setattr(area, name, values[name])
    area.name = tidy(area.name)
    session.add(area)
    _settled(session)
    return area


def save_gate(session: Session, edition: Edition, gate: Gate | None, values: Mapping[str, Any]) -> Gate:
    """Make or change a gate."""
    ensure_settings(session, edition)
    gate = gate or Gate(edition_id=edition.id, code="", area_id=0)
    for name in GATE_FIELDS:
        setattr(gate, name, values[name])
    gate.name = tidy(gate.name)
    session.add(gate)
    _settled(session)
    return gate


def delete(session: Session, row: Area | Gate | Rule | Exemption) -> None:
    """Take a row away. Refused where people passed."""
    session.delete(row)
    _settled(session)


def add_rule(session: Session, area: Area, values: Mapping[str, Any]) -> Rule:
    """Let people of a kind (None: of every kind) into an area, on some days, at some hours."""
    days = values["from_day"], values["until_day"]
    if all(days) and days[0] > days[1]:
        raise Refused(say("The last day lies before the first."))
    rule = Rule(
        edition_id=area.edition_id, area_id=area.id or 0, **{name: values[name] for name in RULE_FIELDS}
    )
    session.add(rule)
    session.flush()
    return rule


def exempt(session: Session, edition: Edition, code: str, values: Mapping[str, Any], by: str) -> Exemption:
    """Let one person in, or keep them out, whatever the rules say."""
    query = select(Person).where(Person.edition_id == edition.id, Person.code == code.strip().upper())
    person = session.exec(query).one_or_none()
    if person is None:
        raise Refused(say("Nobody has the code %(code)s.", code=code.strip()))
    if not values["reason"].strip():
        raise Refused(say("Say why: people at the gate read it."))
    found = Exemption(
        edition_id=edition.id, person_id=person.id, area_id=values["area_id"], allowed=values["allowed"],
        reason=values["reason"].strip(), until=values["until"], made_by=by,
    )  # fmt: skip
    session.add(found)
    session.flush()
    return found


def attendance_list(session: Session, edition: Edition, talk: Talk, room: Room | None) -> Gate:
    """A gate for one talk: who came is its list; no more people than the room has seats."""
    query = select(Area).where(Area.edition_id == edition.id, Area.talk_id == talk.id)
    if session.exec(query).first() is not None:
        raise Refused(say("This talk has a list of attendance already."))
    outermost = select(Area).where(Area.edition_id == edition.id, Area.parent_id.is_(None))
    site = session.exec(outermost.order_by(Area.position, Area.id)).first()
    area = Area(
        edition_id=edition.id, parent_id=site.id if site else None, code=f"T-{talk.code}", name=talk.title,
        kind="talk", talk_id=talk.id, room_id=room.id if room else None,
        people_limit=room.capacity if room else None, when_full="refuse", position=1000,
    )  # fmt: skip
    session.add(area)
    _settled(session)
    gate = Gate(
        edition_id=edition.id, area_id=area.id or 0, code=area.code, name=talk.title, position=1000
    )  # fmt: skip
    session.add(gate)
    _settled(session)
    return gate
