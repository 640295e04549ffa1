"""Checks of the folder's call for talks and ceremonies: what the database would refuse, row by row."""

from collections.abc import Callable

from expo.call.services.settings import MOST_CRITERIA
from expo.words import Sentence
from expo.words import say as _t
from matchmaking.folder.lookup import Lookup
from matchmaking.folder.parse import Record


def check(edition: Lookup) -> None:
    """Run all checks of the call and of ceremonies."""
    _check_call(edition)
    _once(edition, "call_letters", "kind", lambda r: (r["kind"],), _t("This letter is there twice."))
    _check_guests(edition)
    _check_items(edition)


def _check_call(edition: Lookup) -> None:
    for record in edition.rows("call")[1:]:
        edition.add("call", record, "", "", _t("There is one call for talks; it is in the row before."))
    for record in edition.rows("call"):
        opens, closes = record["opens_at"], record["closes_at"]
        if (opens is None) != (closes is None):
            reason = _t("Say both when the call opens and when it closes, or neither.")
            edition.add("call", record, "closes" if opens else "opens", "", reason)
        elif opens and opens >= closes:
            edition.add("call", record, "closes", closes, _t("The call opens before it closes."))
    for record in edition.rows("call_criteria")[MOST_CRITERIA:]:
        reason = _t("No more than %(count)s criteria.", count=MOST_CRITERIA)
        edition.add("call_criteria", record, "name_en", "", reason)


def _once(edition: Lookup, table: str, column: str, key: Callable[[Record], tuple], reason: Sentence) -> None:
    seen = set()
    for record in edition.rows(table):
        found = key(record)
        if found in seen and None not in found:
            edition.add(table, record, column, record[column], reason)
        seen.add(found)


def _check_guests(edition: Lookup) -> None:
    numbers = [r["number"] for r in edition.rows("ceremony_guests") if r["number"] is not None]
    for record in edition.rows("ceremony_guests"):
        if record["number"] is not None and record["number"] > len(set(numbers)):
            reason = _t("Guests are numbered from 1 on, without a gap.")
            edition.add("ceremony_guests", record, "number", record["number"], reason)
            break
    reason = _t("This guest has a rank from that day on already.")
    _once(edition, "ceremony_ranks", "since", lambda r: (r["guest"], r["since"]), reason)


def _check_items(edition: Lookup) -> None:
    talks = edition.by_code["talks"]
    for record in edition.rows("run_sheets"):
        talk = talks.get(record["talk"])
        if talk is not None and talk["kind"] not in ("ceremony", None):
            reason = _t("Only a talk that is a ceremony has a run sheet.")
            edition.add("run_sheets", record, "talk", record["talk"], reason)
        guests = [guest for guest, _ in record["parts"] or ()]
        edition.refers("run_sheets", record, "parts", "ceremony_guests", guests)
        for guest in dict.fromkeys(one for one in guests if guests.count(one) > 1):
            reason = _t("This guest has two parts in the same item.")
            edition.add("run_sheets", record, "parts", guest, reason)
