"""The folder's tables of the call for talks and of ceremonies: settings, criteria, letters; guests, items."""

from typing import Any

from expo.call.states import DECISIONS
from expo.ceremony.models import KINDS, ROLES
from expo.forums.wording import TALK_KIND_NAMES
from expo.words import say as _t
from matchmaking.folder import cells, values
from matchmaking.folder.cells import Kind, list_of, one_of
from matchmaking.folder.column import Column, Table
from matchmaking.folder.column import column as _col
from matchmaking.folder.values import BadCell


def _count(least: int, most: int, help_: Any) -> Kind:
    return Kind("int", help_, values.integer(least, most), cells.as_it_is, int)


UP_TO_TEN = _count(1, 10, _t("a whole number, 1 to 10"))
UP_TO_TWENTY = _count(1, 20, _t("a whole number, 1 to 20"))
WEIGHT = _count(1, 100, _t("a whole number, 1 to 100"))
LASTS = _count(1, 240, _t("minutes, 1 to 240"))
CHANGEOVER = _count(0, 60, _t("minutes, 0 to 60"))
RANK = _count(1, 9999, _t("a whole number, 1 to 9999"))
KIND_LIST = list_of(one_of(tuple(TALK_KIND_NAMES)).read, _t("kinds of talks, parted by ;"))
LENGTHS = list_of(values.integer(5, 720), _t("minutes, 5 to 720, parted by ;"))


def _part(text: str) -> tuple[int, str]:
    number, _, role = (part.strip() for part in text.partition(":"))
    if role and role not in ROLES:
        raise BadCell(_t("Write one of: %(words)s.", words=ROLES))
    return values.integer(1)(number), role or "speaks"


def _write_part(part: tuple[int, str]) -> str:
    return str(part[0]) if part[1] == "speaks" else f"{part[0]}:{part[1]}"


PARTS = list_of(_part, _t("numbers of guests, parted by ; with :hosts, :signs and so on"), _write_part)
_GUEST = _col(
    "guest", cells.POSITIVE, _t("The number of the guest."), required=True, refers="ceremony_guests"
)

STAGING = (
    Table("call", _t("The call for talks: one row, or none."), (
        _col("opens", cells.LOCAL, _t("From when talks may be proposed."), field="opens_at"),
        _col("closes", cells.LOCAL, _t("Until when."), field="closes_at"),
        Column("text", cells.LONG, _t("What the public page says."), texts=True),
        _col("forums", cells.CODES, _t("Forums open to proposals; empty: all."), refers="forums"),
        _col("kinds", KIND_LIST, _t("Kinds of talks that may be proposed; empty: the usual.")),
        _col("lengths", LENGTHS, _t("Lengths that may be chosen; empty: the usual.")),
        _col("languages", cells.LANGUAGES_LIST, _t("Languages of talks; empty: any.")),
        _col("anonymous", cells.YES_NO, _t("Whether reviewers see neither names nor notes."),
             field="is_anonymous"),
        _col("reviews_wanted", UP_TO_TWENTY, _t("Reviews wanted of each proposal."), default="3"),
        _col("most_speakers", UP_TO_TEN, _t("Most speakers of a proposal."), default="3"),
    ), code=""),
    Table("call_criteria", _t("What reviewers of proposals judge by, in order."), (
        Column("name", cells.TEXT, _t("The name, in at least one language."), required=True, texts=True),
        _col("weight", WEIGHT, _t("Its share of the whole."), default="1"),
        _col("best", UP_TO_TEN, _t("The best score; the worst is 0."), default="5"),
    ), code=""),
    Table("call_letters", _t("Own words for the letters of decision; without a row: the house's."), (
        _col("kind", one_of(DECISIONS), _t("Which decision it tells."), required=True),
        Column("subject", cells.TEXT, _t("Subject; {name}, {title}, {edition} and {link} are filled in."),
               texts=True),
        Column("body", cells.LONG, _t("The letter; the same are filled in."), texts=True),
    ), code=""),
    Table("ceremony_guests", _t("Who has a part in ceremonies, numbered from 1 on without a gap."), (
        _col("number", cells.POSITIVE, _t("The guest's number; the other tables name it."), required=True),
        Column("name", cells.TEXT, _t("The name, in at least one language."), required=True, texts=True),
        _col("organisation", cells.TEXT, _t("Where they come from.")),
        _col("country", cells.COUNTRY, _t("Country or region.")),
        _col("speaker", cells.CODE, _t("Which speaker they are."), refers="speakers"),
    ), code="number"),
    Table("ceremony_ranks", _t("What guests are, and their place in the order of protocol, over time."), (
        _GUEST,
        _col("since", cells.DATE, _t("From which day on."), required=True),
        _col("rank", RANK, _t("Place in the order of protocol; 1 is first."), required=True),
        Column("title", cells.TEXT, _t("Position or title from that day on."), texts=True),
    ), code=""),
    Table("run_sheets", _t("What happens at ceremonies, item after item."), (
        _col("talk", cells.TALK_CODE, _t("The ceremony it belongs to."), required=True, refers="talks"),
        Column("title", cells.TEXT, _t("What happens, in at least one language."), required=True, texts=True),
        _col("kind", one_of(KINDS), _t("Kind of item."), default="speech"),
        _col("minutes", LASTS, _t("How long it takes."), default="5"),
        _col("turnover_min", CHANGEOVER, _t("Minutes to change over to the next."), default="1"),
        Column("stage", cells.LONG, _t("What is needed on stage."), texts=True),
        Column("cue", cells.LONG, _t("What is done behind the stage, and when."), texts=True),
        _col("parts", PARTS, _t("Who has a part: 1; 2:hosts; 3:signs")),
    ), code=""),
)  # fmt: skip
