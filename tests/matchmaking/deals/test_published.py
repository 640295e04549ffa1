"""Published breakdowns are reproduced from entered rows, exactly; figures leave by two pairs of hands."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from expo.clock import now
from expo.exhibitors.models import Organisation
from matchmaking.deals import queries, services
from matchmaking.deals.content import Project
from matchmaking.deals.statistics import compared
from matchmaking.deals.views.ledger import totals
from tests.make import a_buyer, an_edition, an_exhibitor, an_organisation
from tests.matchmaking.deals.making import DAY, a_deal, a_line
from tests.matchmaking.deals.test_services import refusal

BN = 10**11
"""A billion yuan in fen."""


def spread(total: int, count: int) -> list[int]:
    """So many uneven parts that add up to a total."""
    part = total // count
    parts = [part - number for number in range(count - 1)]
    return [*parts, total - sum(parts)]


@pytest.fixture
def fair(session):
    """The 6th China–Arab Expo as its release has it: 50 reports, 218 investments, 135 trade deals."""
    edition = an_edition(session)
    here = an_organisation(session, country="CN")
    seller = an_exhibitor(session, edition, here)
    abroad = an_exhibitor(session, edition, an_organisation(session, country="SA"))
    buyer = a_buyer(session, edition)
    session.get_one(Organisation, buyer.organisation_id).country = "CN"
    session.flush()
    new = []
    for place, amounts in (("SA", spread(4583 * BN // 100, 60)), ("CN", spread(11127 * BN // 100, 158))):
        new += [
            services.NewDeal(
                seller, buyer, "CNY", (), DAY, type="investment", stage="contract", amount_minor=amount,
                project=Project("new", place),
            )
            for amount in amounts
        ]  # fmt: skip
    for side, amounts in ((abroad, spread(699 * BN // 100, 70)), (seller, spread(688 * BN // 100, 65))):
        new += [
            services.NewDeal(
                side, buyer, "CNY", (a_line(quantity=1, unit="t", unit_price_minor=amount),), DAY,
                stage="contract",
            )
            for amount in amounts
        ]  # fmt: skip
    new += [services.NewDeal(seller, None, "CNY", (), DAY, type="report", stage="contract")] * 50
    services.record_all(session, edition, new)
    return edition


def test_the_china_arab_expo_comes_out_as_it_was_published(session, fair):
    found = queries.outcomes(session, fair)
    assert {type_: count for type_, (count, _minor, _annual) in found.items()} == {
        "report": 50,
        "investment": 218,
        "purchase": 135,
    }
    assert sum(count for count, _minor, _annual in found.values()) == 403
    assert (found["investment"][1], found["purchase"][1]) == (15710 * BN // 100, 1387 * BN // 100)
    assert found["investment"][1] + found["purchase"][1] == 17097 * BN // 100
    reach = {
        type_: {one.key: one.minor for one in queries.sums(session, fair, "reach", (type_,))}
        for type_ in ("investment", "purchase")
    }
    assert reach == {
        "investment": {"abroad": 4583 * BN // 100, "home": 11127 * BN // 100},
        "purchase": {"abroad": 699 * BN // 100, "home": 688 * BN // 100},
    }
    assert services.verify(session, fair).intact


def test_contracts_intents_retail_and_investment_are_kept_apart(session):
    """As the SCO Expo of 2021 published them."""
    edition = an_edition(session)
    for type_, stage, price in (
        ("purchase", "contract", 100), ("purchase", "intent", 200), ("retail", "paid", 30),
        ("investment", "contract", 7000),
    ):  # fmt: skip
        a_deal(session, edition, type=type_, stage=stage, lines=(a_line(quantity=1, unit_price_minor=price),))
    by_stage = {one.key: one.minor for one in queries.sums(session, edition, "stage")}
    worth = {
        type_: minor for type_, _number, _agreed, minor in totals(*queries.both_worths(session, edition))
    }
    assert by_stage == {"contract": 100, "intent": 200}
    assert worth == {"purchase": 300, "investment": 7000, "retail": 30}


def test_a_record_is_computed_or_not_claimed(session):
    old = an_edition(session, starts_on=date(2021, 4, 26), ends_on=date(2021, 4, 28))
    new = an_edition(session)
    assert compared(new, queries.outcomes(session, new), queries.earlier(session, new), "purchase") == (
        [],
        None,
    )
    a_deal(session, old, signed_on=date(2021, 4, 26), lines=(a_line(quantity=1),))
    a_deal(session, new)
    found = compared(new, queries.outcomes(session, new), queries.earlier(session, new), "purchase")
    assert ([one.change for one in found.editions], found.largest) == ([9.0], True)
    dollars = an_edition(session, currency="USD", starts_on=date(2022, 4, 26), ends_on=date(2022, 4, 28))
    a_deal(session, dollars, signed_on=date(2022, 4, 26), currency="USD")
    found = compared(new, queries.outcomes(session, new), queries.earlier(session, new), "purchase")
    assert (found.editions[0].change, found.largest) == (None, None)


def test_groups_count_who_was_a_member_on_the_first_day(session):
    edition = an_edition(session)
    for country, since in (("KZ", "2001-06-15"), ("IR", "2023-07-04")):
        session.execute(
            text(
                "INSERT INTO country_group_member (edition_id, group_code, country, since)"
                " VALUES (:edition, 'SCO', :country, :since)"
            ),
            {"edition": edition.id, "country": country, "since": since},
        )
    assert queries.groups(session, edition) == {"SCO": {"KZ"}}
    for country in ("KZ", "IR"):
        firm = an_organisation(session, country=country)
        a_deal(session, edition, seller=an_exhibitor(session, edition, firm))
    chosen = queries.Filter(group="SCO")
    assert [row.country for row in queries.deals(session, edition, chosen)] == ["KZ"]
    assert queries.worth(session, edition, chosen) == {("purchase", "intent"): (1, 12340)}


def test_somebody_else_approves_what_is_published_and_then_it_stays(session):
    edition = an_edition(session)
    a_deal(session, edition)
    row = services.prepare(session, edition, 1)
    assert refusal(services.approve, session, edition, row, 1) == (
        "You prepared these figures; somebody else approves them."
    )
    assert services.published(session, edition) is None
    services.approve(session, edition, row, 2)
    assert services.published(session, edition).number == 1
    with pytest.raises(DBAPIError, match="frozen"), session.begin_nested():
        session.execute(text("UPDATE deal_publication SET figures = '{}'"))
    assert services.verify(session, edition).intact


def test_the_database_itself_asks_for_two_pairs_of_eyes(session):
    edition = an_edition(session)
    a_deal(session, edition)
    services.prepare(session, edition, 1)
    with pytest.raises(DBAPIError, match="four_eyes"), session.begin_nested():
        session.execute(text("UPDATE deal_publication SET approved_by = 1, approved_at = now()"))


def test_figures_that_are_no_longer_true_are_not_approved(session):
    edition = an_edition(session)
    a_deal(session, edition)
    row = services.prepare(session, edition, 1)
    a_deal(session, edition)
    assert refusal(services.approve, session, edition, row, 2) == (
        "Deals have changed since these figures were prepared. Prepare them anew."
    )


def test_an_embargo_holds_figures_back(session):
    edition = an_edition(session)
    a_deal(session, edition)
    services.approve(session, edition, services.prepare(session, edition, 1, now() + timedelta(hours=1)), 2)
    assert services.published(session, edition) is None
    services.approve(session, edition, services.prepare(session, edition, 1, now() - timedelta(hours=1)), 2)
    assert services.published(session, edition).number == 2


def test_nothing_agreed_is_nothing_to_publish(session):
    assert refusal(services.prepare, session, an_edition(session), 1) == (
        "Nothing is agreed yet that could be published."
    )
