"""The pages of results and coverage."""

import csv
import io

import pytest
from sqlmodel import select

from expo.exhibitors.models import Exhibitor
from matchmaking.catalogue.models import Buyer
from matchmaking.coverage import services
from tests.make import a_buyer, a_need, an_edition
from tests.matchmaking.meetings.making import a_market, a_meeting
from tests.page import problems
from tests.signing import sign_in


@pytest.fixture
def edition(client, session):
    """A market with a need that nobody serves and a meeting that took place."""
    edition = a_market(session)
    buyer = a_buyer(session, edition)
    a_need(session, buyer, hs="8407", position=1, text={"en": "=cmd"}, quantity=5, max_price_minor=100)
    services.start(session, edition)
    sign_in(client, session, role="organiser", edition=edition)
    return edition


PAGES = [
    "",
    "/coverage",
    "/unmet",
    "/unmet?why=nobody",
    "/unmet?why=x&page=9",
    "/chains/new",
    "/chains/food",
]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "ur"])
def test_pages_are_well_made(client, edition, page, language):
    sign = "&" if "?" in page else "?"
    answer = client.get(f"/{edition.code}/console/results{page}{sign}lang={language}")
    assert (answer.status_code, problems(answer.text)) == (200, [])


@pytest.mark.parametrize("page", ["", "/coverage", "/unmet"])
def test_pages_of_an_empty_edition_say_what_belongs_there(client, session, page):
    edition = an_edition(session)
    sign_in(client, session, role="organiser", edition=edition)
    answer = client.get(f"/{edition.code}/console/results{page}?lang=en")
    assert (answer.status_code, problems(answer.text)) == (200, [])


def test_what_became_of_meetings_is_shown(client, session, edition):
    buyer = session.exec(select(Buyer).order_by(Buyer.id)).first()
    exhibitor = session.exec(select(Exhibitor).order_by(Exhibitor.id)).first()
    a_meeting(session, buyer, exhibitor, state="held")
    text = client.get(f"/{edition.code}/console/results?lang=en").text
    assert ("100.0%" in text, "1 held" in text) == (True, True)


def test_the_list_of_unmet_demand_is_a_file_that_no_spreadsheet_runs(client, edition):
    answer = client.get(f"/{edition.code}/console/results/unmet.csv?lang=en")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [(row[0], row[1], row[11]) for row in rows[1:]] == [("8407", "'=cmd", "Nobody offers it")]


def test_a_chain_is_drawn_changed_and_taken_away(client, edition):
    address = f"/{edition.code}/console/results"
    values = {"code": "steel", "name": "Steel works", "stages": "Metal: 72\nMachines: 84"}
    assert client.post(f"{address}/chains/new", data=values).status_code == 302
    assert "Steel works" in client.get(f"{address}/coverage?lang=en").text
    answer = client.post(f"{address}/chains/steel?lang=en", data={"name": "Steel", "stages": "Metal: 7x"})
    assert ("Line 1: 7x is no HS code." in answer.text, "Metal: 7x" in answer.text) == (True, True)
    assert client.post(f"{address}/chains/steel/drop").status_code == 302
    assert client.get(f"{address}/chains/steel").status_code == 404


def test_the_starting_set_is_taken_by_a_button(client, session):
    edition = an_edition(session)
    sign_in(client, session, role="organiser", edition=edition)
    client.post(f"/{edition.code}/console/results/chains/start")
    assert "Textiles" in client.get(f"/{edition.code}/console/results/coverage?lang=en").text


@pytest.mark.parametrize("page", ["", "/coverage", "/unmet", "/unmet.csv", "/chains/new"])
def test_buyers_do_not_see_them(client, session, page):
    edition = an_edition(session)
    sign_in(client, session, role="buyer", edition=edition)
    assert client.get(f"/{edition.code}/console/results{page}").status_code == 403
