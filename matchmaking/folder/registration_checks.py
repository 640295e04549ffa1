"""Checks of the folder's registration: what the database would refuse, row by row."""

from collections import Counter

from expo.registration.asking import NO, YES, misplaced
from expo.words import say as _t
from matchmaking.folder.answers import wrong_answer
from matchmaking.folder.lookup import Lookup
from matchmaking.folder.parse import Record

WITH_OPTIONS = ("choice", "choices")
LIVE = ("pending", "waiting", "confirmed")


def check(edition: Lookup) -> None:
    """Run all checks of registration."""
    for record in edition.rows("registration")[1:]:
        edition.add("registration", record, "is_open", "", _t("There is one row at most."))
    for record in edition.rows("tickets"):
        opens, closes = record["opens_at"], record["closes_at"]
        if opens and closes and opens >= closes:
            edition.add("tickets", record, "closes", closes, _t("Registration opens before it closes."))
    _check_questions(edition)
    _check_places(edition)
    _check_addresses(edition)
    _check_codes(edition)
    _check_answers(edition)


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
    kept = _kept_aside(edition)
    for table in ("tickets", "quotas"):
        for record in edition.rows(table):
            codes = [record["code"]] if table == "tickets" else record["tickets"] or []
            count = sum(taken[code] + kept[code] for code in codes)
            if record["places"] is not None and count > record["places"]:
                reason = _t("%(count)s places of it are taken, or kept aside by codes.", count=count)
                edition.add(table, record, "places", record["places"], reason)


def _kept_aside(edition: Lookup) -> Counter[str]:
    """Places of each sort that open codes keep for those who did not come by them yet."""
    held = Counter(
        record["invitation"] for record in edition.rows("people") if record["state"] == "confirmed"
    )
    kept: Counter[str] = Counter()
    for record in edition.rows("invitations"):
        if record["reserves"] and not record["closed_at"] and record["ticket"]:
            kept[record["ticket"]] += max(0, (record["uses"] or 0) - held[record["code"]])
    return kept


def _check_codes(edition: Lookup) -> None:
    codes = {record["code"]: record for record in edition.rows("invitations") if record["code"]}
    used = Counter(record["invitation"] for record in edition.rows("people") if record["state"] in LIVE)
    for code, record in codes.items():
        if record["reserves"] and not record["ticket"]:
            reason = _t("A code that keeps places aside names the sort.")
            edition.add("invitations", record, "ticket", "", reason)
        if record["uses"] and used[code] > record["uses"]:
            reason = _t("%(count)s people of the folder came by it.", count=used[code])
            edition.add("invitations", record, "uses", record["uses"], reason)
    for record in edition.rows("people"):
        found = codes.get(record["invitation"])
        if found and found["ticket"] and found["ticket"] != record["ticket"]:
            reason = _t("This code is for another sort of registration.")
            edition.add("people", record, "invitation", record["invitation"], reason)


def _check_answers(edition: Lookup) -> None:
    questions = {record["code"]: record for record in edition.rows("questions")}
    found: dict[tuple[str, str], Record] = {}
    for record in edition.rows("answers"):
        question = questions.get(record["question"])
        can_be_read = question and question["kind"] and record["value"]
        if can_be_read and (reason := wrong_answer(question, record["value"])):
            edition.add("answers", record, "value", record["value"], reason)
        first = found.setdefault((record["person"], record["question"]), record)
        if first is not record:
            reason = _t("This answer is already in row %(row)s.", row=first.row)
            edition.add("answers", record, "question", record["question"], reason)


def _check_addresses(edition: Lookup) -> None:
    once = {record["code"] for record in edition.rows("tickets") if record["one_per_email"]}
    found: dict[tuple[str, str], Record] = {}
    for record in edition.rows("people"):
        if record["ticket"] in once and record["email"] and record["state"] in LIVE:
            first = found.setdefault((record["ticket"], record["email"].lower()), record)
            if first is not record:
                reason = _t("This address registered for the same sort in row %(row)s.", row=first.row)
                edition.add("people", record, "email", record["email"], reason)
