"""A fair of so many exhibitors with products, stands and a pavilion, for tests of the public pages."""

from sqlmodel import Session

from expo.allocation.models import Allotment
from expo.editions.models import Edition
from expo.languages import search_text
from expo.plan.models import PlanSettings
from matchmaking.catalogue.hs import kind_key
from tests.asking import asked
from tests.make import a_hall, a_product, a_stand, a_zone, an_edition, an_exhibitor, an_organisation

COUNTRIES = ("KG", "KZ", "CN")
SECTORS = ("food", "metals")


def a_fair(session: Session, number: int = 6, products: int = 2) -> Edition:
    """EX0, EX1, … named Firm 00, Firm 01, …; the even ones have a stand; EX0 leads a pavilion of EX1."""
    edition = an_edition(session)
    session.add(PlanSettings(edition_id=edition.id, names="at_once"))
    hall = a_hall(session, edition)
    zones = [a_zone(session, edition, code=code, name={"en": f"Zone {code}"}) for code in ("ZA", "ZB")]
    lead = None
    for n in range(number):
        name = {"en": f"Firm {n:02}", "zh": f"企业{n:02}"}
        firm = an_organisation(
            session,
            name=name,
            search_name=f"firm {n:02} of {edition.code}",
            country=COUNTRIES[n % 3],
            website="https://firm.example" if n else "javascript:alert(1)",
        )
        profile = {"en": f"Profile of {n:02}"}
        made = an_exhibitor(
            session,
            edition,
            firm,
            code=f"EX{n}",
            sector=SECTORS[n % 2],
            profile=profile,
            search_text=search_text([name, profile]) + f" ex{n}",
            lead_id=lead.id if lead and n == 1 else None,
        )
        lead = lead or made
        if n % 2 == 0:
            stand = a_stand(
                session, hall, zones[n % 4 // 2], code=f"S{n:02}", x=n % 20 * 300, y=n // 20 * 300
            )
            session.add(Allotment(edition_id=edition.id, stand_id=stand.id, exhibitor_id=made.id))
        for p in range(products):
            goods = {"en": f"Honey {n} {p}", "zh": f"蜂蜜 {n} {p}", "ru": f"Мёд {n} {p}"}
            hs = "040900" if p % 2 == 0 else "720610"
            a_product(
                session,
                made,
                name=goods,
                hs=hs,
                origin=COUNTRIES[n % 3],
                kind_key=kind_key(hs, COUNTRIES[n % 3], goods["en"]),
                search_text=search_text([goods]),
                price_minor=1234 * p,
            )
    session.commit()
    return edition


def count_queries(connection, call) -> int:
    """How many SELECTs a page costs."""
    with asked(connection) as told:
        assert call().status_code == 200
    return len([statement for statement in told if statement.startswith(("SELECT", "WITH"))])
