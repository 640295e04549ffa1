"""Invoices on paper: four languages, one page, every rate by itself."""

from decimal import Decimal

import pytest
from sqlmodel import select

from expo.editions.models import Edition
from expo.exhibitors.models import Organisation
from expo.orders import prints, services
from expo.orders.references import grouped
from expo.printing import page_count
from tests.expo.orders.test_never import a_service
from tests.expo.orders.test_views import QUOTE
from tests.make import an_edition, an_exhibitor, an_organisation

# FIX


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


def test_numbers_of_the_seller_keep_their_order_on_an_urdu_invoice(app, session):
    edition = session.get_one(Edition, an_invoice(session).edition_id)
    services.save_list(session, edition, 1, {}, {"seller_tax_number": "9137-DEMO-01"})
    order = services.place_order(session, an_exhibitor(session, edition, an_organisation(session)), QUOTE)
    with app.test_request_context():
        page = prints.invoice_html(session, services.issue_invoice(session, order), "ur")
    assert '<bdi dir="ltr">9137-DEMO-01</bdi>' in page


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


def test_several_rates_stand_on_the_paper_each_by_itself_and_in_both_languages(app, session):
    edition = an_edition(session, prices={"shell_m2": "100", "tax_percent": "6"})
    firm = an_exhibitor(session, edition)
    services.save_billing(session, firm, {"language": "ru", "tax_number": "123"})
    services.save_list(session, edition, 1, {}, {"seller_tax_number": "913702", "bank_account": "CN12"})
    a_service(session, edition)
    a_service(session, edition, code="CHAIR", category="furniture", tax_bp=1_300)
    services.fill_cart(session, firm, {"SPOT": Decimal(1), "CHAIR": Decimal(1)})
    invoice = services.issue_invoice(session, services.order_cart(session, edition, firm, 10_950))
    with app.test_request_context():
        page = prints.invoice_html(session, invoice, "en")
    for said in ("of CN¥50.00", "13%", "913702", "CN12", grouped(invoice.reference), 'lang="ru"'):
        assert said in page
