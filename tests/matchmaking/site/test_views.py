"""The edition's front page, and what the site tells search engines."""

from datetime import UTC, datetime

import pytest
from lxml import etree

from expo.forums import services as forums
from expo.forums.models import Slot, between
from tests.make import a_forum, a_room, a_talk, an_edition
from tests.matchmaking.catalogue.fair import a_fair, count_queries
from tests.page import problems


def with_programme(session, edition, talks: int = 2):
    """A ceremony and talks of one forum, released, half an hour each from 9:00 in Qingdao."""
    main = a_forum(session, edition, code="MAIN", name={"en": "Opening day"}, kind="ceremony", is_main=True)
    forum = a_forum(session, edition, code="F1", name={"en": "Forum of honey"})
    room = a_room(session, edition, name={"en": "Grand hall"})
    for n in range(talks):
        talk = a_talk(
            session, forum if n else main, code=f"TALK{n:02}", title={"en": f"Speech {n}"}, minutes=30
        )
        start = datetime(2023, 6, 15 + n % 2, 1 + n // 2, tzinfo=UTC)
        during = between(start, start.replace(minute=30))
        session.add(Slot(edition_id=edition.id, talk_id=talk.id, room_id=room.id, during=during))
    session.flush()
    forums.release(session, edition)
    session.commit()


def test_the_front_page_has_figures_that_lead_on(client, session):
    edition = a_fair(session)
    with_programme(session, edition)
    page = client.get(f"/{edition.code}/").text
    for shown in (
        "15–16 Jun 2023",
        ">6</b>",
        ">3</b>",
        ">12</b>",
        "100,000 <small>m²",
        "Zone ZA",
        "Forum of honey",
    ):
        assert shown in page, shown
    for address in (
        "exhibitors",
        "products",
        "plan",
        "programme",
        "programme?day=2023-06-16",
        "programme/TALK00",
    ):
        assert f'href="/{edition.code}/{address}"' in page, address
    assert "Thursday 15 June" in page
    assert "15 Jun 2023 09:00" in page
    assert page.count("1 talk<") == 4
    assert f'href="/{edition.code}/exhibitors?country=KZ"' in page


def test_before_anything_is_published_the_front_page_says_so(client, session):
    edition = an_edition(session, gross_m2=0)
    session.commit()
    page = client.get(f"/{edition.code}/").text
    assert "The expo is taking shape" in page
    assert "Thursday 15 June" in page


def test_an_edition_that_is_not_public_has_no_front_page(client, session):
    edition = an_edition(session, is_public=False)
    session.commit()
    assert client.get(f"/{edition.code}/").status_code == 404
    assert edition.code not in client.get("/robots.txt").text


@pytest.mark.parametrize("language", ["en", "zh", "ru", "ur"])
def test_the_front_page_is_well_made(client, session, language):
    edition = a_fair(session)
    with_programme(session, edition)
    assert problems(client.get(f"/{edition.code}/?lang={language}").text) == []


def test_the_front_page_costs_the_same_queries_for_a_small_and_a_large_fair(client, session, connection):
    small, large = a_fair(session, 1, 1), a_fair(session, 30, 10)
    with_programme(session, small, 1)
    with_programme(session, large, 6)
    costs = [count_queries(connection, lambda one=one: client.get(f"/{one.code}/")) for one in (small, large)]
    assert costs[0] == costs[1]
    assert costs[1] <= 11


def test_the_site_map_lists_every_public_page_with_its_languages(client, session):
    edition = a_fair(session, 2)
    with_programme(session, edition)
    answer = client.get(f"/{edition.code}/sitemap.xml")
    tree = etree.fromstring(answer.data)
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    home = f"http://localhost/{edition.code}/"
    assert answer.mimetype == "application/xml"
    assert [place.removeprefix(home) for place in tree.xpath("//s:loc/text()", namespaces=space)] == [
        "", "exhibitors", "products", "plan", "programme",
        "exhibitors/EX0", "exhibitors/EX1", "programme/TALK00", "programme/TALK01",
    ]  # fmt: skip
    assert len(tree.xpath("//x:link", namespaces=space)) == 9 * 4


def test_robots_are_led_to_the_site_map_and_kept_from_the_back_rooms(client, session):
    edition = a_fair(session, 1)
    text = client.get("/robots.txt").text
    assert f"Sitemap: http://localhost/{edition.code}/sitemap.xml" in text
    assert "Disallow: /*/console" in text


def test_an_unknown_word_is_no_edition(client):
    assert client.get("/nowhere").status_code == 404
    assert client.get("/nowhere/").status_code == 404
