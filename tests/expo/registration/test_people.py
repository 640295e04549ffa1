"""People are found in any script, registered with the next number, and changed."""

import pytest

from expo.errors import Refused
from expo.registration import queries, services
from expo.registration.queries import PeopleFilter
from expo.registration.services import Particulars
from tests.asking import asked
from tests.make import a_forum, a_person, a_talk, an_edition, stars
from tests.page import problems
from tests.signing import sign_in


@pytest.fixture
def edition(session):
    return an_edition(session)


@pytest.fixture
def organiser(client, session, edition):
    return sign_in(client, session, role="organiser", edition=edition)


def found(session, edition, **wanted):
    return [row.code for row in queries.people(session, edition, PeopleFilter(**wanted))]


@pytest.mark.parametrize(
    "words", ["杨", "杨敏", "ЯН МИНЬ", "ян", "یانگ", "yang min", "min yang", "нуоксин", "p7", "yang@"]
)
def test_a_name_is_found_in_every_script(session, edition, words):
    name = {"en": "Yang Min", "zh": "杨敏", "ru": "Ян Минь", "ur": "یانگ من"}
    a_person(session, edition, code="P7", name=name, organisation="Нуоксин", email="Yang@x.example")
    a_person(session, edition, code="Q8", name={"en": "Anna Weber"})
    assert found(session, edition, words=words) == ["P7"]


@pytest.mark.parametrize("words", ["%", "_", "\\", "xxx"])
def test_signs_of_the_database_are_only_letters(session, edition, words):
    a_person(session, edition)
    assert found(session, edition, words=words) == []


def test_the_filters_go_together(session, edition):
    a_person(session, edition, code="A", kind="buyer", country="KZ")
    a_person(session, edition, code="B", kind="buyer", country="CN")
    a_person(session, edition, code="C", kind="press", country="KZ")
    assert found(session, edition, kind="buyer", country="KZ") == ["A"]
    assert queries.counts(session, edition) == {"buyer": 2, "press": 1}
    assert queries.countries(session, edition) == ["CN", "KZ"]


def test_people_of_another_edition_are_not_found(session, edition):
    a_person(session, an_edition(session))
    assert (found(session, edition), queries.count(session, edition)) == ([], 0)


def test_starred_talks_are_counted(session, edition):
    person, forum = a_person(session, edition), a_forum(session, edition)
    stars(session, person, *(a_talk(session, forum) for _ in range(3)))
    assert [row.stars for row in queries.people(session, edition, PeopleFilter())] == [3]


def test_who_registers_gets_the_next_number(session, edition):
    a_person(session, edition, code="PE0009")
    person = services.register(session, edition, Particulars("press", {"en": " Anna ", "ru": ""}))
    assert (person.code, person.name) == ("PE0010", {"en": "Anna"})


def test_nobody_is_registered_without_a_name(session, edition):
    with pytest.raises(Refused, match="at least one language"):
        services.register(session, edition, Particulars("press", {"en": " "}))


# ---- pages ----


def test_the_page_lists_people_by_kind_and_is_well_made(client, session, edition, organiser):
    a_person(session, edition, kind="vip", name={"en": "Xu Wei", "zh": "徐伟"})
    page = client.get(f"/{edition.code}/console/people?kind=vip")
    assert problems(page.text) == []
    assert "Xu Wei" in page.text
    assert "徐伟" in page.text


def test_the_list_asks_as_often_for_thirty_as_for_one(client, session, connection, edition, organiser):
    address = f"/{edition.code}/console/people"

    def count() -> int:
        with asked(connection) as told:
            assert client.get(address).status_code == 200
        return len(told)

    a_person(session, edition)
    client.get(address)
    first = count()
    for _ in range(29):
        a_person(session, edition)
    session.commit()
    assert count() == first


def test_somebody_is_registered_on_the_page(client, session, edition, organiser):
    address = f"/{edition.code}/console/people/new"
    assert problems(client.get(address).text) == []
    sent = {"kind": "press", "name_en": "Anna", "country": "DE", "language": "en", "email": ""}
    answer = client.post(address, data=sent)
    assert answer.location == f"/{edition.code}/console/people/PE0001"
    assert queries.person_by_code(session, edition, "PE0001").country == "DE"


@pytest.mark.parametrize(
    "wrong",
    [{"email": "no address"}, {"kind": "king"}, {"country": "ZZ"}, {"name_en": "x" * 200}, {"name_en": ""}],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, session, edition, organiser, wrong):
    sent = {"kind": "press", "name_en": "Anna", "organisation": "Herald", "language": "en"} | wrong
    page = client.post(f"/{edition.code}/console/people/new", data=sent)
    assert ("Please put this right" in page.text, "Herald" in page.text) == (True, True)
    assert problems(page.text) == []
    assert queries.count(session, edition) == 0


def test_a_person_is_changed_on_the_page(client, session, edition, organiser):
    person = a_person(session, edition)
    address = f"/{edition.code}/console/people/{person.code}"
    page = client.get(address)
    assert problems(page.text) == []
    client.post(
        address, data={"kind": "vip", "name_en": "", "name_zh": "徐伟", "country": "", "language": "zh"}
    )
    session.expire_all()
    assert (person.kind, person.name, person.country) == ("vip", {"zh": "徐伟"}, "")


def test_who_may_only_look_changes_nobody(client, session, edition):
    sign_in(client, session, role="auditor", edition=edition)
    assert client.get(f"/{edition.code}/console/people").status_code == 403


def test_nobody_of_another_edition_is_shown(client, session, edition, organiser):
    stranger = a_person(session, an_edition(session), code="STRANGER")
    assert client.get(f"/{edition.code}/console/people/{stranger.code}").status_code == 404
