"""The folder's deals brought into the edition's ledger."""

from collections import defaultdict
from typing import Any

from sqlmodel import Session, select

from expo.editions.models import Edition, Rate
from expo.exhibitors.models import Exhibitor
from expo.money import to_minor
from matchmaking.catalogue.models import Buyer
from matchmaking.deals import services as deals
from matchmaking.folder.history import events_of
from matchmaking.folder.parse import Parsed, Record
from matchmaking.folder.services.tilling import bring_files, bring_reminders, bring_tills

PROJECT = "project_"


def bring_deals(session: Session, edition: Edition, parsed: Parsed, ids: dict[str, dict[Any, int]]) -> None:
    """Put the deals of a folder into the ledger, with tills and files; `ids` leads from codes to rows.

    Refused as by `bring_in`.
    """
    found = _Deals(session, edition, parsed, ids)
    several = [found.brought(record) for record in sorted(parsed.tables["deals"], key=_number)]
    past = events_of(parsed.tables["deal_history"])
    made = deals.bring_in(session, edition, parsed.settings.code, several, past)
    by_number = {deal.number: deal for deal in made}
    bring_tills(session, edition, parsed, ids, by_number)
    bring_reminders(session, parsed, found.firm, by_number)
    bring_files(session, edition, parsed, found.firm, by_number)


def _number(record: Record) -> int:
    return record["number"]


class _Deals:
    """What the records of deals lead to."""

    def __init__(self, session: Session, edition: Edition, parsed: Parsed, ids: dict[str, dict[str, int]]):
        self.edition, self.ids = edition, ids
        self.exhibitors = {row.code: row for row in _all(session, edition, Exhibitor)}
        self.buyers = {row.code: row for row in _all(session, edition, Buyer)}
        self.currency = {record["number"]: record["currency"] for record in parsed.tables["deals"]}
        self.lines: dict[int, list[Record]] = defaultdict(list)
        self.parties: dict[int, list[Record]] = defaultdict(list)
        for table, kept in (("deal_lines", self.lines), ("deal_parties", self.parties)):
            for record in parsed.tables[table]:
                kept[record["deal"]].append(record)

    def brought(self, r: Record) -> deals.Brought:
        """A record as the ledger takes it."""
        seller, buyer = self.exhibitors[r["seller"]], self.buyers[r["buyer"]] if r["buyer"] else None
        sides = [seller.organisation_id, *([buyer.organisation_id] if buyer else [])]
        parties = {self.firm(one): one for one in self.parties[r["number"]]}
        signs = [parties[one]["signatory"] if one in parties else "" for one in sides] + [""]
        author = next((who for who, one in parties.items() if one["state"] == "entered"), None)
        lines = tuple(self._line(one, r["currency"]) for one in self.lines[r["number"]])
        plain = {
            name: r[name]
            for name in (
                "type",
                "stage",
                "currency",
                "signed_on",
                "title",
                "terms",
                "origin",
                "term_months",
                "delivery_due",
                "payment_due",
                "framework",
            )
        }
        new = deals.NewDeal(
            seller=seller, buyer=buyer, lines=lines, forum_id=self.ids["forums"].get(r["forum"]),
            meeting_id=self.ids["meetings"].get(r["meeting"]),
            amount_minor=0 if lines else to_minor(r["total"], r["currency"]),
            signatories=(signs[0], signs[1]),
            others=tuple(
                deals.Party(who, one["role"], one["signatory"])
                for who, one in parties.items() if who not in sides
            ),
            project=_project(r), entered_for=author, rate=self._rate(r), **plain,
        )  # fmt: skip
        answers = {
            who: deals.Answer(one["role"], one["state"], one["reason"], one["shows_price"])
            for who, one in parties.items()
        }
        return deals.Brought(r["number"], new, _facts(r), answers, r["called_from"])

    def firm(self, r: Record) -> int | None:
        """The organisation that a record names as an exhibitor or a buyer; None for neither."""
        row = self.exhibitors.get(r["exhibitor"]) or self.buyers.get(r["buyer"])
        return row.organisation_id if row else None

    def _line(self, r: Record, currency: str) -> deals.Line:
        return deals.Line(
            r["hs"], r["text"], r["quantity"], r["unit"], to_minor(r["price"], currency),
            self.ids["products"].get(r["product"]), r["incoterm"], r["delivery"],
        )  # fmt: skip

    def _rate(self, r: Record) -> Rate | None:
        if not r["rate"]:
            return None
        return Rate(
            edition_id=self.edition.id, currency=r["currency"], rate=r["rate"], source=r["rate_source"],
            on_date=r["rate_date"] or r["signed_on"],
        )  # fmt: skip


def _all(session: Session, edition: Edition, model: Any) -> Any:
    return session.exec(select(model).where(model.edition_id == edition.id))


def _facts(r: Record) -> dict[str, Any]:
    """What was true on the day; what the folder leaves open is as it is now."""
    told = {name: r[name] for name in ("seller_country", "buyer_country", "newcomer", "abroad")}
    return {"zone_code": r["zone_code"]} | {name: it for name, it in told.items() if it not in ("", None)}


def _project(r: Record) -> deals.Project | None:
    if not r["project_form"]:
        return None
    names = ("form", "country", "place", "sector", "summary", "jobs", "starts_on", "ends_on")
    return deals.Project(**{name: r[PROJECT + name] for name in names})
