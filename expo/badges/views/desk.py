"""One person's badge: as it will be printed, printed at once, revoked."""

from io import BytesIO

from flask import abort, g, redirect, render_template, request, send_file, url_for

from expo.badges import prints, queries, services
from expo.badges.prints.warming import get_ready
from expo.badges.signs import SIGNS
from expo.badges.views.blueprint import ADDRESS, bp, person_of, signer
from expo.languages import LANGUAGES
from expo.qr import picture
from expo.registration.kinds import NAMES
from expo.registration.models import CONFIRMED
from expo.web import _, db, needs, telling
from expo.web.language import language


@bp.get(f"{ADDRESS}/<code>")
@needs("badges.print")
def badge_detail(code: str):
    """One person's badge as it will be printed, and every badge this person had."""
    person = person_of(code)
    badges = queries.badges_of(db(), person)
    valid = next((badge for badge in badges if badge.revoked_at is None), None)
    keys = signer()
    get_ready(db(), g.edition, language())
    return render_template(
        "expo/badges/badge_detail.html",
        person=person,
        is_confirmed=person.state == CONFIRMED,
        kind=NAMES[person.kind],
        sign=SIGNS[person.kind],
        badges=badges,
        valid=valid,
        qr=picture(keys.token(person.id, valid.serial, valid.key_number))
        if valid and valid.key_number in keys.keys
        else "",
        languages_of_badges=list(LANGUAGES.items()),
    )


@bp.post(f"{ADDRESS}/<code>/print")
@needs("badges.print")
def badge_print(code: str):
    """One badge as a PDF, marked as printed; issued first where there is none.

    With `anew` the badge that was printed before is revoked: it was lost, and the new one has another code.
    """
    person = person_of(code)
    before = queries.valid_badge(db(), person)
    if before and before.prints and request.form.get("anew"):
        services.revoke(db(), before, _("Printed anew at the desk"))
    asked = request.form.get("language", "")
    chunk = prints.badge_pdf(db(), g.edition, person, asked if asked in LANGUAGES else language())
    version = queries.look_of_kind(db(), g.edition, person.kind).version_id
    services.mark_printed(db(), g.edition, chunk.badge_ids, version)
    db().commit()
    name = f"{g.edition.code}-badge-{person.code}.pdf"
    return send_file(
        BytesIO(chunk.document),
        mimetype="application/pdf",
        as_attachment=not request.form.get("shown"),
        download_name=name,
        max_age=0,
    )


@bp.post(f"{ADDRESS}/<code>/revoke")
@needs("badges.print")
def badge_revoke(code: str):
    """Make somebody's badge worthless, say because it was lost."""
    person = person_of(code)
    badge = queries.valid_badge(db(), person) or abort(404)
    with telling(_("Revoked. The next print gives this person a new badge; the old one opens no gate.")):
        services.revoke(db(), badge, request.form.get("because", ""))
        db().commit()
    return redirect(url_for("badges.badge_detail", code=code))
