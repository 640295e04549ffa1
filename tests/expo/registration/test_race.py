"""Sixty-four real connections after ten places, and after codes: never one too many."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, text
from sqlmodel import Session

from app import create_app
from expo.editions.models import Edition
from expo.registration.models import Person, Ticket
from expo.registration.services import enrolling, erasing, waiting
from tests.expo.registration.making import a_code, a_quota, a_ticket, open_registration, somebody
from tests.expo.selection.making import at_once
from tests.make import a_person, an_edition

BUYERS, PLACES = 64, 10
WRITE = text(
    "INSERT INTO person (edition_id, code, kind, name, organisation, position, country, email,"
    " language, registered_at, state, reason, ticket_id) VALUES (:edition, :code, 'visitor', '{}', '', '',"
    " '', '', 'en', now(), 'confirmed', '', :ticket)"
)


@pytest.fixture
def arena(fresh_database):
    engine = create_engine(fresh_database)
    with Session(engine, expire_on_commit=False) as session:
        edition = an_edition(session)
        open_registration(session, edition)
        session.commit()
        yield fresh_database, session, edition
    engine.dispose()


def states(session) -> dict[str, int]:
    session.rollback()
    rows = session.execute(text("SELECT state, count(*) FROM person GROUP BY 1"))
    return {row[0]: row[1] for row in rows}


def register(edition: int, ticket: int, name: str, **given):
    def verb(session):
        somebody(session, session.get(Edition, edition), session.get(Ticket, ticket), name, **given)

    return verb


def test_sixty_four_buyers_ten_places(arena):
    url, session, edition = arena
    ticket = a_ticket(session, edition, places=PLACES)
    session.commit()
    answers = at_once(url, [register(edition.id, ticket.id, f"B{n}") for n in range(BUYERS)])
    assert answers == [""] * BUYERS
    assert states(session) == {"confirmed": PLACES, "waiting": BUYERS - PLACES}


def test_a_quota_over_three_sorts_is_never_oversold(arena):
    url, session, edition = arena
    tickets = [a_ticket(session, edition, places=30, name={"en": f"T{n}"}) for n in range(3)]
    quota = a_quota(session, edition, PLACES, *tickets)
    session.commit()
    answers = at_once(url, [register(edition.id, tickets[n % 3].id, f"B{n}") for n in range(BUYERS)])
    assert answers == [""] * BUYERS
    assert states(session) == {"confirmed": PLACES, "waiting": BUYERS - PLACES}
    session.refresh(quota)
    assert quota.taken == PLACES


@pytest.mark.parametrize("isolation", [None, "REPEATABLE READ", "SERIALIZABLE"])
def test_the_database_alone_oversells_nothing(arena, isolation):
    """Rows written past the services, which stand in no queue."""
    url, session, edition = arena
    tickets = [a_ticket(session, edition, name={"en": f"T{n}"}) for n in range(2)]
    a_quota(session, edition, PLACES, *tickets)
    session.commit()

    def write(number: int):
        values = {"edition": edition.id, "code": f"X{number}", "ticket": tickets[number % 2].id}
        return lambda session: session.execute(WRITE, values)

    answers = at_once(url, [write(n) for n in range(BUYERS)], isolation)
    assert states(session)["confirmed"] == answers.count("") <= PLACES
    assert isolation or answers.count("") == PLACES


def test_a_code_is_used_no_more_often_than_it_may_be(arena):
    url, session, edition = arena
    ticket = a_ticket(session, edition, invitation_only=True)
    code = a_code(session, edition, uses=3)
    session.commit()
    verbs = [register(edition.id, ticket.id, f"B{n}", code=code.code) for n in range(BUYERS)]
    answers = at_once(url, verbs)
    assert (answers.count(""), states(session)) == (3, {"confirmed": 3})
    assert {answer for answer in answers if answer} == {"This code was used as often as it may be."}


def test_places_go_round_while_people_come_and_go(arena):
    """Cancellations, offers, acceptances and newcomers at once: as many places as there are, no deadlock."""
    url, session, edition = arena
    ticket = a_ticket(session, edition, places=PLACES)
    people = [somebody(session, edition, ticket, f"A{n}") for n in range(20)]
    session.commit()

    def cancel(number: int):
        def verb(session):
            enrolling.cancel(session, session.get(Edition, edition.id), session.get(Person, number))
            waiting.offer_places(session, session.get(Edition, edition.id))

        return verb

    verbs = [cancel(one.id) for one in people[:8]]
    verbs += [register(edition.id, ticket.id, f"N{n}") for n in range(24)]
    assert at_once(url, verbs) == [""] * len(verbs)
    offered = text("SELECT count(*) FROM person WHERE offered_until IS NOT NULL")
    assert (states(session)["confirmed"], session.execute(offered).scalar_one()) == (2, 8)
    session.refresh(ticket)
    assert ticket.taken == PLACES


def test_one_form_sent_eight_times_at_once_registers_once(arena):
    url, session, edition = arena
    ticket = a_ticket(session, edition)
    session.commit()
    assert at_once(url, [register(edition.id, ticket.id, "A", once="form") for _n in range(8)]) == [""] * 8
    assert states(session) == {"confirmed": 1}


def test_sixty_four_browsers_ten_places(arena, tmp_path):
    """The same race through the pages, as browsers run it: ten pages say that one is registered."""
    url, session, edition = arena
    ticket = a_ticket(session, edition, places=PLACES, keeps_list=False)
    session.commit()
    app = create_app(database_url=url, instance=tmp_path, secret_key="race " * 10, log_level="error")
    app.config["WTF_CSRF_ENABLED"] = False
    gate = threading.Barrier(BUYERS, timeout=60)
    page = f"/{edition.code}/register/{ticket.code}"
    typed = {"language": "en", "country": "", "name_en": "Racer"}

    def send(number: int) -> tuple[int, bool]:
        browser = app.test_client()
        gate.wait()
        answer = browser.post(page, data=typed | {"email": f"r{number}@x.example", "once": f"r{number}"})
        return answer.status_code, "no place left" in answer.text

    try:
        with ThreadPoolExecutor(BUYERS) as threads:
            answers = Counter(threads.map(send, range(BUYERS)))
    finally:
        app.extensions["expo_engine"].dispose()
    assert answers == {(302, False): PLACES, (200, True): BUYERS - PLACES}
    assert states(session) == {"confirmed": PLACES}


def test_who_is_erased_and_taken_up_at_once_is_erased(arena):
    url, session, edition = arena
    people = [a_person(session, edition, state="cancelled").id for _ in range(6)]
    session.commit()

    def erase(number: int):
        def verb(session):
            place = session.get(Edition, edition.id)
            erasing.erase(session, place, session.get(Person, number), "organiser", "Olga")

        return verb

    def write(number: int):
        back = text("UPDATE person SET state = 'confirmed', name = '{\"en\": \"Back\"}' WHERE id = :id")
        return lambda session: session.execute(back, {"id": number})

    answers = at_once(url, [verb(number) for number in people for verb in (erase, write)])
    assert not any(answer.startswith("broken") for answer in answers)
    session.rollback()
    names = session.execute(text("SELECT DISTINCT name->>'en' FROM person")).scalars().all()
    assert (names, states(session)) == (["Erased"], {"cancelled": 6})
