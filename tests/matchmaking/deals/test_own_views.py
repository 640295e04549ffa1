"""The pages of those who deal: their own deals and nobody else's; files, documents, till, publications."""

from io import BytesIO

import pytest
from sqlmodel import select

from expo.audit.models import AuditEntry
from expo.exhibitors.models import Organisation
from matchmaking.deals import queries, services
from matchmaking.deals.models import Deal, DealDocument, DealPublication, TillSale
from tests.make import a_buyer, a_product, an_edition, an_exhibitor, an_organisation
from tests.matchmaking.deals.making import a_deal
from tests.matchmaking.deals.test_papers import a_pdf
from tests.matchmaking.deals.test_views import typed
from tests.matchmaking.meetings.making import a_meeting
from tests.page import problems
from tests.signing import sign_in


@pytest.fixture
def edition(session):
    return an_edition(session)


@pytest.fixture
def seller(session, edition):
    return an_exhibitor(session, edition)


@pytest.fixture
def buyer(session, edition):
    return a_buyer(session, edition)


def as_party(client, session, edition, part, role):
    firm = session.get_one(Organisation, part.organisation_id)
    return sign_in(client, session, role=role, edition=edition, organisation=firm)


def test_the_seller_enters_and_the_buyer_confirms(app, client, session, edition, seller, buyer):
    as_party(client, session, edition, seller, "exhibitor")
    answer = client.post(f"/{edition.code}/deals/new", data=typed(seller, buyer))
    assert answer.location.endswith(f"/{edition.code}/deals/1")
    other = app.test_client()
    as_party(other, session, edition, buyer, "buyer")
    assert "1 deal waits for your answer" in other.get(f"/{edition.code}/deals").text
    page = other.get(f"/{edition.code}/deals/1").text
    assert ("Do you stand by this deal?" in page, problems(page)) == (True, [])
    other.post(f"/{edition.code}/deals/1/decide", data={"act": "confirm", "version": "1"})
    assert session.exec(select(Deal.standing).where(Deal.edition_id == edition.id)).one() == "confirmed"
    again = other.post(f"/{edition.code}/deals/1/decide", data={"version": "1"}, follow_redirects=True)
    assert "Somebody changed this deal meanwhile." in again.text


def test_whoever_is_no_party_is_told_that_there_is_nothing(client, session, edition, seller):
    a_deal(session, edition)
    services.attach(session, edition, session.exec(select(Deal)).one(), "x.pdf", a_pdf(), 1)
    services.draw_up(session, edition, session.exec(select(Deal)).one(), "cover", ("en", "zh"), 1)
    code = session.exec(select(DealDocument.code)).one()
    file = queries.files(session, session.exec(select(Deal)).one())[0].id
    as_party(client, session, edition, seller, "exhibitor")
    address = f"/{edition.code}/deals/1"
    got = [address, f"{address}/amend", f"{address}/files/{file}", f"{address}/documents/{code}.pdf"]
    posted = ["decide", "stage", "price", "files", "documents", f"files/{file}/remove", "amend"]
    assert {client.get(one).status_code for one in got} == {404}
    assert {client.post(f"{address}/{one}", data={"stage": "contract"}).status_code for one in posted} == {
        404
    }
    console = (f"/{edition.code}/console/deals", f"/{edition.code}/console/deals/1")
    assert {client.get(one).status_code for one in console} == {403}


def test_nobody_enters_deals_of_others(client, session, edition, seller, buyer):
    as_party(client, session, edition, an_exhibitor(session, edition), "exhibitor")
    answer = client.post(f"/{edition.code}/deals/new", data=typed(seller, buyer))
    assert "You can enter deals of your own organisation only." in answer.text
    assert queries.deals(session, edition) == []


