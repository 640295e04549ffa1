"""Checks of the folder's phases, requests, refusals and supply chains: what the database would refuse."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from expo.words import Sentence
from expo.words import say as _t
from matchmaking.coverage.chains import MOST_CODES, MOST_STAGES
from matchmaking.folder.lookup import Lookup
from matchmaking.folder.matching_columns import REFUSALS
from matchmaking.folder.parse import Record
from matchmaking.phases.spans import Span, wrong
from matchmaking.requests.grid import grid
from matchmaking.requests.sides import ALIVE, BUYER

MOST_ALIVE = 1000
Pair = tuple[str, str]


def check(edition: Lookup) -> None:
    """Run all checks of matchmaking before its agenda."""
    _check_phases(edition)
    _check_rules(edition)
    _check_requests(edition)
    _check_refusals(edition)
    _check_chains(edition)


def _check_phases(edition: Lookup) -> None:
    found: dict[str, Record] = {}
    for record in edition.rows("meeting_phases"):
        if record["phase"] in found:
            edition.add("meeting_phases", record, "phase", record["phase"], _t("This phase is there twice."))
        elif record["phase"]:
            found[record["phase"]] = record
    spans = {name: Span(name, row["opens_on"], row["closes_on"]) for name, row in found.items()}
    for phase, reason in wrong(spans):
        edition.add("meeting_phases", found[phase], "opens_on", found[phase]["opens_on"], reason)


def _check_rules(edition: Lookup) -> None:
    for record in edition.rows("request_rules")[1:]:
        edition.add("request_rules", record, "", "", _t("There is one row of rules; it is the one before."))
    for record in edition.rows("request_rules"):
        warn, lapse = record["warn_hours"], record["lapse_hours"]
        if warn is not None and lapse is not None and warn >= lapse:
            reason = _t("The warning must come before a request lapses: shorten it.")
            edition.add("request_rules", record, "warn_hours", warn, reason)


def _pair(record: Record) -> Pair:
    return record["buyer"], record["exhibitor"]


def not_with_themselves(edition: Lookup, table: str) -> None:
    """Nobody meets their own organisation: no row is of a buyer and an exhibitor that are one."""
    for record in edition.rows(table):
        buyer = edition.by_code["buyers"].get(record["buyer"])
        exhibitor = edition.by_code["exhibitors"].get(record["exhibitor"])
        if buyer and exhibitor and edition.firm(buyer) == edition.firm(exhibitor):
            reason = _t("Nobody meets their own organisation.")
            edition.add(table, record, "exhibitor", record["exhibitor"], reason)


def _check_requests(edition: Lookup) -> None:
    table = "meeting_requests"
    slots = len(grid(edition.settings.meetings, edition.settings.zone_info))
    not_with_themselves(edition, table)
    pairs: set[Pair] = set()
    for record in edition.rows(table):
        for column, reason in _faults(record):
            edition.add(table, record, column, record[column], reason)
        for column in ("slot", "asked_slot"):
            if record[column] and record[column] > slots and edition.has_settings:
                reason = _t("There are only %(slots)s meeting slots.", slots=slots)
                edition.add(table, record, column, record[column], reason)
        if record["state"] in ALIVE:
            if _pair(record) in pairs:
                reason = _t("These two have another request that is open or agreed.")
                edition.add(table, record, "state", record["state"], reason)
            pairs.add(_pair(record))
    _check_taken(edition, table)
    _check_many(edition, table)


def _faults(record: Record) -> Iterator[tuple[str, Sentence]]:
    if record["half"] and record["slot"]:
        yield "half", _t("Name a half of the day or a slot, not both.")
    if record["state"] == "open" and record["settled_at"]:
        yield "settled_at", _t("A request that is open is not settled.")
    if record["state"] not in ("open", None) and not record["settled_at"]:
        yield "settled_at", _t("Say when this was settled.")


def _check_taken(edition: Lookup, table: str) -> None:
    """Nobody agrees to more meetings in one slot than they have people who are there: to one without any."""
    for column in ("buyer", "exhibitor"):
        people: dict[str, list[Record]] = defaultdict(list)
        for record in edition.rows("delegates"):
            people[record[column]].append(record)
        taken: Counter[tuple[str, int]] = Counter()
        for record in edition.rows(table):
            code, slot = record[column], record["slot"]
            if record["state"] != "agreed" or not slot:
                continue
            taken[code, slot] += 1
            free = sum(slot not in (one["unavailable"] or ()) for one in people[code])
            if taken[code, slot] > max(1, free):
                reason = _t("This slot is agreed with somebody else already.")
                edition.add(table, record, "slot", slot, reason)


def _check_many(edition: Lookup, table: str) -> None:
    """No rule allows more open requests or must-meets than this to a party."""
    asking: Counter[tuple[str, str]] = Counter()
    for record in edition.rows(table):
        asker = record["buyer"] if record["asked_by"] == BUYER else record["exhibitor"]
        asking[record["asked_by"], asker] += record["state"] in ALIVE
        if asking[record["asked_by"], asker] == MOST_ALIVE + 1:
            reason = _t("No party has more than %(most)s requests that are alive.", most=MOST_ALIVE)
            edition.add(table, record, "state", record["state"], reason)


def _check_refusals(edition: Lookup) -> None:
    not_with_themselves(edition, REFUSALS)
    agreed = {_pair(one) for one in edition.rows("meeting_requests") if one["state"] == "agreed"}
    planned = {_pair(one) for one in edition.rows("meetings") if one["state"] == "planned"}
    seen: set[tuple[Pair, str]] = set()
    for record in edition.rows(REFUSALS):
        if (_pair(record), record["side"]) in seen:
            reason = _t("This side said no to the other already.")
            edition.add(REFUSALS, record, "side", record["side"], reason)
        seen.add((_pair(record), record["side"]))
        if _pair(record) in agreed:
            reason = _t("These two have agreed to meet: no and yes cannot both be.")
            edition.add(REFUSALS, record, "exhibitor", record["exhibitor"], reason)
        elif _pair(record) in planned:
            reason = _t("A meeting of these two is planned: no and yes cannot both be.")
            edition.add(REFUSALS, record, "exhibitor", record["exhibitor"], reason)


def _check_chains(edition: Lookup) -> None:
    stages: dict[str, list[Record]] = defaultdict(list)
    for record in edition.rows("supply_stages"):
        stages[record["chain"]].append(record)
        if len(record["codes"] or ()) > MOST_CODES:
            reason = _t("A stage has at most %(most)s codes.", most=MOST_CODES)
            edition.add("supply_stages", record, "codes", "", reason)
    for found in stages.values():
        for record in found[MOST_STAGES:]:
            reason = _t("A chain has at most %(most)s stages.", most=MOST_STAGES)
            edition.add("supply_stages", record, "chain", record["chain"], reason)
    for record in edition.rows("supply_chains"):
        if record["code"] and record["code"] not in stages and "supply_stages" not in edition.parsed.unread:
            reason = _t("A chain has at least one stage.")
            edition.add("supply_chains", record, "code", record["code"], reason)
