"""The organiser's pages of deals: the list, one deal, recording, amending, moving on, confirming on paper."""

from collections.abc import Sequence
from dataclasses import replace

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from expo.errors import Refused
from expo.languages import isolated, pick
from expo.web import _, can, db, leaf, needs, refuse, telling, words
from expo.web.language import country_name, language
from matchmaking.catalogue.queries import names_of
from matchmaking.deals import queries, services
from matchmaking.deals.forms import MOST_LINES, DealForm
from matchmaking.deals.models import Deal
from matchmaking.deals.stages import AGREED, NEXT, STAGES, TYPES
from matchmaking.deals.views.blueprint import ADDRESS, PAGE, asked, bp, deal_or_404, names, paper_names
from matchmaking.deals.views.naming import narrowed
from matchmaking.deals.views.typing_in import deal_form, of_meeting, typed_deal, values_of
from matchmaking.deals.wording import happened
from matchmaking.meetings.queries import buyers as all_buyers
from matchmaking.meetings.queries import exhibitors as all_exhibitors


@bp.get(ADDRESS)
@needs("deals.view")
def deal_list():
    """The deals by number, filtered, with what they are worth together, type by type."""
    chosen = asked()
    found = queries.found(db(), g.edition, chosen)
    count = len(found.numbers)
    shown = leaf(count, PAGE)
    lands = queries.keys(db(), g.edition, "country")
    return render_template(
        "matchmaking/deals/deal_list.html",
        deals=queries.deals(db(), g.edition, chosen, limit=PAGE, offset=shown.offset, known=found),
        chosen=chosen,
        narrowed=narrowed(chosen),
        totals=totals(*queries.split(found)),
        count=count,
        page=shown.page,
        pages=shown.pages,
        countries=sorted(((code, country_name(code)) for code in lands), key=lambda it: it[1]),
        **names(),
    )


def totals(worth: queries.Worth, outcome: queries.Worth) -> list[tuple[str, int, int, int]]:
    """(type, deals, outcomes among them, worth of the outcomes) of the types found: never one sum of all."""
    rows = []
    for type_ in TYPES:
        mine = {stage: figures for (kind, stage), figures in worth.items() if kind == type_}
        agreed = [figures for (kind, _stage), figures in outcome.items() if kind == type_]
        if mine:
            rows.append(
                (
                    type_,
                    sum(number for number, _minor in mine.values()),
                    sum(number for number, _minor in agreed),
                    sum(minor for _number, minor in agreed),
                )
            )
    return rows


def detail_values(deal: Deal, parties: Sequence[queries.PartyRow]) -> dict:
    """What the page of one deal shows, to staff and to its parties."""
    session = db()
    lines = queries.lines_of(session, deal)
    called = {one.organisation_id: isolated(pick(one.name, language()), language()) for one in parties}
    return {
        "deal": deal,
        "parties": parties,
        "row": queries.deal_row(session, g.edition, deal),
        "lines": lines,
        "goods": names_of(session, g.edition, [line.hs for line in lines]),
        "project": queries.project_of(session, deal),
        "frame": queries.frame_of(session, deal),
        "files": queries.files(session, deal),
        "documents": queries.documents(session, deal),
        "events": [
            (one, happened(one.kind, one.payload, called)) for one in queries.events_of(session, deal)
        ],
        "following": {
            stage: names()["stages"][stage] for stage in STAGES if stage in NEXT[deal.type][deal.stage]
        },
        "agreed": deal.stage in AGREED and deal.standing != "disputed" and deal.framework_id is None,
        "kinds": paper_names(),
        "pair": services.usual_languages(session, deal),
        "over": deal.stage in ("lapsed", "cancelled", "paid"),
        **names(),
    }


@bp.get(f"{ADDRESS}/<int:number>")
@needs("deals.view")
def deal_detail(number: int):
    """One deal: parties, lines, what happened to it, where it can go next."""
    deal = deal_or_404(number)
    return render_template(
        "matchmaking/deals/deal_detail.html",
        own=False,
        acts=can("deals.record"),
        mine=set(),
        **detail_values(deal, queries.parties(db(), g.edition, deal)),
    )


@bp.post(f"{ADDRESS}/<int:number>/stage")
@needs("deals.record")
def deal_move(number: int):
    """Move a deal to another stage."""
    with telling(_("The deal is moved; the step is sealed into the chain.")):
        stage = request.form.get("stage", "")
        reason = request.form.get("reason", "").strip()
        services.move(
            db(), g.edition, deal_or_404(number), stage, current_user.id, version=seen(), reason=reason
        )
        db().commit()
    return redirect(url_for("deals.deal_detail", number=number))


