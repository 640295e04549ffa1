"""The folder's tables of deals: deals, their lines and parties, and the history they were sealed with."""

import json
import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from expo.words import say as _t
from matchmaking.deals.chain import canonical
from matchmaking.deals.content import FORMS
from matchmaking.deals.stages import ORIGINS, PARTY_STATES, ROLES, STAGES, TYPES
from matchmaking.folder import cells, values
from matchmaking.folder.cells import Kind, one_of
from matchmaking.folder.column import Table
from matchmaking.folder.column import column as _col
from matchmaking.folder.values import BadCell

LONGEST_CONTENT = 120_000


def _content(text: str) -> Any:
    try:
        if len(text) <= LONGEST_CONTENT and isinstance(found := json.loads(text), dict):
            return found
    except (ValueError, RecursionError):
        pass
    raise BadCell(_t("This is not the content of an event."))


def _instant(text: str) -> datetime:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z", text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    raise BadCell(_t("Write the instant in UTC, like 2023-06-15T01:30:00.000000Z."))


def _seal(text: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        raise BadCell(_t("A seal has 64 hexadecimal digits."))
    return text


def _kind(text: str) -> str:
    if not re.fullmatch(r"[a-z_]{1,40}", text):
        raise BadCell(_t("A kind of event is one word in small letters."))
    return text


NUMBER = Kind("int", _t("a whole number from 1"), values.integer(1), cells.as_it_is, int)
TOTAL = Kind(
    "money", _t("an amount in the deal's currency"), values.decimal(6, 0, Decimal(10) ** 15),
    values.write_price, Decimal,
)  # fmt: skip
NUMBER_OR_NONE = cells.LIMIT
RATE = Kind("decimal", _t("a number, up to ten decimals"), values.decimal(10), values.plain, Decimal)
YES_NO_OR_NONE = Kind(
    "yes/no", _t("yes or no, or nothing"), values.read_yes_no,
    lambda found: "" if found is None else "yes" if found else "no", cells.nothing,
)  # fmt: skip
CONTENT = Kind("json", _t("the content of the event, as JSON"), _content, canonical, dict)
INSTANT = Kind(
    "instant", _t("an instant in UTC, like 2023-06-15T01:30:00.000000Z"), _instant,
    lambda at: at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"), cells.nothing,
)  # fmt: skip
SCHEME = Kind("int", _t("1 or 2"), values.integer(1, 2), cells.as_it_is, int)
SEAL = Kind("seal", _t("64 hexadecimal digits"), _seal, cells.as_it_is)
EVENT_KIND = Kind("word", _t("one word in small letters"), _kind, cells.as_it_is)
_FORM = one_of(tuple(dict.fromkeys(form for forms in FORMS.values() for form in forms)))
DEAL = _col("deal", NUMBER, _t("The number of the deal."), required=True, refers="deals")


LEDGER = (
    Table("deals", _t("Deals, numbered from 1 on without a gap."), (
        _col("number", NUMBER, _t("The deal's number; the other tables name it."), required=True),
        _col("type", one_of(TYPES), _t("Type of the deal."), required=True),
        _col("stage", one_of(STAGES), _t("How far it has come."), required=True),
        _col("seller", cells.CODE, _t("The exhibitor that sells, or is host to the project."), required=True,
             refers="exhibitors"),
        _col("buyer", cells.CODE, _t("The buyer that buys, or invests."), refers="buyers"),
        _col("title", cells.TEXT, _t("What it is about."), texts=True),
        _col("origin", one_of(ORIGINS), _t("Where it was made."), default="walk_in"),
        _col("forum", cells.CODE, _t("The forum it was made at."), refers="forums"),
        _col("meeting", NUMBER_OR_NONE, _t("The meeting it came of."), refers="meetings"),
        _col("signed_on", cells.DATE, _t("Day of signing."), required=True),
        _col("currency", cells.CURRENCY, _t("Currency of all its sums; empty: the edition's.")),
        _col("total", TOTAL, _t("What it is worth; where there are lines, they add up to it."),
             default="0"),
        _col("rate", RATE, _t("What one unit of its currency was worth; empty: by the edition's rates.")),
        _col("rate_date", cells.DATE, _t("Day of that rate.")),
        _col("rate_source", cells.TEXT, _t("Source of that rate.")),
        _col("term_months", NUMBER_OR_NONE, _t("For how many months it runs.")),
        _col("delivery_due", cells.DATE, _t("When delivery is due.")),
        _col("payment_due", cells.DATE, _t("When payment is due.")),
        _col("terms", cells.LONG, _t("Terms in words.")),
        _col("framework", cells.YES_NO, _t("Whether further deals are called off from it.")),
        _col("called_from", NUMBER_OR_NONE, _t("The framework it is called off from."), refers="deals"),
        _col("seller_country", cells.COUNTRY, _t("The seller's country on that day; empty: as it is now.")),
        _col("buyer_country", cells.COUNTRY, _t("The buyer's country on that day; empty: as it is now.")),
        _col("zone", cells.CODE, _t("The zone of the seller's stand on that day."), field="zone_code"),
        _col("newcomer", YES_NO_OR_NONE, _t("Whether the seller was new; empty: as the exhibitor is.")),
        _col("abroad", YES_NO_OR_NONE, _t("Whether it reaches beyond the host country; empty: as computed.")),
        _col("project_form", _FORM, _t("How a project is carried out.")),
        _col("project_country", cells.COUNTRY, _t("Where it is carried out.")),
        _col("project_place", cells.TEXT, _t("Place of the project.")),
        _col("project_sector", cells.TEXT, _t("Sector of the project.")),
        _col("project_summary", cells.LONG, _t("The project in words."), texts=True),
        _col("project_jobs", cells.INTEGER, _t("Jobs planned."), default="0"),
        _col("project_starts_on", cells.DATE, _t("When it begins.")),
        _col("project_ends_on", cells.DATE, _t("When it ends.")),
    ), code="number"),
    Table("deal_lines", _t("What is sold by the deals, in the order of their lines."), (
        DEAL,
        _col("product", cells.CODE, _t("The product of the seller's list, if it is one."), refers="products"),
        _col("hs", cells.HS6, _t("Class in the Harmonized System."), required=True),
        _col("text", cells.LONG, _t("What is sold, in words."), texts=True),
        _col("quantity", cells.QUANTITY, _t("How much."), required=True),
        _col("unit", cells.WORD_KIND, _t("Unit of the quantity and the price."), default="pcs"),
        _col("price", TOTAL, _t("Price of one unit, in the deal's currency."), required=True),
        _col("incoterm", cells.INCOTERM, _t("Delivery term.")),
        _col("delivery", cells.TEXT, _t("How it is handed over, in words.")),
    ), code=""),
    Table("deal_parties", _t("Who signs the deals, and how each stands by it; seller and buyer first."), (
        DEAL,
        _col("exhibitor", cells.CODE, _t("The party, if it exhibits."), refers="exhibitors"),
        _col("buyer", cells.CODE, _t("The party, if it buys."), refers="buyers"),
        _col("role", one_of(ROLES), _t("Its role."), required=True),
        _col("signatory", cells.TEXT, _t("Who signs for it.")),
        _col("state", one_of(PARTY_STATES), _t("How it stands by the deal."), default="open"),
        _col("reason", cells.LONG, _t("Why it disputes the deal.")),
        _col("shows_price", cells.YES_NO, _t("Whether it lets the public page of documents name the price.")),
    ), code=""),
    Table("deal_history", _t("The sealed events of the ledger the deals come from, whole or not at all."), (
        _col("sequence", NUMBER, _t("Place of the event in its chain."), required=True),
        _col("scheme", SCHEME, _t("How it was sealed."), default="2"),
        _col("deal", cells.INTEGER, _t("The deal it happened to; 0: the ledger itself."), default="0"),
        _col("kind", EVENT_KIND, _t("What happened."), required=True),
        _col("at", INSTANT, _t("When it happened."), required=True),
        _col("user", cells.INTEGER, _t("Who did it, by number; 0: nobody."), default="0"),
        _col("content", CONTENT, _t("What was sealed."), required=True),
        _col("seal", SEAL, _t("The seal, which covers the event and the seal before it."), required=True),
    ), code=""),
)  # fmt: skip