def test_an_amendment_shows_what_is_there_and_is_sealed(client, session, edition, seller, buyer):
    as_party(client, session, edition, seller, "exhibitor")
    client.post(f"/{edition.code}/deals/new", data=typed(seller, buyer))
    page = client.get(f"/{edition.code}/deals/1/amend").text
    assert ('value="Honey"' in page, 'value="1200.40"' in page, problems(page)) == (True, True, [])
    form = typed(seller, buyer, **{"lines-0-price": "1000", "version": "1", "reason": "A better price."})
    client.post(f"/{edition.code}/deals/1/amend", data=form)
    deal = session.exec(select(Deal).where(Deal.edition_id == edition.id)).one()
    session.refresh(deal)
    assert (deal.total_minor, deal.version) == (250000, 2)
    late = client.post(f"/{edition.code}/deals/1/amend", data=form)
    assert "Somebody changed this deal meanwhile." in late.text
    assert 'value="Honey"' in late.text


def test_files_and_documents_of_ones_own_deal(client, session, edition, seller, buyer):
    as_party(client, session, edition, seller, "exhibitor")
    address = f"/{edition.code}/deals/1"
    client.post(f"/{edition.code}/deals/new", data=typed(seller, buyer))
    client.post(f"{address}/files", data={"file": (BytesIO(a_pdf()), "signed.pdf")})
    bad = client.post(
        f"{address}/files", data={"file": (BytesIO(b"<script>"), "x.pdf")}, follow_redirects=True
    )
    assert "Attach PDF, PNG, JPEG, DOCX or XLSX" in bad.text
    deal = session.exec(select(Deal).where(Deal.edition_id == edition.id)).one()
    file = client.get(f"{address}/files/{queries.files(session, deal)[0].id}")
    assert file.headers["Content-Disposition"] == "attachment; filename=signed.pdf"
    client.post(f"{address}/documents", data={"kind": "order", "one": "zh", "other": "ru"})
    code = session.exec(select(DealDocument.code).where(DealDocument.deal_id == deal.id)).one()
    assert client.get(f"{address}/documents/{code}.pdf").data[:5] == b"%PDF-"


def test_anybody_checks_a_document_and_sees_no_price(app, session, edition):
    deal = a_deal(session, edition)
    document = services.draw_up(session, edition, deal, "cover", ("en", "zh"), 1)
    session.commit()
    stranger = app.test_client()
    page = stranger.get(f"/{edition.code}/deals/check/{document.code}")
    assert (page.status_code, problems(page.text), "123.40" in page.text) == (200, [], False)
    assert ("Genuine" in page.text, "Honey" in page.text) == (True, True)
    for party in queries.parties(session, edition, deal):
        services.show_price(session, edition, deal, party.organisation_id, True)
    session.commit()
    assert "123.40" in stranger.get(f"/{edition.code}/deals/check/{document.code}").text
    assert stranger.get(f"/{edition.code}/deals/check/AAAA").status_code == 404
    typed_code = stranger.get(f"/{edition.code}/deals/check?code={document.code[:8]}-{document.code[8:]}")
    assert typed_code.location.endswith(document.code)


def test_the_till_sells_and_closes_on_a_phone(client, session, edition, seller):
    product = a_product(session, seller, price_minor=500, currency="CNY", unit="kg")
    as_party(client, session, edition, seller, "exhibitor")
    address = f"/{edition.code}/deals/till"
    assert problems(client.get(address).text) == []
    form = {"product": product.code, "quantity": "2", "key": "a", "day": "2023-06-15", "paid_by": "cash"}
    for _ in range(2):
        client.post(address, data=form)
    bad = client.post(address, data=form | {"quantity": "many", "key": "b"}, follow_redirects=True)
    assert "many is no number." in bad.text
    client.post(f"{address}/close", data={"day": "2023-06-15", "currency": "CNY"})
    row = queries.deals(session, edition)[0]
    assert (row.type, row.stage, row.total_minor) == ("retail", "paid", 1000)


@pytest.mark.parametrize(
    "page", ["/rates", "/publications", "/wall", "/wall.json", "/follow-up", "/ceremony", "/new", "/1/amend"]
)
def test_the_organisers_further_pages_are_well_made(client, session, edition, page):
    a_deal(session, edition, origin="ceremony")
    sign_in(client, session, role="organiser", edition=edition)
    answer = client.get(f"/{edition.code}/console/deals{page}?lang=ur")
    assert answer.status_code == 200
    assert page.endswith(".json") or problems(answer.text) == []


