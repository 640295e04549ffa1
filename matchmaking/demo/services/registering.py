"""Registration of the reference edition: sorts, questions, a quota, codes; who is there has registered."""

from datetime import time, timedelta
from random import Random
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.registration.models import Question, Ticket
from expo.registration.services import Particulars, inviting, questioning, settings, sorts
from expo.registration.services.enrolling import Application, enrol
from matchmaking.demo.vocabulary.registration import (
    ALL_PLACES,
    PRESS_CODE,
    QUESTIONS,
    SORTS,
    TOGETHER,
    WELCOME,
)

USUAL = {
    "opens_at": None, "closes_at": None, "needs_approval": False, "invitation_only": False,
    "one_per_email": True, "keeps_list": True, "is_offered": True,
}  # fmt: skip
ASKED = {"hint": {}, "is_required": False, "least": None, "most": None, "on_list": False, "on_badge": False}
PENDING = (
    ("Aizada Toktogulova", "Айзада Токтогулова", "KG"), ("Rustam Karimov", "Рустам Каримов", "UZ"),
    ("Bilal Ahmed", "", "PK"), ("Nurlan Abenov", "Нурлан Абенов", "KZ"), ("Priya Nair", "", "IN"),
    ("Farzona Rahimova", "Фарзона Рахимова", "TJ"), ("Elena Sokolova", "Елена Соколова", "RU"),
)  # fmt: skip
# Each registered on some day of the two months before, more of them the nearer the opening.
DAYS = text(
    "UPDATE person SET registered_at = CAST(:opening AS timestamptz)"
    " - make_interval(secs => power((abs(hashint4(id)) % 10007) / 10007.0, 2) * :seconds)"
    " WHERE edition_id = :edition"
)
TICKETS = text("UPDATE person SET ticket_id = :ticket WHERE edition_id = :edition AND kind = :kind")
ANSWERS = text(
    "INSERT INTO answer (person_id, question_id, value) SELECT id, :question,"
    " CASE abs(hashint4(id + 7)) % 6 WHEN 0 THEN '[\"energy\"]' WHEN 1 THEN '[\"logistics\"]'"
    ' WHEN 2 THEN \'["energy", "logistics"]\' WHEN 3 THEN \'["food-and-farm-products", "logistics"]\''
    " ELSE '[\"food-and-farm-products\"]' END::jsonb FROM person WHERE ticket_id = ANY(:tickets)"
)


def open_registration(session: Session, edition: Edition, seed: int) -> bool:
    """Open the reference edition's registration; not a second time."""
    if session.exec(select(Ticket.id).where(Ticket.edition_id == edition.id)).first():
        return False
    values = {"is_open": True, "text": WELCOME, "offer_hours": 48}
    settings.save_settings(session, edition, values)
    tickets = [sorts.save_ticket(session, edition, None, USUAL | one) for one in SORTS]
    numbers = [ticket.id or 0 for ticket in tickets]
    sorts.save_quota(session, edition, None, TOGETHER, ALL_PLACES, numbers[:2])
    questions = [_question(session, edition, one, numbers) for one in QUESTIONS]
    _register_those_there(session, edition, tickets, questions[0])
    press = {"code": PRESS_CODE, "ticket_id": numbers[2], "uses": 20, "reserves": True}
    inviting.make(session, edition, press | {"note": "Press office", "skips_approval": True})
    _register_buyers(session, edition, tickets[1], Random(f"{seed}:registration"))
    return True


def _question(session: Session, edition: Edition, one: dict[str, Any], tickets: list[int]) -> Question:
    after, value = one.get("after", ("", ""))
    given = {name: it for name, it in one.items() if name not in ("options", "after")}
    values = ASKED | given | {"after": after, "after_values": [value]}
    return questioning.save_question(session, edition, None, values, one.get("options", ()), tickets)


def _register_those_there(
    session: Session, edition: Edition, tickets: list[Ticket], question: Question
) -> None:
    opening = edition.starts_on - timedelta(days=1)
    session.execute(DAYS, {"edition": edition.id, "opening": opening, "seconds": 60 * 86400})
    for ticket in tickets:
        session.execute(TICKETS, {"edition": edition.id, "ticket": ticket.id, "kind": ticket.kind})
    chosen = [ticket.id for ticket in tickets[:2]]
    session.execute(ANSWERS, {"question": question.id, "tickets": chosen})
    session.expire_all()


def _register_buyers(session: Session, edition: Edition, ticket: Ticket, draw: Random) -> None:
    """A few who await a decision."""
    opening = edition.instant(edition.starts_on, time())
    for latin, cyrillic, country in PENDING:
        mail = f"{latin.lower().replace(' ', '.')}@people.example"
        names = {"en": latin, "ru": cyrillic}
        known = Particulars("buyer", names, f"{latin.split()[1]} Trading", "", country, mail, "en")
        comes_for = [draw.choice(("energy", "logistics"))]
        answers = {"what_do_you_come_for": comes_for, "do_you_need_a_visa": "yes"}
        person, _new = enrol(session, edition, ticket, Application(known, answers))
        person.registered_at = opening - timedelta(hours=draw.randint(1, 72))
    session.flush()
