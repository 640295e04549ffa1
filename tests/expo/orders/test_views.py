"""The organiser's pages about orders."""

from datetime import date
from io import BytesIO

import pytest
from sqlmodel import select

from expo.exhibitors.models import Exhibitor, Order
from expo.jobs.handlers import handler_of
from expo.jobs.models import Job
from expo.orders import services
from expo.orders.pricing import Plot, Prices, Terms, quote
from expo.outbox.models import Mail
from tests.asking import asked
from tests.expo.orders.test_never import a_service
from tests.expo.orders.test_pure import PNG
from tests.make import a_zone, an_edition, an_exhibitor
from tests.page import problems
from tests.signing import sign_in

QUOTE = quote(
    [Plot("A-1", "shell", 90_000)],
    Terms(power_kw=2),
    Prices("CNY", shell_m2=120_000, power_kw=18_000, tax_bp=600),
)

DAY = date(2023, 6, 1)


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


# ---- the pages about money ----

PAGES = ("", "/changes", "/payments", "/reminders", "/figures", "/prices", "/prices/services/new", "/1")


@pytest.fixture
def edition(session):
    return an_edition(session, prices={"shell_m2": "100", "tax_percent": "6"})


@pytest.fixture
def home(edition) -> str:
    return f"/{edition.code}/console/orders"


@pytest.fixture
def finance(client, session, edition):
    sign_in(client, session, "finance", edition)


def an_order(session, edition, **given):
    return services.place_order(session, an_exhibitor(session, edition, **given), QUOTE)


@pytest.mark.parametrize("language", ["en", "ur"])
def test_pages_are_well_made_empty_and_filled(client, session, edition, home, finance, language):
    for pages in (PAGES[:-1], PAGES):
        found = {page: problems(client.get(f"{home}{page}?lang={language}").text) for page in pages}
        assert found == dict.fromkeys(pages, [])
        paid = services.issue_invoice(session, an_order(session, edition))
        services.mark_paid(session, session.get_one(Order, paid.order_id))
        services.issue_invoice(session, an_order(session, edition))
        an_order(session, edition)
        a_service(session, edition, code=f"S{language}{len(pages)}")
        session.commit()


@pytest.mark.parametrize("role", ["exhibitor", "gate", "buyer", None])
@pytest.mark.parametrize("page", PAGES)
def test_others_see_nothing_of_it(client, session, edition, home, role, page):
    an_order(session, edition)
    sign_in(client, session, role, edition)
    assert client.get(f"{home}{page}").status_code == 403


def test_pages_ask_as_often_for_thirty_as_for_one(client, session, connection, edition, home, finance):
    services.save_list(session, edition, 1, {}, {"due_days": 0})

    def grow(number: int) -> dict[str, int]:
        for _ in range(number):
            invoice = services.issue_invoice(session, an_order(session, edition))
            order = services.order_by_number(session, edition.id, invoice.snapshot["order"])
            services.record(session, session.get_one(Exhibitor, order.exhibitor_id), 1, DAY, invoice)
        session.commit()
        counts = {}
        for page in ("", "/changes", "/payments", "/reminders", "/figures"):
            with asked(connection) as told:
                assert client.get(f"{home}{page}").status_code == 200
            counts[page] = len(told)
        return counts

    first = grow(1)
    assert grow(29) == first


def test_an_order_goes_from_open_to_credited_on_its_page(client, session, edition, home, finance):
    order = an_order(session, edition)
    session.commit()
    assert client.post(f"{home}/1/invoice", data={"back": "order"}).headers["Location"] == f"{home}/1"
    text = client.post(f"{home}/1/credit", data={"positions": ["1"], "reason": ""}).text
    assert "the credit note names it" in text
    client.post(f"{home}/1/credit", data={"positions": ["2"], "reason": "No power"})
    assert "No power" in client.get(f"{home}/1").text
    assert client.get(f"{home}/credit-notes/1.pdf").mimetype == "application/pdf"
    client.post(f"{home}/1/paid", data={"back": "order"})
    session.refresh(order)
    assert order.state == "paid"


