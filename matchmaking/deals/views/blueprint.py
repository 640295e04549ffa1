"""The blueprint of the ledger's pages, and what several of them need."""

from typing import Any

from babel.numbers import format_compact_currency
from flask import Blueprint, abort, g, request
from flask_login import current_user

from expo.languages import BABEL_LOCALES
from expo.money import to_major
from expo.web import _, db, words
from expo.web.language import language
from matchmaking.catalogue.hs_names import CHAPTERS, SECTIONS
from matchmaking.deals import queries, wording
from matchmaking.deals.models import Deal
from matchmaking.deals.stages import ORIGINS, STAGES, TYPES

bp = Blueprint("deals", __name__)
ADDRESS = "/<edition>/console/deals"
OWN = "/<edition>/deals"
PAGE = 25
NUMERALS = frozenset(section.numeral for section in SECTIONS)


def names() -> dict[str, Any]:
    """What the templates call things."""
    return {
        "types": {code: words(wording.TYPES[code]) for code in TYPES},
        "stages": {code: words(wording.STAGES[code]) for code in STAGES},
        "origins": {code: words(wording.ORIGINS[code]) for code in ORIGINS},
        "standings": {code: words(it) for code, it in wording.STANDINGS.items()},
        "roles": {code: words(it) for code, it in wording.ROLES.items()},
        "party_states": {code: words(it) for code, it in wording.PARTY_STATES.items()},
        "forms": {code: words(it) for code, it in wording.FORMS.items()},
        "sections": {section.numeral: section.name for section in SECTIONS},
        "tones": wording.TONES,
        "standing_tones": wording.STANDING_TONES,
        "party_tones": wording.PARTY_TONES,
        "short": short,
    }


def short(minor: int) -> str:
    """A large sum as people say it: CN¥1.01B, ¥10.13亿."""
    currency = g.edition.currency
    locale = BABEL_LOCALES[language()]
    return format_compact_currency(to_major(minor, currency), currency, locale=locale, fraction_digits=2)


def asked() -> queries.Filter:
    """The filter of this page's address; what cannot be is no filter."""

    def one_of(name: str, known: Any) -> str:
        value = request.args.get(name, "")
        return value if value in known else ""

    def code(name: str, length: int) -> str:
        value = request.args.get(name, "")
        return value if value == queries.NONE or value.isalnum() and len(value) <= length else ""

    day = request.args.get("day", "")
    days = queries.keys(db(), g.edition, "day") if day else ()
    return queries.Filter(
        type=one_of("type", TYPES),
        stage=one_of("stage", STAGES),
        country=code("country", 2),
        buyer=code("buyer", 2),
        hs=one_of("hs", CHAPTERS),
        section=one_of("section", NUMERALS),
        zone=request.args.get("zone", "")[:40],
        forum=request.args.get("forum", "")[:40],
        day=day if day in days else "",
        newcomer=one_of("newcomer", ("new", "known")),
        origin=one_of("origin", ORIGINS),
        currency=code("currency", 3),
        reach=one_of("reach", ("home", "abroad")),
        standing=one_of("standing", wording.STANDINGS),
        group=request.args.get("group", "")[:40],
        counted=one_of("counted", ("yes",)),
    )


def deal_or_404(number: int) -> Deal:
    """The edition's deal of that number."""
    if number > 2**31 - 1:
        abort(404)
    return queries.deal_by_number(db(), g.edition, number) or abort(404)


def own_organisations() -> set[int]:
    """The organisations for which the person at the browser may deal here."""
    return current_user.organisations("deals.own", g.edition.id)


def own_deal_or_404(number: int) -> tuple[Deal, list[queries.PartyRow], set[int]]:
    """A deal that the reader's organisation signs, with its parties and which of them are the reader's.

    Whoever is no party gets the answer for what does not exist.
    """
    deal = deal_or_404(number)
    parties = queries.parties(db(), g.edition, deal)
    mine = own_organisations() & {party.organisation_id for party in parties}
    return (deal, parties, mine) if mine else abort(404)


def paper_names() -> dict[str, str]:
    """What the documents are called."""
    return {
        "cover": _("Contract cover sheet"),
        "memorandum": _("Memorandum"),
        "order": _("Purchase order"),
    }
