"""A house with gates, people with badges, and a device, for tests."""

from dataclasses import dataclass
from itertools import count
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import text
from sqlmodel import Session, select

from expo.badges import services as badges
from expo.badges.models import Badge
from expo.checkin import services
from expo.checkin.models import Area, Device, Gate
from expo.editions.models import Edition
from expo.registration.models import Person
from tests.make import a_person, an_edition

KEY = Ed25519PrivateKey.generate()
number = count(1)


@dataclass
class House:
    """An edition with a site, a hall in it and a room in that, a gate each, and an enrolled device."""

    edition: Edition
    site: Area
    hall: Area
    room: Area
    gates: dict[str, Gate]
    device: Device
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Device {self.token}"}

    def url(self, path: str) -> str:
        return f"/api/{self.edition.code}/checkin/{path}"


def an_area(session: Session, edition: Edition, code: str, parent: Area | None = None, **given) -> Area:
    values = {"name": {"en": code}, "kind": "other"} | given
    area = Area(edition_id=edition.id, code=code, parent_id=parent.id if parent else None, **values)
    session.add(area)
    session.flush()
    session.refresh(area)
    return area


def a_gate(session: Session, area: Area, code: str, **given) -> Gate:
    gate = Gate(edition_id=area.edition_id, area_id=area.id, code=code, **({"name": {"en": code}} | given))
    session.add(gate)
    session.flush()
    return gate


def a_device(session: Session, edition: Edition, *gates: Gate, **given) -> tuple[Device, str]:
    device, code = services.make_device(session, edition, f"Phone {next(number)}", gates, **given)
    return services.enrol(session, code)


def a_house(session: Session, **given) -> House:
    edition = an_edition(session, **given)
    services.ensure_settings(session, edition)
    site = an_area(session, edition, "SITE")
    hall = an_area(session, edition, "HALL", site)
    room = an_area(session, edition, "ROOM", hall)
    gates = {
        "north": a_gate(session, site, "north"),
        "south": a_gate(session, site, "south"),
        "hall": a_gate(session, hall, "hall", reentry="any"),
        "room": a_gate(session, room, "room", reentry="any"),
    }
    badges.ensure_keys(session, edition, KEY)
    device, token = a_device(session, edition)
    return House(edition, site, hall, room, gates, device, token)


def a_badge(session: Session, person: Person) -> str:
    """The text of a person's valid badge, issued if need be."""
    query = select(Badge).where(Badge.person_id == person.id, Badge.revoked_at.is_(None))
    badge = session.exec(query).one_or_none()
    edition = session.get_one(Edition, person.edition_id)
    if badge is None:
        serial = 1 + len(session.exec(select(Badge).where(Badge.person_id == person.id)).all())
        badge = Badge(edition_id=edition.id, person_id=person.id, serial=serial)
        session.add(badge)
        session.flush()
    return badges.signer_of(session, edition, KEY).token(person.id, badge.serial, badge.key_number)


def a_bearer(session: Session, house: House, **given) -> tuple[Person, str]:
    person = a_person(session, house.edition, **given)
    return person, a_badge(session, person)


def redeem(client, house: House, gate: Gate, secret: str, **more) -> Any:
    """The answer to a scan, with `code`, its status."""
    sent = {"secret": secret, "lists": [gate.id]} | more
    answer = client.post(house.url("redeem"), json=sent, headers=house.headers)
    return {"code": answer.status_code} | answer.get_json()


def inside(session: Session, area: Area) -> int:
    return session.execute(
        text("SELECT coalesce(sum(inside), 0) FROM gate_count WHERE area_id = :area"), {"area": area.id}
    ).scalar_one()
