"""Applying step by step; every step is saved and can be come back to."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from expo.clock import now
from expo.errors import Refused
from expo.exhibitors import period, stages
from expo.exhibitors import services as exhibitors
from expo.exhibitors.application import SHAPES, SIZES, STEPS, WISHES, missing, pieces, step_after
from expo.exhibitors.models import Exhibitor
from expo.exhibitors.sectors import sector_name
from expo.languages import pick, tidy
from expo.venue import queries as venue
from expo.web import _, db, needs, refuse, words
from expo.web.language import language
from matchmaking.catalogue import queries as catalogue
from matchmaking.portal import services
from matchmaking.portal.forms import ContactForm, OrganisationForm, StandForm
from matchmaking.portal.views.blueprint import bp, candidates, own, own_or_none

ADDRESS = "/<edition>/portal"
APPLICATION = f"{ADDRESS}/application"
PAGES = {"products": "portal.product_list"}


def page_of(step: str) -> str:
    """The address of a step."""
    return url_for(PAGES.get(step, f"portal.{step if step != 'stand' else 'stand_wanted'}"))


def stepper(exhibitor: Exhibitor | None, step: str) -> dict:
    """What the templates' row of steps needs."""
    names = {
        "organisation": _("Organisation"),
        "stand": _("Stand"),
        "wishes": _("Wishes"),
        "products": _("Products"),
        "contact": _("Contact"),
        "check": _("Check and send"),
    }
    return {
        "labels": [names[each] for each in STEPS],
        "at": STEPS.index(step) + 1,
        "urls": [page_of(each) for each in STEPS] if exhibitor else [],
        "exhibitor": exhibitor,
        "is_draft": exhibitor is None or exhibitor.state == "draft",
    }


def seen() -> int | None:
    """The revision of the application that the sender had before their eyes."""
    return request.form.get("seen", type=int)


def saved(step: str):
    """After a step: to the next one, or back to the checklist for those who go on later."""
    if request.form.get("later"):
        flash(_("Saved. You can go on at any time."), "good")
        return redirect(url_for("portal.checklist"))
    return redirect(page_of(step_after(step)))


@bp.route(f"{APPLICATION}/organisation", methods=["GET", "POST"])
@needs("account.own")
def organisation():
    """Step one: who applies. A newcomer's first saving makes the draft."""
    found = own_or_none()
    unbegun = None if found else next((row for part, row in candidates() if part is None), None)
    known = found.organisation if found else unbegun
    form = OrganisationForm(obj=known, data=None if known else {"email": current_user.email})
    if form.accepted():
        try:
            if found:
                exhibitors.save_organisation(db(), found.exhibitor, _organisation(form), seen())
            else:
                services.begin(db(), g.edition, current_user.id, _organisation(form), unbegun)
            db().commit()
            return saved("organisation")
        except Refused as refused:
            db().rollback()
            if not found and own_or_none():  # sent twice: the first sending has made the draft
                return saved("organisation")
            refuse(form, refused)
    found = own_or_none()
    steps = stepper(found.exhibitor if found else None, "organisation")
    return render_template("matchmaking/portal/organisation.html", form=form, **steps)


def _organisation(form: OrganisationForm) -> dict:
    given = {name: (form[name].data or "").strip() for name in ("city", "website", "email", "phone")}
    return {"name": tidy(form["name"].data), "country": form.country.data, "size": form.size.data, **given}


@bp.route(f"{APPLICATION}/stand", methods=["GET", "POST"])
@needs("portal.use")
def stand_wanted():
    """Step two: how much floor, of which shape, where."""
    exhibitor = own().exhibitor
    zones = venue.zones(db(), g.edition)
    labels = [(zone.code, f"{zone.code} · {pick(zone.name, language())}") for zone in zones]
    form = StandForm(obj=exhibitor, zones=labels)
    if form.accepted():
        try:
            exhibitors.save_stand(
                db(), exhibitor, {k: v for k, v in form.data.items() if k != "csrf_token"}, seen()
            )
            db().commit()
            return saved("stand")
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return render_template(
        "matchmaking/portal/stand_wanted.html", form=form, **stepper(own().exhibitor, "stand")
    )


@bp.route(f"{APPLICATION}/contact", methods=["GET", "POST"])
@needs("portal.use")
def contact():
    """Step five: the contact person and the entry in the directory."""
    exhibitor = own().exhibitor
    form = ContactForm(obj=exhibitor)
    if form.accepted():
        given = {
            name: (form[name].data or "").strip() for name in ("contact_name", "contact_email", "sector")
        }
        try:
            exhibitors.save_contact(db(), exhibitor, given | {"profile": tidy(form.profile.data)}, seen())
            db().commit()
            return saved("contact")
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return render_template(
        "matchmaking/portal/contact.html", form=form, **stepper(own().exhibitor, "contact")
    )


@bp.get(APPLICATION)
@needs("portal.use")
def check():
    """Step six: everything once more, what is missing, and the button that sends it."""
    return _check()


def _check(refused: Refused | None = None):
    exhibitor, organisation_, _others = own()
    may = stages.EXHIBITOR_MAY[exhibitor.state]
    wishes = exhibitors.wishes(db(), exhibitor)
    products = catalogue.product_count(db(), exhibitor.id)
    return render_template(
        "matchmaking/portal/check.html",
        organisation=organisation_,
        wishes=wishes,
        requests=exhibitors.requests(db(), exhibitor),
        lead=exhibitors.lead_of(db(), exhibitor),
        pieces=pieces(exhibitor.model_dump(), len(wishes), products),
        rivals=exhibitors.rivals(db(), exhibitor),
        products=products,
        zones=venue.signed_zones(db(), g.edition, exhibitor.zones),
        lacks=[(page_of(step), sentence) for step, sentence in missing(exhibitor.model_dump())],
        refused=words(refused.sentence) if refused else "",
        sector=words(sector_name(exhibitor.sector)),
        shapes=SHAPES,
        sizes=SIZES,
        wish_names=WISHES,
        name=stages.NAMES[exhibitor.state],
        tone=stages.TONES[exhibitor.state],
        may=may,
        standing=period.standing(g.edition.applications_open_at, g.edition.applications_close_at, now()),
        page_of=page_of,
        **stepper(exhibitor, "check"),
    )


@bp.post(f"{APPLICATION}/<any(submit,'take-back',withdraw):act>")
@needs("portal.use")
def application_move(act: str):
    """Send the application, take it back to change it, or withdraw it."""
    exhibitor = own().exhibitor
    try:
        if act == "submit":
            services.submit(db(), g.edition, exhibitor)
        else:
            (exhibitors.take_back if act == "take-back" else exhibitors.withdraw)(db(), exhibitor)
        db().commit()
    except Refused as refused:
        db().rollback()
        return _check(refused)
    said = {
        "submit": _("Your application is sent. The organiser decides and writes to you."),
        "take-back": _("You can change your application now. Send it again when it is ready."),
        "withdraw": _("Your application is withdrawn."),
    }
    flash(said[act], "good")
    return redirect(url_for("portal.check" if act == "take-back" else "portal.checklist"))
