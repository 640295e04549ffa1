"""Documents drawn up for signing: frozen as printed, sealed, and open to checking by their code."""

from dataclasses import dataclass
from hashlib import sha256
from secrets import choice
from typing import Any

from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor, Organisation
from expo.languages import LANGUAGES
from expo.words import say
from matchmaking.catalogue.models import Buyer
from matchmaking.catalogue.queries import names_of
from matchmaking.deals.chain import canonical, micros_of, seal
from matchmaking.deals.content import quantity
from matchmaking.deals.models import PAPERS, Deal, DealDocument, DealEvent, DealHead, DealLine, DealProject
from matchmaking.deals.services import ledger
from matchmaking.deals.services.telling import parties_of

SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LONG = 16
"""Characters of a code: 78 bits, so that nobody guesses one."""


def draw_up(
    session: Session, edition: Edition, deal: Deal, kind: str, languages: tuple[str, str],
    user_id: int | None = None,
) -> DealDocument:  # fmt: skip
    """Draw up a document of a deal in two languages, as the deal stands at this moment."""
    if kind not in PAPERS:
        raise Refused(say("Choose a document from the list."))
    if languages[0] == languages[1] or any(code not in LANGUAGES for code in languages):
        raise Refused(say("Choose two different languages."))
    if kind == "order" and deal.type != "purchase":
        raise Refused(say("Only a purchase has a purchase order."))
    if deal.stage in ("lapsed", "cancelled"):
        raise Refused(say("This deal has come to its end; there is nothing left to sign."))
    ledger.hold(session, edition, deal, None)
    content = _content(session, edition, deal, kind)
    digest = sha256(canonical(content).encode()).hexdigest()
    code = "".join(choice(SIGNS) for _ in range(LONG))
    told = {"kind": kind, "languages": list(languages), "digest": digest}
    sequence = ledger.append(session, edition, [(deal, "document", told)], user_id)
    head = session.get_one(DealHead, edition.id, populate_existing=True)
    row = DealDocument(
        deal_id=deal.id, code=code, kind=kind, languages="-".join(languages), content=content,
        digest=digest, event_sequence=sequence, seal=head.hash, user_id=user_id,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def _content(session: Session, edition: Edition, deal: Deal, kind: str) -> dict[str, Any]:
    """Everything the paper says, in all the languages there are."""
    parties = parties_of(session, deal)
    known = {
        row.id: row
        for row in session.exec(
            select(Organisation).where(Organisation.id.in_([one.organisation_id for one in parties]))
        )
    }
    lines = session.exec(
        select(DealLine).where(DealLine.deal_id == deal.id).order_by(DealLine.position)
    ).all()
    called = names_of(session, edition, [line.hs for line in lines])
    project = session.get(DealProject, deal.id)
    return {
        "kind": kind,
        "number": deal.number,
        "version": deal.version,
        "type": deal.type,
        "stage": deal.stage,
        "title": deal.title,
        "signed_on": str(deal.signed_on),
        "currency": deal.currency,
        "total_minor": deal.total_minor,
        "terms": deal.terms,
        "term_months": deal.term_months,
        "delivery_due": str(deal.delivery_due or ""),
        "payment_due": str(deal.payment_due or ""),
        "parties": [
            {
                "role": one.role,
                "name": known[one.organisation_id].name,
                "country": known[one.organisation_id].country,
                "city": known[one.organisation_id].city,
                "signatory": one.signatory,
            }
            for one in parties
        ],
        "lines": [
            {
                "hs": line.hs, "text": line.text or called[line.hs], "quantity": quantity(line.quantity),
                "unit": line.unit,
                "unit_price_minor": line.unit_price_minor, "amount_minor": line.amount_minor,
                "incoterm": line.incoterm, "delivery": line.delivery,
            }
            for line in lines
        ],
        "project": None if project is None else {
            "form": project.form, "country": project.country, "place": project.place,
            "sector": project.sector, "summary": project.summary, "jobs": project.jobs,
        },
    }  # fmt: skip


@dataclass(frozen=True)
class Checked:
    """What anybody may know of a document: itself, whether it is as sealed, what became of the deal."""

    document: DealDocument
    deal: Deal
    genuine: bool
    amended: bool
    shows_price: bool
    states: list[str]


def document_by_code(session: Session, edition: Edition, code: str) -> DealDocument | None:
    """The edition's document of that code, however it is typed."""
    plain = code.replace("-", "").replace(" ", "").upper()
    if len(plain) != LONG or any(sign not in SIGNS for sign in plain):
        return None
    return session.exec(
        select(DealDocument)
        .join(Deal, Deal.id == DealDocument.deal_id)
        .where(DealDocument.code == plain, Deal.edition_id == edition.id)
    ).one_or_none()


def checked(session: Session, edition: Edition, document: DealDocument) -> Checked:
    """Check a document's bytes against the chain."""
    deal = session.get_one(Deal, document.deal_id)
    event = session.exec(
        select(DealEvent).where(
            DealEvent.edition_id == edition.id, DealEvent.sequence == document.event_sequence
        )
    ).one_or_none()
    genuine = event is not None and _is_genuine(document, event, deal.number)
    amended = session.exec(
        select(DealEvent.id).where(
            DealEvent.deal_id == deal.id, DealEvent.kind == "amended",
            DealEvent.sequence > document.event_sequence,
        )
    ).first()  # fmt: skip
    parties = parties_of(session, deal)
    return Checked(
        document,
        deal,
        genuine,
        amended is not None,
        bool(parties) and all(one.shows_price for one in parties if one.role != "witness"),
        [one.state for one in parties],
    )


def _is_genuine(document: DealDocument, event: DealEvent, number: int) -> bool:
    body = canonical(event.payload)
    mark = seal(
        event.sequence, number, event.kind, micros_of(event.at), event.user_id or 0, body, event.previous_hash
    )
    digest = sha256(canonical(document.content).encode()).hexdigest()
    return mark == event.hash == document.seal and digest == document.digest == event.payload.get("digest")


def usual_languages(session: Session, deal: Deal) -> tuple[str, str]:
    """The two parties' languages: the buyer's as it said, the others by country; never twice the same."""
    seller = session.get_one(Exhibitor, deal.seller_id)
    ids = [one.organisation_id for one in parties_of(session, deal)]
    rows = session.execute(select(Organisation.id, Organisation.country).where(Organisation.id.in_(ids)))
    countries: dict[int, str] = dict(rows.all())
    one = BY_COUNTRY.get(countries.get(seller.organisation_id, ""), "en")
    buyer = session.get(Buyer, deal.buyer_id) if deal.buyer_id else None
    spoken = [code for code in (buyer.languages if buyer else []) if code in LANGUAGES]
    land = countries.get(buyer.organisation_id, "") if buyer else ""
    other = spoken[0] if spoken else BY_COUNTRY.get(land, "en")
    if one == other:
        other = "en" if one != "en" else "zh"
    return one, other


BY_COUNTRY = dict.fromkeys(("CN", "HK", "MO", "TW", "SG"), "zh")
BY_COUNTRY |= dict.fromkeys(("RU", "BY", "KZ", "KG", "TJ", "UZ", "AM", "TM"), "ru") | {"PK": "ur"}
"""Country → the language of ours in which its firms sign."""
