"""From a typed form to a deal, and from a deal to the form that amends it."""

from typing import Any

from flask import g, request
from sqlmodel import select

from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.languages import pick
from expo.money import to_major
from expo.web import db, words
from expo.web.language import language
from expo.words import say
from matchmaking.catalogue.models import Buyer
from matchmaking.deals import queries, services
from matchmaking.deals.forms import DealForm
from matchmaking.deals.models import Deal


def deal_form(data: dict[str, Any] | None = None) -> DealForm:
    """The form in the reader's language, with what is known already."""
    forums = [(code, pick(name, language())) for _id, code, name in queries.forums(db(), g.edition)]
    return DealForm(data=data).named(words, forums)


def typed_deal(form: DealForm, own: set[int] | None = None) -> services.NewDeal:
    """The deal that was typed; `own` are the organisations its author acts for (None: staff)."""
    seller = party(Exhibitor, form.seller.data)
    buyer = party(Buyer, form.buyer.data) if (form.buyer.data or "").strip() else None
    if form.signed_on.data is None:
        raise Refused(say("Say on which day the deal was signed."))
    title = (form.title.data or "").strip()
    forums = {code: number for number, code, _name in queries.forums(db(), g.edition)}
    lines = form.typed_lines(language())
    return services.NewDeal(
        seller=seller,
        buyer=buyer,
        currency=form.typed_currency(),
        lines=lines,
        amount_minor=form.typed_amount(),
        signed_on=form.signed_on.data,
        type=form.type.data,
        stage=form.stage.data,
        title={language(): title} if title else {},
        terms=(form.terms.data or "").strip(),
        origin=form.origin.data or "",
        forum_id=forums.get(form.forum.data or ""),
        meeting_id=queries.meeting_between(db(), seller.id, buyer.id, numbered(form.meeting.data))
        if buyer
        else None,
        term_months=form.term_months.data,
        delivery_due=form.delivery_due.data,
        payment_due=form.payment_due.data,
        framework=form.framework.data,
        framework_id=_framework(form.framework_number.data, own),
        others=_others(form),
        signatories=((form.seller_signs.data or "").strip(), (form.buyer_signs.data or "").strip()),
        project=form.typed_project(language()),
        entered_for=_author(own, seller, buyer),
    )


def numbered(text: str | None) -> int:
    """A number that a link or a hidden field brought along; 0 for anything else."""
    text = text or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def of_meeting(own: set[int] | None = None) -> dict[str, Any]:
    """What the meeting that the address names says of a deal; nothing for none, or for one of others."""
    met = queries.meeting(db(), g.edition, numbered(request.args.get("meeting")), own)
    if met is None:
        return {}
    given: dict[str, Any] = {
        "meeting": str(met.id), "seller": met.seller, "buyer": met.buyer, "signed_on": met.on,
        "origin": "meeting",
    }  # fmt: skip
    if met.product is None:
        return given
    line: dict[str, Any] = {
        "hs": met.product.hs, "text": pick(met.product.name, language()), "incoterm": met.product.incoterm,
    }  # fmt: skip
    if met.quantity:
        line |= {"quantity": met.quantity.normalize() + 0, "unit": met.unit}
    if met.price is not None:
        given["currency"] = met.product.currency
        line["price"] = met.price
    return given | {"lines": [line]}


def _author(own: set[int] | None, seller: Exhibitor, buyer: Buyer | None) -> int | None:
    if own is None:
        return None
    both = [seller.organisation_id, *([buyer.organisation_id] if buyer else [])]
    mine = next((one for one in both if one in own), None)
    if mine is None:
        raise Refused(say("You can enter deals of your own organisation only."))
    return mine


def party(model, code: str | None):
    """The exhibitor or buyer of that code. Refused where there is none."""
    code = (code or "").strip()
    found = db().exec(select(model).where(model.edition_id == g.edition.id, model.code == code)).first()
    if found is None:
        if model is Exhibitor:
            raise Refused(say("There is no exhibitor %(code)s.", code=code))
        raise Refused(say("There is no buyer %(code)s.", code=code))
    return found


def _others(form: DealForm) -> tuple[services.Party, ...]:
    found = []
    for entry in form.others:
        code = (entry.form.code.data or "").strip()
        if not code:
            continue
        row = queries.party_by_code(db(), g.edition, code)
        if row is None:
            raise Refused(say("There is no exhibitor and no buyer %(code)s.", code=code))
        signatory = (entry.form.signatory.data or "").strip()
        found.append(services.Party(row.organisation_id, entry.form.role.data or "partner", signatory))
    return tuple(found)


def _framework(number: int | None, own: set[int] | None) -> int | None:
    """The framework of that number; one that the reader's organisations do not sign is none to them."""
    if number is None:
        return None
    deal = queries.deal_by_number(db(), g.edition, number)
    if deal is not None and own is not None:
        signing = {one.organisation_id for one in queries.parties(db(), g.edition, deal)}
        deal = deal if signing & own else None
    if deal is None or not deal.framework:
        raise Refused(say("Deal %(number)s is no framework.", number=number))
    return deal.id


def values_of(deal: Deal) -> dict[str, Any]:
    """What the form that amends a deal begins with."""
    session, speech = db(), language()
    parties = queries.parties(session, g.edition, deal)
    project = queries.project_of(session, deal)
    lines = queries.lines_of(session, deal)
    seller = session.get_one(Exhibitor, deal.seller_id)
    buyer = session.get(Buyer, deal.buyer_id) if deal.buyer_id else None
    forums = {number: code for number, code, _name in queries.forums(session, g.edition)}
    first = 2 if buyer else 1
    frame = session.get(Deal, deal.framework_id) if deal.framework_id else None
    values: dict[str, Any] = {
        name: getattr(deal, name)
        for name in ("type", "stage", "currency", "signed_on", "origin", "term_months", "delivery_due",
                     "payment_due", "terms", "framework", "version")
    }  # fmt: skip
    values |= {
        "seller": seller.code,
        "buyer": buyer.code if buyer else "",
        "seller_signs": parties[0].signatory if parties else "",
        "buyer_signs": parties[1].signatory if buyer and len(parties) > 1 else "",
        "title": pick(deal.title, speech),
        "amount": to_major(deal.total_minor, deal.currency) if not lines else None,
        "forum": forums.get(deal.forum_id or 0, ""),
        "framework_number": frame.number if frame else None,
        "lines": [
            {
                "hs": line.hs,
                "text": pick(line.text, speech),
                "quantity": line.quantity.normalize() + 0,
                "unit": line.unit,
                "price": to_major(line.unit_price_minor, deal.currency),
                "incoterm": line.incoterm,
                "delivery": line.delivery,
            }
            for line in lines
        ],
        "others": [
            {"code": one.code, "role": one.role, "signatory": one.signatory} for one in parties[first:]
        ],
    }
    if project:
        values |= {
            "project_form": project.form,
            "project_country": project.country,
            "project_place": project.place,
            "project_sector": project.sector,
            "project_summary": pick(project.summary, speech),
            "project_jobs": project.jobs,
            "project_starts": project.starts_on,
            "project_ends": project.ends_on,
        }
    return values
