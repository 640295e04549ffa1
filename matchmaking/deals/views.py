"""The organiser's pages of deals: the list, one deal, recording, figures, the workbook."""

from babel.numbers import format_compact_currency
from flask import Blueprint, Flask, abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user
from sqlmodel import select

from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.languages import BABEL_LOCALES
from expo.money import to_major
from expo.web import _, can, db, leaf, needs, refuse, telling, words
from expo.web.files import file_answer
from expo.web.frame import add_navigation
from expo.web.language import country_name, language
from expo.words import say
from matchmaking.catalogue.hs_names import CHAPTERS
from matchmaking.catalogue.models import Buyer
from matchmaking.deals import prints, queries, services
from matchmaking.deals.forms import MOST_LINES, DealForm
from matchmaking.deals.models import STAGES, TYPES
from matchmaking.deals.stages import AGREED, NEXT
from matchmaking.deals.wording import STAGES as STAGE_WORDS
from matchmaking.deals.wording import TONES, happened
from matchmaking.deals.wording import TYPES as TYPE_WORDS
from matchmaking.meetings.queries import buyers as all_buyers
from matchmaking.meetings.queries import exhibitors as all_exhibitors

bp = Blueprint("deals", __name__)
ADDRESS = "/<edition>/console/deals"
PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def init(app: Flask) -> None:
    """Register the pages and their place in the navigation."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition") or not can("deals.view"):
        return []
    return [(65, "console", _("Deals"), url_for("deals.deal_list"), "l")]


def _names() -> dict:
    return {
        "types": {code: words(TYPE_WORDS[code]) for code in TYPES},
        "stages": {code: words(STAGE_WORDS[code]) for code in STAGES},
        "tones": TONES,
        "short": _short,
    }


def _short(minor: int) -> str:
    """A large sum as people say it: CN¥1.01B, ¥10.13亿."""
    currency = g.edition.currency
    locale = BABEL_LOCALES[language()]
    return format_compact_currency(to_major(minor, currency), currency, locale=locale, fraction_digits=2)


def _asked() -> queries.Filter:
    """The filter of this page's address; what is not in the lists is no filter."""
    asked = request.args.get
    country, hs = asked("country", ""), asked("hs", "")
    return queries.Filter(
        type=asked("type", "") if asked("type") in TYPES else "",
        stage=asked("stage", "") if asked("stage") in STAGES else "",
        country=country if len(country) == 2 else "",
        hs=hs if hs in CHAPTERS else "",
    )


@bp.get(ADDRESS)
@needs("deals.view")
def deal_list():
    """The deals by number, filtered, with what they are worth together, type by type."""
    chosen = _asked()
    worth = queries.worth(db(), g.edition, chosen)
    count = sum(number for number, _minor in worth.values())
    shown = leaf(count, PAGE)
    return render_template(
        "matchmaking/deals/deal_list.html",
        deals=queries.deals(db(), g.edition, chosen, limit=PAGE, offset=shown.offset),
        chosen=chosen,
        totals=_totals(worth),
        count=count,
        page=shown.page,
        pages=shown.pages,
        countries=sorted(
            ((code, country_name(code)) for code in queries.countries(db(), g.edition)), key=lambda it: it[1]
        ),
        chapter=CHAPTERS.get(chosen.hs, ""),
        **_names(),
    )


def _totals(worth: dict[tuple[str, str], tuple[int, int]]) -> list[tuple[str, int, int, int]]:
    """(type, deals, outcomes among them, worth of the outcomes) of the types found: never one sum of all."""
    rows = []
    for type_ in TYPES:
        mine = {stage: figures for (kind, stage), figures in worth.items() if kind == type_}
        agreed = [figures for stage, figures in mine.items() if stage in AGREED]
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


@bp.get(f"{ADDRESS}.xlsx")
@needs("deals.view")
def deals_xlsx():
    """The whole ledger as a workbook."""
    return file_answer(prints.deals_xlsx(db(), g.edition, language()), XLSX, "deals.xlsx")


