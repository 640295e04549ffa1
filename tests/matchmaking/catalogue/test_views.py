"""The catalogue's pages: who is there, what is found, and what they cost."""

import re

import pytest

from expo.exhibitors.services import exhibitor_by_code
from expo.plan.models import PlanSettings
from expo.spreadsheets import read_table
from tests.make import a_product, an_exhibitor, an_organisation
from tests.matchmaking.catalogue.fair import a_fair, count_queries
from tests.page import problems


def firms(page) -> list[str]:
    """The codes of the exhibitors a page leads to."""
    return re.findall(r'<h3 dir="auto"><a href="[^"]*/exhibitors/([^"?]+)"', page.text)


def found(client, edition, query: str) -> list[str]:
    return firms(client.get(f"/{edition.code}/exhibitors?{query}"))


def test_the_directory_shows_accepted_exhibitors_by_name(client, session):
    edition = a_fair(session)
    an_exhibitor(session, edition, an_organisation(session, name={"en": "Hidden"}), state="submitted")
    session.commit()
    page = client.get(f"/{edition.code}/exhibitors")
    assert firms(page) == ["EX0", "EX1", "EX2", "EX3", "EX4", "EX5"]
    assert "6 exhibitors from 3 countries and regions" in page.text
    assert "Hidden" not in page.text
    assert f'href="/{edition.code}/plan?stand=S04"' in page.text


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("q=firm+03", ["EX3"]),
        ("q=企业04", ["EX4"]),
        ("q=МЁД+5", ["EX5"]),
        ("q=蜂蜜+profile+02", ["EX2"]),
        ("q=kyrgyzstan", ["EX0", "EX3"]),
        ("q=казахстан", ["EX1", "EX4"]),
        ("q=7206.10+firm+01", ["EX1"]),
        ("q=9999", []),
        ("q=%25", []),
        ("country=CN", ["EX2", "EX5"]),
        ("zone=ZA", ["EX0", "EX4"]),
        ("sector=metals&country=KG", ["EX3"]),
        ("letter=F", ["EX0", "EX1", "EX2", "EX3", "EX4", "EX5"]),
        ("letter=X", []),
    ],
)
def test_the_directory_is_searched_and_filtered(client, session, query, codes):
    assert found(client, a_fair(session), query) == codes


def test_the_directory_turns_leaves_and_keeps_within_them(client, session):
    edition = a_fair(session, 53, 0)
    assert len(found(client, edition, "")) == 50
    assert found(client, edition, "page=2") == ["EX50", "EX51", "EX52"]
    for far in ("page=99", "page=2&lang=en"):
        assert len(found(client, edition, far)) == 3
    assert len(found(client, edition, "page=-1")) == len(found(client, edition, "page=x")) == 50


def test_an_empty_directory_says_what_will_be_there(client, session):
    edition = a_fair(session, 0)
    assert "Exhibitors are being chosen" in client.get(f"/{edition.code}/exhibitors").text
    assert "No products yet" in client.get(f"/{edition.code}/products").text
    assert "Nobody fits" in client.get(f"/{edition.code}/exhibitors?q=x").text
    assert "No product fits" in client.get(f"/{edition.code}/products?q=x").text


def test_an_exhibitor_has_its_page(client, session):
    edition = a_fair(session)
    page = client.get(f"/{edition.code}/exhibitors/EX0")
    for shown in (
        "Firm 00",
        "Kyrgyzstan",
        "Profile of 00",
        "Honey 0 1",
        "S00",
        "Zone ZA",
        "on request",
        "Firm 01",
    ):
        assert shown in page.text
    assert "CN¥12.34" in page.text
    assert "javascript" not in page.text
    other = client.get(f"/{edition.code}/exhibitors/EX1").text
    assert '<a href="https://firm.example" rel="noopener nofollow ugc" dir="ltr">firm.example</a>' in other
    assert "once the floor plan is published" in other
    assert "Led by" in other
    assert "企业01" in client.get(f"/{edition.code}/exhibitors/EX1?lang=zh").text


def test_only_accepted_exhibitors_have_a_page(client, session):
    edition = a_fair(session, 1)
    an_exhibitor(session, edition, state="withdrawn", code="GONE")
    session.commit()
    assert [
        client.get(f"/{edition.code}/exhibitors/{code}").status_code for code in ("EX0", "GONE", "NONE")
    ] == [
        200,
        404,
        404,
    ]


def test_an_exhibitors_products_are_searched_and_paged(client, session):
    edition = a_fair(session, 1, 60)
    page = client.get(f"/{edition.code}/exhibitors/EX0").text
    assert "60 products" in page
    assert "Honey 0 0<" in page
    assert "30 products" in client.get(f"/{edition.code}/exhibitors/EX0?q=7206").text
    assert "No product fits" in client.get(f"/{edition.code}/exhibitors/EX0?q=tea").text
    assert client.get(f"/{edition.code}/exhibitors/EX0?page=2").text.count('scope="row"') == 10


def rows(client, edition, query: str) -> int:
    return client.get(f"/{edition.code}/products?{query}").text.count('scope="row"')


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 12),
        ("q=Honey+3", 2),
        ("q=蜂蜜", 12),
        ("q=0409", 6),
        ("q=0409.00", 6),
        ("section=XV", 6),
        ("section=XV&origin=KG", 2),
        ("origin=KZ", 4),
        ("section=nonsense", 12),
        ("sort=-origin", 12),
        ("sort=nonsense", 12),
        ("q=nothing", 0),
    ],
)
def test_products_are_searched_and_filtered(client, session, query, count):
    assert rows(client, a_fair(session), query) == count


