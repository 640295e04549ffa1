"""The ledger as files: workbook, CSV and JSON, written as they are read; sums reconcile to the minor unit."""

from collections.abc import Iterable, Iterator

from sqlmodel import Session

from expo.editions.models import Edition
from expo.languages import pick
from expo.money import to_major
from expo.spreadsheets import Cell, Page, csv_stream, json_stream, xlsx_stream
from expo.web import _, words
from expo.web.language import country_name, speaking
from matchmaking.catalogue.hs import chapter_name, section_of
from matchmaking.deals import queries
from matchmaking.deals.stages import AGREED, STAGES, TYPES
from matchmaking.deals.wording import ORIGINS, STANDINGS
from matchmaking.deals.wording import STAGES as STAGE_WORDS
from matchmaking.deals.wording import TYPES as TYPE_WORDS

Rows = Iterator[tuple[Cell, ...]]
DEAL_WIDTHS = (9, 14, 14, 12, 36, 9, 12, 36, 9, 18, 14, 24, 12, 20, 12, 14, 12, 9, 9, 18, 30)
LINE_WIDTHS = (9, 7, 10, 8, 44, 14, 16, 36, 9, 18, 20, 9, 30)
SUM_WIDTHS = (14, 44, 14, 28, 24)
LINE_NAMES = (
    "deal", "line", "type", "stage", "hs", "section", "text", "quantity", "unit", "unit_price", "currency",
    "amount", "home_currency", "home_amount", "incoterm", "delivery",
)  # fmt: skip


def deals_xlsx(session: Session, edition: Edition, language: str) -> bytes:
    """The workbook of `deals_xlsx_stream` in one piece. Needs an application."""
    return b"".join(deals_xlsx_stream(session, edition, language))


def deals_xlsx_stream(session: Session, edition: Edition, language: str) -> Iterator[bytes]:
    """All deals, all lines, and sums by type and stage, country and HS chapter. Needs an application.

    Amounts are numbers in major units; what is converted is converted once, deal by deal, at the stored rate.
    """
    with speaking(language):
        yield from xlsx_stream(
            [
                Page(_("Deals"), _deals(queries.all_deals(session, edition), edition, language), DEAL_WIDTHS),
                Page(_("Lines"), _lines(queries.line_rows(session, edition), edition, language), LINE_WIDTHS),
                Page(_("Sums"), _sums(session, edition), SUM_WIDTHS),
                Page(_("Countries"), _countries(session, edition), SUM_WIDTHS),
                Page(_("HS chapters"), _chapters(session, edition), SUM_WIDTHS),
            ]
        )


def lines_csv(session: Session, edition: Edition, language: str) -> Iterator[bytes]:
    """Every line with what its deal says of it, for programs: heads and codes are not translated."""
    return csv_stream(_with_head(LINE_NAMES, _plain_lines(session, edition, language)))


def lines_json(session: Session, edition: Edition, language: str) -> Iterator[bytes]:
    """The same as an array of objects, amounts as text."""
    return json_stream(LINE_NAMES, _plain_lines(session, edition, language))


def _with_head(head: tuple[Cell, ...], rows: Rows) -> Rows:
    yield head
    yield from rows


def _plain_lines(session: Session, edition: Edition, language: str) -> Rows:
    home = edition.currency
    for line in queries.line_rows(session, edition):
        yield (
            line.deal, line.position, line.type, line.stage, line.hs, section_of(line.hs).numeral,
            pick(line.text, language), line.quantity, line.unit,
            to_major(line.unit_price_minor, line.currency), line.currency,
            to_major(line.amount_minor, line.currency), home, to_major(line.in_edition_minor, home),
            line.incoterm, line.delivery,
        )  # fmt: skip


