"""Whom to meet, and why: the list of a buyer and that of an exhibitor."""

from typing import Any, NamedTuple

from flask import abort, g, redirect, render_template, request, url_for

from expo.exhibitors.models import Exhibitor
from expo.languages import pick
from expo.web import _, db, needs, telling
from expo.web.language import as_money, as_number, country_name, language, language_name
from expo.words import Sentence
from matchmaking.catalogue.models import Buyer
from matchmaking.phases import services as phases
from matchmaking.profiles import queries, services
from matchmaking.profiles.queries import Item
from matchmaking.profiles.views.blueprint import HERE, PORTAL, acting, bp, own_buyer, own_exhibitor, parties
from matchmaking.profiles.wording import Line, account, headlines
from matchmaking.recommendations import services as recommendations
from matchmaking.recommendations.fit import Need, Offer
from matchmaking.recommendations.trade import Trade


class Shown(NamedTuple):
    """An item with its account for the reader's side."""

    item: Item
    score: int
    lines: list[Line]
    headlines: list[Sentence]


@bp.get(f"{HERE}/recommendations")
@needs("agenda.use")
def for_buyer():
    """Whom a buyer is told to meet."""
    return _page("buyer", own_buyer())


@bp.get(f"{PORTAL}/recommendations")
@needs("portal.use")
def for_exhibitor():
    """Whom an exhibitor is told to meet."""
    return _page("exhibitor", own_exhibitor())


def _page(side: str, row: Buyer | Exhibitor):
    fresh = recommendations.bring_up_to_date(db(), g.edition, wait=False)
    db().commit()
    aside = request.args.get("show") == "aside"
    too_early = phases.waits(db(), g.edition, "recommendations")
    look = queries.dismissed if aside else queries.listed
    found = [] if too_early else look(db(), g.edition, side, row.id)
    trade = recommendations.trade_of(db(), g.edition)
    profile = row if side == "buyer" else services.profile_of(db(), row)
    return render_template(
        "matchmaking/profiles/list.html",
        party_kind=side,
        other="exhibitor" if side == "buyer" else "buyer",
        party=acting(side),
        others=parties(side),
        rows=shown(side, found, trade),
        aside=aside,
        fresh=fresh,
        too_early=too_early,
        asking=phases.is_open(db(), g.edition, "requests"),
        trade=trade,
        is_open=bool(profile and profile.open_to_meetings)
        and getattr(row, "state", "accepted") == "accepted",
    )


def shown(side: str, found: list[Item], trade: Trade) -> list[Shown]:
    """Items with their accounts for a side ("buyer" or "exhibitor")."""
    accounts = recommendations.account_of(db(), g.edition, found, trade)
    place = 0 if side == "buyer" else 1
    rows = []
    for item, (fits, need, offer) in zip(found, accounts, strict=True):
        figures = _figures(item, need, offer, trade)
        score = item.found.buyer_score if side == "buyer" else item.found.exhibitor_score
        rows.append(Shown(item, score, account(fits, place, figures), headlines(fits, figures)))
    return rows


def _figures(item: Item, need: Need, offer: Offer, trade: Trade) -> dict[str, Any]:
    """Everything that sentences of an account name, as the reader's language writes it."""
    here, chapter = language(), item.product.hs[:2]
    origin, home = item.product.origin, item.buyer_firm.country
    wanted, product = item.need, item.product
    return {
        "hs_wanted": wanted.hs,
        "hs_offered": product.hs,
        "need": pick(wanted.text, here),
        "product": pick(product.name, here),
        "price": f"{as_money(product.price_minor, product.currency)} / {product.unit}",
        "limit": f"{as_money(wanted.max_price_minor, wanted.currency)} / {wanted.unit}",
        "least": f"{as_money(wanted.min_price_minor, wanted.currency)} / {wanted.unit}",
        "asked": list(dict.fromkeys([*wanted.certificates, *item.buyer.certificates])),
        "have": list(dict.fromkeys([*product.certificates, *item.profile.certificates])),
        "wanted": f"{as_number(wanted.quantity)} {wanted.unit}",
        "offered": f"{as_number(product.quantity)} {product.unit}",
        "languages": [language_name(code, here) for code in sorted(need.languages & offer.languages)],
        "term": wanted.incoterm,
        "offered_term": product.incoterm,
        "origin": country_name(origin),
        "home": country_name(home),
        "chapter": chapter,
        "theirs": as_number(trade.rca(origin, chapter) or 0, 1),
        "ours": as_number(trade.rca(home, chapter) or 0, 1),
        "forums": sorted((need.forums or frozenset()) & (offer.forums or frozenset())),
    }


@bp.post(f"{HERE}/recommendations/<code>/<any(aside,back):act>")
@needs("agenda.use")
def buyer_choice(code: str, act: str):
    """Put an exhibitor aside, or back."""
    return _choose("buyer", own_buyer().id, code, act)


@bp.post(f"{PORTAL}/recommendations/<code>/<any(aside,back):act>")
@needs("portal.use")
def exhibitor_choice(code: str, act: str):
    """Put a buyer aside, or back."""
    return _choose("exhibitor", own_exhibitor().id, code, act)


def _choose(side: str, own_id: int, code: str, act: str):
    other = queries.party_id(db(), g.edition, "exhibitor" if side == "buyer" else "buyer", code) or abort(404)
    pair = (own_id, other) if side == "buyer" else (other, own_id)
    done = (
        _("Put aside. Only you know; it can be brought back.") if act == "aside" else _("Back on your list.")
    )
    with telling(done):
        (services.dismiss if act == "aside" else services.bring_back)(db(), side, *pair)
        db().commit()
    show = "aside" if act == "back" else None
    return redirect(url_for(f"profiles.for_{side}", show=show))
