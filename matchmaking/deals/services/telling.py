"""A deal as it is told to the ledger, and the content that is sealed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session, select

from expo.editions.models import Rate
from expo.exhibitors.models import Exhibitor
from expo.languages import pick
from matchmaking.catalogue.models import Buyer
from matchmaking.deals.content import Line, Party, Project, sealed_lines
from matchmaking.deals.models import Deal, DealParty
from matchmaking.deals.services.writing import run
from matchmaking.deals.stages import BY_LINES

_NAMES = "SELECT id, name, country FROM organisation WHERE id = ANY(%(ids)s)"


@dataclass(frozen=True)
class NewDeal:
    """A deal to be recorded, or what an amendment makes of one. Without a `rate` it takes the edition's.

    `amount_minor` is what a deal without lines is worth. `others` sign beside seller and buyer. `entered_for`
    is the organisation that enters it; None for the staff at the signing desk.
    """

    seller: Exhibitor
    buyer: Buyer | None
    currency: str
    lines: tuple[Line, ...]
    signed_on: date
    type: str = "purchase"
    stage: str = "intent"
    meeting_id: int | None = None
    forum_id: int | None = None
    origin: str = ""
    amount_minor: int = 0
    title: Mapping[str, str] = field(default_factory=dict)
    terms: str = ""
    term_months: int | None = None
    delivery_due: date | None = None
    payment_due: date | None = None
    framework: bool = False
    framework_id: int | None = None
    others: tuple[Party, ...] = ()
    signatories: tuple[str, str] = ("", "")
    project: Project | None = None
    entered_for: int | None = None
    rate: Rate | None = None

    @property
    def total_minor(self) -> int:
        """What the lines add up to, or what was stated where there are none."""
        return sum(line.amount_minor for line in self.lines) if self.lines else self.amount_minor

    def organisations(self) -> list[int]:
        """The organisations that sign, seller and buyer first."""
        buyer = [self.buyer.organisation_id] if self.buyer else []
        return [self.seller.organisation_id, *buyer, *(party.organisation_id for party in self.others)]

    def parties(self) -> list[Party]:
        """Everybody who signs, in order, with the roles that the type of the deal gives them."""
        trade = self.type in BY_LINES
        first, second = ("seller", "buyer") if trade else ("partner", "partner")
        if self.type == "investment":
            first, second = "host", "investor"
        found = [Party(self.seller.organisation_id, first, self.signatories[0])]
        if self.buyer:
            found.append(Party(self.buyer.organisation_id, second, self.signatories[1]))
        return [*found, *self.others]


def known_organisations(session: Session, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """organisation → (name, country)."""
    rows = run(session, _NAMES, ids=list(set(ids)))
    return {number: (pick(name, "en"), country) for number, name, country in rows}


def party_rows(deal: Deal, new: NewDeal, user_id: int | None) -> list[dict[str, Any]]:
    """The rows of deal_party for what was just entered: its author stands by it, the others are open."""
    return [
        {
            "deal_id": deal.id,
            "position": position,
            "organisation_id": party.organisation_id,
            "role": party.role,
            "signatory": party.signatory,
            "state": "entered" if party.organisation_id == new.entered_for else "open",
            "entered_by": user_id,
            "reason": "",
            "shows_price": False,
        }
        for position, party in enumerate(new.parties(), 1)
    ]


def content(
    deal: Deal, new: NewDeal, names: Mapping[int, tuple[str, str]], framework: int | None
) -> dict[str, Any]:
    """What an event of this deal seals; `framework` is the number of the one it is called off from."""
    told: dict[str, Any] = {
        "type": deal.type,
        "stage": deal.stage,
        "seller": new.seller.code,
        "buyer": new.buyer.code if new.buyer else None,
        "currency": deal.currency,
        "total_minor": deal.total_minor,
        "home_minor": deal.home_minor,
        "rate": format(deal.rate.normalize(), "f"),
        "rate_date": str(deal.rate_date),
        "rate_source": deal.rate_source,
        "signed_on": str(deal.signed_on),
        "origin": deal.origin,
        "lines": sealed_lines(new.lines),
        "parties": [
            [party.organisation_id, party.role, *names.get(party.organisation_id, ("", "")), party.signatory]
            for party in new.parties()
        ],
        "entered_for": new.entered_for,
    }
    more = {
        "title": dict(new.title),
        "terms": new.terms,
        "term_months": new.term_months,
        "delivery_due": _day(new.delivery_due),
        "payment_due": _day(new.payment_due),
        "framework": framework if framework is not None else new.framework,
        "project": _project(new.project),
    }
    return told | {name: value for name, value in more.items() if value}


def _day(day: date | None) -> str | None:
    return str(day) if day else None


def _project(project: Project | None) -> dict[str, Any] | None:
    if project is None:
        return None
    days = {"starts_on": _day(project.starts_on), "ends_on": _day(project.ends_on)}
    return {**vars(project), **days, "summary": dict(project.summary or {})}


def parties_of(session: Session, deal: Deal) -> Sequence[DealParty]:
    """A deal's parties in order."""
    return session.exec(
        select(DealParty).where(DealParty.deal_id == deal.id).order_by(DealParty.position)
    ).all()
