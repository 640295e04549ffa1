"""The folder's tables of meetings: who sits where and when, what came of it, how the agenda came about."""

import json
from typing import Any

from expo.words import say as _t
from matchmaking.folder import cells, values
from matchmaking.folder.cells import Kind, one_of
from matchmaking.folder.column import Table
from matchmaking.folder.column import column as _col
from matchmaking.folder.ledger_columns import INSTANT, NUMBER, NUMBER_OR_NONE, TOTAL
from matchmaking.folder.matching_columns import MESSAGE, SIDE, SLOT, SOMETIME, count, pair
from matchmaking.folder.values import BadCell
from matchmaking.meetings.wording import why

STATES = ("planned", "held", "no_show", "cancelled")
ORIGINS = ("run", "hand", "site")
CHANGES = ("added", "moved", "cancelled")
HOW = ("self", "host", "badge")
LONGEST_REASONS = 20_000


def _reasons(text: str) -> Any:
    """Kept reasons, only such as a page can tell."""
    try:
        found = json.loads(text) if len(text) <= LONGEST_REASONS else 0
        told = why(found)
        for sentence in (*told.reasons, *told.to_settle):
            str(sentence)
        return found
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        pass
    raise BadCell(_t("These are no reasons for a meeting."))


def _written_reasons(found: list[Any]) -> str:
    return json.dumps(found, ensure_ascii=False, sort_keys=True) if found else ""


def _score(text: str) -> float:
    return float(values.read_decimal(text, 6, -values.LARGEST_PRICE, values.LARGEST_PRICE))


def _or_nothing(number: int | None) -> Any:
    return "" if number is None else number


NAME = Kind("text", _t("a few words"), values.text_of(200), cells.as_it_is)
REASONS = Kind("json", _t("the reasons that were kept, as JSON"), _reasons, _written_reasons, list)
SCORE = Kind(
    "decimal", _t("a number, up to six decimals"), _score, lambda found: round(found, 6), float,
)  # fmt: skip
RATING = Kind("int", _t("a whole number, %(least)s to %(most)s", least=1, most=5), values.integer(1, 5),
              cells.as_it_is, int)  # fmt: skip
HOW_MANY = Kind("int", _t("a whole number, or nothing"), values.integer(0), _or_nothing, cells.nothing)
EXPECTED = Kind(
    "money", TOTAL.help, TOTAL.read, lambda sum_: "" if sum_ is None else TOTAL.write(sum_), cells.nothing
)
_MEETING = _col("meeting", NUMBER, _t("The number of the meeting."), required=True, refers="meetings")
_OF_SIDE = _col("side", SIDE, _t("Which side."), required=True)

