"""Deals leave in a folder and come in again: the same deals in a chain of their own that says whence."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor
from matchmaking.catalogue.models import Buyer
from matchmaking.deals import queries as deal_queries
from matchmaking.deals import services as deals
from matchmaking.deals.content import Project
from matchmaking.deals.models import Deal, DealEvent
from matchmaking.folder import queries, services
from matchmaking.folder.writing import files_of
from tests.matchmaking.deals.making import a_line
from tests.matchmaking.folder import small

DAY = date(2023, 6, 16)
OWN = ("deals", "deal_lines", "deal_parties")


def read(files):
    parsed, problems = services.read_files(files)
    assert [str(problem) for problem in problems.listed] == []
    return parsed


def one(session, edition, model, code):
    return session.exec(select(model).where(model.edition_id == edition.id, model.code == code)).one()


@pytest.fixture
def fair(session) -> Edition:
    """The small edition with deals of many kinds: amended, disputed, called off, in dollars, a project."""
    edition = services.import_edition(session, read(small.files()))
    seller, other = (one(session, edition, Exhibitor, code) for code in ("EX1", "EX2"))
    buyer = one(session, edition, Buyer, "B1")
    frame = deals.record(
        session, edition,
        deals.NewDeal(
            seller, buyer, "USD", (a_line(quantity=Decimal("1000.5")), a_line(hs="100630", unit="t")), DAY,
            stage="contract", framework=True, title={"en": "Honey for years", "zh": "蜂蜜"}, term_months=36,
            terms="=terms", entered_for=seller.organisation_id, signatories=("Aigul", "Wang"),
            others=(deals.Party(other.organisation_id, "witness", "Khan"),),
        ),
        1,
    )  # fmt: skip
    deals.confirm(session, edition, frame, buyer.organisation_id, 2)
    call = deals.NewDeal(seller, buyer, "USD", (a_line(),), DAY, framework_id=frame.id, origin="forum")
    deals.record(session, edition, call, 1)
    amended = deals.record(session, edition, deals.NewDeal(seller, buyer, "CNY", (a_line(),), DAY), 1)
    better = deals.NewDeal(
        seller, buyer, "CNY", (a_line(unit_price_minor=999),), DAY, delivery_due=DAY + timedelta(9)
    )
    deals.amend(session, edition, amended, better, 1, reason="cheaper")
    deals.dispute(session, edition, amended, buyer.organisation_id, 2, reason="not what we said")
    project = Project("new", "PK", "Gwadar", "ports", {"en": "A quay"}, 300, DAY, DAY + timedelta(900))
    deals.record(
        session, edition,
        deals.NewDeal(
            other, buyer, "CNY", (), DAY, type="investment", stage="memorandum", amount_minor=12_345_678_901,
            project=project,
        ),
        1,
    )  # fmt: skip
    deals.move(session, edition, amended, "lapsed", 1, reason="gave up")
    return edition


def brought(session, fair, code="again", form="csv"):
    parsed = read(files_of(queries.collect(session, fair), form))
    edition = services.import_edition(session, parsed, code=code)
    session.expire_all()
    return parsed, edition


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_deals_come_back_as_they_left(session, fair, form):
    before = queries.collect(session, fair).values()
    _parsed, edition = brought(session, fair, form=form)
    after = queries.collect(session, edition).values()
    assert [len(before[name]) for name in OWN] == [4, 4, 9]
    assert {name: after[name] for name in OWN} == {name: before[name] for name in OWN}


def test_sums_and_standings_are_the_same_and_the_new_chain_holds(session, fair):
    _parsed, edition = brought(session, fair)
    assert deals.verify(session, edition).intact
    wanted = ("country", "day", "zone", "reach", "section", "standing", "newcomer")
    for type_ in ("purchase", "investment"):
        assert deal_queries.table(session, edition, wanted, (type_,)) == deal_queries.table(
            session, fair, wanted, (type_,)
        )
    assert deal_queries.both_worths(session, edition) == deal_queries.both_worths(session, fair)


def test_the_new_chain_names_its_source_and_quotes_what_happened(session, fair):
    _parsed, edition = brought(session, fair)
    count, seal = deal_queries.last_event(session, fair)
    events = session.exec(
        select(DealEvent).where(DealEvent.edition_id == edition.id).order_by(DealEvent.sequence)
    ).all()
    assert (events[0].kind, events[0].payload) == (
        "brought", {"from": "small-2023", "deals": 4, "events": count, "seal": seal},
    )  # fmt: skip
    assert [event.kind for event in events[1:5]] == ["imported"] * 4
    quoted = [event.payload for event in events[5:]]
    past = session.exec(
        select(DealEvent).where(DealEvent.edition_id == fair.id).order_by(DealEvent.sequence)
    ).all()
    assert [(it["sequence"], it["kind"], it["told"], it["seal"]) for it in quoted] == [
        (event.sequence, event.kind, event.payload, event.hash) for event in past
    ]


def test_a_ledger_that_was_brought_lives_on_and_can_be_brought_again(session, fair):
    _parsed, edition = brought(session, fair)
    call = session.exec(select(Deal).where(Deal.edition_id == edition.id, Deal.number == 2)).one()
    deals.move(session, edition, call, "contract", 1)
    _parsed, third = brought(session, edition, "third")
    values = queries.collect(session, edition).values(), queries.collect(session, third).values()
    assert values[0]["deals"] == values[1]["deals"]
    assert deals.verify(session, edition).intact and deals.verify(session, third).intact


def problems_of(files) -> list[tuple[str, int, str, str]]:
    _, problems = services.read_files(files)
    return [(p.file, p.row, p.column, str(p.reason)) for p in problems.listed]


def test_one_changed_letter_of_history_is_found(session, fair):
    files = files_of(queries.collect(session, fair))
    files["deal_history.csv"] = files["deal_history.csv"].replace(b"gave up", b"gave in")
    assert problems_of(files) == [
        ("deal_history.csv", 9, "seal", "From here on the history is not as it was sealed.")
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        ("deals.csv", b"123456789.01", b"223456789.01", ("deals.csv", 5, "total")),
        ("deals.csv", b"investment,memorandum", b"investment,contract", ("deals.csv", 5, "stage")),
    ],
)
def test_tables_that_say_something_else_than_their_history_are_refused(session, fair, file, old, new, found):
    files = files_of(queries.collect(session, fair))
    assert old in files[file]
    files[file] = files[file].replace(old, new)
    assert problems_of(files) == [(*found, "The history of this deal says something else.")]


A_DEAL = {"number": "1", "type": "purchase", "stage": "contract", "seller": "EX1", "buyer": "B1",
          "signed_on": "2023-06-16", "currency": "CNY"}  # fmt: skip
A_LINE = {"deal": "1", "hs": "040900", "quantity": "10", "unit": "kg", "price": "12.34"}
A_PARTY = {"deal": "1", "exhibitor": "EX1", "role": "seller"}


def typed(deal=(), line=(), party=()):
    return small.files(
        deals=[A_DEAL | dict(deal)],
        deal_lines=[A_LINE | dict(line)],
        deal_parties=[A_PARTY | dict(party)],
    )


def test_deals_typed_by_hand_need_no_history(session):
    edition = services.import_edition(session, read(typed()))
    deal = session.exec(select(Deal).where(Deal.edition_id == edition.id)).one()
    assert (deal.total_minor, deal.home_minor, deal.seller_country, deal.standing) == (
        12340, 12340, "KZ", "open",
    )  # fmt: skip
    assert [party.code for party in deal_queries.parties(session, edition, deal)] == ["EX1", "B1"]
    assert deals.verify(session, edition).intact


WRONG = [
    ({"number": "2"}, {"deal": "2"}, {"deal": "2"},
     ("deals.csv", 2, "number", "Deals are numbered from 1 on, without a gap.")),
    ({"seller": "EX9"}, {}, {}, ("deals.csv", 2, "seller", "There is no such exhibitor.")),
    ({"buyer": "EX1"}, {}, {}, ("deals.csv", 2, "buyer", "There is no such buyer.")),
    ({"type": "report"}, {}, {}, None),
    ({"type": "report", "stage": "intent"}, {}, {},
     ("deals.csv", 2, "stage", "This type of deal knows no such stage.")),
    ({"currency": "USD"}, {}, {}, None),
    ({"currency": "EUR"}, {}, {},
     ("deals.csv", 2, "rate", "There is no exchange rate of that day or the month before it.")),
    ({"rate": "2"}, {}, {}, ("deals.csv", 2, "rate", "The edition's own currency has the rate 1.")),
    ({"total": "1.00"}, {}, {}, ("deals.csv", 2, "total", "The lines do not add up to this.")),
    ({"called_from": "7"}, {}, {}, ("deals.csv", 2, "called_from", "There is no such deal.")),
    ({"signed_on": "1999-01-01"}, {}, {},
     ("deals.csv", 2, "signed_on", "That day of signing cannot be right.")),
    ({"project_form": "new"}, {}, {},
     ("deals.csv", 2, "project_form", "A project needs its kind and its country.")),
    ({}, {"hs": "048800"}, {},
     ("deal_lines.csv", 2, "hs", "HS heading 0488 does not exist in chapter 04.")),
    ({}, {"quantity": "0"}, {},
     ("deal_lines.csv", 2, "quantity", "Quantities are above zero and prices are not negative.")),
    ({}, {"price": "0.001"}, {}, ("deal_lines.csv", 2, "price", "CNY has 2 decimals.")),
    ({}, {"unit": "kWh"}, {},
     ("deal_lines.csv", 2, "unit", "Goods of HS 040900 are not counted in kWh.")),
    ({}, {"unit": "bushelful"}, {}, ("deal_lines.csv", 2, "unit",
     "bushelful is not a unit we know. Use one such as kg, t, l or pcs.")),
    ({}, {"product": "P2"}, {},
     ("deal_lines.csv", 2, "product", "A line names a product that is not the seller's.")),
    ({}, {}, {"exhibitor": ""}, ("deal_parties.csv", 2, "exhibitor", "Name either an exhibitor or a buyer.")),
]  # fmt: skip


@pytest.mark.parametrize(("deal", "line", "party", "wanted"), WRONG)
def test_what_the_ledger_would_refuse_is_told_in_the_dry_run(deal, line, party, wanted):
    found = problems_of(typed(deal, line, party))
    assert wanted in found if wanted else found == []


def test_history_that_is_no_history_is_a_bad_cell():
    row = {"sequence": "1", "kind": "recorded", "at": "yesterday", "content": "[1]", "seal": "0"}
    files = typed() | {"deal_history.csv": small.csv_of([row])}
    assert [column for _f, _r, column, _why in problems_of(files)] == ["at", "content", "seal"]


def test_nested_content_does_not_overturn_the_reader():
    row = {"sequence": "1", "kind": "recorded", "at": "2023-06-15T01:30:00.000000Z", "seal": "0" * 64,
           "content": json.dumps({"lines": 7, "stage": "x", "type": []})}  # fmt: skip
    files = typed() | {"deal_history.csv": small.csv_of([row])}
    assert [column for _f, _r, column, _why in problems_of(files)] == ["seal"]
    row["content"] = '{"a":' * 20_000
    files = typed() | {"deal_history.csv": small.csv_of([row])}
    assert [column for _f, _r, column, _why in problems_of(files)] == ["content"]
