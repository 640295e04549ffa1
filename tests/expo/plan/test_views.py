"""The pages of the floor plan."""

import re

import pytest
from lxml import etree
from sqlalchemy import event

from expo.allocation import services
from expo.allocation.models import AllocationRun
from expo.plan import prints
from expo.printing import page_count
from tests.expo.allocation.rows import a_fair, a_firm


@pytest.fixture
def fair(session):
    return a_fair(session)


@pytest.fixture
def published(session, fair) -> AllocationRun:
    """Honey House on A-01 and a run that says so."""
    a_firm(session, fair, "X", name="Honey House", wishes=[("stand", "A-01")])
    run = services.solve(session, fair.edition, 1, 100)
    services.publish(session, run)
    session.commit()
    return run


def page(client, fair, path, code=200) -> str:
    answer = client.get(f"/{fair.edition.code}{path}")
    assert answer.status_code == code
    return answer.get_data(as_text=True)


def test_before_publication_the_plan_shows_zones_and_free_stands(client, session, fair):
    a_firm(session, fair, "X", name="Honey House")
    session.commit()
    text = page(client, fair, "/plan")
    assert "Stands are given out later" in text
    assert ("B-06" in text, "Honey House" in text, "International" in text) == (True, False, True)


def test_the_plan_names_who_stands_where_also_as_a_table(client, fair, published):
    text = page(client, fair, "/plan?hall=H1")
    assert text.count("<h1") == 1
    assert re.search(r'id="stand-A-01" data-stands="A-01"', text)
    assert re.search(r'<a class="code" href="#stand-A-01">A-01</a>', text)


def test_a_search_marks_what_it_finds(client, fair, published):
    for asked in ("?q=honey", "?q=a-01", "?stand=a-01"):
        assert 'class="stand given found"' in page(client, fair, f"/plan{asked}")
    assert "Nobody on the plan" in page(client, fair, "/plan?q=100%25")
    assert "There is no stand Q-9" in page(client, fair, "/plan?stand=Q-9")


def test_an_unknown_hall_is_not_found(client, fair, published):
    page(client, fair, "/plan?hall=H9", 404)


def test_an_edition_without_halls_says_what_belongs_there(client, session):
    fair = a_fair(session, columns=0)
    session.delete(fair.hall)
    session.commit()
    assert "not drawn yet" in page(client, fair, "/plan")


def test_the_drawing_is_a_file_of_its_own(client, fair, published):
    answer = client.get(f"/{fair.edition.code}/plan.svg")
    assert answer.mimetype == "image/svg+xml"
    assert "Honey House" in "".join(etree.fromstring(answer.data).itertext())


def test_the_plan_prints_a_sheet_for_the_site_and_one_for_each_hall(app, session, fair, published):
    with app.app_context():
        assert page_count(prints.floor_plan_pdf(session, fair.edition, "ru")) == 3


def test_the_plan_asks_the_database_as_often_for_many_as_for_one(
    client, session, connection, fair, published
):
    def asked() -> int:
        count = []
        listener = lambda *_: count.append(1)  # noqa: E731
        event.listen(connection, "before_cursor_execute", listener)
        page(client, fair, "/plan?hall=H1")
        event.remove(connection, "before_cursor_execute", listener)
        return len(count)

    once = asked()
    for i in range(2, 7):
        services.give_stand(session, fair.stands[f"A-0{i}"], a_firm(session, fair, f"Y{i}"))
    session.commit()
    assert asked() == once
