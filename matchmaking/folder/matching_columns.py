"""The folder's tables of matchmaking: phases, rules, requests with what was written, refusals, chains."""

import re
from datetime import UTC, datetime

from expo.errors import Refused
from expo.words import Sentence
from expo.words import say as _t
from matchmaking.folder import cells, values
from matchmaking.folder.cells import Kind, one_of
from matchmaking.folder.column import Column, Table
from matchmaking.folder.column import column as _col
from matchmaking.folder.ledger_columns import INSTANT, NUMBER, NUMBER_OR_NONE
from matchmaking.folder.values import BadCell
from matchmaking.phases.spans import PHASES
from matchmaking.requests.sides import HALVES, SIDES, STATES
from matchmaking.requests.texts import tidy_message

OUTCOMES = ("nothing", "warned", "silenced")
FOR_WHOM = ("buyer", "exhibitor")
CAPS = ("open_buyer", "open_supplier", "must_buyer", "must_supplier")


def count(least: int, most: int) -> Kind:
    """A whole number between two others."""
    help_ = _t("a whole number, %(least)s to %(most)s", least=least, most=most)
    return Kind("int", help_, values.integer(least, most), cells.as_it_is, int)


def _chain(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9-]{1,40}", text):
        raise BadCell(_t("A supply chain's code has small letters, digits and hyphens."))
    return text


def _message(text: str) -> str:
    """As people write to each other: without anything that disguises what follows it."""
    try:
        return tidy_message(text, 2000)
    except Refused as refused:
        raise BadCell(refused.sentence) from None  # pyright: ignore[reportArgumentType]


def _instant(at: datetime | None) -> str:
    return "" if at is None else str(INSTANT.write(at.astimezone(UTC)))


def _cap(name: str, help_: Sentence, default: str) -> Column:
    return _col(name, count(0, 1000), help_, default=default)


def pair() -> tuple[Column, Column]:
    """The columns of a buyer and an exhibitor between whom there is something."""
    return (
        _col("buyer", cells.CODE, _t("The buyer."), required=True, refers="buyers"),
        _col("exhibitor", cells.CODE, _t("The exhibitor."), required=True, refers="exhibitors"),
    )


CHAIN_CODE = Kind("code", _t("small letters, digits and hyphens"), _chain, cells.as_it_is)
SOMETIME = Kind("instant", INSTANT.help, INSTANT.read, _instant, cells.nothing)
HALF = Kind(
    "enum", one_of(HALVES).help, one_of(HALVES).read, lambda found: "" if found is None else found,
    cells.nothing,
)  # fmt: skip
SLOT = Kind(
    "int", _t("the number of a meeting slot, or nothing"), values.integer(1, 10_000),
    lambda found: "" if found is None else found, cells.nothing,
)  # fmt: skip
GOODS = cells.list_of(values.hs((2, 4, 6)), _t("HS codes of 2, 4 or 6 digits, parted by ;"))
SIDE = one_of(SIDES)
MESSAGE = Kind("text", _t("text of up to 2000 characters"), _message, cells.as_it_is)
REFUSALS = "meeting_refusals"
_REQUEST = _col("request", NUMBER, _t("The number of the request."), required=True, refers="meeting_requests")

