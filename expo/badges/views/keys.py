"""Keys that sign badges, and the list of badges that were revoked."""

from flask import flash, g, redirect, render_template, request, url_for

from expo.badges import queries, services
from expo.badges.keys import badge_key
from expo.badges.views.blueprint import ADDRESS, bp, settings, signer
from expo.web import _, db, needs, telling
from expo.web.language import as_number

PAGE = 50


@bp.get(f"{ADDRESS}/keys")
@needs("badges.design")
def badge_keys():
    """The edition's keys with what each signed, and every badge that is worth nothing any more."""
    live = signer()
    db().commit()
    page = max(1, request.args.get("page", 1, type=int))
    total, rows = queries.revoked_list(db(), g.edition, page, PAGE)
    return render_template(
        "expo/badges/badge_keys.html",
        keys=queries.key_list(db(), g.edition),
        live=set(live.keys),
        signing=max(live.keys, default=None),
        total=total,
        rows=rows,
        page=page,
        pages=-(-total // PAGE),
    )


@bp.post(f"{ADDRESS}/keys/rotate")
@needs("badges.design")
def badge_key_rotate():
    """Sign from now on with a new key."""
    with telling(_("New badges are signed with a new key. Those printed before stay valid.")):
        services.rotate(db(), g.edition, badge_key(settings()))
        db().commit()
    return redirect(url_for("badges.badge_keys"))


@bp.post(f"{ADDRESS}/keys/<int:number>/withdraw")
@needs("badges.design")
def badge_key_withdraw(number: int):
    """Make a key and all its badges worthless."""
    with telling():
        died = services.withdraw(
            db(), g.edition, badge_key(settings()), number, request.form.get("because", "")
        )
        db().commit()
        flash(
            _("%(count)s badges are worth nothing any more. Print them again.", count=as_number(died)), "good"
        )
    return redirect(url_for("badges.badge_keys"))
