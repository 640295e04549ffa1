"""The dashboard and the printing page, empty and full, for those who may see them."""

from datetime import time
from io import BytesIO

import pytest
from lxml import html
from openpyxl import load_workbook

from expo.errors import Refused
from expo.forums.models import Slot, between
from expo.jobs import runner
from expo.jobs import services as jobs
from matchmaking.console.papers import PAPERS
from matchmaking.console.prints import MAKERS
from tests.asking import asked
from tests.make import (
    a_buyer,
    a_forum,
    a_hall,
    a_person,
    a_room,
    a_stand,
    a_talk,
    a_zone,
    an_edition,
    an_exhibitor,
    stars,
)
from tests.page import problems
from tests.signing import sign_in


@pytest.fixture
def edition(session):
    return an_edition(session)


@pytest.fixture
def organiser(client, session, edition):
    return sign_in(client, session, role="organiser", edition=edition)


@pytest.fixture
def filled(session, edition):
    hall, zone = a_hall(session, edition), a_zone(session, edition)
    a_stand(session, hall, zone)
    an_exhibitor(session, edition)
    an_exhibitor(session, edition, state="submitted")
    a_buyer(session, edition)
    talk, room = a_talk(session, a_forum(session, edition)), a_room(session, edition)
    start = edition.instant(edition.starts_on, time(10))
    session.add(
        Slot(
            edition_id=edition.id,
            talk_id=talk.id,
            room_id=room.id,
            during=between(start, start.replace(hour=11)),
        )
    )
    stars(session, a_person(session, edition), talk)
    session.flush()
    return edition


class Silent:
    """A report that nobody reads."""

    def progress(self, *_args, **_named):
        pass

    def cancelled(self):
        return False


def run(app, session, location):
    """Run the job behind an address as the worker does."""
    job = session.get(jobs.Job, int(location.rsplit("/", 1)[1]))
    with app.app_context():
        job.result = runner.handler_of(job.kind)(session, job, Silent())
    job.state = "done"
    session.commit()
    return job


@pytest.mark.parametrize("language", ["en", "ur"])
def test_an_empty_edition_is_told_where_to_begin(client, edition, organiser, language):
    page = client.get(f"/{edition.code}/console?lang={language}")
    assert (page.status_code, problems(page.text)) == (200, [])


def test_the_dashboard_says_what_is_next_and_links_to_it(client, filled, organiser):
    page = client.get(f"/{filled.code}/console").text
    assert problems(page) == []
    assert "Decide on applications" in page
    assert f"/{filled.code}/console/exhibitors?state=submitted" in page
    assert "People expected in talks" in page


@pytest.mark.parametrize("role", ["gate", "finance", "auditor"])
def test_others_see_only_links_that_open_for_them(client, session, filled, role):
    sign_in(client, session, role=role, edition=filled)

    page = html.document_fromstring(client.get(f"/{filled.code}/console").text)
    links = {link for link in page.xpath("//main//a/@href") if link.startswith("/")}
    assert {link: client.get(link).status_code for link in links if client.get(link).status_code != 200} == {}


def test_the_dashboard_asks_as_often_for_thirty_as_for_one(client, session, connection, filled, organiser):
    address = f"/{filled.code}/console"

    def count() -> int:
        with asked(connection) as told:
            assert client.get(address).status_code == 200
        return len(told)

    client.get(address)
    first = count()
    for _ in range(15):
        an_exhibitor(session, filled)
        a_person(session, filled)
        a_zone(session, filled)
    session.commit()
    assert count() == first <= 25


def test_every_paper_can_be_made():
    assert set(PAPERS) == set(MAKERS)


def test_papers_are_printed_in_a_language_and_can_be_fetched(app, client, session, filled, organiser):
    address = f"/{filled.code}/console/printing"
    page = client.get(address)
    assert problems(page.text) == []
    answer = client.post(address, data={"papers": ["deals", "invoices", "timetable"], "language": "ru"})
    job = run(app, session, answer.location)
    assert set(job.result["bytes"]) == {"deals", "timetable"}
    book = client.get(f"{address}/ru/deals")
    assert len(load_workbook(BytesIO(book.data)).sheetnames) >= 3
    assert client.get(f"{address}/ru/timetable").data.startswith(b"%PDF")
    assert client.get(f"{address}/en/timetable").status_code == 404
    assert f"{address}/ru/deals" in client.get(f"{address}?language=ru").text


def test_what_cannot_be_printed_is_said_in_words(app, client, session, filled, organiser):
    address = f"/{filled.code}/console/printing"
    answer = client.post(address, data={"papers": ["invoices"], "language": "en"})
    with pytest.raises(Refused, match="No invoice"):
        run(app, session, answer.location)


def test_choosing_nothing_is_refused_beside_the_field(client, filled, organiser):
    page = client.post(f"/{filled.code}/console/printing", data={"language": "en"})
    assert "Choose at least one paper." in page.text
    assert problems(page.text) == []


@pytest.mark.parametrize("name", ["ru/secret", "xx/deals", "en/..%2f..%2fbadge-key"])
def test_only_papers_are_handed_out(client, filled, organiser, name):
    assert client.get(f"/{filled.code}/console/printing/{name}").status_code == 404


def test_only_organisers_print_everything(client, session, filled):
    sign_in(client, session, role="gate", edition=filled)
    assert client.get(f"/{filled.code}/console/printing").status_code == 403
