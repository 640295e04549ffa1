"""The folder's tables of registration: settings, sorts, quotas over them, questions, codes, answers."""

import re
from typing import Any

from expo.registration.asking import KINDS
from expo.words import say as _t
from matchmaking.folder import cells, values
from matchmaking.folder.cells import Kind, one_of
from matchmaking.folder.column import ORDER_OF_LANGUAGES, Column, Table
from matchmaking.folder.column import column as _col
from matchmaking.folder.values import BadCell

PEOPLE = ("visitor", "buyer", "vip", "speaker", "press", "exhibitor", "organiser", "service")
STATES = ("pending", "waiting", "confirmed", "declined", "cancelled")
GONE = "-"
"""Before the key of an option that is no longer offered."""


def _named(pattern: str, reason: Any) -> Kind:
    def read(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise BadCell(reason)
        return text

    return Kind("code", _t("a code of up to 40 characters"), read, cells.as_it_is)


SORT_CODE = _named(r"[a-z0-9][a-z0-9-]{0,39}", _t("A sort's code has small letters, digits and hyphens."))
QUESTION_CODE = _named(
    r"[a-z0-9][a-z0-9_]{0,39}", _t("A question's code has small letters, digits and underscores.")
)
NUMBER_OR_NONE = Kind(
    "int",
    _t("a whole number, or nothing"),
    values.integer(0),
    lambda found: "" if found is None else found,
    cells.nothing,
)


def _option(text: str) -> dict[str, Any]:
    key, _, names = (part.strip() for part in text.partition(":"))
    texts = dict(zip(ORDER_OF_LANGUAGES, (name.strip() for name in names.split("|")), strict=False))
    if not key.strip(GONE) or names.count("|") >= len(ORDER_OF_LANGUAGES) or not any(texts.values()):
        raise BadCell(_t("An option is written key:English|Chinese|Russian|Urdu, like food:Food|食品."))
    option = {"key": values.short(key.removeprefix(GONE)), "text": {k: v for k, v in texts.items() if v}}
    return option | {"gone": True} if key.startswith(GONE) else option


def _write_option(option: dict[str, Any]) -> str:
    texts = [option["text"].get(code, "") for code in ORDER_OF_LANGUAGES]
    names = "|".join(text.replace(";", ",").replace("|", "/") for text in texts).rstrip("|")
    return f"{GONE if option.get('gone') else ''}{option['key']}:{names}"


INVITATION_CODE = _named(
    r"[A-Z0-9-]{4,40}", _t("The code of an invitation has 4 to 40 capital letters, digits and hyphens.")
)
HOURS = Kind("int", _t("hours, 1 to 720"), values.integer(1, 720), cells.as_it_is, int)
USES = Kind("int", _t("a whole number, 1 to 100000"), values.integer(1, 100_000), cells.as_it_is, int)
OPTIONS = cells.list_of(_option, _t("key:English|Chinese|Russian|Urdu, parted by ;"), _write_option)


def _flag(name: str, help_: Any, default: str = "") -> Column:
    return Column(name, cells.YES_NO, help_, default=default)


REGISTRATION = (
    Table("registration", _t("Registration as a whole, in one row; none: shut."), (
        _flag("is_open", _t("Whether the public registers.")),
        Column("text", cells.LONG, _t("What its page says."), texts=True),
        _col("offer_hours", HOURS, _t("How long a place is kept for who waits."), default="48"),
    ), code=""),
    Table("tickets", _t("Sorts of registration: what people register as."), (
        Column("code", SORT_CODE, _t("Names the row; unique in the file."), required=True),
        Column("name", cells.TEXT, _t("The name, in at least one language."), required=True, texts=True),
        Column("text", cells.LONG, _t("What it gives, for whom it is."), texts=True),
        _col("kind", one_of(PEOPLE), _t("Kind of badge."), required=True),
        _col("opens", cells.LOCAL, _t("From when people may register."), field="opens_at"),
        _col("closes", cells.LOCAL, _t("Until when."), field="closes_at"),
        _col("places", NUMBER_OR_NONE, _t("How many places there are; empty: no limit.")),
        _flag("needs_approval", _t("Whether each registration is approved.")),
        _flag("invitation_only", _t("Whether it takes the code of an invitation.")),
        _flag("one_per_email", _t("Whether an address registers only once."), "yes"),
        _flag("keeps_list", _t("Whether there is a waiting list."), "yes"),
        _flag("is_offered", _t("Whether it is on the public page."), "yes"),
    )),
    Table("quotas", _t("Limits over several sorts together."), (
        Column("code", cells.CODE, _t("Names the row; unique in the file."), required=True),
        _col("name", cells.TEXT, _t("The name."), required=True),
        _col("places", cells.INTEGER, _t("How many places there are."), required=True),
        _col("tickets", cells.CODES, _t("The sorts that are counted."), required=True, refers="tickets"),
    )),
    Table("questions", _t("What people are asked when they register, in order."), (
        Column("code", QUESTION_CODE, _t("Names the row; unique in the file."), required=True),
        Column("text", cells.TEXT, _t("The question."), required=True, texts=True),
        Column("hint", cells.TEXT, _t("A hint below it."), texts=True),
        _col("kind", one_of(KINDS), _t("Kind of answer."), default="text"),
        _col("options", OPTIONS, _t("What can be chosen; a hyphen before the key: no longer.")),
        Column("required", cells.YES_NO, _t("Whether it has to be answered."), field="is_required"),
        _col("least", NUMBER_OR_NONE, _t("Of a number: the least.")),
        _col("most", NUMBER_OR_NONE, _t("Of a number: the most.")),
        _col("tickets", cells.CODES, _t("Sorts it is asked for; empty: all."), refers="tickets"),
        _col("after", cells.CODE, _t("The question it depends on."), refers="questions"),
        _col("after_values", cells.WORDS, _t("Answers to that one which bring it up.")),
        _flag("on_list", _t("Whether it is shown in the list of people.")),
        _flag("on_badge", _t("Whether it is printed on badges.")),
        Column("retired", cells.YES_NO, _t("Whether it is no longer asked."), field="is_retired"),
    )),
    Table("invitations", _t("Codes that open a sort of registration."), (
        Column("code", INVITATION_CODE, _t("What is typed; unique in the file."), required=True),
        _col("ticket", cells.CODE, _t("The sort it opens; empty: any."), refers="tickets"),
        _col("uses", USES, _t("How often it may be used."), default="1"),
        _flag("reserves", _t("Whether it keeps places of that sort aside.")),
        _flag("skips_approval", _t("Whether nobody looks at who comes by it."), "yes"),
        _col("note", cells.TEXT, _t("What for, or for whom.")),
        _col("expires", cells.LOCAL, _t("Until when it can be used."), field="expires_at"),
        _col("closed", cells.LOCAL, _t("When it was closed."), field="closed_at"),
    )),
)  # fmt: skip
ANSWERS = Table("answers", _t("What people answered."), (
    _col("person", cells.CODE, _t("Who answered."), required=True, refers="people"),
    _col("question", cells.CODE, _t("What was asked."), required=True, refers="questions"),
    _col("value", cells.LONG, _t("Text, an option's key, or keys parted by ;"), required=True),
), code="")  # fmt: skip
