"""Proposals for reviewers: the list, one of them, its review and discussion."""

from flask import abort, flash, g, redirect, render_template, request, url_for

from expo.call import queries
from expo.call.forms import RemarkForm, ReviewForm
from expo.call.models import Proposal
from expo.call.queries import PAGE, ProposalFilter
from expo.call.ranking import Weighed, percent
from expo.call.services import deciding, proposing, reviewing
from expo.call.services.settings import call_of, criteria_of
from expo.call.states import DECISIONS, NAMES, STATES, TONES, may_become
from expo.call.views.blueprint import CONSOLE, bp, forum_choices, who
from expo.errors import Refused
from expo.forums.models import Forum, Talk
from expo.forums.wording import STATE_NAMES, TALK_KIND_NAMES
from expo.web import _, db, leaf, needs, refuse, telling


def asked_filter() -> ProposalFilter:
    """The filter of this page's address."""
    state, review = request.args.get("state", ""), request.args.get("review", "")
    return ProposalFilter(
        words=request.args.get("q", "").strip()[:100],
        state=state if state in STATES else "",
        forum=request.args.get("forum", "")[:40],
        review=review if review in ("mine", "open") else "",
    )


def shows_names() -> bool:
    """Organisers see who proposes; reviewers unless the call is anonymous."""
    return who().manages or not call_of(db(), g.edition).is_anonymous


@bp.get(CONSOLE)
@needs("proposals.review")
def proposal_list():
    """The proposals this person may see."""
    me, wanted, named = who(), asked_filter(), shows_names()
    total = queries.count(db(), g.edition, me, wanted, named)
    shown = leaf(total, PAGE)
    return render_template(
        "expo/call/proposal_list.html",
        lines=queries.lines(db(), g.edition, me, wanted, named, shown.page),
        states=queries.states(db(), g.edition, me),
        left=reviewing.left_to_review(db(), g.edition, me),
        names=NAMES,
        tones=TONES,
        talk_states=STATE_NAMES,
        kinds=TALK_KIND_NAMES,
        forums=forum_choices(),
        manages=me.manages,
        shows_names=named,
        call=call_of(db(), g.edition),
        total=total,
        page=shown.page,
        pages=shown.pages,
    )


def _proposal(code: str) -> Proposal:
    return reviewing.proposal_for(db(), g.edition, who(), code) or abort(404)


@bp.route(f"{CONSOLE}/<code>", methods=["GET", "POST"])
@needs("proposals.review")
def proposal_page(code: str):
    """One proposal: read it, review it, talk about it."""
    proposal, me = _proposal(code), who()
    criteria = criteria_of(db(), g.edition)
    own = reviewing.own_review(db(), proposal, me)
    typed = {str(one.id): request.form.get(f"score-{one.id}", "")[:3] for one in criteria}
    if request.method == "GET":
        typed = {str(number): str(score) for number, score in own.scores.items()} if own else {}
    kept = {"text": own.review.text, "abstains": own.review.abstains} if own else {}
    form = ReviewForm(data=kept)
    if form.accepted():
        try:
            scores = {int(number): int(text) for number, text in typed.items() if text.isdecimal()}
            abstains = bool(form.abstains.data)
            reviewing.save_review(db(), g.edition, proposal, me, scores, form.text.data, abstains)
            db().commit()
            flash(_("Thank you. Your review is kept."), "good")
            return redirect(url_for("call.proposal_page", code=code))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    weighed = [Weighed(one.id or 0, one.weight, one.best) for one in criteria]
    named = shows_names()
    return render_template(
        "expo/call/proposal_page.html",
        proposal=proposal,
        forum=db().get(Forum, proposal.forum_id) if proposal.forum_id else None,
        talk=db().get(Talk, proposal.talk_id) if proposal.talk_id else None,
        speakers=proposing.speakers_of(db(), proposal) if named else [],
        shows_names=named,
        is_own=reviewing.is_own(db(), proposal, me),
        criteria=criteria,
        typed=typed,
        form=form,
        own=own,
        reviews=[(row, percent(row.scores, weighed)) for row in reviewing.reviews_of(db(), proposal, me)],
        may_discuss=reviewing.may_discuss(db(), proposal, me),
        remarks=reviewing.remarks_of(db(), proposal, me),
        remark=RemarkForm(formdata=None),
        names=NAMES,
        tones=TONES,
        kinds=TALK_KIND_NAMES,
        manages=me.manages,
        forums=forum_choices(),
        decisions=[one for one in DECISIONS if may_become(proposal.state, one)],
    )


@bp.post(f"{CONSOLE}/<code>/remark")
@needs("proposals.review")
def proposal_remark(code: str):
    """Say something to the other reviewers."""
    proposal, form = _proposal(code), RemarkForm()
    with telling():
        reviewing.remark(db(), proposal, who(), form.text.data or "")
        db().commit()
    return redirect(url_for("call.proposal_page", code=code) + "#discussion")


@bp.post(f"{CONSOLE}/<code>/forum")
@needs("programme.edit")
def proposal_forum(code: str):
    """Put a proposal into a forum."""
    proposal = _proposal(code)
    with telling(_("Saved.")):
        deciding.give_forum(db(), g.edition, proposal, request.form.get("forum", ""))
        db().commit()
    return redirect(url_for("call.proposal_page", code=code))
