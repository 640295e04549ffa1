"""Who it is that asks, or is recommended: the other side in its own words, and why the two should meet."""

from flask import abort, g, render_template

from expo.web import db, needs
from expo.web.language import language, language_name
from matchmaking.catalogue import queries as catalogue
from matchmaking.meetings import queries as meetings
from matchmaking.phases import services as phases
from matchmaking.profiles import queries
from matchmaking.profiles.queries import across as found
from matchmaking.profiles.views.blueprint import HERE, bp
from matchmaking.profiles.views.lists import shown
from matchmaking.recommendations import services as recommendations
from matchmaking.requests.queries import inbox
from matchmaking.requests.queries.parties import Party
from matchmaking.requests.sides import BUYER
from matchmaking.requests.views.blueprint import across, me


@bp.get(f"{HERE}/with/<code>")
@needs("requests.own")
def party(code: str):
    """The other side as it shows itself to those who might meet it. Others' parties do not exist here."""
    own = me()
    them = across(own, code)
    card = found.card(db(), g.edition, own, them)
    if card is None or them.organisation_id == own.organisation_id:
        abort(404)
    wanted = queries.needs_of(db(), them.id) if them.side == BUYER else []
    stands = meetings.stands(db(), g.edition, them.id) if them.side != BUYER else {}
    said_no = inbox.said_no(db(), own, them.id)
    return render_template(
        "matchmaking/profiles/party.html",
        me=own,
        them=them,
        card=card,
        tongues=[language_name(code, language()) for code in card.languages],
        wanted=wanted,
        names=catalogue.names_of(db(), g.edition, {need.hs for need in wanted}),
        stands=stands.get(them.id, []),
        why=_why(own, them),
        said_no=said_no,
        number=None if said_no else found.request_between(db(), own, them),
        asking=phases.is_open(db(), g.edition, "requests"),
    )


def _why(own: Party, them: Party):
    """Their place on the reader's own list, with its account; None where they are not on it."""
    if phases.waits(db(), g.edition, "recommendations"):
        return None
    side = "buyer" if own.side == BUYER else "exhibitor"
    item = queries.between(db(), g.edition, side, own.id, them.id)
    return shown(side, [item], recommendations.trade_of(db(), g.edition))[0] if item else None
