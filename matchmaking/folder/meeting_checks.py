"""Checks of the folder's meetings: what the database would refuse of people, tables, places and outcomes."""

from expo.words import say as _t
from matchmaking.folder.lookup import Lookup
from matchmaking.folder.matching_checks import not_with_themselves
from matchmaking.folder.outcome_checks import check_outcomes
from matchmaking.folder.parse import Record
from matchmaking.requests.grid import grid

SIDES = ("buyer", "exhibitor")
ON = ("planned", "held")


def check(edition: Lookup) -> None:
    """Run all checks of meetings."""
    _check_slots(edition)
    _check_people(edition)
    _check_tables(edition)
    for record in edition.rows("meeting_day")[1:]:
        edition.add("meeting_day", record, "", "", _t("There is one row of rules; it is the one before."))
    not_with_themselves(edition, "meetings")
    _check_times(edition)
    _check_who_sits(edition)
    _check_pairs(edition)
    _check_taken(edition)
    check_outcomes(edition)
    _check_versions(edition)


def _check_slots(edition: Lookup) -> None:
    slots = len(grid(edition.settings.meetings, edition.settings.zone_info))
    places = (("delegates", "unavailable_slots", "unavailable"),
              ("interpreters", "unavailable_slots", "unavailable"),
              ("meeting_tables", "closed_slots", "closed"))  # fmt: skip
    for table, column, key in places if edition.has_settings else ():
        for record in edition.rows(table):
            for slot in record[key] or ():
                if slot > slots:
                    reason = _t("There are only %(slots)s meeting slots.", slots=slots)
                    edition.add(table, record, column, slot, reason)


def _check_people(edition: Lookup) -> None:
    for record in edition.rows("delegates"):
        buyer = edition.by_code["buyers"].get(record["buyer"])
        exhibitor = edition.by_code["exhibitors"].get(record["exhibitor"])
        if not record["buyer"] and not record["exhibitor"]:
            reason = _t("Name the buyer or the exhibitor, or both.")
            edition.add("delegates", record, "buyer", "", reason)
        elif buyer and exhibitor and edition.firm(buyer) != edition.firm(exhibitor):
            reason = _t("One person can only serve the two sides of one organisation.")
            edition.add("delegates", record, "exhibitor", record["exhibitor"], reason)


def _check_tables(edition: Lookup) -> None:
    taken: set[tuple[str, str]] = set()
    whose = {"buyer": _t("This buyer has a table of its own already."),
             "exhibitor": _t("This exhibitor has a table of its own already.")}  # fmt: skip
    for record in edition.rows("meeting_tables"):
        owners = [(side, record[side]) for side in SIDES if record[side]]
        if len(owners) > 1:
            edition.add("meeting_tables", record, "buyer", record["buyer"],
                        _t("A table belongs to one of the two at most."))  # fmt: skip
        if record["exclusive"] and not owners:
            reason = _t(
                "Table %(number)s belongs to nobody: say whose it is, or let everybody use it.",
                number=str(record["number"]),
            )
            edition.add("meeting_tables", record, "exclusive", "yes", reason)
        for side, code in owners:
            if (side, code) in taken:
                edition.add("meeting_tables", record, side, code, whose[side])
            taken.add((side, code))


def _check_times(edition: Lookup) -> None:
    slots = len(grid(edition.settings.meetings, edition.settings.zone_info))
    for record in edition.rows("meetings"):
        starts, ends = record["starts_at"], record["ends_at"]
        if (starts is None) != (ends is None):
            reason = _t("Say both when it begins and when it ends, or neither.")
            edition.add("meetings", record, "ends" if starts else "starts", "", reason)
        elif starts and starts >= ends:
            edition.add("meetings", record, "ends", ends, _t("A meeting ends after it begins."))
        elif not starts and record["slot"] and record["slot"] > slots and edition.has_settings:
            reason = _t("There are only %(slots)s meeting slots.", slots=slots)
            edition.add("meetings", record, "slot", record["slot"], reason)


def _check_who_sits(edition: Lookup) -> None:
    """Who is named, sits: as soon as a party has people, each of its meetings says which."""
    named = {(side, r[side]) for r in edition.rows("delegates") for side in SIDES if r[side]}
    for record in edition.rows("meetings"):
        for side in SIDES:
            column = f"{side}_person"
            person = edition.by_code["delegates"].get(record[column])
            if person and person[side] != record[side]:
                reason = _t("This person does not sit in meetings of theirs.")
                edition.add("meetings", record, column, record[column], reason)
            elif not record[column] and record["state"] in ON and (side, record[side]) in named:
                reason = _t("Say who of each side sits in the meeting: the party has named its people.")
                edition.add("meetings", record, column, "", reason)


def _check_pairs(edition: Lookup) -> None:
    """Two have one meeting that is to come, not several."""
    pairs: set[tuple[str, str]] = set()
    for record in edition.rows("meetings"):
        pair = (record["buyer"], record["exhibitor"])
        if record["state"] == "planned":
            if pair in pairs:
                edition.add("meetings", record, "exhibitor", pair[1], _t("The two have a meeting already."))
            pairs.add(pair)


def _check_taken(edition: Lookup) -> None:
    """A seat and a person are in one meeting at once."""
    taken: dict[tuple, Record] = {}
    for record in edition.rows("meetings"):
        if record["state"] not in ON or record["slot"] is None:
            continue
        for column, what in _held(edition, record):
            first = taken.setdefault((record["slot"], what), record)
            if first is not record:
                reason = _t("This is taken in that slot by the meeting in row %(row)s.", row=first.row)
                value = record["table_number"] if column == "table" else record[column]
                edition.add("meetings", record, column, value, reason)


def _held(edition: Lookup, record: Record) -> list[tuple[str, tuple]]:
    """(column, what the meeting holds in its slot): its seat, and a person on either side."""
    found: list[tuple[str, tuple]] = [("table", ("table", record["table_number"], record["seat"]))]
    for side in SIDES:
        column, firm = f"{side}_person", edition.by_code[f"{side}s"].get(record[side])
        if record[column]:
            found.append((column, ("person", record[column])))
        elif firm:
            found.append((side, ("firm", *edition.firm(firm))))
    return found


def _check_versions(edition: Lookup) -> None:
    numbers = {r["number"]: r for r in edition.rows("agenda_versions") if r["number"]}
    for number in sorted(numbers):
        if number > len(numbers):
            reason = _t("Versions are numbered from 1 on, without a gap.")
            edition.add("agenda_versions", numbers[number], "number", number, reason)
            return
