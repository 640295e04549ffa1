"""One lead: who it is as far as one may know, what was noted, and the way on to a deal."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for

from expo.errors import Refused
from expo.languages import pick
from expo.web import _, db, needs, refuse
from expo.web.language import language
from matchmaking.leads import queries, services
from matchmaking.leads.forms import LeadForm
from matchmaking.leads.models import Lead
from matchmaking.leads.queries.partners import buyer_of
from matchmaking.leads.views.blueprint import OWN, bp, exhibitor, own_lead
from matchmaking.leads.views.listing import chapter_names, names


@bp.route(f"{OWN}/<int:number>", methods=["GET", "POST"])
@needs("leads.own")
def lead_detail(number: int):
    """A lead of one's own, and the form to change what is noted."""
    lead = own_lead(number)
    known = queries.card(db(), lead)
    products = queries.products_of(db(), lead.exhibitor_id)
    goods = [(one.id, pick(one.name, language())) for one in products]
    kinds = chapter_names({one.chapter for one in products} | set(known["chapters"]))
    form = LeadForm(data=_values(lead, known), products=goods, chapters=kinds)
    if form.accepted():
        try:
            services.change(db(), lead, _given(form, lead), request.form.get("seen", type=int))
            db().commit()
            flash(_("Saved."), "good")
            return redirect(url_for("leads.lead_detail", number=number))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    lead = own_lead(number)
    return render_template(
        "matchmaking/leads/lead_detail.html",
        lead=lead,
        known=known,
        form=form,
        questions=services.questions(db(), g.edition.id, lead.exhibitor_id),
        visits=queries.visits_of(db(), lead),
        buyer=buyer_of(db(), g.edition, lead),
        exhibitor=exhibitor(),
        **names(),
    )


def _values(lead: Lead, known: dict[str, Any]) -> dict[str, Any]:
    return {
        "rating": str(lead.rating or 0),
        "products": known["products"],
        "chapters": known["chapters"],
        "notes": lead.notes,
        "next_step": lead.next_step,
        "next_on": lead.next_on,
        "done": lead.done_at is not None,
    }


def _given(form: LeadForm, lead: Lead) -> dict[str, Any]:
    answers: dict[int, int | None] = {}
    for question in services.questions(db(), g.edition.id, lead.exhibitor_id):
        typed = request.form.get(f"answer-{question.id}", "")
        fits = (
            typed.isascii() and typed.isdecimal() and len(typed) == 1 and int(typed) < len(question.choices)
        )
        answers[question.id] = int(typed) if fits else None
    return {
        "rating": int(form.rating.data) or None,
        "notes": form.notes.data,
        "next_step": form.next_step.data,
        "next_on": form.next_on.data,
        "done": form.done.data,
        "products": form.products.data or [],
        "chapters": form.chapters.data or [],
        "answers": answers,
    }