MEETINGS = (
    Table("delegates", _t("Who sits in meetings for a buyer, an exhibitor or both."), (
        _col("number", NUMBER, _t("The person's number; meetings name it."), required=True),
        _col("buyer", cells.CODE, _t("The buyer."), refers="buyers"),
        _col("exhibitor", cells.CODE, _t("The exhibitor."), refers="exhibitors"),
        _col("name", NAME, _t("The person's name."), required=True),
        _col("email", cells.EMAIL, _t("That person's e-mail address.")),
        _col("languages", cells.LANGUAGES_LIST, _t("Languages they speak.")),
        _col("unavailable_slots", cells.SLOTS, _t("Slots they cannot take."), field="unavailable"),
    ), code="number"),
    Table("interpreters", _t("Who interprets in meetings."), (
        _col("number", NUMBER, _t("The person's number; meetings name it."), required=True),
        _col("name", NAME, _t("The person's name."), required=True),
        _col("email", cells.EMAIL, _t("That person's e-mail address.")),
        _col("phone", cells.WORD_KIND, _t("Telephone number.")),
        _col("languages", cells.LANGUAGES_LIST, _t("Languages they speak.")),
        _col("unavailable_slots", cells.SLOTS, _t("Slots they cannot take."), field="unavailable"),
    ), code="number"),
    Table("meeting_tables", _t("The tables of the meeting area; none: as many as the settings say."), (
        _col("number", count(1, 100_000), _t("The table's number."), required=True),
        _col("seats", count(1, 100), _t("Meetings that take place at it at once."), default="1"),
        _col("exclusive", cells.YES_NO, _t("Whether it is for its owner alone.")),
        _col("exhibitor", cells.CODE, _t("The exhibitor that always sits there."), refers="exhibitors"),
        _col("buyer", cells.CODE, _t("The buyer that always sits there."), refers="buyers"),
        _col("closed_slots", cells.SLOTS, _t("Slots in which nobody meets at it."), field="closed"),
        _col("note", cells.TEXT, _t("What to know about it.")),
    ), code="number"),
    Table("meeting_day", _t("The rules of the day of meetings: one row, or none for the usual."), (
        _col("early_minutes", count(0, 240), _t("Minutes before a meeting from which people can say that"
                                                " they are there."), default="30"),
        _col("grace_minutes", count(0, 60), _t("Minutes that everybody is waited for."), default="7"),
        _col("alarm_after", count(1, 100), _t("No-shows after which somebody is looked at."), default="2"),
    ), code=""),
    Table("meetings", _t("Meetings: planned, held, missed and called off."), (
        _col("number", NUMBER, _t("The meeting's number; the other tables name it."), required=True),
        *pair(),
        _col("buyer_person", NUMBER_OR_NONE, _t("Who sits there for the buyer, if it names people."),
             refers="delegates"),
        _col("exhibitor_person", NUMBER_OR_NONE, _t("Who sits there for the exhibitor, if it names people."),
             refers="delegates"),
        _col("interpreter", NUMBER_OR_NONE, _t("Who interprets."), refers="interpreters"),
        _col("slot", count(1, 10_000), _t("The number of the meeting slot."), required=True),
        _col("starts", cells.LOCAL, _t("When it begins; empty: with its slot."), field="starts_at"),
        _col("ends", cells.LOCAL, _t("When it ends; empty: with its slot."), field="ends_at"),
        _col("table", count(1, 100_000), _t("The number of the table."), required=True, field="table_number"),
        _col("seat", count(1, 100), _t("Its place at the table."), default="1"),
        _col("state", one_of(STATES), _t("What came of it."), default="planned"),
        _col("origin", one_of(ORIGINS), _t("Solved, put in by hand, or made on the day."), default="hand"),
        _col("locked", cells.YES_NO, _t("Whether it stays where it is.")),
        _col("score", SCORE, _t("How well the two fit, of 100."), default="0"),
        _col("need", cells.INTEGER, _t("Which of the buyer's needs it is about; 0: none."),
             field="need_position"),
        _col("product", cells.CODE, _t("Which product it is about."), field="product_code"),
        _col("reasons", REASONS, _t("What speaks for it.")),
        _col("note", cells.LONG, _t("The organiser's own notes, never published.")),
        _col("changes", cells.INTEGER, _t("How often its time, place or state changed."), field="sequence"),
    ), code="number"),
    Table("meeting_attendance", _t("Who came to meetings, and who said to be late."), (
        _MEETING, _OF_SIDE,
        _col("late_minutes", count(0, 60), _t("So many minutes late, as it said.")),
        _col("arrived_at", SOMETIME, _t("When it came; empty: not seen yet.")),
        _col("how", one_of(HOW), _t("Who said so."), default="self"),
    ), code=""),
    Table("meeting_no_shows", _t("Who did not come to meetings."), (
        _MEETING, _OF_SIDE,
        _col("noted_at", INSTANT, _t("When that was noted."), required=True),
        _col("excused", cells.YES_NO, _t("Whether it does not count.")),
    ), code=""),
    Table("meeting_feedback", _t("What the two sides say of meetings that were held, for the organiser alone."
                                 " Left out unless it is asked for."), (
        _MEETING, _OF_SIDE,
        _col("author", cells.EMAIL, _t("The address of whoever wrote it.")),
        _col("rating", RATING, _t("From 1, of no use, to 5."), required=True),
        _col("follow_up", cells.YES_NO, _t("Whether it will go on with the other side.")),
        _col("again", cells.YES_NO, _t("Whether it wants to meet again.")),
        _col("expected", EXPECTED, _t("The sum it expects to come of it; empty: none.")),
        _col("currency", cells.CURRENCY, _t("Currency of that sum.")),
        _col("words", MESSAGE, _t("What it said.")),
        _col("given_at", INSTANT, _t("When."), required=True),
    ), code="", private=True),
    Table("agenda_versions", _t("The versions of the agenda, numbered from 1 on without a gap."), (
        _col("number", NUMBER, _t("The number of the version."), required=True),
        _col("kind", one_of(ORIGINS), _t("Solved, put in by hand, or made on the day."), required=True),
        _col("note", cells.LONG, _t("What was said of it.")),
        _col("at", INSTANT, _t("When."), required=True),
        *(_col(one, HOW_MANY, help_) for one, help_ in zip(
            CHANGES, (_t("Meetings that were added."), _t("Meetings that were moved."),
                      _t("Meetings that were called off.")), strict=True)),
    ), code="number"),
    Table("agenda_changes", _t("What each version of the agenda changed, as far as it is known."), (
        _col("version", NUMBER, _t("The number of the version."), required=True, refers="agenda_versions"),
        _col("change", one_of(CHANGES), _t("What happened to the meeting."), required=True),
        *pair(),
        _col("slot_before", SLOT, _t("The slot before.")),
        _col("table_before", NUMBER_OR_NONE, _t("The table before.")),
        _col("slot", SLOT, _t("The slot from then on.")),
        _col("table", NUMBER_OR_NONE, _t("The table from then on.")),
    ), code=""),
)  # fmt: skip
