"""Checks of what the folder holds beside requests: complaints, offers, what was put aside; and of goods."""

from collections.abc import Callable
from typing import Any

from expo.words import Sentence
from expo.words import say as _t
from matchmaking.folder.lookup import Lookup
from matchmaking.folder.parse import Record


def check(edition: Lookup) -> None:
    """Run all checks of what stands beside requests, and of the tables about goods."""
    _check_complaints(edition)
    _check_offers(edition)
    reason = _t("They were put aside in a row before.")
    _once(edition, "put_aside", "exhibitor", lambda r: (r["by"], r["buyer"], r["exhibitor"]), reason)
    _check_goods(edition)


def _once(
    edition: Lookup, table: str, column: str, key: Callable[[Record], tuple | None], reason: Sentence
) -> None:
    seen: set[Any] = set()
    for record in edition.rows(table):
        found = key(record)
        if found in seen and found is not None:
            edition.add(table, record, column, record[column], reason)
        seen.add(found)


def _check_complaints(edition: Lookup) -> None:
    table = "request_complaints"
    for record in edition.rows(table):
        if bool(record["handled_at"]) != bool(record["outcome"]) and record["outcome"] is not None:
            reason = _t("Say both when it was dealt with and what was done, or neither.")
            edition.add(table, record, "handled_at", record["handled_at"], reason)
    reason = _t("This side has another complaint that waits.")
    _once(
        edition, table, "side", lambda r: None if r["handled_at"] else (r["request"], r["side"]), reason
    )  # fmt: skip


def _check_offers(edition: Lookup) -> None:
    table = "request_offers"
    reason = _t("For this request there is an offer in a row before.")
    _once(edition, table, "request", lambda r: (r["request"],), reason)
    reason = _t("They were offered to this side in a row before.")
    _once(edition, table, "side", lambda r: (r["side"], r["buyer"], r["exhibitor"]), reason)
    for record in edition.rows(table):
        request = edition.by_code["meeting_requests"].get(record["request"])
        mine = "buyer" if record["side"] == "buyer" else "exhibitor"
        if request and record["side"] and request[mine] != record[mine]:
            reason = _t("An offer is made to who stands in the request on that side.")
            edition.add(table, record, mine, record[mine], reason)


def _check_goods(edition: Lookup) -> None:
    codes = [record["code"] for record in edition.rows("nomenclature")]
    if codes and None not in codes and all(len(code) == 4 for code in codes):
        reason = _t("The file has no code of six digits.")
        edition.add("nomenclature", edition.rows("nomenclature")[0], "code", codes[0], reason)
    for record in edition.rows("export_source")[1:]:
        edition.add("export_source", record, "source", record["source"], _t("There is one row at most."))
    if edition.rows("exports") and not edition.rows("export_source"):
        reason = _t("Say where the figures come from.")
        edition.add("exports", edition.rows("exports")[0], "country", "", reason)
    reason = _t("This country and chapter are in a row before.")
    _once(edition, "exports", "chapter", lambda r: (r["country"], r["chapter"]), reason)
