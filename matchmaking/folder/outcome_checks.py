"""Checks of what came of the folder's meetings: who came, who did not, what was said, who interpreted."""

from expo.money import exponent
from expo.words import say as _t
from matchmaking.folder.lookup import Lookup
from matchmaking.folder.parse import Record
from matchmaking.requests.sides import other

ON = ("planned", "held")


def check_outcomes(edition: Lookup) -> None:
    """Run all checks of what came of meetings."""
    for table in ("meeting_attendance", "meeting_no_shows", "meeting_feedback"):
        _check_once(edition, table)
    _check_no_shows(edition)
    _check_arrivals(edition)
    _check_feedback(edition)
    _check_interpreters(edition)


def _check_once(edition: Lookup, table: str) -> None:
    seen: set[tuple[int, str]] = set()
    for record in edition.rows(table):
        if (record["meeting"], record["side"]) in seen:
            reason = _t("This side of the meeting is in a row before.")
            edition.add(table, record, "side", record["side"], reason)
        seen.add((record["meeting"], record["side"]))


def _state(edition: Lookup, record: Record) -> str | None:
    """What came of the meeting that a row is about; None where that cannot be said."""
    meeting = edition.by_code["meetings"].get(record["meeting"])
    return meeting["state"] if meeting else None


def _check_no_shows(edition: Lookup) -> None:
    for record in edition.rows("meeting_no_shows"):
        if _state(edition, record) not in ("no_show", None):
            reason = _t("This meeting was not missed.")
            edition.add("meeting_no_shows", record, "meeting", record["meeting"], reason)


def _check_arrivals(edition: Lookup) -> None:
    """Both came to a meeting that was held; to one that was missed came whoever did not miss it, in time."""
    table = "meeting_attendance"
    missed = {(r["meeting"], r["side"]): r["noted_at"] for r in edition.rows("meeting_no_shows")}
    came: set[tuple[int, str]] = set()
    for record in edition.rows(table):
        number, side, at = record["meeting"], record["side"], record["arrived_at"]
        state = _state(edition, record)
        if at is None or side is None or state is None:
            continue
        came.add((number, side))
        if state == "planned" and (number, other(side)) in came:
            reason = _t("Both came, so that this meeting was held.")
            edition.add(table, record, "arrived_at", at, reason)
        elif state == "cancelled":
            edition.add(table, record, "arrived_at", at, _t("Nobody comes to a meeting that was called off."))
        elif state == "no_show":
            until = missed.get((number, other(side)))
            if (number, side) in missed or until is None or at > until:
                reason = _t("To a missed meeting came only who did not miss it, before that was noted.")
                edition.add(table, record, "arrived_at", at, reason)


def _check_feedback(edition: Lookup) -> None:
    table = "meeting_feedback"
    for record in edition.rows(table):
        if _state(edition, record) not in ("held", None):
            reason = _t("This meeting was not held, so there is nothing to say about it.")
            edition.add(table, record, "meeting", record["meeting"], reason)
        expected, currency = record["expected"], record["currency"]
        if currency is None:
            continue
        if (expected is None) != (currency == ""):
            reason = _t("Give a sum with its currency, or neither.")
            edition.add(table, record, "currency", currency, reason)
        elif expected is not None and expected != round(expected, exponent(currency)):
            reason = _t("%(currency)s has %(digits)s decimals.", currency=currency, digits=exponent(currency))
            edition.add(table, record, "expected", expected, reason)


def _check_interpreters(edition: Lookup) -> None:
    busy: set[tuple[int, int]] = set()
    for record in edition.rows("meetings"):
        person = edition.by_code["interpreters"].get(record["interpreter"])
        if person is None:
            continue
        reason = None
        if record["state"] not in (*ON, None):
            reason = _t("Nobody interprets in a meeting that does not take place.")
        elif record["slot"] in (person["unavailable"] or ()):
            reason = _t("The interpreter is not there in that slot.")
        elif (record["interpreter"], record["slot"]) in busy:
            reason = _t("The interpreter is in another meeting in that slot.")
        if reason:
            edition.add("meetings", record, "interpreter", record["interpreter"], reason)
        busy.add((record["interpreter"], record["slot"]))