def test_a_kind_is_listed_once_with_everybody_who_offers_it(client, session):
    edition = a_fair(session, 2, 0)
    for code in ("EX0", "EX1"):
        exhibitor = exhibitor_by_code(session, edition.id, code)
        a_product(session, exhibitor, name={"en": "Jam"}, kind_key="200799-KG-1", hs="200799")
    session.commit()
    page = client.get(f"/{edition.code}/products").text
    assert page.count('scope="row"') == 1
    assert "Firm 00</a></bdi>, <bdi>" in page
    assert "Firm 01</a>" in page


def test_choices_say_how_many_they_show(client, session):
    edition = a_fair(session)
    page = client.get(f"/{edition.code}/products?section=XV").text
    assert "6 kinds of products from 3 countries of origin" in page
    assert '<option value="KG">Kyrgyzstan (2)</option>' in page
    directory = client.get(f"/{edition.code}/exhibitors?country=KG").text
    assert '<option value="metals">Metals (1)</option>' in directory
    assert '<option value="ZA">A · Zone ZA (1)</option>' in directory
    nothing = client.get(f"/{edition.code}/exhibitors?country=TJ&q=honey").text
    assert '<option value="TJ" selected>Tajikistan (0)</option>' in nothing


def test_the_directory_says_which_products_were_found(client, session):
    edition = a_fair(session, 2)
    page = client.get(f"/{edition.code}/exhibitors?q=мёд&lang=ru").text
    assert 'exhibitors/EX0?q=%D0%BC%D1%91%D0%B4" dir="auto">Мёд 0 0</a>' in page
    assert "and 1 more" in client.get(f"/{edition.code}/exhibitors?q=мёд&lang=en").text
    assert "It shows:" in client.get(f"/{edition.code}/exhibitors?q=0409").text
    assert "Among its products" not in client.get(f"/{edition.code}/exhibitors?q=profile").text


@pytest.mark.parametrize("language", ["en", "zh", "ru", "ur"])
def test_pages_are_well_made(client, session, language):
    edition = a_fair(session)
    for address in ("exhibitors", "exhibitors/EX0", "exhibitors/EX1?q=x", "products", "exhibitors?q=x"):
        mark = "&" if "?" in address else "?"
        answer = client.get(f"/{edition.code}/{address}{mark}lang={language}")
        assert (answer.status_code, problems(answer.text)) == (200, []), address


def test_pages_cost_the_same_queries_for_one_exhibitor_and_for_thirty(client, session, connection):
    small, large = a_fair(session, 1, 1), a_fair(session, 30, 30)
    for address in ("exhibitors", "exhibitors?q=honey", "products", "products?q=0409", "exhibitors/EX0"):
        costs = [
            count_queries(connection, lambda one=one, address=address: client.get(f"/{one.code}/{address}"))
            for one in (small, large)
        ]
        assert costs[0] == costs[1], address
        assert costs[1] <= 10, address


def test_search_engines_are_told_the_one_address_and_the_languages(client, session):
    edition = a_fair(session)
    page = client.get(f"/{edition.code}/exhibitors?lang=ru&sort=x").text
    address = f"http://localhost/{edition.code}/exhibitors"
    assert f'<link rel="canonical" href="{address}?lang=ru">' in page
    assert f'<link rel="alternate" hreflang="ur" href="{address}?lang=ur">' in page
    assert f'<link rel="alternate" hreflang="x-default" href="{address}">' in page
    assert '<meta name="description"' in page
    assert '<meta name="robots" content="noindex">' in client.get(f"/{edition.code}/exhibitors?q=x").text


def test_the_directory_can_be_taken_away_as_it_is_filtered(client, session):
    edition = a_fair(session)
    page = client.get(f"/{edition.code}/exhibitors?country=KG").text
    assert f'href="/{edition.code}/exhibitors.csv?country=KG"' in page
    answer = client.get(f"/{edition.code}/exhibitors.csv?country=KG")
    assert answer.text.splitlines() == [
        "\ufeffCode,Name,Country,Sector,Zones,Stands,Products",
        "EX0,Firm 00,Kyrgyzstan,Food and drink,ZA,S00,2",
        "EX3,Firm 03,Kyrgyzstan,Metals,,,2",
    ]
    book = client.get(f"/{edition.code}/exhibitors.xlsx?q=firm&lang=zh").data
    assert [cells[1] for _number, cells in read_table(book, 10)][1:] == [f"企业{n:02}" for n in range(6)]


def test_names_of_countries_are_escaped_once_and_only_once(client, session):
    edition = a_fair(session, 0)
    firm = an_organisation(session, country="BA", name={"en": "Honey & <b>Sons</b>"})
    an_exhibitor(session, edition, firm)
    session.commit()
    page = client.get(f"/{edition.code}/exhibitors?country=%3Cb%3E").text
    assert "Bosnia &amp; Herzegovina (1)" in page
    assert "&lt;b&gt; (0)" in page
    assert "<b>" not in page.replace('<b class="', "")
    assert "Honey &amp; &lt;b&gt;Sons&lt;/b&gt;" in client.get(f"/{edition.code}/exhibitors").text
    assert "Bosnia & Herzegovina" in client.get(f"/{edition.code}/exhibitors.csv").text


@pytest.mark.parametrize("names", ["published", "never"])
def test_stands_that_the_plan_keeps_to_itself_are_written_nowhere_else(client, session, names):
    edition = a_fair(session)
    session.merge(PlanSettings(edition_id=edition.id, names=names))
    session.commit()
    for path in ("exhibitors", "exhibitors/EX0", "exhibitors/EX1", "exhibitors.csv"):
        answer = client.get(f"/{edition.code}/{path}")
        assert (answer.status_code, "S00" in answer.text, "ZA" in answer.text) == (200, False, False)
    assert client.get(f"/api/v1/{edition.code}/exhibitors/EX0").json["stands"] == []
