"""Who may do what in an edition."""

from flask import abort, flash, g, redirect, render_template, url_for
from wtforms.fields.choices import SelectChoice

from expo.accounts import services
from expo.accounts.forms import GrantForm
from expo.accounts.roles import OF_ORGANISATIONS, Role
from expo.accounts.views.door import bp
from expo.accounts.views.own import role_names
from expo.errors import Refused
from expo.web import _, db, needs, refuse, telling
from expo.words import say

ADDRESS = "/<edition>/console/roles"


@bp.route(ADDRESS, methods=["GET", "POST"])
@needs("roles.grant")
def role_list():
    """Everybody with a role in this edition, and a form to give one."""
    form = GrantForm()
    form.role.choices = [SelectChoice(role, name) for role, name in role_names().items()]
    if form.accepted():
        try:
            _grant(form.email.data, Role(form.role.data), (form.code.data or "").strip())
            db().commit()
            flash(_("%(email)s has the role now.", email=form.email.data), "good")
            return redirect(url_for("accounts.role_list"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    rows = services.grants(db(), g.edition.id)
    return render_template("expo/accounts/role_list.html", form=form, rows=rows, names=role_names())


def _grant(email: str, role: Role, code: str) -> None:
    user = services.user_of(db(), email)
    if user is None or not user.may_sign_in:
        raise Refused(
            say("There is no confirmed account %(email)s. Ask the person to sign up first.", email=email)
        )
    if role in OF_ORGANISATIONS and not code:
        raise Refused(say("Type the code of the exhibitor or buyer this person acts for."))
    organisation_id = (
        services.organisation_by_code(db(), g.edition.id, role, code)
        if code and role in OF_ORGANISATIONS
        else None
    )
    services.grant(db(), user, role, g.edition.id, organisation_id)


@bp.post(f"{ADDRESS}/<int:grant_id>/revoke")
@needs("roles.grant")
def role_revoke(grant_id: int):
    """Take a role back."""
    given = services.grant_of(db(), g.edition.id, grant_id) or abort(404)
    with telling(_("The role is taken back.")):
        services.revoke(db(), given)
        db().commit()
    return redirect(url_for("accounts.role_list"))
