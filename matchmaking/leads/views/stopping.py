"""What a visitor can stop: letters of one exhibitor, or all exhibitors' knowing them."""

from flask import abort, current_app, flash, g, make_response, redirect, render_template, request, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from sqlmodel import select

from expo.exhibitors.models import Exhibitor, Organisation
from expo.languages import pick
from expo.registration import services as registration
from expo.registration.queries import consents_of
from expo.registration.views.own import OWN, own_person
from expo.web import HouseForm, _, db, public
from expo.web.language import language
from expo.web.security import site_address
from matchmaking.leads import queries, services
from matchmaking.leads.models import Lead
from matchmaking.leads.views.blueprint import PHONE, bp, mail_bp


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key, salt=f"letters of exhibitors at {g.edition.code}")


def stop_link(lead_id: int, language: str) -> str:
    """The address that ends the letters of one exhibitor to one visitor; it holds no name and no address."""
    return site_address() + url_for("leads.stop", token=_signer().dumps(lead_id), lang=language)


def stop_at_once_link(lead_id: int) -> str:
    """The address to which mail programs post when somebody presses their "unsubscribe" (RFC 8058)."""
    return site_address() + url_for("leads_mail.stop_at_once", token=_signer().dumps(lead_id))


@bp.route(f"{OWN}/exhibitors", methods=["GET", "POST"])
@public
def met_by(secret: str):
    """For visitors, under the secret address of their registration: who scanned them, and an end to it."""
    person = own_person(secret)
    found = queries.scanned_by(db(), person.id)
    form = HouseForm()
    if form.accepted():
        muted = request.form.get("exhibitor", "")
        chosen = [db().get_one(Lead, row.id) for row in found if row.code == muted]
        if chosen:
            services.mute(db(), chosen[0])
            flash(_("This exhibitor writes to you no more."), "good")
        elif request.form.get("all") == "1":
            registration.withdraw(db(), person, ["leads"])
            flash(_("No exhibitor sees your contact any more, and none may write to you."), "good")
        db().commit()
        return redirect(url_for("leads.met_by", secret=secret))
    agreed = "leads" in consents_of(db(), [person.id])[person.id]
    answer = make_response(
        render_template("matchmaking/leads/met_by.html", rows=found, secret=secret, form=form, agreed=agreed)
    )
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _lead(token: str) -> Lead:
    try:
        lead_id = _signer().loads(token)
    except BadSignature:
        abort(404)
    query = select(Lead).where(Lead.id == lead_id, Lead.edition_id == g.edition.id)
    return db().exec(query).one_or_none() or abort(404)


@mail_bp.route(f"{PHONE}/stop/<token>/now", methods=["GET", "POST"])
@public
def stop_at_once(token: str):
    """End letters for a mail program: its post has no form of ours, only the signed address itself.

    Whoever opens the address in a browser comes to the page with the buttons.
    """
    if request.method == "POST":
        services.mute(db(), _lead(token))
        db().commit()
        return "", 204
    return redirect(url_for("leads.stop", token=token))


@bp.route(f"{PHONE}/stop/<token>", methods=["GET", "POST"])
@public
def stop(token: str):
    """End letters, by a button: programs that look at mail open links too."""
    lead = _lead(token)
    name = (
        db()
        .execute(
            select(Organisation.name)
            .join(Exhibitor, Exhibitor.organisation_id == Organisation.id)
            .where(Exhibitor.id == lead.exhibitor_id)
        )
        .scalar_one()
    )
    form = HouseForm()
    if form.accepted():
        services.mute(db(), lead)
        if request.form.get("all") == "1":
            services.withdraw_consent(db(), lead)
            flash(_("No exhibitor sees your contact any more, and none may write to you."), "good")
        else:
            flash(_("This exhibitor writes to you no more."), "good")
        db().commit()
        return redirect(url_for("leads.stop", token=token))
    return render_template(
        "matchmaking/leads/stop.html", form=form, name=pick(name, language()), muted=lead.muted_at
    )
