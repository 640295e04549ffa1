"""The reference edition's doors: gates, people who come and go on its days, and exhibitors who scan them."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, text
from sqlmodel import Session, select

from expo.badges.tokens import Ring
from expo.checkin import services as checkin
from expo.checkin.models import Area, Gate, Passage
from expo.clock import now
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor
from expo.figures import services as figures
from expo.languages import pick
from expo.registration import services as registration
from expo.registration.models import Person
from matchmaking.catalogue.models import Product
from matchmaking.leads.marks import Marks, Scan
from matchmaking.leads.services import Scanner, capture, stand_questions

COMING = (0.2, 0.24, 0.13, 0.08)
"""The share of all people who come on the first, second, third and fourth day."""
AGREEING, STANDS, MET = 0.8, 8, 10
VISITING = ("visitor", "buyer", "vip")
STAFF = ("Wang Wei", "Li Na", "Aigul Omarova")
STEPS = ("Send samples", "Send the price list", "Call after the event", "Invite to the factory")


def open_doors(session: Session, edition: Edition, seed: int, tells: Exhibitor | None = None) -> int:
    """Set gates up, let people in and out, and let stands scan; `tells` scans most. How many passed.

    Nothing where somebody has set gates up already.
    """
    if session.exec(select(Area.id).where(Area.edition_id == edition.id)).first():
        return 0
    checkin.default_set(session, edition)
    people = session.exec(
        select(Person)
        .where(Person.edition_id == edition.id, Person.state == "confirmed")
        .order_by(Person.code)
    ).all()
    passed = _pass(session, edition, people, Random(f"{seed}:gates"))
    _scan(session, edition, [one for one in people if one.kind in VISITING], tells, Random(f"{seed}:leads"))
    return passed


def _pass(session: Session, edition: Edition, people: list[Person], draw: Random) -> int:
    areas = {area.id: area.kind for area in session.exec(select(Area).where(Area.edition_id == edition.id))}
    gates = session.exec(select(Gate).where(Gate.edition_id == edition.id).order_by(Gate.code)).all()
    outer = [gate for gate in gates if areas[gate.area_id] == "site"]
    halls = [gate for gate in gates if areas[gate.area_id] == "hall"] or outer
    rows: list[dict[str, Any]] = []
    for number, share in enumerate(COMING[: (edition.ends_on - edition.starts_on).days + 1]):
        day = edition.starts_on + timedelta(days=number)
        opens = datetime.combine(day, datetime.min.time(), edition.zone_info) + timedelta(hours=9)
        for person in draw.sample(people, int(share * len(people))):
            came = opens + timedelta(minutes=max(0, draw.choice((draw.gauss(30, 25), draw.gauss(270, 45)))))
            left = min(came + timedelta(minutes=abs(draw.gauss(190, 80)) + 10), opens + timedelta(hours=9))
            steps = [(draw.choice(outer), "entry", came)]
            steps.append((draw.choice(halls), "entry", came + timedelta(minutes=6)))
            if draw.random() < 0.85:
                steps.append((draw.choice(outer), "exit", max(left, came + timedelta(minutes=8))))
            rows += [_row(gate, person, kind, at, len(rows) + n) for n, (gate, kind, at) in enumerate(steps)]
    session.execute(insert(Passage), rows)
    session.execute(
        text("""
            INSERT INTO gate_place (person_id, edition_id)
            SELECT DISTINCT person_id, edition_id FROM passage WHERE edition_id = :edition;
            """),
        {"edition": edition.id},
    )
    session.execute(
        text("SELECT gate_place_again(person_id) FROM gate_place WHERE edition_id = :edition"),
        {"edition": edition.id},
    )
    figures.recount(session, edition)
    return len(rows)


def _row(gate: Gate, person: Person, kind: str, at: datetime, number: int) -> dict[str, Any]:
    return {
        "edition_id": gate.edition_id, "gate_id": gate.id, "area_id": gate.area_id, "source": "demo",
        "scan_id": f"{gate.edition_id}-{number}", "person_id": person.id, "serial": 1, "type": kind, "at": at,
        "received_at": at, "day": at.date(), "verdict": "ok", "reason": "", "detail": {}, "forced": False,
        "forced_by": "", "offline": False, "typed": False, "flag": "",
    }  # fmt: skip


def _scan(
    session: Session, edition: Edition, people: list[Person], tells: Exhibitor | None, draw: Random
) -> None:
    for person in people:
        if draw.random() < AGREEING:
            registration.give(session, person, ["leads"])
    stands = session.exec(
        select(Exhibitor)
        .where(Exhibitor.edition_id == edition.id, Exhibitor.state == "accepted")
        .order_by(Exhibitor.code)
    ).all()
    first = [one for one in stands if tells and one.id == tells.id]
    some = first + [one for one in stands[:STANDS] if one not in first]
    for place, stand in enumerate(some):
        questions = stand_questions(session, edition, stand.id or 0)
        products = session.exec(select(Product.id).where(Product.exhibitor_id == stand.id).limit(5)).all()
        for number, person in enumerate(
            draw.sample(people, min(len(people), MET * (4 if place == 0 else 1)))
        ):
            at = datetime.combine(edition.starts_on, datetime.min.time(), edition.zone_info)
            at += timedelta(days=draw.randint(0, 2), hours=draw.gauss(13, 2))
            marks = Marks(
                at=at,
                answers={one.id or 0: draw.randrange(len(one.choices)) for one in questions},
                products={one or 0: True for one in draw.sample(products, min(1, len(products)))},
                rating=draw.choice((2, 3, 3, 4, 5)),
                next_step=draw.choice(STEPS) if draw.random() < 0.3 else None,
                next_on=edition.ends_on + timedelta(days=7),
            )
            scan = Scan(
                scan_id=f"demo-{stand.id}-{number}", at=min(at, now()), code=person.code.upper(),
                letters=pick(person.name, "en").split()[0], source="typed", marks=marks,
            )  # fmt: skip
            capture(session, edition, Scanner(stand, draw.choice(STAFF)), scan, Ring(()))
