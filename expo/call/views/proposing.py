"""The public call: what is asked for, a proposal made, and its own page by a link."""

from flask import abort, current_app, flash, g, redirect, render_template, request, url_for

from expo.accounts import services as accounts
from expo.accounts.limits import network_of
from expo.call.forms import LinkForm, ProposalForm
from expo.call.letters import link as link_letter
from expo.call.models import Proposal
from expo.call.services import proposing
from expo.call.services.settings import call_of, stage_of
from expo.call.states import NAMES, TONES
from expo.call.views.blueprint import PUBLIC, bp, forum_choices
from expo.errors import Refused
from expo.forums import queries as forums
from expo.forums.models import Forum, Talk
from expo.forums.wording import STATE_NAMES, TALK_KIND_NAMES
from expo.languages import isolated, pick
from expo.numerals import hidden_number
from expo.outbox import services as outbox
from expo.outbox.smtp import smtp_of
from expo.web import _, db, public, refuse, telling
from expo.web.language import as_datetime, in_language, language, speaking
from expo.web.security import site_address

OWN = f"{PUBLIC}/mine/<token>"


@bp.get(PUBLIC)
@public
def call_page():
    """What the call asks for, until when, and how to take part."""
    call = call_of(db(), g.edition)
    stage = stage_of(call)
    if stage == "shut":
        abort(404)
    there = [row.Forum for row in forums.forums(db(), g.edition)]
    return render_template(
        "expo/call/call_page.html",
        call=call,
        stage=stage,
        forums=[forum for forum in there if not call.forums or forum.code in call.forums],
        kinds=[TALK_KIND_NAMES[kind] for kind in call.kinds if kind in TALK_KIND_NAMES],
    )


@bp.route(f"{PUBLIC}/new", methods=["GET", "POST"])
@public
def proposal_new():
    """Propose a talk: kept as a draft, or handed in at once."""
    call = call_of(db(), g.edition)
    if stage_of(call) != "open":
        return redirect(url_for("call.call_page"))
    form = _form(call, {"written_in": language(), "language": language(), "speakers": [{}]})
    if form.accepted():
        try:
            accounts.count_try(db(), "mail.network", network_of(request.remote_addr))
            accounts.count_try(db(), "mail.account", form.speakers[0].email.data.lower())
            db().commit()
            proposal = proposing.begin(db(), g.edition, form.values(), form.people())
            token, _until = proposing.fresh_link(db(), proposal, is_mailed=False)
            _mail_link(proposal, form.speakers[0].email.data)
            told = _handed_in(proposal)
            db().commit()
            flash(told, "good")
            return redirect(url_for("call.own_proposal", token=token))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return render_template("expo/call/proposal_form.html", form=form, proposal=None, call=call, may_edit=True)


