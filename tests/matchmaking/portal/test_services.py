"""Products, staff and orders of an exhibitor, with a database."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlmodel import Session

from expo.allocation.models import Allotment
from expo.badges.models import Badge
from expo.clock import now
from expo.db import make_engine
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.orders import services as orders
from expo.registration.models import VisaLetter
from expo.registration.services import staffing, visas
from matchmaking.portal import services
from matchmaking.portal.checklist import Facts
from tests.make import a_hall, a_person, a_stand, a_zone, an_edition, an_exhibitor

AIGUL = {
    "name": {"en": "Aigul Bekova"},
    "country": "KG",
    "position": "Director",
    "email": "",
    "language": "ru",
}


def placed(session, exhibitor: Exhibitor, **given) -> Exhibitor:
    """The exhibitor on one stand of 9 m²."""
    edition = session.get_one(Edition, exhibitor.edition_id)
    stand = a_stand(session, a_hall(session, edition), a_zone(session, edition), **given)
    session.add(Allotment(edition_id=exhibitor.edition_id, stand_id=stand.id, exhibitor_id=exhibitor.id))
    session.flush()
    return exhibitor


def test_a_letter_for_a_visa_ends_with_the_badge(session):
    edition = an_edition(session)
    exhibitor = placed(session, an_exhibitor(session, edition))
    letters = []
    for _ in range(2):
        person = services.add_staff(session, exhibitor, AIGUL)
        stay = (edition.starts_on, edition.ends_on)
        letter = VisaLetter(edition_id=edition.id, person_id=person.id, check_code=f"CODE{person.code}",
                            passport=b"sealed", arrives_on=stay[0], leaves_on=stay[1])  # fmt: skip
        session.add(letter)
        session.flush()
        visas.sign(session, letter, "Olga")
        letters.append(letter)
    session.add(Badge(edition_id=edition.id, person_id=person.id, serial=1))
    for row in services.staff(session, exhibitor):
        services.remove_staff(session, row.Person)
    session.expire_all()
    assert [(one.state, one.passport) for one in letters] == [("revoked", None)] * 2


def test_the_order_is_made_from_the_stands_given(session):
    edition = an_edition(session, prices={"shell_m2": "100", "corner_percent": "10", "tax_percent": "6"})
    exhibitor = placed(session, an_exhibitor(session, edition, power_kw=0), code="A-1", open_sides=3)
    quote = orders.quote_of(session, edition, exhibitor)
    assert [(line.kind, line.net_minor) for line in quote.lines] == [("shell", 90_000), ("corner", 9_000)]
    with pytest.raises(Refused, match="changed meanwhile"):
        orders.order_now(session, edition, exhibitor, quote.total_minor - 1)
    invoice = orders.order_now(session, edition, exhibitor, quote.total_minor)
    assert (invoice.number, invoice.total_minor) == (1, 104_940)
    assert services.facts_of(session, exhibitor) == Facts("accepted", 0, True, "invoiced", 0, meets=True)


def test_without_a_stand_nothing_is_due(session):
    edition = an_edition(session, prices={"power_kw": "5"})
    exhibitor = an_exhibitor(session, edition, power_kw=3)
    assert orders.quote_of(session, edition, exhibitor).lines == ()


def test_staff_stays_within_the_quota_of_the_area(session):
    exhibitor = an_exhibitor(session, an_edition(session), area_m2=9)
    codes = [services.add_staff(session, exhibitor, AIGUL).code for _ in range(3)]
    assert codes == ["PE0001", "PE0002", "PE0003"]
    with pytest.raises(Refused, match="All 3 badges"):
        services.add_staff(session, exhibitor, AIGUL)
    services.remove_staff(session, services.staff_member(session, exhibitor, "PE0002"))
    assert services.add_staff(session, exhibitor, AIGUL).code == "PE0004"


def test_who_has_a_badge_is_withdrawn_with_it_and_the_place_is_free(session):
    exhibitor = an_exhibitor(session, an_edition(session), area_m2=0)
    person, _other = (services.add_staff(session, exhibitor, AIGUL) for _ in range(2))
    badge = Badge(edition_id=exhibitor.edition_id, person_id=person.id, printed_at=now(), prints=1)
    session.add(badge)
    session.flush()
    assert [printed for _person, printed in services.staff(session, exhibitor)] == [1, 0]
    fresh = services.replace_staff(session, exhibitor, person, AIGUL | {"name": {"en": "Nurlan"}})
    assert (person.state, badge.revoked_at is None, fresh.name) == ("cancelled", False, {"en": "Nurlan"})
    assert [row.Person.code for row in services.staff(session, exhibitor)] == ["PE0002", "PE0003"]


def test_the_organisers_rule_and_exceptions_count(session):
    edition = an_edition(session)
    exhibitor = an_exhibitor(session, edition, area_m2=40)
    staffing.save_rule(session, edition, least=1, m2_each=20, most=2)
    assert services.quota_of(session, exhibitor) == 2
    staffing.allow(session, exhibitor, 3, "builds by itself")
    assert services.quota_of(session, exhibitor) == 5
    staffing.allow(session, exhibitor, 0, "")
    assert services.quota_of(session, exhibitor) == 2


def test_the_last_badge_is_given_once(fresh_database):
    engine = make_engine(fresh_database)
    with Session(engine) as setup:
        edition = an_edition(setup)
        exhibitor = an_exhibitor(setup, edition, area_m2=0)
        a_person(setup, edition, kind="exhibitor", exhibitor_id=exhibitor.id)
        exhibitor_id = exhibitor.id
        setup.commit()
    both_have_looked = Barrier(2, timeout=20)

    def add(_turn: int) -> bool:
        with Session(engine) as session:
            exhibitor = session.get_one(Exhibitor, exhibitor_id)
            both_have_looked.wait()
            try:
                services.add_staff(session, exhibitor, AIGUL)
                session.commit()
                return True
            except Refused:
                return False

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(add, range(2))) == [False, True]
    engine.dispose()
