"""What belongs to a deal besides its lines: parties, project, files, papers, call-offs; and who it is for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import distinct, func
from sqlmodel import Session, select

from expo.accounts.models import User
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation
from expo.forums.models import Forum
from expo.languages import pick
from matchmaking.catalogue.models import Buyer
from matchmaking.deals.models import Deal, DealAttachment, DealDocument, DealParty, DealProject
from matchmaking.meetings.models import Meeting


@dataclass(frozen=True)
class PartyRow:
    """A party of a deal with its organisation."""

    organisation_id: int
    role: str
    signatory: str
    state: str
    reason: str
    shows_price: bool
    name: dict[str, str]
    country: str
    code: str


def parties(session: Session, edition: Edition, deal: Deal) -> list[PartyRow]:
    """A deal's parties in order, each under its code in the edition ("" for one that has none)."""
    rows = session.execute(
        select(
            DealParty.organisation_id, DealParty.role, DealParty.signatory, DealParty.state, DealParty.reason,
            DealParty.shows_price, Organisation.name, Organisation.country, Exhibitor.code, Buyer.code,
        )
        .join(Organisation, Organisation.id == DealParty.organisation_id)
        .outerjoin(
            Exhibitor,
            (Exhibitor.organisation_id == Organisation.id) & (Exhibitor.edition_id == edition.id),
        )
        .outerjoin(
            Buyer, (Buyer.organisation_id == Organisation.id) & (Buyer.edition_id == edition.id)
        )
        .where(DealParty.deal_id == deal.id)
        .order_by(DealParty.position)
    )  # fmt: skip
    return [PartyRow(*row[:8], _code(row)) for row in rows]


def _code(row: Any) -> str:
    buys = row[1] in ("buyer", "investor")
    return (row[9] or row[8] if buys else row[8] or row[9]) or ""


def project_of(session: Session, deal: Deal) -> DealProject | None:
    """What an investment or cooperation is about."""
    return session.get(DealProject, deal.id)


class FileRow(NamedTuple):
    """An attachment without its bytes."""

    id: int
    name: str
    mimetype: str
    size: int
    digest: str
    at: Any
    who: str
    user_id: int | None


def files(session: Session, deal: Deal) -> list[FileRow]:
    """A deal's attachments, the oldest first."""
    rows = session.execute(
        select(
            DealAttachment.id, DealAttachment.name, DealAttachment.mimetype, DealAttachment.size,
            DealAttachment.digest, DealAttachment.at, User.name, DealAttachment.user_id,
        )
        .outerjoin(User, User.id == DealAttachment.user_id)
        .where(DealAttachment.deal_id == deal.id)
        .order_by(DealAttachment.id)
    )  # fmt: skip
    return [FileRow(*row) for row in rows]


def documents(session: Session, deal: Deal) -> Sequence[DealDocument]:
    """The papers drawn up of a deal, the newest first."""
    return session.exec(
        select(DealDocument).where(DealDocument.deal_id == deal.id).order_by(DealDocument.id.desc())
    ).all()


class Frame(NamedTuple):
    """A framework and its call-offs: number, stage, total."""

    number: int
    total_minor: int
    calls: list[tuple[int, str, int]]

    @property
    def called_minor(self) -> int:
        """What is called off."""
        return sum(total for _number, stage, total in self.calls if stage not in ("lapsed", "cancelled"))


def frame_of(session: Session, deal: Deal) -> Frame | None:
    """The framework a deal is, or is called off from."""
    if not deal.framework and not deal.framework_id:
        return None
    frame = session.get_one(Deal, deal.framework_id) if deal.framework_id else deal
    rows = session.execute(
        select(Deal.number, Deal.stage, Deal.total_minor)
        .where(Deal.framework_id == frame.id)
        .order_by(Deal.number)
        .limit(200)
    )
    return Frame(frame.number, frame.total_minor, [tuple(row) for row in rows])


def forums(session: Session, edition: Edition) -> list[tuple[int, str, dict[str, str]]]:
    """(id, code, name) of the edition's forums."""
    rows = session.execute(
        select(Forum.id, Forum.code, Forum.name).where(Forum.edition_id == edition.id).order_by(Forum.code)
    )
    return [tuple(row) for row in rows]


def party_by_code(session: Session, edition: Edition, code: str) -> Exhibitor | Buyer | None:
    """The exhibitor or buyer of that code."""
    for model in (Exhibitor, Buyer):
        found = session.exec(select(model).where(model.edition_id == edition.id, model.code == code)).first()
        if found:
            return found
    return None