def test_finance_frees_from_tax_with_a_reason_only(client, session, edition, home, finance):
    order = an_order(session, edition)
    session.commit()
    assert "Say why" in client.post(f"{home}/1/finance", data={"tax_exempt": "y"}).text
    client.post(f"{home}/1/finance", data={"tax_exempt": "y", "exempt_reason": "Art. 196"})
    billing = services.billing_of(session, session.get_one(Exhibitor, order.exhibitor_id))
    assert (billing.tax_exempt, billing.exempt_reason) == (True, "Art. 196")


def test_prices_are_saved_with_their_zones_and_what_was_typed_stays(client, session, edition, home, finance):
    a_zone(session, edition, code="NAT")
    session.commit()
    typed = {
        "version": "1", "shell_m2": "1300", "raw_m2": "1000", "power_kw": "180", "tax_percent": "6",
        "corner_percent": "10", "island_percent": "20", "early_percent": "0", "late_percent": "0",
        "newcomer_percent": "0", "pavilion_percent": "0", "due_days": "30", "first": "5", "second": "10",
        "third": "20", "zone-NAT-shell": "1400",
    }  # fmt: skip
    wrong = client.post(f"{home}/prices", data=typed | {"zone-NAT-shell": "dear"}).text
    assert ("is no price" in wrong, 'value="dear"' in wrong) == (True, True)
    assert client.post(f"{home}/prices", data=typed).status_code == 302
    assert services.prices_of(session, edition).m2("shell", "NAT") == 140_000
    assert "Somebody else" in client.post(f"{home}/prices", data=typed).text


def test_a_price_file_is_looked_at_and_then_taken_over(client, session, edition, home, finance):
    a_service(session, edition)
    session.commit()
    text = client.get(f"{home}/prices.csv").text.replace("50.00", "77.00")
    look = client.post(f"{home}/prices/file", data={"file": (BytesIO(text.encode()), "p.csv")})
    assert ("1 changed service" in look.text, problems(look.text)) == (True, [])
    assert services.services_of(session, edition.id)[0].price_minor == 5_000
    client.post(f"{home}/prices/file/take", data={"text": text, "version": "1"})
    assert services.services_of(session, edition.id)[0].price_minor == 7_700
    bad = client.post(
        f"{home}/prices/file", data={"file": (BytesIO(b"category,code,price\nx,y,z\n"), "p.csv")}
    )
    assert "1 row is wrong" in bad.text
    for content in (b"", b"\xff\xfe", b"PK\x03\x04zip"):
        answer = client.post(f"{home}/prices/file", data={"file": (BytesIO(content), "p.xlsx")})
        assert answer.status_code in (200, 302)


def test_a_statement_is_looked_at_and_then_taken_over_once(client, session, edition, home, finance):
    invoice = services.issue_invoice(session, an_order(session, edition))
    session.commit()
    text = f"Date,Amount,Reference\n2023-06-01,10.00,{invoice.reference}\n2023-06-01,5.00,=1+1\n"
    look = client.post(f"{home}/payments/statement", data={"file": (BytesIO(text.encode()), "s.csv")})
    assert ("2 payments are recorded" in look.text, problems(look.text)) == (True, [])
    assert services.payment_count(session, edition.id) == 0
    for said in ("1 payment matched", "Nothing was taken over"):
        answer = client.post(f"{home}/payments/statement/take", data={"text": text}, follow_redirects=True)
        assert said in answer.text
    assert services.payment_count(session, edition.id) == 2


