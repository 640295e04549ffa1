"""What stands beside deals goes with them: sales and closed days, the meeting a deal came of, its files."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import select

from expo.exhibitors.models import Exhibitor
from matchmaking.catalogue.models import Buyer
from matchmaking.deals import services as deals
from matchmaking.deals.models import (
    Deal,
    DealAttachment,
    DealEvent,
    DealReminder,
    DealSettings,
    TillClose,
    TillSale,
)
from matchmaking.folder import archive, queries, services
from matchmaking.folder.services import MOST_BYTES, packed
from matchmaking.folder.writing import files_of
from matchmaking.meetings.models import Meeting
from tests.matchmaking.deals.making import a_line
from tests.matchmaking.deals.test_papers import a_pdf
from tests.matchmaking.deals.test_services import refusal
from tests.matchmaking.folder import small
from tests.matchmaking.folder.reading import found

DAY = date(2023, 6, 16)
HONEY = deals.Sale("k1", DAY, "040900", "Honey", Decimal("0.333"), "kg", 3800, "CNY")
NOW = "2023-06-16T01:30:00.000000Z"


def one(session, edition, model, code):
    return session.exec(select(model).where(model.edition_id == edition.id, model.code == code)).one()


@pytest.fixture
def fair(session):
    """The small edition with a till that was closed, and a deal of a meeting that has a file."""
    meeting = {"number": "1", "buyer": "B1", "exhibitor": "EX1", "slot": "3", "table": "1", "state": "held"}
    parsed, problems = services.read_files(small.files(meetings=[meeting]))
    assert not problems
    edition = services.import_edition(session, parsed)
    seller, buyer = one(session, edition, Exhibitor, "EX1"), one(session, edition, Buyer, "B1")
    session.add(DealSettings(edition_id=edition.id, least_deals=0, off_reason="=all agreed"))
    for sale in (HONEY, replace(HONEY, key="k2"), replace(HONEY, key="k3", paid_by="card")):
        deals.sell(session, edition, seller, sale)
    deals.void(session, seller, session.exec(select(TillSale.id).where(TillSale.key == "k3")).one())
    deals.close(session, edition, seller, DAY, "CNY")
    deals.sell(session, edition, seller, replace(HONEY, key="k4", day=date(2023, 6, 17)))
    number = session.exec(select(Meeting.id).where(Meeting.edition_id == edition.id)).one()
    new = deals.NewDeal(seller, buyer, "CNY", (a_line(),), DAY, meeting_id=number)
    deal = deals.record(session, edition, new, 1)
    session.add(
        DealReminder(deal_id=deal.id, organisation_id=buyer.organisation_id, kind="delivery", due_on=DAY)
    )
    deals.attach(session, edition, deal, "contract.pdf", a_pdf(), 1, buyer.organisation_id)
    session.flush()
    return edition


def taken(session, files):
    parsed, problems = services.read_files(files)
    assert [str(one) for one in problems.listed] == []
    again = services.import_edition(session, parsed, code="again")
    session.expire_all()
    return again


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_all_comes_out_as_it_went_in(session, fair, form):
    before = queries.collect(session, fair, private=True)
    again = taken(session, files_of(before, form, private=True))
    after = queries.collect(session, again, private=True)
    own = ("deals", "deal_rules", "till_sales", "till_closes", "deal_attachments", "deal_reminders")
    assert [len(before.tables[name]) for name in own] == [2, 1, 4, 1, 1, 1]
    assert {name: after.values()[name] for name in own} == {name: before.values()[name] for name in own}
    assert after.attachments == before.attachments
    assert list(after.attachments) == ["attachment-00002-01.pdf"]
    assert deals.verify(session, again).intact


def test_the_chain_tells_of_files_that_came_in(session, fair):
    again = taken(session, files_of(queries.collect(session, fair, private=True), private=True))
    row = session.exec(select(DealAttachment).join(Deal).where(Deal.edition_id == again.id)).one()
    last = session.exec(
        select(DealEvent).where(DealEvent.edition_id == again.id).order_by(DealEvent.sequence.desc())
    ).first()
    assert (last.kind, last.payload["digest"]) == ("attached", row.digest)


def test_a_day_that_was_closed_stays_closed(session, fair):
    again = taken(session, files_of(queries.collect(session, fair)))
    stand = one(session, again, Exhibitor, "EX1")
    assert session.exec(select(TillClose.sales).where(TillClose.edition_id == again.id)).one() == 2
    assert refusal(deals.sell, session, again, stand, replace(HONEY, key="late")) == (
        "The till of this day is closed; no sale can follow."
    )


def test_files_of_deals_are_in_the_full_folder_alone(session, fair):
    assert [name for name in files_of(queries.collect(session, fair)) if "attachment" in name] == []
    full = archive.unpack(packed(session, fair, private=True))
    assert {"deal_attachments.csv", "attachment-00002-01.pdf"} <= set(full)


def test_a_folder_on_disk_brings_its_files_along(session, fair, tmp_path):
    services.export_edition(session, fair, tmp_path, private=True)
    parsed, problems = services.read_folder(tmp_path)
    assert (len(problems), list(parsed.attachments)) == (0, ["attachment-00002-01.pdf"])


def test_an_archive_that_nobody_could_take_in_again_is_not_made(session, fair, monkeypatch):
    monkeypatch.setattr("matchmaking.folder.services.MOST_BYTES", 1 << 10)
    assert MOST_BYTES > 1 << 10
    assert "flask editions export" in refusal(packed, session, fair)


A_SALE = {"exhibitor": "EX1", "day": "2023-06-16", "key": "a", "hs": "040900", "quantity": "1", "unit": "kg",
          "price": "38", "at": NOW}  # fmt: skip
A_CLOSE = {"exhibitor": "EX1", "day": "2023-06-16", "currency": "CNY", "deal": "1", "at": NOW}
RETAIL = {"number": "1", "type": "retail", "stage": "paid", "seller": "EX1", "signed_on": "2023-06-16",
          "currency": "CNY"}  # fmt: skip
LINE = {"deal": "1", "hs": "040900", "quantity": "1", "unit": "kg", "price": "38"}
A_REMINDER = {"deal": "1", "buyer": "B1", "kind": "payment", "due_on": "2023-06-30", "at": NOW}
A_FILE = {"deal": "1", "file": "attachment-1.pdf", "name": "contract.pdf", "at": NOW}


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"till_sales": [A_SALE], "till_closes": [A_CLOSE]}, None),
        ({"deal_rules": [{"least_deals": "0"}]}, ("deal_rules.csv", 2, "off_reason")),
        ({"deal_rules": [{"least_deals": "2"}, {"least_deals": "3"}]}, ("deal_rules.csv", 3, "")),
        ({"till_sales": [A_SALE, A_SALE]}, ("till_sales.csv", 3, "key")),
        ({"till_sales": [A_SALE | {"day": "2023-07-01"}]}, ("till_sales.csv", 2, "day")),
        ({"till_sales": [A_SALE | {"unit": "kWh"}]}, ("till_sales.csv", 2, "unit")),
        ({"till_sales": [A_SALE | {"price": "0"}]}, ("till_sales.csv", 2, "price")),
        ({"till_sales": [A_SALE | {"price": "38.001"}]}, ("till_sales.csv", 2, "price")),
        ({"till_sales": [A_SALE | {"paid_by": "shells"}]}, ("till_sales.csv", 2, "paid_by")),
        ({"till_closes": [A_CLOSE]}, ("till_closes.csv", 2, "day")),
        ({"till_sales": [A_SALE], "till_closes": [A_CLOSE, A_CLOSE]}, ("till_closes.csv", 3, "day")),
        ({"till_sales": [A_SALE, A_SALE | {"exhibitor": "EX2"}],
          "till_closes": [A_CLOSE | {"exhibitor": "EX2"}]}, ("till_closes.csv", 2, "deal")),
        ({"deal_reminders": [A_REMINDER, A_REMINDER]}, ("deal_reminders.csv", 3, "due_on")),
        ({"deal_reminders": [A_REMINDER | {"buyer": ""}]}, ("deal_reminders.csv", 2, "exhibitor")),
        ({"deal_attachments": [A_FILE | {"file": "attachment-2.pdf"}]}, ("deal_attachments.csv", 2, "file")),
        ({"deal_attachments": [A_FILE, A_FILE]}, ("deal_attachments.csv", 3, "file")),
        ({"deal_attachments": [A_FILE | {"exhibitor": "EX1", "buyer": "B1"}]},
         ("deal_attachments.csv", 2, "exhibitor")),
        ({"deal_attachments": [A_FILE | {"deal": "7"}]}, ("deal_attachments.csv", 2, "deal")),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named(given, wrong):
    files = small.files(deals=[RETAIL], deal_lines=[LINE], **given) | {"attachment-1.pdf": a_pdf()}
    assert [one[:3] for one in found(files)] == ([wrong] if wrong else [])


def test_a_file_that_is_no_document_is_named():
    files = small.files(deals=[RETAIL], deal_lines=[LINE], deal_attachments=[A_FILE])
    assert found(files | {"attachment-1.pdf": b"#!/bin/sh"})[0][3].startswith("Attach PDF, PNG, JPEG")