@bp.route(f"{PUBLIC}/link", methods=["GET", "POST"])
@public
def proposal_link():
    """Mail the links of one's proposals again; the answer is the same whether the address is known or not."""
    if stage_of(call_of(db(), g.edition)) == "shut":
        abort(404)
    form = LinkForm()
    if form.accepted():
        address = form.email.data.lower()
        try:
            accounts.count_try(db(), "mail.network", network_of(request.remote_addr))
            accounts.count_try(db(), "mail.account", address)
            db().commit()
            for proposal in proposing.proposed_by(db(), g.edition, address):
                _mail_link(proposal, address)
            db().commit()
            flash(_("If something was proposed with this address, the link is on its way to it."), "good")
            return redirect(url_for("call.call_page"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return render_template("expo/call/link_form.html", form=form)


def _handed_in(proposal: Proposal) -> str:
    if request.form.get("act") != "hand-in":
        return _("Kept as a draft. The link to this page is on its way to your address: keep it.")
    proposing.hand_in(db(), g.edition, proposal)
    return _("Handed in. The link to this page is on its way to your address: keep it.")


def _mail_link(proposal: Proposal, address: str) -> None:
    token, until = proposing.fresh_link(db(), proposal, is_mailed=True)
    code = proposal.written_in
    with speaking(code):
        told_until = as_datetime(until)
    subject, body = link_letter(
        {
            "edition": pick(g.edition.name, code),
            "link": f"{site_address()}{url_for('call.own_proposal', token=token)}",
            "until": isolated(told_until, code),
        }
    )
    subject, body = in_language(subject, code), in_language(body, code)
    outbox.post(db(), "call.link", address, code, subject, body, edition_id=g.edition.id)
    outbox.send_soon(db(), smtp_of(current_app.extensions["expo_settings"]), g.edition.id)


def _form(call, data: dict) -> ProposalForm:
    """The form with a block for each speaker there may be."""
    given = list(data.get("speakers", []))
    data = data | {"speakers": given + [{}] * (call.most_speakers - len(given))}
    return ProposalForm(data=data, call=call, forums=forum_choices())


def _own(token: str) -> Proposal:
    proposal = proposing.opened(db(), g.edition, token)
    if proposal is None:
        abort(404)
    db().info["actor"] = f"proposer of {proposal.code}"
    return proposal


@bp.route(OWN, methods=["GET", "POST"])
@public
def own_proposal(token: str):
    """A proposal for those who made it: where it stands, and its form while it may be changed."""
    proposal = _own(token)
    db().commit()  # a mailed link proves the address, whatever follows
    call = call_of(db(), g.edition)
    form = _form(call, _typed(proposal))
    may_edit = proposing.may_edit(db(), g.edition, proposal)
    if form.accepted():
        try:
            version = hidden_number(form.version.data)
            proposing.change(db(), g.edition, proposal, form.values(), form.people(), version)
            told = _("Saved.")
            if request.form.get("act") == "hand-in" and proposal.state == "draft":
                proposing.hand_in(db(), g.edition, proposal)
                told = _("Handed in. You can change it until the call closes.")
            db().commit()
            flash(told, "good")
            return redirect(url_for("call.own_proposal", token=token))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    talk = db().get(Talk, proposal.talk_id) if proposal.talk_id else None
    shows_decision = proposal.told == proposal.state
    shown_state = (
        proposal.state if shows_decision or proposal.state in ("draft", "withdrawn") else "submitted"
    )
    return render_template(
        "expo/call/proposal_form.html",
        form=form,
        proposal=proposal,
        call=call,
        token=token,
        may_edit=may_edit,
        state=shown_state,
        names=NAMES,
        tones=TONES,
        talk_state=STATE_NAMES[talk.state] if talk and shows_decision else None,
    )


def _typed(proposal: Proposal) -> dict:
    names = ("title", "abstract", "written_in", "kind", "minutes", "language", "availability", "notes")
    forum = db().get(Forum, proposal.forum_id) if proposal.forum_id else None
    speakers = [
        {name: getattr(one, name) for name in proposing.SPEAKER_FIELDS}
        for one in proposing.speakers_of(db(), proposal)
    ]
    return {name: getattr(proposal, name) for name in names} | {
        "forum": forum.code if forum else "",
        "speakers": speakers,
        "version": proposal.version,
    }


@bp.post(f"{OWN}/<any(withdraw,reopen,erase):act>")
@public
def own_act(token: str, act: str):
    """Withdraw a proposal, make it a draft again, or delete it."""
    proposal = _own(token)
    with telling():
        if act == "withdraw":
            proposing.withdraw(db(), proposal)
            flash(_("Withdrawn."), "good")
        elif act == "reopen":
            proposing.reopen(db(), g.edition, proposal)
            flash(_("It is a draft again. Hand it in when it is ready."), "good")
        else:
            proposing.erase(db(), proposal)
            db().commit()
            flash(_("Deleted, with everything that was typed."), "good")
            return redirect(url_for("call.call_page"))
        db().commit()
    return redirect(url_for("call.own_proposal", token=token))
