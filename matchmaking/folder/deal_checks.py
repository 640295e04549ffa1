"""Checks of the folder's deals: what the ledger would refuse, row by row, and whether history agrees."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from expo.errors import Refused
from expo.money import exponent, times, to_minor
from expo.words import Sentence
from expo.words import say as _t
from matchmaking.deals import rules
from matchmaking.deals.content import MOST_MINOR, Line, Project, home_of
from matchmaking.deals.stages import BY_LINES, NEXT
from matchmaking.folder import history
from matchmaking.folder.lookup import Lookup
from matchmaking.folder.parse import Record

OVER = ("lapsed", "cancelled")
MOST_PARTIES = 12


def check(edition: Lookup) -> None:
    """Run all checks of the deals."""
    deals = [record for record in edition.rows("deals") if record["number"] is not None]
    by_number = {record["number"]: record for record in deals}
    wrong = len(edition.problems)
    lines = _lines(edition, by_number)
    parties = _parties(edition, by_number)
    _check_numbers(edition, by_number)
    for record in deals:
        if _is_whole(record):
            _check_deal(edition, record, lines[record["number"]])
            _check_parties(edition, record, parties[record["number"]])
    _check_frameworks(edition, by_number, parties, lines)
    if len(edition.problems) == wrong:  # who reads of a hundred bad cells need not read of history as well
        _check_history(edition, by_number, lines)


def _is_whole(record: Record) -> bool:
    needed = ("type", "stage", "seller", "signed_on", "currency", "total", "rate")
    return all(record[name] is not None for name in needed)


def _told(edition: Lookup, table: str, record: Record, column: str, work: Callable[[], Any]) -> None:
    """Do it, and note what it refuses."""
    try:
        work()
    except Refused as refused:
        why = refused.sentence
        reason = why if isinstance(why, Sentence) else _t("%(why)s", why=why)
        edition.add(table, record, column, record.values.get(column, ""), reason)


def _check_numbers(edition: Lookup, by_number: dict[int, Record]) -> None:
    for number in sorted(by_number):
        if number > len(by_number):
            reason = _t("Deals are numbered from 1 on, without a gap.")
            edition.add("deals", by_number[number], "number", number, reason)
            return


def _lines(edition: Lookup, by_number: dict[int, Record]) -> dict[int, list[Line]]:
    """Deal → its lines, where all cells could be read."""
    found: dict[int, list[Line]] = defaultdict(list)
    for r in edition.rows("deal_lines"):
        deal = by_number.get(r["deal"])
        if deal is None or not deal["currency"] or any(r[n] is None for n in ("hs", "quantity", "price")):
            continue
        digits = exponent(deal["currency"])
        if r["price"] != round(r["price"], digits):
            reason = _t("%(currency)s has %(digits)s decimals.", currency=deal["currency"], digits=digits)
            edition.add("deal_lines", r, "price", r["price"], reason)
            continue
        line = Line(r["hs"], r["text"] or {}, r["quantity"], r["unit"] or "",
                    to_minor(r["price"], deal["currency"]))  # fmt: skip
        _check_line(edition, r, deal, line)
        found[r["deal"]].append(line)
    return found


def _check_line(edition: Lookup, r: Record, deal: Record, line: Line) -> None:
    _told(edition, "deal_lines", r, "hs", lambda: rules.check_hs(line.hs))
    _told(edition, "deal_lines", r, "quantity", lambda: rules.check_amount(line))
    _told(edition, "deal_lines", r, "unit", lambda: rules.check_handing_over(line))
    if deal["type"] in BY_LINES:
        _told(edition, "deal_lines", r, "unit", lambda: rules.check_suits(line))
    product = edition.by_code["products"].get(r["product"]) if r["product"] else None
    if product and product["exhibitor"] != deal["seller"]:
        reason = _t("A line names a product that is not the seller's.")
        edition.add("deal_lines", r, "product", r["product"], reason)


def _check_deal(edition: Lookup, r: Record, lines: list[Line]) -> None:
    if r["stage"] not in NEXT[r["type"]]:
        edition.add("deals", r, "stage", r["stage"], _t("This type of deal knows no such stage."))
    if not lines and r["type"] in BY_LINES:
        edition.add("deals", r, "number", r["number"], _t("A deal has at least one line."))
        return
    total = _total(r, lines)
    if lines and r["total"] and to_minor(r["total"], r["currency"]) != total:
        edition.add("deals", r, "total", r["total"], _t("The lines do not add up to this."))
    if total > MOST_MINOR or _worth(edition, r, total) > MOST_MINOR:
        reason = _t("That is more money than a deal can hold. Check quantities and prices.")
        edition.add("deals", r, "total", r["total"], reason)
    _check_rate(edition, r)
    if r["framework"] and r["called_from"]:
        reason = _t("A framework is not called off from another one.")
        edition.add("deals", r, "called_from", r["called_from"], reason)
    dues = (r["delivery_due"], r["payment_due"])
    _told(edition, "deals", r, "signed_on",
          lambda: rules.check_times(r["signed_on"], r["term_months"], *dues))  # fmt: skip
    _check_project(edition, r)


def _total(r: Record, lines: list[Line]) -> int:
    amounts = [times(line.quantity, line.unit_price_minor) for line in lines]
    return sum(amounts) if lines else to_minor(r["total"], r["currency"])


def _worth(edition: Lookup, r: Record, total: int) -> int:
    home = edition.settings.currency
    return home_of(total, r["currency"], home, r["rate"]) if r["rate"] else 0


def _check_rate(edition: Lookup, r: Record) -> None:
    home = edition.settings.currency
    if r["currency"] == home and r["rate"] not in (0, 1):
        edition.add("deals", r, "rate", r["rate"], _t("The edition's own currency has the rate 1."))
    if r["currency"] != home and not r["rate"]:
        known = [one for one in edition.settings.rates if one["currency"] == r["currency"]]
        if not any(0 <= (r["signed_on"] - one["on_date"]).days <= 31 for one in known):
            reason = _t("There is no exchange rate of that day or the month before it.")
            edition.add("deals", r, "rate", "", reason)


def _check_project(edition: Lookup, r: Record) -> None:
    given = [n for n in ("form", "country", "place", "sector", "summary", "jobs") if r[f"project_{n}"]]
    if not given:
        return
    if not r["project_form"] or not r["project_country"]:
        edition.add("deals", r, "project_form", "", _t("A project needs its kind and its country."))
        return
    project = Project(
        r["project_form"], r["project_country"], jobs=r["project_jobs"] or 0,
        starts_on=r["project_starts_on"], ends_on=r["project_ends_on"],
    )  # fmt: skip
    _told(edition, "deals", r, "project_form", lambda: rules.check_project(r["type"], project))


def _parties(edition: Lookup, by_number: dict[int, Record]) -> dict[int, list[Record]]:
    found: dict[int, list[Record]] = defaultdict(list)
    for r in edition.rows("deal_parties"):
        if bool(r["exhibitor"]) == bool(r["buyer"]):
            reason = _t("Name either an exhibitor or a buyer.")
            edition.add("deal_parties", r, "exhibitor", r["exhibitor"], reason)
        elif r["deal"] in by_number:
            found[r["deal"]].append(r)
    return found


def _firm(edition: Lookup, kind: str, code: str) -> tuple[str, str] | None:
    """The organisation behind a code, as folders know one: by its name and country."""
    row = edition.by_code[kind].get(code) if code else None
    return edition.firm(row) if row else None


def _signing(edition: Lookup, r: Record) -> tuple[str, str] | None:
    return _firm(edition, "exhibitors", r["exhibitor"]) or _firm(edition, "buyers", r["buyer"])


def _check_parties(edition: Lookup, deal: Record, parties: list[Record]) -> None:
    found: list[Any] = []
    for r in parties:
        firm = _signing(edition, r)
        if firm and firm in found:
            reason = _t("An organisation is a party of a deal once.")
            edition.add("deal_parties", r, "deal", r["deal"], reason)
        found.append(firm)
    if [r["state"] for r in parties].count("entered") > 1:
        reason = _t("Only one party entered a deal.")
        edition.add("deal_parties", parties[-1], "state", "entered", reason)
    if len(parties) > MOST_PARTIES:
        reason = _t("A deal has at most %(most)s parties.", most=MOST_PARTIES)
        edition.add("deal_parties", parties[-1], "deal", deal["number"], reason)
    seller = _firm(edition, "exhibitors", deal["seller"])
    if seller and seller == _firm(edition, "buyers", deal["buyer"]):
        edition.add("deals", deal, "buyer", deal["buyer"], _t("An organisation is a party of a deal once."))


def _check_frameworks(
    edition: Lookup,
    by_number: dict[int, Record],
    parties: dict[int, list[Record]],
    lines: dict[int, list[Line]],
) -> None:
    """Call-offs are of a framework's parties, in its currency, and come to no more than it holds."""
    worth = {number: _total(r, lines[number]) for number, r in by_number.items() if _is_whole(r)}
    left = dict(worth)
    for number, r in sorted(by_number.items()):
        frame = by_number.get(r["called_from"] or 0)
        if frame is None or number not in worth or frame["number"] not in worth:
            continue
        signing = {_signing(edition, one) for one in parties[frame["number"]]}
        signing |= {_firm(edition, "buyers", frame["buyer"])}
        buyer = _firm(edition, "buyers", r["buyer"])
        if not frame["framework"] or r["seller"] != frame["seller"] or (buyer and buyer not in signing):
            reason = _t("A deal is called off by the parties of its framework, from the same seller.")
            edition.add("deals", r, "called_from", r["called_from"], reason)
            continue
        if r["stage"] not in OVER:
            left[frame["number"]] -= worth[number]
        if left[frame["number"]] < 0 or r["currency"] != frame["currency"]:
            reason = _t(
                "The call-offs of a framework deal come to no more than its sum, in its own currency."
            )
            edition.add("deals", r, "called_from", number, reason)


def _check_history(edition: Lookup, by_number: dict[int, Record], lines: dict[int, list[Line]]) -> None:
    records = edition.rows("deal_history")
    if not records or any(it is None for r in records for it in r.values.values()):
        return
    broken = history.broken_at(records)
    if broken:
        reason = _t("From here on the history is not as it was sealed.")
        edition.add("deal_history", broken, "seal", broken["seal"], reason)
        return
    told = history.stories(records)
    for number, r in sorted(by_number.items()):
        values = {
            "type": r["type"], "stage": r["stage"], "currency": r["currency"], "rate": r["rate"],
            "total_minor": _total(r, lines[number]), "signed_on": str(r["signed_on"]),
            "lines": [(x.hs, x.quantity, x.unit, x.unit_price_minor) for x in lines[number]],
        }  # fmt: skip
        column = history.differs(told[number], values)
        if column:
            reason = _t("The history of this deal says something else.")
            edition.add("deals", r, column, r.values.get(column, ""), reason)
