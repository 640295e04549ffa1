"""What a drill-down is narrowed to, in the reader's words."""

from dataclasses import asdict
from datetime import date

from flask import g

from expo.languages import pick
from expo.web import _, db
from expo.web.language import as_date, country_name, language
from matchmaking.catalogue.chapter_names import CHAPTER_NAMES
from matchmaking.catalogue.hs_names import SECTIONS
from matchmaking.deals.queries import NONE, Filter, forums

IN_SELECTS = frozenset({"type", "stage", "country", "standing", "origin"})


def narrowed(chosen: Filter) -> list[tuple[str, str]]:
    """(argument of the address, what it says) of every trait that no list on the page shows already."""
    asked = {name: value for name, value in asdict(chosen).items() if value and name not in IN_SELECTS}
    return [(name, _said(name, value)) for name, value in asked.items()]


def _said(name: str, value: str) -> str:
    if value == NONE:
        return {"zone": _("No stand"), "forum": _("No forum")}.get(name, _("Unknown"))
    if name == "forum":
        named = {code: texts for _id, code, texts in forums(db(), g.edition)}
        return pick(named.get(value), language()) or value
    if name == "section":
        found = next((one.name for one in SECTIONS if one.numeral == value), {})
        return f"{value} {pick(found, language())}"
    return {
        "counted": lambda: _("All outcomes"),
        "buyer": lambda: _("Buyer from %(country)s", country=country_name(value)),
        "hs": lambda: _(
            "HS chapter %(code)s, %(name)s", code=value, name=pick(CHAPTER_NAMES.get(value), language())
        ),
        "zone": lambda: _("Zone %(code)s", code=value),
        "day": lambda: as_date(date.fromisoformat(value)),
        "newcomer": lambda: _("Newcomers") if value == "new" else _("Exhibitors who came before"),
        "reach": lambda: _("With partners abroad") if value == "abroad" else _("At home"),
    }.get(name, lambda: value)()
