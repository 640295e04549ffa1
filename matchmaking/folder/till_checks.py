"""Checks of what stands beside the folder's deals: reminders, sales at stands, closed days, files."""

from collections import Counter, defaultdict
from hashlib import sha256

from expo.money import to_minor
from expo.words import Sentence
from expo.words import say as _t
from matchmaking.deals.attachments import MOST_BYTES, MOST_FILES, kind_of
from matchmaking.deals.sales import Sale, faults
from matchmaking.folder.lookup import Lookup
from matchmaking.folder.parse import Record


def check(edition: Lookup) -> None:
    """Run all checks of what stands beside the deals."""
    for record in edition.rows("deal_rules")[1:]:
        edition.add("deal_rules", record, "", "", _t("There is one row of rules; it is the one before."))
    for record in edition.rows("deal_rules"):
        if record["least_deals"] == 0 and not record["off_reason"]:
            reason = _t("Say why small figures may be told apart; the reason is kept.")
            edition.add("deal_rules", record, "off_reason", "", reason)
    _check_reminders(edition)
    _check_sales(edition)
    _check_closes(edition)
    _check_files(edition)


def _check_reminders(edition: Lookup) -> None:
    table, seen = "deal_reminders", set[tuple]()
    for record in edition.rows(table):
        firm = (record["exhibitor"], record["buyer"])
        if bool(firm[0]) == bool(firm[1]):
            reason = _t("Name either an exhibitor or a buyer.")
            edition.add(table, record, "exhibitor", firm[0], reason)
        key = (record["deal"], *firm, record["kind"], record["due_on"])
        if key in seen:
            edition.add(table, record, "due_on", record["due_on"], _t("This reminder is in a row before."))
        seen.add(key)


def _check_sales(edition: Lookup) -> None:
    table, seen = "till_sales", set[tuple[str, str]]()
    for record in edition.rows(table):
        if (record["exhibitor"], record["key"]) in seen:
            reason = _t("This sale is in a row before.")
            edition.add(table, record, "key", record["key"], reason)
        seen.add((record["exhibitor"], record["key"]))
        sale = _sale(record)
        if sale is None or not edition.has_settings:
            continue
        for column, reason in faults(sale, edition.settings.starts_on, edition.settings.ends_on):
            edition.add(table, record, column, record[column], reason)


def _sale(r: Record) -> Sale | None:
    names = ("key", "day", "hs", "text", "quantity", "unit", "currency", "paid_by")
    plain = {name: r[name] for name in names}
    if r["price"] is None or any(value is None for value in plain.values()) or not r["currency"]:
        return None
    return Sale(unit_price_minor=to_minor(r["price"], r["currency"]), **plain)


def _check_closes(edition: Lookup) -> None:
    table, seen = "till_closes", set[tuple]()
    sales = (r for r in edition.rows("till_sales") if not r["void"])
    sold = Counter((r["exhibitor"], r["day"], r["currency"]) for r in sales)
    for record in edition.rows(table):
        key = (record["exhibitor"], record["day"], record["currency"])
        deal = edition.by_code["deals"].get(record["deal"])
        if key in seen:
            edition.add(table, record, "day", record["day"], _t("This day is closed already."))
        elif not sold[key] and None not in key and "till_sales" not in edition.parsed.unread:
            edition.add(table, record, "day", record["day"], _t("Nothing was sold on this day."))
        seen.add(key)
        if deal and (deal["type"] != "retail" or deal["seller"] != record["exhibitor"]):
            reason = _t("This is no retail deal of that stand.")
            edition.add(table, record, "deal", record["deal"], reason)


def _check_files(edition: Lookup) -> None:
    table, found = "deal_attachments", defaultdict[int, set[str]](set)
    for record in edition.rows(table):
        if record["exhibitor"] and record["buyer"]:
            reason = _t("Name either an exhibitor or a buyer.")
            edition.add(table, record, "exhibitor", record["exhibitor"], reason)
        data = edition.parsed.attachments.get(record["file"] or "")
        mine = found[record["deal"]]
        reason = _wrong_file(data, mine)
        if data:
            mine.add(sha256(data).hexdigest())
        if reason and record["file"]:
            edition.add(table, record, "file", record["file"], reason)


def _wrong_file(data: bytes | None, others: set[str]) -> Sentence | None:
    """Why a deal that has these files (digests) cannot have this one as well."""
    if not data:
        return _t("There is no such file in the folder, or it is empty.")
    if len(data) > MOST_BYTES:
        return _t("A file has at most %(mb)s MB.", mb=MOST_BYTES >> 20)
    if sha256(data).hexdigest() in others:
        return _t("This very file is attached already.")
    if len(others) >= MOST_FILES:
        return _t("A deal has at most %(most)s files.", most=MOST_FILES)
    if kind_of(data) is None:
        return _t(
            "Attach PDF, PNG, JPEG, DOCX or XLSX: whole, without a password, without macros or scripts."
        )
    return None
