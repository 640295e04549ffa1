"""The folder's tables beside the deals: how figures are published, reminders, sales at stands, files."""

from expo.words import say as _t
from matchmaking.deals.sales import LONGEST_KEY, PAID_BY
from matchmaking.folder import cells, values
from matchmaking.folder.cells import Kind, one_of
from matchmaking.folder.column import Table
from matchmaking.folder.column import column as _col
from matchmaking.folder.ledger_columns import DEAL, INSTANT, TOTAL
from matchmaking.folder.matching_columns import count

REMINDED = ("delivery", "payment", "decision")
KEY = Kind("text", _t("a few words"), values.text_of(LONGEST_KEY), cells.as_it_is)
FILE = Kind("text", _t("the name of a file that begins with attachment-"), values.text_of(80), cells.as_it_is)
FILE_NAME = Kind("text", _t("a few words"), values.text_of(120), cells.as_it_is)
_STAND = _col("exhibitor", cells.CODE, _t("Whose stand it is."), required=True, refers="exhibitors")
_DAY = _col("day", cells.DATE, _t("The day."), required=True)
_PARTY = (
    _col("exhibitor", cells.CODE, _t("The party, if it exhibits."), refers="exhibitors"),
    _col("buyer", cells.CODE, _t("The party, if it buys."), refers="buyers"),
)
_CURRENCY = _col("currency", cells.CURRENCY, _t("Currency of the price; empty: the edition's."))

TILLS = (
    Table("deal_rules", _t("How figures of deals are published: one row, or none for the usual."), (
        _col("least_deals", count(0, 100), _t("Groups of fewer deals are not told apart; 0: all are."),
             default="3"),
        _col("off_reason", cells.TEXT, _t("Why all are told apart.")),
    ), code=""),
    Table("deal_reminders", _t("Who was reminded of which date of a deal: nobody is twice."), (
        DEAL, *_PARTY,
        _col("kind", one_of(REMINDED), _t("What is due."), required=True),
        _col("due_on", cells.DATE, _t("When it is due."), required=True),
        _col("at", INSTANT, _t("When they were reminded."), required=True),
    ), code=""),
    Table("till_sales", _t("What was sold at stands."), (
        _STAND, _DAY,
        _col("key", KEY, _t("How the device names it; each once at a stand."), required=True),
        _col("hs", cells.HS6, _t("Class in the Harmonized System."), required=True),
        _col("text", cells.TEXT, _t("What is sold, in words.")),
        _col("quantity", cells.QUANTITY, _t("How much."), required=True),
        _col("unit", cells.WORD_KIND, _t("Unit of the quantity and the price."), default="pcs"),
        _col("price", TOTAL, _t("Price of one unit."), required=True),
        _CURRENCY,
        _col("paid_by", one_of(PAID_BY), _t("How it was paid."), default="cash"),
        _col("at", INSTANT, _t("When it was sold."), required=True),
        _col("void", cells.YES_NO, _t("Whether it was struck out.")),
    ), code=""),
    Table("till_closes", _t("Days of stands that were closed: their sales became one deal."), (
        _STAND, _DAY,
        _col("currency", cells.CURRENCY, _t("Currency of its sales."), required=True),
        DEAL,
        _col("at", INSTANT, _t("When it was closed."), required=True),
    ), code=""),
    Table("deal_attachments", _t("Files of deals, which lie beside the tables. Left out unless it is asked"
                                 " for."), (
        DEAL,
        _col("file", FILE, _t("The file that holds it."), required=True),
        _col("name", FILE_NAME, _t("What it is called."), required=True),
        *_PARTY,
        _col("at", INSTANT, _t("When."), required=True),
    ), code="", private=True),
)  # fmt: skip
