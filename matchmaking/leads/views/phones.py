"""Phones of the stand's people: given a code, enrolled, switched off."""

from flask import flash, g, make_response, redirect, render_template, request, url_for
from sqlmodel import select

from expo.accounts.limits import network_of
from expo.accounts.services import count_try
from expo.errors import Refused
from expo.languages import pick
from expo.qr import picture
from expo.registration.models import Person
from expo.web import HouseForm, _, db, needs, public, refuse, telling
from expo.web.language import language
from expo.web.security import site_address
from matchmaking.leads import services
from matchmaking.leads.forms import PhoneForm
from matchmaking.leads.models import LeadDevice
from matchmaking.leads.services.phones import waiting_phone
from matchmaking.leads.views.blueprint import OWN, PHONE, bp, exhibitor, give_token


@bp.route(f"{OWN}/phones", methods=["GET", "POST"])
@needs("leads.own")
def phone_list():
    """Which phones scan for the stand, and a code for one more."""
    mine = exhibitor()
    people = (
        db()
        .exec(
            select(Person)
            .where(Person.exhibitor_id == mine.id, Person.state == "confirmed")
            .order_by(Person.code)
        )
        .all()
    )
    form = PhoneForm(staff=[(one.code, f"{pick(one.name, language())} ({one.code})") for one in people])
    code = ""
    if form.accepted():
        staff = next(one for one in people if one.code == form.staff.data)
        try:
            _device, code = services.new_phone(db(), mine, staff, pick(staff.name, "en"))
            db().commit()
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    link = site_address() + url_for("leads.phone_enrol", code=code) if code else ""
    page = render_template(
        "matchmaking/leads/phone_list.html",
        form=form,
        phones=_phones(mine.id),
        people=people,
        link=link,
        picture=picture(link) if link else "",
        exhibitor=mine,
    )
    answer = make_response(page)
    if link:
        answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _phones(exhibitor_id: int):
    return (
        db()
        .exec(
            select(LeadDevice)
            .where(LeadDevice.exhibitor_id == exhibitor_id, LeadDevice.enrolled_at.is_not(None))
            .order_by(LeadDevice.revoked_at.nulls_first(), LeadDevice.id.desc())
            .limit(200)
        )
        .all()
    )


@bp.post(f"{OWN}/phones/<int:device_id>/revoke")
@needs("leads.own")
def phone_revoke(device_id: int):
    """Switch a phone off."""
    with telling(_("This phone scans for you no more. What it sent before stays.")):
        services.revoke_phone(db(), exhibitor(), device_id)
        db().commit()
    return redirect(url_for("leads.phone_list"))


@bp.route(f"{PHONE}/phone/<code>", methods=["GET", "POST"])
@public
def phone_enrol(code: str):
    """The link behind the code: a page with a button, as programs that look at links open them too."""
    count_try(db(), "code", network_of(request.remote_addr))
    db().commit()
    form = HouseForm()
    if form.accepted():
        try:
            _device, token = services.enrol(db(), g.edition, code)
            db().commit()
            flash(_("This phone scans for your stand now."), "good")
            return give_token(redirect(url_for("leads.scan")), token)
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    waiting = waiting_phone(db(), g.edition, code)
    return render_template("matchmaking/leads/phone_enrol.html", form=form, waiting=waiting)
