"""Confirming an address, so that stars count and follow one to other devices."""

from flask import current_app, flash, g, make_response, redirect, render_template, request, url_for

from expo.accounts.limits import network_of
from expo.accounts.services import count_try
from expo.outbox import services as outbox
from expo.outbox.smtp import smtp_of
from expo.stars import services
from expo.stars.forms import AddressForm
from expo.stars.views.blueprint import OWN, bp
from expo.stars.views.reader import keep, present, reader
from expo.stars.wording import confirmation
from expo.web import HouseForm, _, db, public, words
from expo.web.language import language, speaking
from expo.web.security import site_address


@bp.route(f"{OWN}/email", methods=["GET", "POST"])
@public
def ask_address():
    """Ask for an address and write to it."""
    form = AddressForm()
    if form.accepted():
        email = form.email.data
        for kind, subject in (("mail.network", network_of(request.remote_addr)), ("mail.account", email)):
            count_try(db(), kind, subject)
        db().commit()
        code = services.ask_confirmation(db(), g.edition, present(), email, language())
        link = site_address() + url_for("stars.confirm", code=code, lang=language())
        with speaking(language()):
            subject, body = (words(part) for part in confirmation(link))
        outbox.post(db(), "stars.confirm", email, language(), subject, body, edition_id=g.edition.id)
        outbox.send_soon(db(), smtp_of(current_app.extensions["expo_settings"]))
        db().commit()
        flash(_("We have written to this address. Open the link in the letter."), "good")
        return redirect(url_for("stars.own"))
    return keep(make_response(render_template("expo/stars/email.html", form=form)), None)


@bp.route(f"{OWN}/confirm/<code>", methods=["GET", "POST"])
@public
def confirm(code: str):
    """The link in the letter: a page with a button, as programs that look at mail open links too."""
    waiting = services.code_of(db(), g.edition, code)
    form = HouseForm()
    if not form.accepted():
        page = render_template("expo/stars/confirm.html", form=form, email=waiting.email)
        return keep(make_response(page), None)
    here = services.follower_of(db(), g.edition, services.Reader(token=reader().token))
    follower = services.confirm(db(), g.edition, code)
    if here is not None and here.id != follower.id and services.kind_of(here) == "browser":
        services.melt(db(), here, follower)
    token = services.attach(db(), follower)
    db().commit()
    flash(_("Your address is confirmed. Your stars count now."), "good")
    return keep(redirect(url_for("stars.own")), token)
