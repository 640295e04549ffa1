"""The folder's tables about goods as such: the nomenclature taken in, and what countries export."""

from decimal import Decimal

from expo.words import say as _t
from matchmaking.folder import cells, values
from matchmaking.folder.cells import Kind
from matchmaking.folder.column import Column, Table
from matchmaking.folder.column import column as _col
from matchmaking.folder.matching_columns import SOMETIME

HEADING = Kind("hs", _t("an HS code of 4 or 6 digits"), values.hs((4, 6)), cells.as_it_is)
CHAPTER = Kind("hs", _t("an HS code of 2 digits"), values.hs((2,)), cells.as_it_is)
YEAR = Kind(
    "int", _t("a year, like 2022"), values.integer(1900, 2199), lambda found: "" if found is None else found,
    cells.nothing,
)  # fmt: skip
VALUE = Kind("decimal", _t("a number, up to two decimals"), values.decimal(2, 0, Decimal(10) ** 17),
             values.plain, Decimal)  # fmt: skip
NAME = Kind("text", _t("text"), values.text_of(1000), cells.as_it_is)

GOODS = (
    Table("nomenclature", _t("Headings and subheadings of the nomenclature that was taken in."), (
        _col("code", HEADING, _t("The heading or subheading."), required=True),
        Column("name", NAME, _t("The name, in at least one language."), required=True, texts=True),
    )),
    Table("export_source", _t("Where the table of exports comes from: one row, or none."), (
        _col("source", cells.TEXT, _t("The source, so that it can be checked."), required=True),
        _col("year", YEAR, _t("Of which year.")),
        _col("taken_at", SOMETIME, _t("When it was taken in.")),
    ), code=""),
    Table("exports", _t("What countries export, by chapter, in any one currency: only shares are used."), (
        _col("country", cells.COUNTRY, _t("The country."), required=True),
        _col("chapter", CHAPTER, _t("The chapter."), required=True),
        _col("value", VALUE, _t("What it is worth."), required=True),
    ), code=""),
)  # fmt: skip