def acting_for(session: Session, edition: Edition, ids: Collection[int]) -> list[tuple[int, str, str, Any]]:
    """(organisation, 'seller' or 'buyer', code, name) of what somebody may act for in the edition."""
    found: list[tuple[int, str, str, Any]] = []
    if not ids:
        return found
    for side, model in (("seller", Exhibitor), ("buyer", Buyer)):
        rows = session.execute(
            select(Organisation.id, model.code, Organisation.name)
            .join(model, model.organisation_id == Organisation.id)
            .where(model.edition_id == edition.id, Organisation.id.in_(ids))
            .order_by(model.code)
        )
        found += [(number, side, code, name) for number, code, name in rows]
    return found


def met(session: Session, edition: Edition, ids: Collection[int]) -> list[tuple[str, dict[str, str]]]:
    """(code, name) of everybody whom the organisations met at a table: whom a deal is most likely with."""
    found: list[tuple[str, dict[str, str]]] = []
    for mine, other, own_key, key in (
        (Exhibitor, Buyer, Meeting.exhibitor_id, Meeting.buyer_id),
        (Buyer, Exhibitor, Meeting.buyer_id, Meeting.exhibitor_id),
    ):
        rows = session.execute(
            select(other.code, Organisation.name)
            .join(Meeting, key == other.id)
            .join(mine, own_key == mine.id)
            .join(Organisation, Organisation.id == other.organisation_id)
            .where(Meeting.edition_id == edition.id, mine.organisation_id.in_(ids))
            .order_by(other.code)
            .limit(300)
        )
        found += [tuple(row) for row in rows]
    return found


def own_count(session: Session, edition: Edition, ids: Collection[int]) -> int:
    """How many of the edition's deals the organisations sign."""
    return session.execute(
        select(func.count(distinct(Deal.id)))
        .join(DealParty, DealParty.deal_id == Deal.id)
        .where(Deal.edition_id == edition.id, DealParty.organisation_id.in_(ids))
    ).scalar_one()


def waiting_for(session: Session, edition: Edition, ids: Collection[int]) -> list[int]:
    """The numbers of deals that wait for one of the organisations to confirm them."""
    return list(
        session.execute(
            select(Deal.number)
            .join(DealParty, DealParty.deal_id == Deal.id)
            .where(
                Deal.edition_id == edition.id,
                DealParty.organisation_id.in_(ids),
                DealParty.state == "open",
                DealParty.role != "witness",
                Deal.stage.not_in(("lapsed", "cancelled")),
            )
            .order_by(Deal.number)
            .limit(200)
        ).scalars()
    )


class Signing(NamedTuple):
    """A deal to be signed at the ceremony: its number, what it is, and (role, name, country, signatory)."""

    number: int
    type: str
    stage: str
    title: dict[str, str]
    total_minor: int
    currency: str
    parties: list[tuple[str, dict[str, str], str, str]]


def signings(session: Session, edition: Edition, limit: int = 300) -> list[Signing]:
    """What is signed at the ceremony, by number."""
    deals = session.execute(
        select(Deal.id, Deal.number, Deal.type, Deal.stage, Deal.title, Deal.total_minor, Deal.currency)
        .where(
            Deal.edition_id == edition.id,
            Deal.origin == "ceremony",
            Deal.stage.not_in(("lapsed", "cancelled")),
        )
        .order_by(Deal.number)
        .limit(limit)
    ).all()
    signers: dict[int, list] = {}
    rows = session.execute(
        select(
            DealParty.deal_id, DealParty.role, Organisation.name, Organisation.country, DealParty.signatory
        )
        .join(Organisation, Organisation.id == DealParty.organisation_id)
        .where(DealParty.deal_id.in_([row.id for row in deals]))
        .order_by(DealParty.deal_id, DealParty.position)
    )
    for deal_id, *party in rows:
        signers.setdefault(deal_id, []).append(tuple(party))
    return [Signing(*row[1:], signers.get(row[0], [])) for row in deals]


def latest(session: Session, edition: Edition, language: str, limit: int = 8) -> list[dict[str, Any]]:
    """Who signed last, without sums: {'number', 'parties', 'title'}, the parties as a list of names."""
    rows = session.execute(
        select(Deal.id, Deal.number, Deal.title)
        .where(
            Deal.edition_id == edition.id,
            Deal.stage.in_(("intent", "memorandum", "contract")),
            Deal.standing != "disputed",
        )
        .order_by(Deal.id.desc())
        .limit(limit)
    ).all()
    names: dict[int, list[str]] = {}
    parties = session.execute(
        select(DealParty.deal_id, Organisation.name)
        .join(Organisation, Organisation.id == DealParty.organisation_id)
        .where(DealParty.deal_id.in_([row.id for row in rows]))
        .order_by(DealParty.deal_id, DealParty.position)
    )
    for deal_id, name in parties:
        names.setdefault(deal_id, []).append(pick(name, language))
    return [
        {
            "number": str(row.number),
            "parties": names.get(row.id, []),
            "title": pick(row.title, language),
        }
        for row in rows
    ]