def test_a_wall_grows_by_several_deals_at_once_and_tells_no_single_sum(client, session, edition):
    sign_in(client, session, role="organiser", edition=edition)
    seen = []
    for _ in range(7):
        a_deal(session, edition, stage="contract")
        [total] = client.get(f"/{edition.code}/console/deals/wall.json").json["totals"]
        seen.append((total["count"], total["sum"], total["note"]))
    assert seen == [
        (1, "", "the sum follows from 3 on"),
        (2, "", "the sum follows from 3 on"),
        (3, "CN¥370.2", ""),
        (4, "CN¥370.2", "sum of the first 3"),
        (5, "CN¥370.2", "sum of the first 3"),
        (6, "CN¥740.4", ""),
        (7, "CN¥740.4", "sum of the first 6"),
    ]
    services.settle(session, edition, 0, "Everything is told at this fair")
    [total] = client.get(f"/{edition.code}/console/deals/wall.json").json["totals"]
    assert (total["sum"], total["note"]) == ("CN¥863.8", "")


def test_two_people_publish_and_every_figure_leads_to_its_rows(app, client, session, edition):
    for _ in range(3):
        a_deal(session, edition, stage="contract")
    sign_in(client, session, role="organiser", edition=edition)
    address = f"/{edition.code}/console/deals/publications"
    client.post(address, data={"embargo": ""})
    page = client.get(f"{address}/1")
    assert (page.status_code, problems(page.text)) == (200, [])
    assert ">Deals</a>" in page.text  # the frame speaks the reader's language, not that of a release in it
    assert f"/{edition.code}/console/deals?counted=yes&amp;type=purchase&amp;stage=contract" in page.text
    plain = client.get(f"{address}/1/zh.txt")
    assert ("¥370.20" in plain.text, "<" in plain.text) == (True, False)
    own = client.post(f"{address}/1/approve", follow_redirects=True)
    assert "You prepared these figures; somebody else approves them." in own.text
    public = app.test_client()
    assert "Nothing published yet" in public.get(f"/{edition.code}/outcomes").text
    other = app.test_client()
    sign_in(other, session, role="finance", edition=edition)
    other.post(f"{address}/1/approve")
    assert session.exec(select(DealPublication.approved_by)).one() is not None
    shown = public.get(f"/{edition.code}/outcomes")
    assert ("370.20" in shown.text, problems(shown.text)) == (True, [])


def test_small_figures_are_told_apart_only_for_a_reason_that_is_kept(client, session, edition):
    for number in range(4):
        firm = an_organisation(session, country="KZ" if number else "PK")
        a_deal(session, edition, stage="contract", seller=an_exhibitor(session, edition, firm))
    sign_in(client, session, role="organiser", edition=edition)
    address = f"/{edition.code}/console/deals"
    client.post(f"{address}/publications", data={"embargo": ""})
    page = client.get(f"{address}/publications/1").text
    assert ("Pakistan" in page, "Groups of fewer than 3 deals" in page, problems(page)) == (False, True, [])
    refused = client.post(f"{address}/discretion", data={"least": "0", "reason": " "}, follow_redirects=True)
    assert "Say why small figures may be told apart" in refused.text
    for wrong in ("-1", "1e1", "101", "", "\u0663"):
        client.post(f"{address}/discretion", data={"least": wrong})
    assert services.settings_of(session, edition).least_deals == 3
    client.post(f"{address}/discretion", data={"least": "0", "reason": "As published in 2021"})
    client.post(f"{address}/publications", data={"embargo": ""})
    assert "Pakistan" in client.get(f"{address}/publications/2").text
    trail = session.exec(select(AuditEntry).where(AuditEntry.subject == "deal_settings")).all()
    assert any("As published in 2021" in str(entry.changes) for entry in trail)
    assert services.verify(session, edition).intact