@bp.get(f"{ADDRESS}/figures")
@needs("deals.view")
def figures():
    """Outcomes of one type by stage, country and HS chapter."""
    asked = request.args.get("type", "")
    type_ = asked if asked in TYPES else "purchase"
    sums = {by: queries.sums(db(), g.edition, by, (type_,)) for by in ("stage", "country", "hs")}
    order = list(STAGES)
    sums["stage"].sort(key=lambda one: order.index(one.key))
    return render_template(
        "matchmaking/deals/figures.html",
        type=type_,
        sums=sums,
        counts={kind: number for kind, number, _agreed, _minor in _totals(queries.worth(db(), g.edition))},
        chapters=CHAPTERS,
        **_names(),
    )


@bp.get(f"{ADDRESS}/chain")
@needs("deals.view")
def chain():
    """Whether every event of the ledger is as it was sealed."""
    count, seal = queries.last_event(db(), g.edition)
    return render_template(
        "matchmaking/deals/chain.html",
        broken=services.chain_break(db(), g.edition),
        count=count,
        seal=seal,
    )


def _deal(number: int):
    return queries.deal_by_number(db(), g.edition, number) or abort(404)


@bp.get(f"{ADDRESS}/<int:number>")
@needs("deals.view")
def deal_detail(number: int):
    """One deal: parties, lines, what happened to it, where it can go next."""
    deal = _deal(number)
    return render_template(
        "matchmaking/deals/deal_detail.html",
        deal=deal,
        row=queries.deals(db(), g.edition, number=number)[0],
        lines=queries.lines_of(db(), deal),
        events=[(event, happened(event.kind, event.payload)) for event in queries.events_of(db(), deal)],
        following={
            stage: words(STAGE_WORDS[stage]) for stage in STAGES if stage in NEXT[deal.type][deal.stage]
        },
        agreed=deal.stage in AGREED,
        **_names(),
    )


@bp.post(f"{ADDRESS}/<int:number>/stage")
@needs("deals.record")
def deal_move(number: int):
    """Move a deal to another stage."""
    with telling(_("The deal is moved; the step is sealed into the chain.")):
        stage = request.form.get("stage", "")
        services.move(db(), g.edition, _deal(number), stage, current_user.id)
        db().commit()
    return redirect(url_for("deals.deal_detail", number=number))


@bp.route(f"{ADDRESS}/new", methods=["GET", "POST"])
@needs("deals.record")
def deal_new():
    """Record a deal."""
    form = DealForm(data=None if request.method == "POST" else _first_values()).named(words)
    if request.method == "POST" and "more" in request.form:
        if len(form.lines) < MOST_LINES:
            form.lines.append_entry()
        return _new_page(form)
    if form.accepted():
        try:
            deal = services.record(db(), g.edition, _typed(form), current_user.id)
            db().commit()
            flash(_("Deal %(number)s is recorded.", number=deal.number), "good")
            return redirect(url_for("deals.deal_detail", number=deal.number))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _new_page(form)


def _first_values() -> dict:
    """What a page that led here knows already."""
    return {
        "seller": request.args.get("seller", ""),
        "buyer": request.args.get("buyer", ""),
        "currency": g.edition.currency,
        "signed_on": g.edition.starts_on,
    }


def _new_page(form: DealForm):
    return render_template(
        "matchmaking/deals/deal_new.html",
        form=form,
        sellers=all_exhibitors(db(), g.edition, idle=True),
        buyers=all_buyers(db(), g.edition),
        most=MOST_LINES,
    )


def _typed(form: DealForm) -> services.NewDeal:
    seller = _party(Exhibitor, form.seller.data)
    buyer = _party(Buyer, form.buyer.data) if (form.buyer.data or "").strip() else None
    if form.signed_on.data is None:
        raise Refused(say("Say on which day the deal was signed."))
    return services.NewDeal(
        seller=seller,
        buyer=buyer,
        currency=(form.currency.data or "").upper(),
        lines=form.typed_lines(language()),
        signed_on=form.signed_on.data,
        type=form.type.data,
        stage=form.stage.data,
        meeting_id=queries.meeting_between(db(), seller.id, buyer.id) if buyer else None,
    )


def _party(model, code: str | None):
    code = (code or "").strip()
    found = db().exec(select(model).where(model.edition_id == g.edition.id, model.code == code)).first()
    if found is None:
        if model is Exhibitor:
            raise Refused(say("There is no exhibitor %(code)s.", code=code))
        raise Refused(say("There is no buyer %(code)s.", code=code))
    return found
