"""Lists and sums of deals."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, product

from sqlalchemy import text
from sqlmodel import select

from expo.editions.models import GroupMember
from matchmaking.catalogue.hs import section_of
from matchmaking.deals import queries, services
from matchmaking.deals.models import Deal, DealLine
from matchmaking.deals.queries import Filter
from matchmaking.deals.services.summing import wrong_sums
from tests.asking import asked
from tests.make import an_edition, an_exhibitor, an_organisation
from tests.matchmaking.deals.making import DAY, a_deal, a_line, a_new_deal, a_rate


def a_ledger(session):
    """Two purchases (Kazakhstan, USD; China), a lead, one that lapsed, one retail sale."""
    edition = an_edition(session)
    a_rate(session, edition)
    chinese = an_exhibitor(session, edition, an_organisation(session, country="CN"))
    a_deal(session, edition, currency="USD", stage="contract", lines=(a_line(), a_line(hs="270900")))
    a_deal(session, edition, seller=chinese)
    a_deal(session, edition, stage="lead")
    services.move(session, edition, a_deal(session, edition), "lapsed")
    a_deal(session, edition, type="retail", stage="contract")
    return edition


def test_a_filter_lets_through_what_it_names(session):
    edition = a_ledger(session)
    found = {
        chosen: [row.number for row in queries.deals(session, edition, chosen)]
        for chosen in (
            Filter(),
            Filter(type="retail"),
            Filter(stage="lapsed"),
            Filter(country="CN"),
            Filter(hs="27"),
            Filter(type="purchase", stage="contract"),
        )
    }
    assert list(found.values()) == [[1, 2, 3, 4, 5], [5], [4], [2], [1], [1]]


def test_sums_count_what_was_agreed_and_keep_types_apart(session):
    edition = a_ledger(session)
    worth = {one.key: (one.count, one.minor) for one in queries.sums(session, edition, "country")}
    retail = [(one.key, one.minor) for one in queries.sums(session, edition, "type", ("retail",))]
    assert worth == {"KZ": (1, 176289), "CN": (1, 12340)}
    assert retail == [("retail", 12340)]


def test_chapters_share_a_deals_worth_to_the_last_fen(session):
    edition = a_ledger(session)
    chapters = {one.key: one.minor for one in queries.sums(session, edition, "hs")}
    stages = sum(one.minor for one in queries.sums(session, edition, "stage"))
    assert set(chapters) == {"04", "27"}
    assert sum(chapters.values()) == stages == 188629


def test_a_deal_with_two_lines_of_a_chapter_counts_there_once(session):
    edition = an_edition(session)
    a_deal(session, edition, lines=(a_line(), a_line(hs="040690")))
    assert [(one.key, one.count) for one in queries.sums(session, edition, "hs")] == [("04", 1)]


def test_lines_without_a_price_share_nothing(session):
    edition = an_edition(session)
    a_deal(session, edition, type="cooperation", lines=(a_line(unit_price_minor=0),) * 2)
    assert [line.in_edition_minor for line in queries.line_rows(session, edition)] == [0, 0]


def test_the_worth_of_a_filter_is_the_worth_of_its_rows(session):
    edition = a_ledger(session)
    rows = queries.deals(session, edition, limit=None)
    found = queries.worth(session, edition)
    assert sum(number for number, _minor in found.values()) == len(rows)
    assert sum(minor for _number, minor in found.values()) == sum(row.in_edition_minor for row in rows)


def test_rates_with_ten_digits_are_converted_once(session):
    edition = an_edition(session)
    a_rate(session, edition, rate=Decimal("7.1429999999"))
    a_deal(session, edition, currency="USD", lines=(a_line(quantity=Decimal(1), unit_price_minor=10**12),))
    assert queries.deals(session, edition)[0].in_edition_minor == 7_142_999_999_900


def test_a_list_of_thirty_takes_as_many_statements_as_a_list_of_one(session, connection):
    edition = an_edition(session)
    counted = []
    for number in (1, 29):
        for _ in range(number):
            a_deal(session, edition)
        with asked(connection) as told:
            queries.deals(session, edition, known=queries.found(session, edition))
        counted.append(len(told))
    assert counted == [2, 2]


def test_any_two_filters_and_many_threes_find_what_counting_the_rows_finds(session):
    edition = an_edition(session)
    lands = [an_organisation(session, country=code) for code in ("KZ", "CN", "PK")]
    sellers = [an_exhibitor(session, edition, one, newcomer=bool(n)) for n, one in enumerate(lands)]
    for number, (hs, more) in enumerate(product(("040900", "080610"), ("040210", "520100"))):
        a_deal(
            session, edition, seller=sellers[number % 3], origin=("forum", "stand")[number % 2],
            stage=("intent", "contract", "lead", "contract")[number], signed_on=DAY + timedelta(number % 2),
            lines=(a_line(hs=hs), a_line(hs=more, unit_price_minor=7 * number + 1)),
        )  # fmt: skip
    session.add(GroupMember(edition_id=edition.id, group_code="SCO", country="KZ", since=date(2001, 6, 15)))
    session.flush()
    asked = {
        "country": ("KZ", "CN"), "hs": ("04", "52"), "section": ("I", "XI"), "day": (str(DAY),),
        "origin": ("forum",), "newcomer": ("new",), "reach": ("home", "abroad"), "standing": ("open",),
        "currency": ("CNY",), "group": ("SCO",), "counted": ("yes",), "type": ("purchase",),
        "stage": ("contract",), "buyer": ("CN",),
    }  # fmt: skip
    by_number = {deal.number: deal for deal in session.exec(select(Deal))}
    threes = combinations(("hs", "section", "newcomer", "reach", "day", "origin", "currency"), 3)
    for names in (*combinations(asked, 2), *threes):
        for values in product(*(asked[name] for name in names)):
            chosen = queries.Filter(**dict(zip(names, values, strict=True)))
            rows = queries.deals(session, edition, chosen, limit=None)
            count = sum(number for number, _minor in queries.worth(session, edition, chosen).values())
            assert count == len(rows), chosen
            lines = [line for row in rows for line in queries.lines_of(session, by_number[row.number])]
            goods = [line for line in lines if _is_of(line, chosen)]
            minor = sum(worth for _number, worth in queries.worth(session, edition, chosen).values())
            assert minor == sum(line.home_minor for line in goods), chosen


def _is_of(line: DealLine, chosen: queries.Filter) -> bool:
    of_chapter = chosen.hs in ("", line.hs[:2])
    return of_chapter and chosen.section in ("", section_of(line.hs).numeral)


def test_packed_traits_are_checked_like_the_sums(session):
    edition = an_edition(session)
    a_deal(session, edition)
    assert services.verify(session, edition).wrong_sums == 0
    session.execute(text("UPDATE deal_trait SET minors = set_byte(minors, 7, 1) WHERE dimension = 'chapter'"))
    assert services.verify(session, edition).wrong_sums == 1
    services.sum_anew(session, edition)
    assert services.verify(session, edition).intact


def test_deals_that_come_last_are_packed_behind_the_others_and_into_the_next_block(session):
    edition = an_edition(session)
    seller = an_exhibitor(session, edition)
    first = a_deal(session, edition, seller=seller)
    first.number = 1020
    session.flush()
    services.sum_anew(session, edition)
    lines = [(a_line(unit_price_minor=price),) for price in range(1, 8)]
    several = [a_new_deal(session, edition, seller=seller, lines=one) for one in lines]
    assert [one.number for one in services.record_all(session, edition, several)] == [*range(1021, 1028)]
    assert a_deal(session, edition, seller=seller).number == 1028
    assert wrong_sums(session, edition) == 0