def _deals(deals: Iterable[queries.DealRow], edition: Edition, language: str) -> Rows:
    yield (
        _("Number"), _("Type"), _("Stage"), _("Exhibitor"), _("Seller"), _("Country"), _("Buyer code"),
        _("Buyer"), _("Currency"), _("Total"), _("Rate"), _("Source of the rate"), _("Rate of"),
        _("Total in %(currency)s", currency=edition.currency), _("Signed on"), _("Standing"), _("Origin"),
        _("Zone"), _("Forum"), _("A year, in %(currency)s", currency=edition.currency), _("Title"),
    )  # fmt: skip
    for row in deals:
        yield (
            row.number, words(TYPE_WORDS[row.type]), words(STAGE_WORDS[row.stage]), row.seller_code,
            pick(row.seller, language), row.country, row.buyer_code or "", pick(row.buyer, language),
            row.currency, to_major(row.total_minor, row.currency), row.rate, row.rate_source, row.rate_date,
            to_major(row.in_edition_minor, edition.currency), row.signed_on, words(STANDINGS[row.standing]),
            words(ORIGINS[row.origin]), row.zone, row.forum, to_major(row.annual_minor, edition.currency),
            pick(row.title, language),
        )  # fmt: skip


def _lines(lines: Iterable[queries.LineRow], edition: Edition, language: str) -> Rows:
    yield (
        _("Deal"), _("Line"), _("HS code"), _("Unit"), _("What"), _("Quantity"), _("Price per unit"),
        _("Chapter"), _("Currency"), _("Amount"), _("Amount in %(currency)s", currency=edition.currency),
        _("Incoterm"), _("Delivery"),
    )  # fmt: skip
    for line in lines:
        yield (
            line.deal, line.position, line.hs, line.unit, pick(line.text, language), line.quantity,
            to_major(line.unit_price_minor, line.currency), chapter_name(line.hs),
            line.currency, to_major(line.amount_minor, line.currency),
            to_major(line.in_edition_minor, edition.currency), line.incoterm, line.delivery,
        )  # fmt: skip


def _sums(session: Session, edition: Edition) -> Rows:
    """Types are never added up into one figure: retail is no purchase, and an agreement is no sale.

    An outcome's row holds what counts; call-offs of frameworks and what is disputed stand apart.
    """
    worth = _("Worth in %(currency)s", currency=edition.currency)
    yield _("Type"), _("Stage"), _("An outcome"), _("Deals"), worth
    everything = queries.worth(session, edition)
    for type_ in TYPES:
        found = {key: figures for key, figures in everything.items() if key[0] == type_}
        for stage in (stage for stage in STAGES if (type_, stage) in found):
            outcome = _("yes") if stage in AGREED else _("no")
            count, minor = found[type_, stage]
            yield words(TYPE_WORDS[type_]), words(STAGE_WORDS[stage]), outcome, count, _major(minor, edition)
        if found:
            counted = queries.sums(session, edition, "type", (type_,))
            count, minor = sum(one.count for one in counted), sum(one.minor for one in counted)
            yield words(TYPE_WORDS[type_]), _("All outcomes"), _("yes"), count, _major(minor, edition)


def _countries(session: Session, edition: Edition) -> Rows:
    yield (
        _("Country"), _("Name"), _("Deals"),
        _("Purchases agreed, in %(currency)s", currency=edition.currency),
    )  # fmt: skip
    found = queries.sums(session, edition, "country")
    for one in sorted(found, key=lambda one: one.key):
        yield one.key, country_name(one.key), one.count, _major(one.minor, edition)
    yield (
        _("Total"),
        "",
        sum(one.count for one in found),
        _major(sum(one.minor for one in found), edition),
    )


def _chapters(session: Session, edition: Edition) -> Rows:
    yield (
        _("Chapter"), _("Name"), _("Lines"),
        _("Purchases agreed, in %(currency)s", currency=edition.currency),
    )  # fmt: skip
    found = queries.sums(session, edition, "chapter")
    for one in sorted(found, key=lambda one: one.key):
        yield one.key, chapter_name(one.key), one.lines, _major(one.minor, edition)
    yield (
        _("Total"),
        "",
        sum(one.lines for one in found),
        _major(sum(one.minor for one in found), edition),
    )


def _major(minor: int, edition: Edition) -> Cell:
    return to_major(minor, edition.currency)