def seen() -> int:
    """The version of the deal that the form was drawn from; what is no version is none that anybody saw."""
    version = request.form.get("version", "")
    return int(version) if version.isdecimal() and len(version) < 10 else 0


@bp.post(f"{ADDRESS}/<int:number>/parties")
@needs("deals.record")
def deal_decide(number: int):
    """Note at the signing desk that a party confirmed or disputed the deal on paper."""
    organisation = request.form.get("organisation", "")
    if not organisation.isdecimal() or len(organisation) > 9:
        abort(400)
    with telling(_("It is noted and sealed into the chain.")):
        decide(deal_or_404(number), int(organisation))
        db().commit()
    return redirect(url_for("deals.deal_detail", number=number))


def decide(deal: Deal, organisation: int) -> None:
    """Confirm or dispute for an organisation, as the form says."""
    if request.form.get("act") == "dispute":
        reason = request.form.get("reason", "")
        services.dispute(db(), g.edition, deal, organisation, current_user.id, version=seen(), reason=reason)
    else:
        services.confirm(db(), g.edition, deal, organisation, current_user.id, version=seen())


@bp.route(f"{ADDRESS}/new", methods=["GET", "POST"])
@needs("deals.record")
def deal_new():
    """Record a deal."""
    form = deal_form(None if request.method == "POST" else first_values())
    if request.method == "POST" and one_more(form):
        return _new_page(form)
    if form.accepted():
        try:
            deal = services.record(db(), g.edition, typed_deal(form), current_user.id)
            db().commit()
            flash(_("Deal %(number)s is recorded.", number=deal.number), "good")
            return redirect(url_for("deals.deal_detail", number=deal.number))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _new_page(form)


def first_values() -> dict:
    """What a page that led here knows already."""
    return {
        "seller": request.args.get("seller", ""),
        "buyer": request.args.get("buyer", ""),
        "currency": g.edition.currency,
        "signed_on": g.edition.starts_on,
    } | of_meeting()


def one_more(form: DealForm) -> bool:
    """Whether one more line or party was asked for; then the form has it."""
    if "more" in request.form and len(form.lines) < MOST_LINES:
        form.lines.append_entry()
    if "more_parties" in request.form and len(form.others) < 10:
        form.others.append_entry()
    form.named(words, [(c.value, c.label) for c in form.forum.choices or () if c.value])
    return "more" in request.form or "more_parties" in request.form


def _new_page(form: DealForm):
    return render_template(
        "matchmaking/deals/deal_new.html",
        form=form,
        own=False,
        action=url_for("deals.deal_new"),
        back=url_for("deals.deal_list"),
        sellers=[(row.code, row.name) for row in all_exhibitors(db(), g.edition, idle=True)],
        buyers=[(row.code, row.name) for row in all_buyers(db(), g.edition)],
        most=MOST_LINES,
    )


@bp.route(f"{ADDRESS}/<int:number>/amend", methods=["GET", "POST"])
@needs("deals.record")
def deal_amend(number: int):
    """Put other content in a deal's place; the parties confirm it again."""
    deal = deal_or_404(number)
    return amending(deal, None, url_for("deals.deal_detail", number=number))


def amending(deal: Deal, own: set[int] | None, back: str):
    """The form that amends a deal, for staff (`own` None) or one of its parties."""
    number = deal.number
    form = deal_form(None if request.method == "POST" else values_of(deal))
    if not (request.method == "POST" and one_more(form)) and form.accepted():
        try:
            new = keeping_texts(deal, typed_deal(form, own))
            reason = (form.reason.data or "").strip()
            services.amend(db(), g.edition, deal, new, current_user.id, version=seen(), reason=reason)
            db().commit()
            flash(_("Deal %(number)s is amended.", number=number), "good")
            return redirect(back)
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return render_template(
        "matchmaking/deals/deal_new.html",
        form=form,
        own=own is not None,
        amended=number,
        action=request.path,
        back=back,
        sellers=[],
        buyers=[],
        most=MOST_LINES,
    )


def keeping_texts(deal: Deal, new: services.NewDeal) -> services.NewDeal:
    """What was typed in one language beside what is there in the others, line by line."""
    before = queries.lines_of(db(), deal)
    lines = tuple(
        replace(line, text=old.text | dict(line.text), product_id=old.product_id)
        if old.hs == line.hs and old.unit == line.unit
        else line
        for line, old in zip(new.lines, before, strict=False)
    )
    title = {code: text for code, text in deal.title.items() if code != language()} | dict(new.title)
    return replace(new, lines=lines + new.lines[len(lines) :], title=title, meeting_id=deal.meeting_id)
