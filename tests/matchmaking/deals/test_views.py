"""The organiser's pages of deals."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from matchmaking.catalogue.chapter_names import CHAPTER_NAMES
from matchmaking.deals import prints, queries
from matchmaking.deals.models import Deal
from tests.make import a_buyer, an_edition, an_exhibitor
from tests.matchmaking.deals.making import DAY, a_deal, a_line, a_rate
from tests.page import problems
from tests.signing import sign_in


@pytest.fixture
def edition(client, session):
    """An edition whose organiser is at the browser."""
    edition = an_edition(session)
    sign_in(client, session, role="organiser", edition=edition)
    return edition


def typed(seller, buyer, /, **more) -> dict[str, str]:
    """What somebody types into the form of a new deal."""
    return {
        "seller": seller.code,
        "buyer": buyer.code,
        "type": "purchase",
        "stage": "intent",
        "currency": "cny",
        "signed_on": "2023-06-16",
        "lines-0-hs": "0409.00",
        "lines-0-text": "Honey",
        "lines-0-quantity": "2.5",
        "lines-0-unit": "t",
        "lines-0-price": "1200.40",
        "lines-1-unit": "pcs",
    } | more


@pytest.mark.parametrize("page", ["", "/figures", "/chain", "/new", "/1"])
@pytest.mark.parametrize("language", ["en", "ur"])
def test_pages_are_well_made(client, session, edition, page, language):
    a_deal(session, edition)
    answer = client.get(f"/{edition.code}/console/deals{page}?lang={language}")
    assert (answer.status_code, problems(answer.text)) == (200, [])


def test_one_filter_is_taken_away_and_the_others_stay(client, session, edition):
    a_deal(session, edition, stage="contract")
    address = f"/{edition.code}/console/deals"
    page = client.get(f"{address}?zone=-&reach=abroad&newcomer=known&stage=contract").text
    assert f'href="{address}?zone=-&amp;newcomer=known&amp;stage=contract"' in page
    assert '<input type="hidden" name="reach" value="abroad">' in page
    assert [words in page for words in ("No stand", "With partners abroad", "1 deal")] == [True] * 3


def test_what_a_line_without_words_is_comes_from_its_code(client, session, edition):
    a_deal(session, edition, lines=(a_line(text={}),))
    shown = [client.get(f"/{edition.code}/console/deals/1?lang={code}").text for code in ("en", "ru")]
    assert [CHAPTER_NAMES["04"][code] in page for code, page in zip(("en", "ru"), shown, strict=True)] == [
        True,
        True,
    ]


def test_what_is_due_names_its_parties_and_who_was_not_reminded(client, session, edition):
    a_deal(session, edition, stage="contract", delivery_due=DAY)
    page = client.get(f"/{edition.code}/console/deals/follow-up")
    assert (page.status_code, problems(page.text)) == (200, [])
    assert "Of 1 nobody was reminded yet." in page.text


@pytest.mark.parametrize("page", ["", "/figures", "/chain"])
def test_pages_without_a_deal_say_what_belongs_there(client, edition, page):
    answer = client.get(f"/{edition.code}/console/deals{page}")
    assert (answer.status_code, problems(answer.text)) == (200, [])


def test_a_deal_is_recorded_from_what_was_typed(client, session, edition):
    seller, buyer = an_exhibitor(session, edition), a_buyer(session, edition)
    answer = client.post(f"/{edition.code}/console/deals/new", data=typed(seller, buyer))
    deal = session.exec(select(Deal).where(Deal.edition_id == edition.id)).one()
    line = queries.lines_of(session, deal)[0]
    assert answer.location.endswith("/console/deals/1")
    assert (deal.total_minor, deal.currency, line.hs, line.text) == (300100, "CNY", "040900", {"en": "Honey"})
    assert queries.events_of(session, deal)[0].who.startswith("Person")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"seller": "NOBODY"}, "There is no exhibitor NOBODY."),
        ({"buyer": "NOBODY"}, "There is no buyer NOBODY."),
        ({"currency": "XYZ"}, "XYZ is not a currency code of ISO 4217."),
        ({"currency": "USD"}, "There is no exchange rate for USD on 2023-06-16. Add one first."),
        ({"lines-0-hs": "04"}, "04 is not an HS code of six digits."),
        ({"lines-0-price": "1.005"}, "Line 1: a price in CNY has at most 2 decimals."),
        ({"currency": "JPY", "lines-0-price": "1.5"}, "Line 1: a price in JPY has at most 0 decimals."),
        ({"lines-0-quantity": "0.0001"}, "Line 1: a quantity has at most three decimals."),
        ({"lines-0-quantity": ""}, "Line 1 needs a quantity and a price."),
        ({"lines-0-quantity": "NaN"}, "Number must be between 0 and 1000000000000."),
        ({"lines-0-price": "a lot"}, "Not a valid decimal value."),
    ],
)
def test_a_refusal_keeps_what_was_typed(client, session, edition, wrong, sentence):
    seller, buyer = an_exhibitor(session, edition), a_buyer(session, edition)
    answer = client.post(f"/{edition.code}/console/deals/new", data=typed(seller, buyer, **wrong))
    assert answer.status_code == 200
    assert sentence in answer.text
    assert 'value="Honey"' in answer.text
    assert problems(answer.text) == []
    assert queries.deals(session, edition) == []


def test_one_more_line_keeps_what_was_typed(client, session, edition):
    seller, buyer = an_exhibitor(session, edition), a_buyer(session, edition)
    answer = client.post(f"/{edition.code}/console/deals/new", data=typed(seller, buyer, more="1"))
    assert 'name="lines-2-hs"' in answer.text
    assert 'value="Honey"' in answer.text
    assert queries.deals(session, edition) == []


def test_a_sale_at_the_stand_has_no_buyer(client, session, edition):
    seller, nobody = an_exhibitor(session, edition), a_buyer(session, edition)
    form = typed(seller, nobody, buyer="", type="retail")
    client.post(f"/{edition.code}/console/deals/new", data=form)
    assert [(row.type, row.buyer) for row in queries.deals(session, edition)] == [("retail", None)]


def test_a_deal_moves_on_and_a_forbidden_step_is_told(client, session, edition):
    a_deal(session, edition)
    address = f"/{edition.code}/console/deals/1"
    client.post(f"{address}/stage", data={"stage": "contract", "version": "1"})
    gone = {"stage": "lead", "version": "2"}
    answer = client.post(f"{address}/stage", data=gone, follow_redirects=True)
    assert "A deal cannot go from Contract to Lead." in answer.text
    assert [row.stage for row in queries.deals(session, edition)] == ["contract"]


def test_a_deal_of_another_edition_is_not_here(client, session, edition):
    a_deal(session, an_edition(session))
    assert client.get(f"/{edition.code}/console/deals/1").status_code == 404


def test_an_auditor_reads_and_does_not_write(client, session):
    edition = an_edition(session)
    a_deal(session, edition)
    sign_in(client, session, role="auditor", edition=edition)
    address = f"/{edition.code}/console/deals"
    codes = [client.get(f"{address}{page}").status_code for page in ("", "/1", ".xlsx", "/figures", "/new")]
    moved = client.post(f"{address}/1/stage", data={"stage": "contract"})
    assert (codes, moved.status_code) == ([200, 200, 200, 200, 403], 403)


def test_the_list_has_pages_and_filters_nobody_can_break(client, session, edition):
    a_deal(session, edition)
    address = f"/{edition.code}/console/deals"
    queries_tried = ("?page=99", "?page=x", "?type=gift", "?country=%27", "?stage=lead", "?hs=99999")
    assert {client.get(address + one).status_code for one in queries_tried} == {200}


def test_the_workbook_reconciles_to_the_last_fen(app, session):
    edition = an_edition(session)
    a_rate(session, edition)
    a_deal(session, edition, currency="USD", lines=(a_line(), a_line(hs="270900", unit_price_minor=777)))
    a_deal(session, edition, stage="contract")
    a_deal(session, edition, type="retail")
    with app.app_context():
        book = load_workbook(BytesIO(prints.deals_xlsx(session, edition, "en")))
    rows = {page.title: list(page.iter_rows(min_row=2, values_only=True)) for page in book}
    worth = {row.number: row.in_edition_minor for row in queries.deals(session, edition)}
    assert [round(row[13] * 100) for row in rows["Deals"]] == list(worth.values())
    assert sum(round(row[10] * 100) for row in rows["Lines"]) == sum(worth.values())
    purchases = worth[1] + worth[2]
    sums = {(row[0], row[1]): round(row[4] * 100) for row in rows["Sums"]}
    assert sums["Purchase", "All outcomes"] == purchases
    assert round(rows["Countries"][-1][3] * 100) == round(rows["HS chapters"][-1][3] * 100) == purchases
    assert sum(round(row[3] * 100) for row in rows["HS chapters"][:-1]) == purchases


@pytest.mark.parametrize("language", ["zh", "ru", "ur"])
def test_the_workbook_comes_in_every_language(app, session, language):
    edition = an_edition(session)
    a_deal(session, edition)
    with app.app_context():
        book = load_workbook(BytesIO(prints.deals_xlsx(session, edition, language)))
    assert [page.max_row for page in book] == [2, 2, 3, 3, 3]
