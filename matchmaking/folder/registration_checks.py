"""Checks of the folder's registration: what the database would refuse, row by row."""

from collections import Counter

from expo.registration.asking import NO, YES, misplaced
from expo.words import say as _t
from matchmaking.folder.lookup import Lookup
from matchmaking.folder.parse import Record

WITH_OPTIONS = ("choice", "choices")
LIVE = ("pending", "waiting", "confirmed")


def check(edition: Lookup) -> None:
    """Run all checks of registration."""
    for record in edition.rows("tickets"):
        opens, closes = record["opens_at"], record["closes_at"]
        if opens and closes and opens >= closes:
            edition.add("tickets", record, "closes", closes, _t("Registration opens before it closes."))
    _check_questions(edition)
    _check_places(edition)
    _check_addresses(edition)


def _check_questions(edition: Lookup) -> None:
    rows = [record for record in edition.rows("questions") if record["code"]]
    wrong = set(misplaced((record["code"], record["after"] or "") for record in rows))
    by_code = {record["code"]: record for record in rows}
    for record in rows:
        if record["kind"] in WITH_OPTIONS and not record["options"]:
            edition.add("questions", record, "options", "", _t("Type at least one option."))
        if None not in (record["least"], record["most"]) and record["least"] > record["most"]:
            edition.add(
                "questions", record, "most", record["most"], _t("The least is not more than the most.")
            )
        if record["code"] in wrong:
            reason = _t("A question comes after the one it depends on.")
            edition.add("questions", record, "after", record["after"], reason)
        elif record["after"] in by_code:
            known = _values(by_code[record["after"]])
            for value in record["after_values"] or [""]:
                if value not in known:
                    reason = _t("That is no answer to the question it depends on.")
                    edition.add("questions", record, "after_values", value, reason)


def _values(record: Record) -> set[str]:
    if record["kind"] == "yesno":
        return {YES, NO}
    return {one["key"] for one in record["options"] or ()} if record["kind"] in WITH_OPTIONS else set()


def _check_places(edition: Lookup) -> None:
    taken = Counter(record["ticket"] for record in edition.rows("people") if record["state"] == "confirmed")
    for table in ("tickets", "quotas"):
        for record in edition.rows(table):
            codes = [record["code"]] if table == "tickets" else record["tickets"] or []
            count = sum(taken[code] for code in codes)
            if record["places"] is not None and count > record["places"]:
                reason = _t("%(count)s people of the folder have a place of it.", count=count)
                edition.add(table, record, "places", record["places"], reason)


def _check_addresses(edition: Lookup) -> None:
    once = {record["code"] for record in edition.rows("tickets") if record["one_per_email"]}
    found: dict[tuple[str, str], Record] = {}
    for record in edition.rows("people"):
        if record["ticket"] in once and record["email"] and record["state"] in LIVE:
            first = found.setdefault((record["ticket"], record["email"].lower()), record)
            if first is not record:
                reason = _t("This address registered for the same sort in row %(row)s.", row=first.row)
                edition.add("people", record, "email", record["email"], reason)
