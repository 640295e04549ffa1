"""One's own account."""

from flask import flash, redirect, render_template, url_for
from flask import session as cookie
from flask_login import current_user

from expo.accounts import services
from expo.accounts.forms import PasswordForm, ProfileForm
from expo.accounts.models import User
from expo.accounts.views.door import bp, count, let_in
from expo.errors import Refused, Throttled
from expo.web import _, db, needs, refuse
from expo.web.language import remember


@bp.route("/account", methods=["GET", "POST"])
@needs("account.own")
def account():
    """Name and language, and the doors that are open to this person."""
    user = db().get_one(User, current_user.id)
    form = ProfileForm(obj=user)
    if form.accepted():
        form.populate_obj(user)
        db().commit()
        cookie["language"] = user.language
        flash(_("Saved."), "good")
        return remember(redirect(url_for("accounts.account")), user.language)
    doors = services.doors_of(db(), current_user.id)
    return render_template("expo/accounts/account.html", form=form, doors=doors, names=role_names())


@bp.route("/account/password", methods=["GET", "POST"])
@needs("account.own")
def password():
    """Another password; all other browsers are signed out."""
    form, status = PasswordForm(), 200
    if form.accepted():
        try:
            count("sign-in.account", current_user.email)
            user = services.change_password(db(), current_user.id, form.old.data, form.new.data)
            services.forgive(db(), "sign-in.account", user.email)
            let_in(user)
            db().commit()
            flash(_("The password is changed. All other browsers are signed out."), "good")
            return redirect(url_for("accounts.account"))
        except Refused as refused:
            db().rollback()
            status = 429 if isinstance(refused, Throttled) else 200
            refuse(form, refused)
    return render_template("expo/accounts/password.html", form=form), status


def role_names() -> dict[str, str]:
    """What the roles are called."""
    return {
        "organiser": _("Organiser"),
        "exhibitor": _("Exhibitor"),
        "buyer": _("Buyer"),
        "speaker": _("Speaker"),
        "gate": _("Gate staff"),
        "finance": _("Finance"),
        "auditor": _("Auditor"),
        "reviewer": _("Reviewer"),
        "matchmaker": _("Matchmaker (may read private refusals)"),
    }
