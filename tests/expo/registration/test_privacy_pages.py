"""Everybody reads what is kept and why; one's own page exports, agrees and erases; organisers answer."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest

from expo.registration import queries
from expo.registration.services import erasing, purposes
from expo.registration.services.linking import fresh_link
from tests.make import a_person, an_edition
from tests.page import problems
from tests.signing import sign_in


@pytest.fixture
def edition(session):
    return an_edition(session)


@pytest.fixture
def own(session, edition):
    """(somebody, the address of their data)."""
    person = a_person(session, edition, name={"en": "Anna Weber", "ur": "اینا"}, email="anna@x.example")
    return person, f"/{edition.code}/registration/{fresh_link(session, person, is_mailed=True)}/data"


@pytest.mark.parametrize("language", ["en", "zh", "ru", "ur"])
def test_what_is_kept_is_public(client, edition, language):
    page = client.get(f"/{edition.code}/privacy?lang={language}")
    assert (page.status_code, problems(page.text)) == (200, [])


def test_one_agrees_and_takes_it_back(client, session, edition, own):
    person, home = own
    assert problems(client.get(home).text) == []
    client.post(f"{home}/consents", data={"consent": ["news", "leads", "nonsense"]})
    assert queries.consents_of(session, [person.id])[person.id] == {"news", "leads"}
    client.post(f"{home}/consents", data={"consent": ["news"]})
    assert queries.consents_of(session, [person.id])[person.id] == {"news"}


def test_one_takes_everything_away(client, own):
    person, home = own
    answer = client.get(f"{home}.zip")
    archive = ZipFile(BytesIO(answer.data))
    assert archive.namelist() == ["data.json", "data.pdf"]
    assert archive.read("data.pdf")[:4] == b"%PDF"
    assert json.loads(archive.read("data.json"))["number"] == person.code


def test_one_asks_to_be_erased_and_the_organiser_does_it(client, session, edition, own):
    person, home = own
    client.post(f"{home}/erase")
    assert "Asked for" in client.get(home).text
    client.post(f"{home}/keep")
    assert erasing.open_erasure(session, person) is None
    client.post(f"{home}/erase")
    sign_in(client, session, role="organiser", edition=edition)
    console = f"/{edition.code}/console/privacy"
    assert person.code in client.get(console).text
    client.post(f"{console}/{person.code}/erase")
    session.expire_all()
    assert (person.name["en"], erasing.open_erasure(session, person).asked_by) == ("Erased", "person")
    assert problems(client.get(console).text) == []
    assert client.get(home).status_code == 404


def test_the_organiser_sets_times_and_words(client, session, edition):
    sign_in(client, session, role="organiser", edition=edition)
    console = f"/{edition.code}/console/privacy"
    sent = {"controller_en": "Expo Ltd", "contact": "privacy@x.example", "erase_after_days": "7"}
    client.post(console, data=sent | {"registration": "90", "photo": "5", "mail": "60"})
    assert purposes.settings_of(session, edition).keep_days == {"registration": 90, "photo": 5, "mail": 60}
    assert "Expo Ltd" in client.get(f"/{edition.code}/privacy").text
    page = f"{console}/purposes/news"
    assert problems(client.get(page).text) == []
    assert "at least one language" in client.post(page, data={"is_asked": "y"}).text
    client.post(page, data={"is_asked": "y", "text_en": "Write me at once."})
    assert "Write me at once." in client.get(f"/{edition.code}/privacy").text
    assert client.post(console, data=sent | {"registration": "-1"}).status_code == 200


def test_only_who_answers_for_privacy_exports_and_erases(client, session, edition, own):
    person, _home = own
    sign_in(client, session, role="gate", edition=edition)
    console = f"/{edition.code}/console/privacy"
    assert client.get(console).status_code == 403
    assert client.get(f"{console}/{person.code}/data.zip").status_code == 403
    assert client.post(f"{console}/{person.code}/erase").status_code == 403
