"""The ledger as a workbook: deals, lines and sums that reconcile to the minor unit."""

from collections.abc import Iterable, Iterator

from sqlmodel import Session

from expo.editions.models import Edition
from expo.languages import pick
from expo.money import to_major
from expo.spreadsheets import Cell, xlsx_bytes
from expo.web import _, words
from expo.web.language import country_name, speaking
from matchmaking.catalogue.hs import chapter_name
from matchmaking.deals import queries
from matchmaking.deals.models import STAGES, TYPES
from matchmaking.deals.stages import AGREED
from matchmaking.deals.wording import STAGES as STAGE_WORDS
from matchmaking.deals.wording import TYPES as TYPE_WORDS

Rows = Iterator[tuple[Cell, ...]]
DEAL_WIDTHS = (9, 14, 14, 12, 36, 9, 12, 36, 9, 18, 14, 24, 12, 20, 12)
LINE_WIDTHS = (9, 7, 10, 8, 44, 14, 16, 36, 9, 18, 20)
SUM_WIDTHS = (14, 44, 14, 28, 24)


def deals_xlsx(session: Session, edition: Edition, language: str) -> bytes:
    """All deals, all lines, and sums by type and stage, country and HS chapter. Needs an application.

    Amounts are numbers in major units; what is converted is converted once, deal by deal, at the stored rate.
    """
    with speaking(language):
        deals = queries.deals(session, edition, limit=None)
        lines = queries.line_rows(session, edition)
        sheets = {
            _("Deals"): (_deals(deals, edition, language), DEAL_WIDTHS),
            _("Lines"): (_lines(lines, edition, language), LINE_WIDTHS),
            _("Sums"): (_sums(deals, edition), SUM_WIDTHS),
            _("Countries"): (_countries(deals, edition), SUM_WIDTHS),
            _("HS chapters"): (_chapters(deals, lines, edition), SUM_WIDTHS),
        }
        return xlsx_bytes(
            {name: rows for name, (rows, _widths) in sheets.items()},
            {name: widths for name, (_rows, widths) in sheets.items()},
        )


def _deals(deals: Iterable[queries.DealRow], edition: Edition, language: str) -> Rows:
    yield (
        _("Number"), _("Type"), _("Stage"), _("Exhibitor"), _("Seller"), _("Country"), _("Buyer code"),
        _("Buyer"), _("Currency"), _("Total"), _("Rate"), _("Source of the rate"), _("Rate of"),
        _("Total in %(currency)s", currency=edition.currency), _("Signed on"),
    )  # fmt: skip
    for row in deals:
        yield (
            row.number, words(TYPE_WORDS[row.type]), words(STAGE_WORDS[row.stage]), row.seller_code,
            pick(row.seller, language), row.country, row.buyer_code or "", pick(row.buyer, language),
            row.currency, to_major(row.total_minor, row.currency), row.rate, row.rate_source, row.rate_date,
            to_major(row.in_edition_minor, edition.currency), row.signed_on,
        )  # fmt: skip


def _lines(lines: Iterable[queries.LineRow], edition: Edition, language: str) -> Rows:
    yield (
        _("Deal"), _("Line"), _("HS code"), _("Unit"), _("What"), _("Quantity"), _("Price per unit"),
        _("Chapter"), _("Currency"), _("Amount"), _("Amount in %(currency)s", currency=edition.currency),
    )  # fmt: skip
    for line in lines:
        yield (
            line.deal, line.position, line.hs, line.unit, pick(line.text, language), line.quantity,
            to_major(line.unit_price_minor, line.currency), chapter_name(line.hs),
            line.currency, to_major(line.amount_minor, line.currency),
            to_major(line.in_edition_minor, edition.currency),
        )  # fmt: skip


def _sums(deals: list[queries.DealRow], edition: Edition) -> Rows:
    """Types are never added up into one figure: retail is no purchase, and an agreement is no sale."""
    worth = _("Worth in %(currency)s", currency=edition.currency)
    yield _("Type"), _("Stage"), _("An outcome"), _("Deals"), worth
    for type_ in TYPES:
        mine = [row for row in deals if row.type == type_]
        for stage in STAGES:
            found = [row for row in mine if row.stage == stage]
            if found:
                outcome = _("yes") if stage in AGREED else _("no")
                yield words(TYPE_WORDS[type_]), words(STAGE_WORDS[stage]), outcome, *_added(found, edition)
        agreed = [row for row in mine if row.stage in AGREED]
        if mine:
            yield words(TYPE_WORDS[type_]), _("All outcomes"), _("yes"), *_added(agreed, edition)


def _added(deals: list[queries.DealRow], edition: Edition) -> tuple[Cell, Cell]:
    return len(deals), to_major(sum(row.in_edition_minor for row in deals), edition.currency)


def _countries(deals: list[queries.DealRow], edition: Edition) -> Rows:
    yield (
        _("Country"), _("Name"), _("Deals"),
        _("Purchases agreed, in %(currency)s", currency=edition.currency),
    )  # fmt: skip
    mine = _agreed_purchases(deals)
    for code in sorted({row.country for row in mine}):
        yield code, country_name(code), *_added([row for row in mine if row.country == code], edition)
    yield _("Total"), "", *_added(mine, edition)


def _agreed_purchases(deals: Iterable[queries.DealRow]) -> list[queries.DealRow]:
    return [row for row in deals if row.type == "purchase" and row.stage in AGREED]


def _chapters(deals: list[queries.DealRow], lines: list[queries.LineRow], edition: Edition) -> Rows:
    yield (
        _("Chapter"), _("Name"), _("Lines"),
        _("Purchases agreed, in %(currency)s", currency=edition.currency),
    )  # fmt: skip
    counted = {row.number for row in _agreed_purchases(deals)}
    mine = [line for line in lines if line.deal in counted]
    for chapter in sorted({line.hs[:2] for line in mine}):
        found = [line for line in mine if line.hs[:2] == chapter]
        yield chapter, chapter_name(chapter), len(found), _major(found, edition)
    yield _("Total"), "", len(mine), _major(mine, edition)


def _major(lines: list[queries.LineRow], edition: Edition) -> Cell:
    return to_major(sum(line.in_edition_minor for line in lines), edition.currency)
