"""Signing in and out."""

from flask import flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask_login import current_user

from expo.accounts import services
from expo.accounts.addresses import own_path
from expo.accounts.forms import SignInForm
from expo.accounts.models import User
from expo.accounts.roles import Held, may
from expo.accounts.views.door import TOKEN, bp, browser, count, keep_sign_in, network, settings
from expo.errors import Refused, Throttled
from expo.web import _, db, public, refuse
from expo.web.frame import has_page

FIRST_PAGES = (
    ("console.view", "console.dashboard"),
    ("portal.use", "portal.checklist"),
)


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in():
    """Address and password; then to where the person wanted to go."""
    wanted = own_path(request.args.get("next"))
    if current_user.is_authenticated and request.method == "GET":
        return redirect(wanted or url_for("accounts.account"))
    form, status = SignInForm(), 200
    if form.accepted():
        try:
            user = _enter(form.email.data, form.password.data)
            db().commit()
            return redirect(wanted or first_page(user))
        except Refused as refused:
            db().rollback()
            status = 429 if isinstance(refused, Throttled) else 200
            refuse(form, refused)
    return render_template("expo/accounts/sign_in.html", form=form, wanted=wanted), status


def _enter(email: str, password: str) -> User:
    """Count, check, and take the count back when it was right."""
    counters = (("sign-in.network", network()), ("sign-in.account", email))
    for kind, subject in counters:
        count(kind, subject)
    user, token = services.sign_in(db(), email, password, browser=browser(), days=settings().sign_in_days)
    for kind, subject in counters:
        services.forgive(db(), kind, subject)
    keep_sign_in(user, token)
    return user


def first_page(user: User) -> str:
    """Where somebody most likely wants to go: the edition's console or portal if there is but one edition."""
    doors = services.doors_of(db(), user.id)
    codes = {door.code for door in doors}
    if len(codes) == 1 and None not in codes:
        held = [Held(door.role) for door in doors]
        for permission, endpoint in FIRST_PAGES:
            if may(held, permission, None) and has_page(endpoint):
                return url_for(endpoint, edition=codes.pop())
    return url_for("accounts.account")


@bp.post("/sign-out")
@public
def sign_out():
    """Forget this browser."""
    if token := cookie.get(TOKEN):
        services.sign_out(db(), token)
        db().commit()
    cookie.clear()
    flash(_("You are signed out."), "info")
    return redirect("/")
