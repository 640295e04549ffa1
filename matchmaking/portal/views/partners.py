"""Partners to stand beside, and the pavilion one leads or stands in."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from expo.errors import Refused
from expo.exhibitors import services as exhibitors
from expo.exhibitors import stages
from expo.languages import tidy
from expo.web import _, db, needs, refuse, telling
from expo.web.language import in_language
from expo.web.security import site_address
from matchmaking.portal import services
from matchmaking.portal.forms import BlockForm, CoExhibitorForm, InviteForm, PartnerForm
from matchmaking.portal.views.application import ADDRESS
from matchmaking.portal.views.blueprint import bp, own


def _link() -> str:
    return f"{site_address()}{url_for('portal.partners')}"


@bp.get(f"{ADDRESS}/partners")
@needs("portal.use")
def partners():
    """Requests made and received, the pavilion and the invitations to one."""
    return _page()


def _page(**forms):
    exhibitor, organisation, _others = own()
    return render_template(
        "matchmaking/portal/partners.html",
        exhibitor=exhibitor,
        organisation=organisation,
        requests=exhibitors.requests(db(), exhibitor),
        invitations=exhibitors.invitations_to(db(), exhibitor),
        lead=exhibitors.lead_of(db(), exhibitor),
        block=exhibitors.pavilion(db(), exhibitor),
        own_organisations=current_user.organisations("portal.use", g.edition.id),
        names=stages.NAMES,
        tones=stages.TONES,
        partner_form=forms.get("partner_form") or PartnerForm(formdata=None),
        invite_form=forms.get("invite_form") or InviteForm(formdata=None),
        block_form=forms.get("block_form") or BlockForm(formdata=None, obj=exhibitor),
        bring_form=forms.get("bring_form")
        or CoExhibitorForm(formdata=None, data={"country": organisation.country}),
        opened=next(iter(forms), ""),
    )


def _done(sentence: str):
    db().commit()
    flash(sentence, "good")
    return redirect(url_for("portal.partners"))


@bp.post(f"{ADDRESS}/partners")
@needs("portal.use")
def partner_ask():
    """Ask somebody to be neighbours."""
    form = PartnerForm()
    if form.accepted():
        try:
            exhibitor = own().exhibitor
            row = exhibitors.ask(db(), exhibitor, form.partner.data or "", form.note.data or "")
            if row.state == "accepted":
                return _done(_("They had asked you already, so you are partners now."))
            exhibitors.tell_of_request(
                db(), g.edition, "partner", exhibitor, row.asked_id, row.words, _link(), in_language
            )
            return _done(_("They are asked. It counts once they accept."))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _page(partner_form=form)


@bp.post(f"{ADDRESS}/partners/<int:number>/<any(accept,decline,end):act>")
@needs("portal.use")
def partner_answer(number: int, act: str):
    """Accept or decline, or end what was agreed."""
    exhibitor = own().exhibitor
    with telling():
        if act == "end":
            exhibitors.end(db(), exhibitor, number)
            return _done(_("It is ended."))
        exhibitors.answer(db(), exhibitor, number, accept=act == "accept")
        said = _("You are partners now.") if act == "accept" else _("You declined. They are not told why.")
        return _done(said)
    return redirect(url_for("portal.partners"))


@bp.post(f"{ADDRESS}/pavilion/block")
@needs("portal.use")
def pavilion_block():
    """How large the whole pavilion may be."""
    form = BlockForm()
    if form.accepted():
        try:
            exhibitors.set_block(db(), own().exhibitor, form.pavilion_m2.data or 0)
            return _done(_("Saved."))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _page(block_form=form)


@bp.post(f"{ADDRESS}/pavilion/invitations")
@needs("portal.use")
def pavilion_invite():
    """Offer somebody a part of one's block."""
    form = InviteForm()
    if form.accepted():
        try:
            exhibitor = own().exhibitor
            row = exhibitors.invite(
                db(), exhibitor, form.guest.data or "", form.offered_m2.data or 0, form.line.data or ""
            )
            exhibitors.tell_of_request(
                db(), g.edition, "pavilion", exhibitor, row.guest_id, row.words, _link(), in_language
            )
            return _done(_("They are invited. They become members once they accept."))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _page(invite_form=form)


@bp.post(f"{ADDRESS}/pavilion/invitations/<int:number>/<any(accept,decline,withdraw):act>")
@needs("portal.use")
def pavilion_answer(number: int, act: str):
    """Accept or decline an invitation, or withdraw one's own."""
    exhibitor = own().exhibitor
    with telling():
        if act == "withdraw":
            exhibitors.take_back_invitation(db(), exhibitor, number)
            return _done(_("The invitation is withdrawn."))
        services.reply(db(), g.edition, exhibitor, number, accept=act == "accept")
        said = _("You stand in their pavilion now.") if act == "accept" else _("You declined.")
        return _done(said)
    return redirect(url_for("portal.partners"))


@bp.post(f"{ADDRESS}/pavilion/members")
@needs("portal.use")
def pavilion_bring():
    """Register a co-exhibitor of one's own."""
    form = CoExhibitorForm()
    if form.accepted():
        given = {"name": tidy(form["name"].data), "country": form.country.data}
        given |= {"email": (form.email.data or "").strip(), "city": (form.city.data or "").strip()}
        try:
            member = services.bring(
                db(), g.edition, own().exhibitor, current_user.id, given, form.area_m2.data or 0
            )
            return _done(_("%(code)s is registered. You act for it until it is sent.", code=member.code))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _page(bring_form=form)


@bp.post(f"{ADDRESS}/pavilion/members/<code>/<any(share,dismiss):act>")
@needs("portal.use")
def pavilion_member(code: str, act: str):
    """Give a member another area, or part with it."""
    exhibitor = own().exhibitor
    with telling():
        if act == "dismiss":
            exhibitors.dismiss(db(), exhibitor, code)
            return _done(_("%(code)s stands on its own now.", code=code))
        services.share(db(), g.edition, exhibitor, code, request.form.get("area_m2", type=int) or abort(400))
        return _done(_("Saved."))
    return redirect(url_for("portal.partners"))


@bp.post(f"{ADDRESS}/pavilion/leave")
@needs("portal.use")
def pavilion_leave():
    """Stand on one's own again."""
    with telling():
        exhibitors.leave(db(), own().exhibitor)
        return _done(_("You stand on your own now. Choose the zones that suit you."))
    return redirect(url_for("portal.partners"))
