"""The folder's tables of matchmaking: phases, rules, requests, private refusals, supply chains."""

import re
from datetime import UTC, datetime

from expo.words import Sentence
from expo.words import say as _t
from matchmaking.folder import cells, values
from matchmaking.folder.cells import Kind, one_of
from matchmaking.folder.column import Column, Table
from matchmaking.folder.column import column as _col
from matchmaking.folder.ledger_columns import INSTANT
from matchmaking.folder.values import BadCell
from matchmaking.phases.spans import PHASES
from matchmaking.requests.sides import HALVES, SIDES, STATES

CAPS = ("open_buyer", "open_supplier", "must_buyer", "must_supplier")


def _count(least: int, most: int) -> Kind:
    help_ = _t("a whole number, %(least)s to %(most)s", least=least, most=most)
    return Kind("int", help_, values.integer(least, most), cells.as_it_is, int)


def _chain(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9-]{1,40}", text):
        raise BadCell(_t("A supply chain's code has small letters, digits and hyphens."))
    return text


def _instant(at: datetime | None) -> str:
    return "" if at is None else str(INSTANT.write(at.astimezone(UTC)))


def _cap(name: str, help_: Sentence, default: str) -> Column:
    return _col(name, _count(0, 1000), help_, default=default)


def _pair() -> tuple[Column, Column]:
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
REFUSALS = "meeting_refusals"

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
        _col("lapse_hours", _count(1, 2160), _t("Hours until a request lapses."), default="120"),
        _col("warn_hours", _count(0, 720), _t("Hours before that for the warning."), default="24"),
        _col("digest_hours", _count(0, 168), _t("Hours between two letters at least."), default="12"),
    ), code=""),
    Table("meeting_requests", _t("Who asked whom for a meeting, and what became of it."), (
        *_pair(),
        _col("asked_by", one_of(SIDES), _t("Which side asked."), required=True),
        _col("state", one_of(STATES), _t("What became of it."), default="open"),
        _col("turn", one_of(SIDES), _t("The side whose answer is waited for, or was."), required=True),
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
    ), code=""),
    Table(REFUSALS, _t("To whom somebody said no, privately. Left out unless it is asked for."), (
        *_pair(),
        _col("side", one_of(SIDES), _t("Which side said no."), required=True),
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
