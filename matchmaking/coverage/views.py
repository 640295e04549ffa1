"""Pages of the organiser: how the meetings went, what is covered, what is not, and the chains."""

from typing import Any

from flask import Blueprint, Flask, abort, flash, g, redirect, render_template, request, url_for

from expo.errors import Refused
from expo.languages import pick
from expo.money import to_major
from expo.spreadsheets.out import csv_bytes
from expo.web import _, can, db, leaf, needs, refuse, words
from expo.web.files import file_answer
from expo.web.frame import add_navigation
from expo.web.language import country_name, language
from expo.words import say
from matchmaking.catalogue.hs_names import SECTIONS
from matchmaking.coverage import health, queries, services
from matchmaking.coverage.chains import written
from matchmaking.coverage.forms import ChainForm, NewChainForm
from matchmaking.coverage.held import counted, middle, spread
from matchmaking.coverage.models import SupplyChain
from matchmaking.requests.queries import figures

bp = Blueprint("coverage", __name__)
ADDRESS = "/<edition>/console/results"
PAGE = 50
MOST_FRAGILE = 15
WHYS = {
    "nobody": say("Nobody offers it"),
    "certificates": say("Certificates are missing"),
    "origin": say("Comes from elsewhere only"),
    "quantity": say("Not enough of it"),
    "price": say("Too expensive"),
    "together": say("Each offer lacks something"),
}
VERDICTS = {
    "missing": (say("Missing link"), "bad"),
    "single": (say("One supplier"), "wait"),
    "gaps": (say("Needs without an answer"), "wait"),
    "narrow": (say("Few large suppliers"), "info"),
    "firm": (say("Firm"), "good"),
}


def init(app: Flask) -> None:
    """Register the pages and their place in the navigation."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition") or not can("meetings.run"):
        return []
    return [(61, "console", _("Results of meetings"), url_for("coverage.results"), "c")]


@bp.get(ADDRESS)
@needs("meetings.run")
def results():
    """How requests and meetings went."""
    parties = queries.per_party(db(), g.edition)
    answered = queries.needs(db(), g.edition)
    return render_template(
        "matchmaking/coverage/results.html",
        asked=figures.figures(db(), g.edition),
        held=counted(queries.states(db(), g.edition)),
        spreads={side: spread(found) for side, found in parties.items()},
        middles={side: middle(found) for side, found in parties.items()},
        without={side: found.get(0, 0) for side, found in parties.items()},
        share=health.share_of(answered),
    )


@bp.get(f"{ADDRESS}/coverage")
@needs("meetings.run")
def coverage():
    """Which needs have an answer, by section and by chain, and on whom they hang."""
    answered = queries.needs(db(), g.edition)
    supply = queries.supply(db(), g.edition)
    known = [one.chain for one in queries.supply_chains(db(), g.edition)]
    fragile = health.fragile(answered)
    return render_template(
        "matchmaking/coverage/coverage.html",
        share=health.share_of(answered),
        by_section=health.by_section(answered),
        sections={section.numeral: section.name for section in SECTIONS},
        chains=[(chain, health.links(chain, answered, _offered(chain, supply))) for chain in known],
        fragile=fragile[:MOST_FRAGILE],
        fragile_all=len(fragile),
        firms=queries.firms(db(), g.edition, [one for one, _lost in fragile[:MOST_FRAGILE]]),
        verdicts=VERDICTS,
    )


def _offered(chain: Any, supply: dict[tuple[str, int], list[health.Supply]]) -> list[list[health.Supply]]:
    return [supply.get((chain.code, position), []) for position in range(1, len(chain.stages) + 1)]


@bp.get(f"{ADDRESS}/unmet")
@needs("meetings.run")
def unmet():
    """Needs that nobody at the expo can serve, with what stands in the way."""
    why = request.args.get("why", "")
    why = why if why in WHYS else ""
    rows = [row for row in queries.unmet(db(), g.edition) if why in ("", row.why)]
    shown = leaf(len(rows), PAGE)
    return render_template(
        "matchmaking/coverage/unmet.html",
        rows=rows[shown.offset : shown.offset + PAGE], total=len(rows), leaf=shown, why=why, whys=WHYS,
    )  # fmt: skip


@bp.get(f"{ADDRESS}/unmet.csv")
@needs("meetings.run")
def unmet_csv():
    """The same list as a file, whole: for those who look for exhibitors of the next edition."""
    rows = queries.unmet(db(), g.edition)
    head = [
        _("HS code"), _("Wanted"), _("Quantity"), _("Unit"), _("At most"), _("Currency"), _("Certificates"),
        _("Countries wanted"), _("Buyer"), _("Name"), _("Country"), _("Why"), _("Such offers"),
    ]  # fmt: skip
    body = csv_bytes([head, *map(_line, rows)], bom=True)
    return file_answer(body, "text/csv; charset=utf-8", "unmet.csv")


def _line(row: queries.Unmet) -> list[Any]:
    limit = to_major(row.max_price_minor, row.currency) if row.max_price_minor else ""
    return [
        row.hs, pick(row.text, language()), row.quantity or "", row.unit, limit, row.currency,
        "; ".join(row.certificates), "; ".join(country_name(code) for code in row.countries), row.buyer,
        pick(row.name, language()), country_name(row.country), words(WHYS[row.why]), row.offered,
    ]  # fmt: skip


@bp.route(f"{ADDRESS}/chains/new", methods=["GET", "POST"])
@needs("meetings.run")
def chain_new():
    """Draw a chain."""
    form = NewChainForm()
    if form.accepted():
        try:
            services.draw(db(), g.edition, form.code.data, form.name.data, form.stages.data, language())
            db().commit()
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
        else:
            flash(_("The chain is drawn."), "good")
            return redirect(url_for("coverage.coverage"))
    return render_template("matchmaking/coverage/chain.html", form=form, chain=None)


@bp.post(f"{ADDRESS}/chains/start")
@needs("meetings.run")
def chain_start():
    """Take over the starting set."""
    count = services.start(db(), g.edition)
    db().commit()
    flash(_("Chains added: %(count)s. Change them as you like.", count=count), "good")
    return redirect(url_for("coverage.coverage"))


@bp.route(f"{ADDRESS}/chains/<code>", methods=["GET", "POST"])
@needs("meetings.run")
def chain_edit(code: str):
    """Change a chain."""
    chain = _chain(code)
    stages = written(chain.chain.stages, language())
    form = ChainForm(data={"name": pick(chain.name, language()), "stages": stages})
    if form.accepted():
        try:
            services.change(db(), chain, form.name.data, form.stages.data, language())
            db().commit()
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
        else:
            flash(_("The chain is changed."), "good")
            return redirect(url_for("coverage.coverage"))
    return render_template("matchmaking/coverage/chain.html", form=form, chain=chain)


@bp.post(f"{ADDRESS}/chains/<code>/drop")
@needs("meetings.run")
def chain_drop(code: str):
    """Take a chain away."""
    chain = _chain(code)
    services.drop(db(), chain)
    db().commit()
    flash(_("The chain is gone."), "good")
    return redirect(url_for("coverage.coverage"))


def _chain(code: str) -> SupplyChain:
    return services.chain_of(db(), g.edition, code) or abort(404)
