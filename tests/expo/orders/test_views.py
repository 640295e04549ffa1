"""The organiser's pages about orders, and the papers."""

import pytest
from sqlmodel import select

from expo.exhibitors.models import Organisation
from expo.orders import prints, services
from expo.orders.pricing import Plot, Prices, Terms, quote
from expo.printing import page_count
from tests.make import an_edition, an_exhibitor, an_organisation
from tests.page import problems
from tests.signing import sign_in

QUOTE = quote(
    [Plot("A-1", "shell", 90_000)],
    Terms(power_kw=2),
    Prices("CNY", shell_m2=120_000, power_kw=18_000, tax_bp=600),
)


def test_finance_keeps_the_books_and_auditors_only_read_them(client, session):
    edition = an_edition(session)
    services.place_order(session, an_exhibitor(session, edition), QUOTE)
    sign_in(client, session, "auditor", edition)
    page = f"/{edition.code}/console/orders"
    text = client.get(page).text
    assert (problems(text), "Issue the invoice" in text) == ([], False)
    assert client.post(f"{page}/1/invoice").status_code == 403
    sign_in(client, session, "finance", edition)
    for act, word in (("invoice", "Invoiced"), ("paid", "Paid")):
        assert f"Order 1: {word}." in client.post(f"{page}/1/{act}", follow_redirects=True).text
    assert "not possible" in client.post(f"{page}/1/cancel", follow_redirects=True).text
    assert client.get(f"{page}/1/invoice.pdf").mimetype == "application/pdf"
    assert client.get(f"{page}/2/invoice.pdf").status_code == 404


def an_invoice(session, **given):
    edition = an_edition(
        session, venue_name={"en": "Hall of Qingdao"}, city={"en": "Qingdao", "ur": "چنگ ڈاؤ"}
    )
    organisation = an_organisation(
        session, name={"en": "Kyrgyz Honey", "ur": "کرغیز شہد"}, country="KG", **given
    )
    order = services.place_order(session, an_exhibitor(session, edition, organisation), QUOTE)
    return services.issue_invoice(session, order)


@pytest.mark.parametrize("language", ["en", "zh", "ru", "ur"])
def test_the_invoice_prints_in_every_language_on_one_page(app, session, language):
    invoice = an_invoice(session)
    with app.test_request_context():
        assert page_count(prints.invoice_pdf(session, invoice, language)) == 1


def test_the_invoice_says_what_it_said_and_reads_from_the_right_in_urdu(app, session):
    invoice = an_invoice(session)
    session.exec(select(Organisation)).first().name = {"en": "Renamed"}
    session.flush()
    with app.test_request_context():
        page = prints.invoice_html(session, invoice, "ur")
    assert 'dir="rtl"' in page
    assert "کرغیز شہد" in page
    assert "تیار اسٹال A-1" in page
    assert "Renamed" not in page


def test_a_cancelled_invoice_says_so(app, session):
    invoice = an_invoice(session)
    services.cancel(session, services.order_by_number(session, invoice.edition_id, 1))
    with app.test_request_context():
        assert "Cancelled" in prints.invoice_html(session, invoice, "en")