MATCHING = (
    Table("meeting_phases", _t("The phases of matchmaking; one that is not named is always open."), (
        _col("phase", one_of(PHASES), _t("Which phase."), required=True),
        _col("opens_on", cells.DATE, _t("Its first day; empty: from the start.")),
        _col("closes_on", cells.DATE, _t("Its last day; empty: to the end.")),
    ), code=""),
    Table("request_rules", _t("The rules of requests for meetings: one row, or none for the usual."), (
        _cap("open_buyer", _t("Open requests of a buyer at most."), "20"),
        _cap("open_supplier", _t("Open requests of an exhibitor at most."), "20"),
        _cap("must_buyer", _t("Must-meets of a buyer at most."), "5"),
        _cap("must_supplier", _t("Must-meets of an exhibitor at most."), "5"),
        _col("lapse_hours", count(1, 2160), _t("Hours until a request lapses."), default="120"),
        _col("warn_hours", count(0, 720), _t("Hours before that for the warning."), default="24"),
        _col("digest_hours", count(0, 168), _t("Hours between two letters at least."), default="12"),
    ), code=""),
    Table("meeting_requests", _t("Who asked whom for a meeting, and what became of it."), (
        _col("number", NUMBER_OR_NONE, _t("The request's number; the other tables name it.")),
        *pair(),
        _col("asked_by", SIDE, _t("Which side asked."), required=True),
        _col("state", one_of(STATES), _t("What became of it."), default="open"),
        _col("turn", SIDE, _t("The side whose answer is waited for, or was."), required=True),
        _col("asker_must", cells.YES_NO, _t("Whether who asked must have it.")),
        _col("other_must", cells.YES_NO, _t("Whether the other side must have it.")),
        _col("by_both", cells.YES_NO, _t("Whether both asked.")),
        _col("half", HALF, _t("The half of the day that is proposed.")),
        _col("slot", SLOT, _t("The slot that is proposed or agreed; not both a half and a slot.")),
        _col("asked_half", HALF, _t("The half that was asked for at first.")),
        _col("asked_slot", SLOT, _t("The slot that was asked for at first.")),
        _col("proposals", cells.INTEGER, _t("How often another time was proposed."), default="0"),
        _col("asked_at", INSTANT, _t("When it was asked."), required=True),
        _col("expires_at", INSTANT, _t("When it lapses; one that is past comes in as lapsed."),
             required=True),
        _col("settled_at", SOMETIME, _t("When it was settled; empty while it is open.")),
    ), code="number"),
    Table("request_messages", _t("What the two sides of requests wrote to each other."
                                 " Left out unless it is asked for."), (
        _REQUEST,
        _col("side", SIDE, _t("Which side wrote it."), required=True),
        _col("author", cells.EMAIL, _t("The address of whoever wrote it.")),
        _col("body", MESSAGE, _t("The message."), required=True),
        _col("written_at", INSTANT, _t("When."), required=True),
        _col("read", cells.YES_NO, _t("Whether the other side has read it.")),
    ), code="", private=True),
    Table("request_complaints", _t("Why a side called the organiser because of messages."
                                   " Left out unless it is asked for."), (
        _REQUEST,
        _col("side", SIDE, _t("Which side complained."), required=True),
        _col("words", MESSAGE, _t("What it said.")),
        _col("reported_at", INSTANT, _t("When."), required=True),
        _col("handled_at", SOMETIME, _t("When it was dealt with; empty: it waits.")),
        _col("outcome", one_of(OUTCOMES), _t("What was done.")),
    ), code="", private=True),
    Table("request_offers", _t("Whom else to ask, offered in the place of requests that nobody answered."), (
        _REQUEST,
        _col("side", SIDE, _t("The side to which it is offered."), required=True),
        *pair(),
        _col("offered_at", INSTANT, _t("When."), required=True),
        _col("passed_at", SOMETIME, _t("When it was taken off the page.")),
    ), code=""),
    Table("put_aside", _t("Recommendations that a side put aside for itself."
                          " Left out unless it is asked for."), (
        _col("by", one_of(FOR_WHOM), _t("Who put it aside."), required=True),
        *pair(),
        _col("at", INSTANT, _t("When."), required=True),
    ), code="", private=True),
    Table(REFUSALS, _t("To whom somebody said no, privately. Left out unless it is asked for."), (
        *pair(),
        _col("side", SIDE, _t("Which side said no."), required=True),
        _col("refused_at", INSTANT, _t("When."), required=True),
    ), code="", private=True),
    Table("supply_chains", _t("Supply chains whose cover is looked at."), (
        _col("code", CHAIN_CODE, _t("Names the row; unique in the file."), required=True),
        Column("name", cells.TEXT, _t("The name, in at least one language."), required=True, texts=True),
    )),
    Table("supply_stages", _t("The stages of supply chains, upstream first."), (
        _col("chain", CHAIN_CODE, _t("The chain it belongs to."), required=True, refers="supply_chains"),
        Column("name", cells.TEXT, _t("The name, in at least one language."), required=True, texts=True),
        _col("codes", GOODS, _t("The goods that belong to it."), required=True),
    ), code=""),
)  # fmt: skip