def test_rates_come_from_a_file_after_a_dry_run(client, session, edition):
    sign_in(client, session, role="organiser", edition=edition)
    address = f"/{edition.code}/console/deals/rates"
    data = b"date,currency,rate,source\n2023-06-15,USD,7.143,a bank\n"
    looked = client.post(address, data={"act": "look", "file": (BytesIO(data), "r.csv")})
    assert ("New: 1." in looked.text, services.rates(session, edition)) == (True, [])
    client.post(address, data={"act": "take", "file": (BytesIO(data), "r.csv")})
    assert [one.currency for one in services.rates(session, edition)] == ["USD"]


def test_the_ledger_leaves_as_csv_and_json(client, session, edition):
    a_deal(session, edition)
    sign_in(client, session, role="organiser", edition=edition)
    address = f"/{edition.code}/console/deals"
    table = client.get(f"{address}.csv").data.decode("utf-8-sig").splitlines()
    assert table[0].startswith("deal,line,type,stage,hs,section")
    assert table[1] == "1,1,purchase,intent,040900,I,Honey,10.000,kg,12.34,CNY,123.40,CNY,123.40,,"
    assert [line["amount"] for line in client.get(f"{address}.json").json] == ["123.40"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"quantity": "1e3"}, "1e3 is no number."),
        ({"quantity": "1_000"}, "1_000 is no number."),
        ({"price": "NaN"}, "NaN is no number."),
        ({"price": "1,5"}, "1,5 is no number."),
        ({"hs": "0488"}, "0488 is not an HS code of six digits."),
    ],
)
def test_a_sale_that_is_refused_keeps_what_was_typed(client, session, edition, seller, wrong, sentence):
    as_party(client, session, edition, seller, "exhibitor")
    sale = {"day": str(edition.starts_on), "key": "k1", "product": "", "hs": "040900", "text": "Honey <3",
            "quantity": "2", "unit": "kg", "price": "12.50", "currency": "CNY",
            "paid_by": "card"} | wrong  # fmt: skip
    page = client.post(f"/{edition.code}/deals/till", data=sale)
    assert (page.status_code, sentence in page.text, problems(page.text)) == (200, True, [])
    for name in ("key", "hs", "quantity", "unit", "price"):
        assert f'name="{name}" value="{sale[name]}"' in page.text, name
    assert 'value="Honey &lt;3"' in page.text and '<option value="card" selected>' in page.text


def test_the_till_reads_numbers_as_the_reader_writes_them(client, session, edition, seller):
    as_party(client, session, edition, seller, "exhibitor")
    sale = {"day": str(edition.starts_on), "key": "k2", "hs": "040900", "quantity": "1,5", "unit": "kg",
            "price": "1 234,50", "currency": "CNY"}  # fmt: skip
    client.post(f"/{edition.code}/deals/till?lang=ru", data=sale)
    amount = session.exec(select(TillSale.amount_minor).where(TillSale.edition_id == edition.id)).one()
    assert amount == 185175


def test_a_deal_keeps_the_meeting_that_it_was_opened_from(client, session, edition, seller, buyer):
    a_product(session, seller, code="P-9", hs="040900", name={"en": "Mountain honey"}, unit="kg")
    first, second = (
        a_meeting(session, buyer, seller, slot=slot, table_number=slot, product_code="P-9", state="held")
        for slot in (1, 2)
    )
    session.commit()
    as_party(client, session, edition, buyer, "buyer")
    page = client.get(f"/{edition.code}/deals/new?meeting={first.id}").text
    assert ("Mountain honey" in page, "040900" in page, problems(page)) == (True, True, [])
    for number in (first.id, second.id, 2**31 - 1):
        client.post(f"/{edition.code}/deals/new", data=typed(seller, buyer) | {"meeting": str(number)})
    kept = session.exec(select(Deal.meeting_id).order_by(Deal.number)).all()
    assert kept == [first.id, second.id, second.id]


def test_the_meeting_of_others_fills_nothing_in(client, session, edition, seller, buyer):
    other = a_meeting(session, a_buyer(session, edition), an_exhibitor(session, edition), state="held")
    session.commit()
    as_party(client, session, edition, buyer, "buyer")
    page = client.get(f"/{edition.code}/deals/new?meeting={other.id}").text
    assert f'value="{other.id}"' not in page
