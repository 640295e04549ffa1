"""Whoever guesses addresses, files, exports or numbers learns and changes nothing; exports run nothing."""

import csv
import io
import json
from datetime import date
from zipfile import ZipFile

import pytest
from sqlmodel import select

from expo.errors import Refused
from expo.exhibitors.models import Organisation
from matchmaking.deals import queries, services
from matchmaking.deals.models import Deal, DealDocument, DealEvent
from tests.make import a_buyer, an_edition, an_exhibitor
from tests.matchmaking.deals.making import a_deal, a_line, a_new_deal
from tests.matchmaking.deals.test_papers import a_pdf
from tests.matchmaking.deals.test_views import typed
from tests.signing import sign_in

SECRET = "Secret saffron"
FORMULAS = ('=HYPERLINK("http://x")', "+cmd|' /C calc'!A0", "@SUM(1)", "-2+3+cmd", "\t=1", "'=1")


@pytest.fixture
def edition(session):
    return an_edition(session)


@pytest.fixture
def deal(session, edition):
    """Somebody else's deal with a file, a document and a publication."""
    seller, buyer = an_exhibitor(session, edition), a_buyer(session, edition)
    deal = a_deal(session, edition, seller=seller, buyer=buyer, lines=(a_line(text={"en": SECRET}),))
    services.attach(session, edition, deal, "secret.pdf", a_pdf(), 1)
    services.draw_up(session, edition, deal, "cover", ("en", "zh"), 1)
    services.prepare(session, edition, 1)
    session.flush()
    return deal


def as_stranger(client, session, edition, role="exhibitor"):
    firm = session.get_one(Organisation, an_exhibitor(session, edition).organisation_id)
    sign_in(client, session, role=role, edition=edition, organisation=firm)


def addresses(app, session, edition, deal):
    """Every address of the ledger that there is, filled in with somebody else's deal."""
    code = session.exec(select(DealDocument.code).where(DealDocument.deal_id == deal.id)).one()
    file = queries.files(session, deal)[0].id
    given = {"edition": edition.code, "number": deal.number, "file": file}
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("deals."):
            language = rule.endpoint == "deals.publication_text"
            values = given | {"code": "en" if language else code}
            with app.test_request_context():
                address = app.url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})
            yield rule.endpoint, address, rule.methods - {"OPTIONS", "HEAD"}


PUBLIC = {"deals.check_document", "deals.check_form", "deals.outcomes"}
OWN = {
    "deals.own_list",
    "deals.own_new",
    "deals.till",
    "deals.till_sell",
    "deals.till_void",
    "deals.till_close",
}


@pytest.mark.parametrize("role", ["exhibitor", "buyer", None])
def test_no_address_tells_or_changes_anything_of_others_deals(app, client, session, edition, deal, role):
    if role:
        as_stranger(client, session, edition, role)
    before = queries.last_event(session, edition)
    mine = session.exec(select(Deal.seller_id).where(Deal.id == deal.id)).one()
    form = {"version": "1", "organisation": str(mine), "stage": "contract", "act": "confirm", "shown": "1",
            "least": "0", "reason": "x", "kind": "cover", "one": "en", "other": "zh"}  # fmt: skip
    for endpoint, address, methods in addresses(app, session, edition, deal):
        for method in methods:
            answer = client.open(address, method=method, data=form if method == "POST" else None)
            told = SECRET in answer.text and endpoint != "deals.check_document"  # a code is no guess
            assert not told and "123.40" not in answer.text, endpoint
            if endpoint not in PUBLIC | OWN:
                wanted = (403, 404) if role else (302, 303, 401, 403, 404)
                assert answer.status_code in wanted, (endpoint, method, answer.status_code)
    session.expire_all()
    assert queries.last_event(session, edition) == before
    assert session.get_one(Deal, deal.id).version == 1


def test_the_public_page_of_a_document_names_the_goods_and_no_price(client, session, edition, deal):
    code = session.exec(select(DealDocument.code)).one()
    page = client.get(f"/{edition.code}/deals/check/{code}").text
    assert ("Genuine" in page, SECRET in page, "123.40" in page) == (True, True, False)
    other = an_edition(session)
    assert client.get(f"/{other.code}/deals/check/{code}").status_code == 404


def test_a_deal_of_another_edition_is_not_there(client, session, edition, deal):
    other = an_edition(session)
    sign_in(client, session, role="organiser", edition=other)
    assert client.get(f"/{other.code}/console/deals/{deal.number}").status_code == 404
    assert client.get(f"/{edition.code}/console/deals/{deal.number}").status_code == 403


