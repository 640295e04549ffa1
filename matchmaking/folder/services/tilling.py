"""What stands beside the folder's deals brought into an edition: rules, sales, closed days, files."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from sqlmodel import Session

from expo.editions.models import Edition
from expo.money import times, to_minor
from matchmaking.deals.attachments import kind_of, tidy_name
from matchmaking.deals.models import Deal, DealAttachment, DealReminder, DealSettings, TillClose, TillSale
from matchmaking.deals.services import ledger
from matchmaking.folder.parse import Parsed, Record
from matchmaking.folder.services.bulk import bulk

Ids = dict[str, dict[Any, int]]


def bring_tills(
    session: Session, edition: Edition, parsed: Parsed, ids: Ids, deals: Mapping[int, Deal]
) -> None:
    """Make them all; `deals` knows the deals by their numbers."""
    tables, of = parsed.tables, {"edition_id": edition.id}
    bulk(session, DealSettings, [of | r.values for r in tables["deal_rules"]])
    sales = [_sale(edition, r, ids) for r in tables["till_sales"]]
    bulk(session, TillSale, sales)
    sums: dict[tuple, list[int]] = defaultdict(list)
    for row in sales:
        if not row["void"]:
            sums[row["exhibitor_id"], row["day"], row["currency"]].append(row["amount_minor"])
    closes = []
    for r in tables["till_closes"]:
        stand = ids["exhibitors"][r["exhibitor"]]
        amounts = sums[stand, r["day"], r["currency"]]
        closes.append(
            {
                **of, "exhibitor_id": stand, "day": r["day"], "currency": r["currency"], "at": r["at"],
                "deal_id": deals[r["deal"]].id, "sales": len(amounts), "total_minor": sum(amounts),
            }
        )  # fmt: skip
    bulk(session, TillClose, closes)


def _sale(edition: Edition, r: Record, ids: Ids) -> dict[str, Any]:
    plain = {name: value for name, value in r.values.items() if name not in ("exhibitor", "price")}
    price = to_minor(r["price"], r["currency"])
    return plain | {
        "edition_id": edition.id, "exhibitor_id": ids["exhibitors"][r["exhibitor"]],
        "unit_price_minor": price, "amount_minor": times(r["quantity"], price),
    }  # fmt: skip


Firm = Callable[[Record], int | None]


def bring_reminders(session: Session, parsed: Parsed, firm_of: Firm, deals: Mapping[int, Deal]) -> None:
    """Keep who was reminded, so that nobody is again because of an import."""
    rows = [
        {"deal_id": deals[r["deal"]].id, "organisation_id": firm_of(r), "kind": r["kind"],
         "due_on": r["due_on"], "at": r["at"]}
        for r in parsed.tables["deal_reminders"]
    ]  # fmt: skip
    bulk(session, DealReminder, rows)


def bring_files(
    session: Session, edition: Edition, parsed: Parsed, firm_of: Firm, deals: Mapping[int, Deal]
) -> None:
    """Attach the files of deals; `firm_of` knows the organisation of a record. The chain tells of each."""
    records = parsed.tables["deal_attachments"]
    if not records:
        return
    ledger.lock(session, edition)
    told = []
    for r in records:
        row = _file(r, parsed.attachments[r["file"]], deals[r["deal"]], firm_of(r))
        session.add(row)
        told.append(
            (deals[r["deal"]], "attached", {"name": row.name, "size": row.size, "digest": row.digest})
        )
    session.flush()
    ledger.append(session, edition, told, None)


def _file(r: Record, data: bytes, deal: Deal, firm: int | None) -> DealAttachment:
    kind = kind_of(data) or ""
    return DealAttachment(
        deal_id=deal.id or 0, name=tidy_name(r["name"], kind), mimetype=kind, size=len(data),
        digest=sha256(data).hexdigest(), content=data, at=r["at"],
        organisation_id=firm,
    )  # fmt: skip