def test_a_payment_is_recorded_matched_and_voided(client, session, edition, home, finance):
    order = an_order(session, edition, code="EX900")
    invoice = services.issue_invoice(session, order)
    session.commit()
    typed = {"exhibitor": "ex900", "amount": "1.005", "paid_on": "2023-06-01"}
    assert "finer than the currency" in client.post(f"{home}/payments", data=typed).text
    assert "no exhibitor" in client.post(f"{home}/payments", data=typed | {"exhibitor": "EX1"}).text
    client.post(f"{home}/payments", data=typed | {"amount": f"{invoice.total_minor / 100:.2f}"})
    payment = services.payments(session, edition.id)[0].id
    client.post(f"{home}/payments/{payment}/assign", data={"invoice": str(invoice.number)})
    session.refresh(order)
    assert order.state == "paid"
    client.post(f"{home}/payments/{payment}/void", data={"reason": "Twice"})
    session.refresh(order)
    assert order.state == "invoiced"


def test_the_journal_and_the_figures_go_out_as_spreadsheets(client, session, edition, home, finance):
    services.credit(session, services.issue_invoice(session, an_order(session, edition)), "Wrong")
    session.commit()
    rows = client.get(f"{home}/papers.csv").text.splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == ["Invoice", "Credit note"]
    for name in ("papers.xlsx", "figures.csv", "figures.xlsx", "prices.xlsx"):
        assert client.get(f"{home}/{name}").status_code == 200


def test_all_open_orders_are_invoiced_as_a_job(app, client, session, edition, home, finance):
    for _ in range(3):
        an_order(session, edition)
    session.commit()
    job = client.post(f"{home}/invoice-all").headers["Location"]
    assert "/console/jobs/" in job
    row = session.get_one(Job, int(job.rsplit("/", 1)[1]))
    assert handler_of("orders.invoice")(session, row, Quiet())["issued"] == 3
    assert [one.number for one in services.papers_of(session, edition.id)] == [1, 2, 3]


class Quiet:
    """Nobody watches."""

    def progress(self, *_args, **_more) -> None: ...

    def cancelled(self) -> bool:
        return False


# ---- permits ----


def test_a_permit_is_reviewed_and_its_drawing_only_ever_kept(client, session, edition):
    firm = an_exhibitor(session, edition, contact_email="a@example.org")
    permit = services.apply_for(session, firm, "height", {"height_cm": 400, "description": "A tower"})
    drawing = services.add_drawing(session, permit, "tower.png", PNG)
    services.submit(session, permit)
    session.commit()
    page = f"/{edition.code}/console/permits"
    sign_in(client, session, "finance", edition)
    assert client.get(f"{page}/1").status_code == 403
    sign_in(client, session, "organiser", edition)
    for each in (page, f"{page}/missing", f"{page}/1"):
        assert problems(client.get(each).text) == []
    file = client.get(f"{page}/1/drawings/{drawing.id}")
    assert (file.data, file.mimetype) == (PNG, "image/png")
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in file.headers["Content-Security-Policy"]
    assert "Write a sentence" in client.post(f"{page}/1/decide/refused", data={"text": ""}).text
    assert client.post(f"{page}/1/decide/granted", data={"text": "At night only"}).status_code == 302
    assert client.get(f"{page}/1/letter.pdf").mimetype == "application/pdf"
    mail = session.exec(select(Mail).where(Mail.edition_id == edition.id)).one()
    assert (mail.kind, mail.state, "At night only" in mail.body) == ("permit.granted", "waiting", True)
    assert "height" in services.needed_by(session, firm) or firm.height_cm <= 250
    assert client.get(f"{page}/missing.csv").status_code == 200


@pytest.mark.parametrize("version", ["²", "9" * 5000])
def test_a_version_that_nobody_saw_is_refused(client, session, version):
    edition = an_edition(session)
    sign_in(client, session, "finance", edition)
    page = f"/{edition.code}/console/orders/prices"
    assert client.post(page, data={"version": version}).status_code == 200
    assert client.post(f"{page}/file/take", data={"version": version, "text": "a"}).status_code == 302
