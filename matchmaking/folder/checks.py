"""Checks across the files of an edition: what no single cell can show. All are run, all is listed."""

from expo.exhibitors.names import search_name
from expo.languages import pick
from expo.words import say as _t
from matchmaking.folder import (
    deal_checks,
    matching_checks,
    meeting_checks,
    programme_checks,
    registration_checks,
    staging_checks,
    till_checks,
    venue_checks,
    word_checks,
)
from matchmaking.folder.columns import TABLES, Column
from matchmaking.folder.lookup import Lookup
from matchmaking.folder.parse import Parsed, Record
from matchmaking.folder.problems import Problems
from matchmaking.requests.grid import grid

WISHED = {"beside": "exhibitors", "stand": "stands", "zone": "zones", "hall": "halls"}


def check(parsed: Parsed, problems: Problems) -> None:
    """Add every problem between the rows and files of an edition to `problems`."""
    edition = Lookup(parsed, problems)
    for name, table in TABLES.items():
        if table.code:
            edition.by_code[name] = _once(edition, name, table.code)
    for name, table in TABLES.items():
        for column in (column for column in table.columns if column.refers):
            _check_references(edition, name, column)
    venue_checks.check(edition)
    _check_exhibitors(edition)
    _check_buyers(edition)
    programme_checks.check(edition)
    staging_checks.check(edition)
    registration_checks.check(edition)
    deal_checks.check(edition)
    till_checks.check(edition)
    matching_checks.check(edition)
    word_checks.check(edition)
    meeting_checks.check(edition)


def _once(edition: Lookup, table: str, column: str) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for record in edition.rows(table):
        code = record[column]
        if code is None:
            continue
        if code in found:
            edition.add(
                table, record, column, code, _t("This code is already in row %(row)s.", row=found[code].row)
            )
        else:
            found[code] = record
    return found


def _check_references(edition: Lookup, table: str, column: Column) -> None:
    for record in edition.rows(table):
        value = record[column.key]
        if value:
            codes = value if isinstance(value, list) else [value]
            edition.refers(table, record, column.name, column.refers, codes)


def _check_exhibitors(edition: Lookup) -> None:
    _check_organisations(edition, "exhibitors")
    _check_meetings(edition, "exhibitors")
    leads = {record["lead"] for record in edition.rows("exhibitors") if record["lead"]}
    for record in edition.rows("exhibitors"):
        code = record["code"]
        for kind, target in record["wishes"] or ():
            if target:
                edition.refers("exhibitors", record, "wishes", WISHED[kind], [target])
            if kind == "beside" and target == code:
                edition.add("exhibitors", record, "wishes", target, _t("Nobody can stand beside themselves."))
        if code in (record["rivals"] or ()):
            edition.add("exhibitors", record, "rivals", code, _t("Nobody is their own rival."))
        for column in ("apart", "partners"):
            if code in (record[column] or ()):
                edition.add("exhibitors", record, column, code, _t("Name somebody else here."))
        if (record["least_m2"] or 0) > (record["area_m2"] or 0) and record["area_m2"] is not None:
            reason = _t("The least area that would do is no more than the area asked for.")
            edition.add("exhibitors", record, "least_m2", record["least_m2"], reason)
        if record["lead"] and record["lead"] == code:
            edition.add(
                "exhibitors", record, "lead", code, _t("A pavilion's lead has no lead; leave the cell empty.")
            )
        elif record["lead"] and code in leads:
            reason = _t("This exhibitor leads a pavilion, so it cannot be a member of another one.")
            edition.add("exhibitors", record, "lead", record["lead"], reason)


def _check_organisations(edition: Lookup, table: str) -> None:
    """An organisation takes part once as an exhibitor and once as a buyer: known by name and country."""
    found: dict[tuple[str, str], Record] = {}
    for record in edition.rows(table):
        if not record["name"] or not record["country"]:
            continue
        first = found.setdefault((search_name(record["name"]), record["country"]), record)
        if first is not record:
            reason = _t("An organisation of this name and country is already in row %(row)s.", row=first.row)
            edition.add(table, record, "name_en", pick(record["name"], "en"), reason)


def _check_buyers(edition: Lookup) -> None:
    _check_organisations(edition, "buyers")
    _check_meetings(edition, "buyers")
    for record in edition.rows("needs"):
        least, most = record["min_price"], record["max_price"]
        if least and most and least > most:
            edition.add("needs", record, "min_price", least, _t("The lowest price is above the highest."))


def _check_meetings(edition: Lookup, table: str) -> None:
    """What either side of a meeting says of its time."""
    slots = len(grid(edition.settings.meetings, edition.settings.zone_info))
    for record in edition.rows(table):
        least, most = record["min_meetings"], record["max_meetings"]
        if least is not None and most is not None and least > most:
            reason = _t("The most is less than the fewest meetings.")
            edition.add(table, record, "max_meetings", most, reason)
        for slot in record["unavailable"] or ():
            if slot > slots and edition.has_settings:
                reason = _t("There are only %(slots)s meeting slots.", slots=slots)
                edition.add(table, record, "unavailable_slots", slot, reason)