def test_a_party_cannot_act_for_the_other_one(client, session, edition, deal):
    """The form names the other organisation; it is taken as one's own, which entered nothing to confirm."""
    buyer = next(one for one in services.parties_of(session, deal) if one.role == "buyer")
    seller = next(one for one in services.parties_of(session, deal) if one.role == "seller")
    firm = session.get_one(Organisation, seller.organisation_id)
    sign_in(client, session, role="exhibitor", edition=edition, organisation=firm)
    form = {"act": "confirm", "version": "1", "organisation": str(buyer.organisation_id)}
    client.post(f"/{edition.code}/deals/{deal.number}/decide", data=form)
    told = session.exec(select(DealEvent.payload).where(DealEvent.kind == "confirmed")).all()
    assert told == [{"organisation": seller.organisation_id}]


@pytest.mark.parametrize("formula", FORMULAS)
def test_exports_hold_text_that_no_spreadsheet_runs(client, session, edition, formula):
    a_deal(
        session, edition, title={"en": formula}, lines=(a_line(text={"en": formula}, delivery=formula),)
    )  # fmt: skip
    sign_in(client, session, role="organiser", edition=edition)
    table = client.get(f"/{edition.code}/console/deals.csv").text
    cells = [cell for row in csv.reader(io.StringIO(table.lstrip("\ufeff"))) for cell in row]
    assert [cell for cell in cells if cell[:1] in ("=", "+", "@", "\t", "-")] == []
    lines = json.loads(client.get(f"/{edition.code}/console/deals.json").text)
    assert lines[0]["delivery"] == formula
    with ZipFile(io.BytesIO(client.get(f"/{edition.code}/console/deals.xlsx").data)) as book:
        sheets = [book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)


@pytest.mark.parametrize(
    "wrong",
    [
        {"lines-0-quantity": "1e3"}, {"lines-0-quantity": "1_0"}, {"lines-0-price": "NaN"},
        {"lines-0-price": "Infinity"}, {"lines-0-price": "9" * 39}, {"lines-0-quantity": "-1"},
        {"lines-0-hs": "999999"}, {"lines-0-hs": "０４０９００"}, {"currency": "ZZZ"},
        {"signed_on": "0001-01-01"}, {"term_months": "1_2"}, {"framework_number": "99999999999"},
        {"type": "gift"}, {"stage": "paid"},
        {"forum": "'; DROP TABLE deal"}, {"title": "x" * 10_000}, {"lines-0-unit": "\ud83d"},
    ],
)  # fmt: skip
def test_bad_input_is_refused_on_the_page_with_what_was_typed(client, session, edition, wrong):
    seller, buyer = an_exhibitor(session, edition), a_buyer(session, edition)
    sign_in(client, session, role="organiser", edition=edition)
    if wrong == {"lines-0-unit": "\ud83d"}:
        wrong = {"lines-0-unit": "\u202ekg\x00"}
    answer = client.post(f"/{edition.code}/console/deals/new", data=typed(seller, buyer) | wrong)
    if answer.status_code == 302:  # taken as what it can only mean
        assert wrong in ({"lines-0-hs": "０４０９００"}, {"lines-0-unit": "\u202ekg\x00"})
        return
    assert answer.status_code in (200, 400), answer.status_code
    assert queries.deals(session, edition) == []
    if answer.status_code == 200:
        assert 'value="Honey"' in answer.text


@pytest.mark.parametrize("query", ["?day=0000-00-00", "?country=%00", "?page=-1", "?page=9999999999999999",
                                   "?hs=04&section=XI", "?forum=%F0%9F%98%80", "?group=SCO&country=KZ",
                                   "?counted=yes&standing=disputed", "?zone=" + "z" * 5000])  # fmt: skip
def test_no_filter_breaks_the_list(client, session, edition, query):
    a_deal(session, edition, signed_on=date(2023, 6, 15))
    sign_in(client, session, role="organiser", edition=edition)
    assert client.get(f"/{edition.code}/console/deals{query}").status_code in (200, 302, 400, 404)


def test_more_money_than_an_edition_can_count_is_refused_in_words(session):
    edition = an_edition(session)
    price = 10**16
    whole = a_new_deal(session, edition, lines=(a_line(unit_price_minor=price),))
    services.record_all(session, edition, [whole] * 92)
    with pytest.raises(Refused, match="more money than can be counted"):
        services.record(session, edition, whole)
