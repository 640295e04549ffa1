"""The outbox of an edition: what waits for approval, what was sent."""

from flask import Blueprint, Flask, abort, current_app, flash, g, redirect, render_template, request, url_for

from expo.outbox import papers, services
from expo.outbox.smtp import smtp_of
from expo.outbox.stages import NAMES, TONES, is_private, may_become
from expo.web import _, can, db, leaf, needs, ngettext, telling
from expo.web.files import file_answer
from expo.web.frame import add_navigation

bp = Blueprint("outbox", __name__)
ADDRESS = "/<edition>/console/outbox"


def init(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition") or not can("outbox.view"):
        return []
    return [(75, "console", _("Outbox"), url_for("outbox.mail_list"), "o")]


def _smtp():
    return smtp_of(current_app.extensions["expo_settings"])


def _mail(mail_id: int):
    return services.mail_of(db(), g.edition.id, mail_id) or abort(404)


@bp.get(ADDRESS)
@needs("outbox.view")
def mail_list():
    """Mail of this edition by state."""
    state = request.args.get("state", "")
    state = state if state in NAMES else ""
    counts = services.counts(db(), g.edition.id)
    total = counts.get(state, 0) if state else sum(counts.values())
    shown = leaf(total, services.PAGE)
    return render_template(
        "expo/outbox/mail_list.html",
        mails=services.mails(db(), g.edition.id, state, shown.page),
        counts=counts,
        total=total,
        page=shown.page,
        pages=shown.pages,
        names=NAMES,
        tones=TONES,
        has_server=_smtp() is not None,
    )


@bp.get(f"{ADDRESS}/<int:mail_id>")
@needs("outbox.view")
def mail_detail(mail_id: int):
    """One mail; the text of a private one stays between us and its reader."""
    mail = _mail(mail_id)
    return render_template(
        "expo/outbox/mail_detail.html",
        mail=mail,
        name=NAMES[mail.state],
        tone=TONES[mail.state],
        is_private=is_private(mail.kind),
        may_approve=may_become(mail.state, "approved"),
        may_discard=may_become(mail.state, "discarded"),
        has_server=_smtp() is not None,
    )


@bp.post(f"{ADDRESS}/<int:mail_id>/approve")
@needs("outbox.send")
def mail_approve(mail_id: int):
    """Let one mail go out."""
    return _change(mail_id, services.approve, _("Approved."))


@bp.post(f"{ADDRESS}/<int:mail_id>/discard")
@needs("outbox.send")
def mail_discard(mail_id: int):
    """Never send one mail."""
    return _change(mail_id, services.discard, _("Discarded. It will not be sent."))


@bp.post(f"{ADDRESS}/approve-all")
@needs("outbox.send")
def mail_approve_all():
    """Let everything go out that waits."""
    count = services.approve_all(db(), g.edition.id)
    services.send_soon(db(), _smtp(), g.edition.id)
    db().commit()
    flash(ngettext("%(num)s mail is approved.", "%(num)s mails are approved.", count), "good")
    return redirect(url_for("outbox.mail_list"))


def _change(mail_id: int, verb, sentence: str):
    mail = _mail(mail_id)
    with telling(sentence):
        verb(db(), mail)
        services.send_soon(db(), _smtp(), g.edition.id)
        db().commit()
    return redirect(url_for("outbox.mail_detail", mail_id=mail_id))


@bp.get(f"{ADDRESS}/<int:mail_id>/paper.pdf")
@needs("outbox.view")
def mail_paper(mail_id: int):
    """The paper that goes with a mail."""
    mail = _mail(mail_id)
    found = None if is_private(mail.kind) else papers.made(db(), mail.paper)
    return file_answer(found[1], papers.mimetype(found[0]), found[0], shown=True) if found else abort(404)
