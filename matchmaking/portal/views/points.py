"""My points with their origins, my turn, and what would change it."""

from decimal import Decimal

from flask import g, render_template

from expo.points import queries
from expo.points.counting import filled
from expo.points.rule import plain, read
from expo.points.wording import SOURCES, explained, more_of
from expo.web import db, needs, words
from matchmaking.portal.views.application import ADDRESS
from matchmaking.portal.views.blueprint import bp, own

RANKED = ("submitted", "accepted")


@bp.get(f"{ADDRESS}/points")
@needs("portal.use")
def points():
    """Where each point comes from, whose turn it is, and what one more of each would bring."""
    exhibitor = own().exhibitor
    rule = read(g.edition.points_rule)
    ranked = exhibitor.state in RANKED
    chances = more_of(rule, exhibitor.points_origin) if ranked else []
    turns = queries.turns_with(db(), g.edition, exhibitor, [points for _what, points in chances])
    return render_template(
        "matchmaking/portal/points.html",
        exhibitor=exhibitor,
        lines=filled(exhibitor.points_origin, rule),
        total=Decimal(exhibitor.points),
        turn=queries.turn_of(db(), g.edition, exhibitor) if ranked else None,
        chances=[(words(what), gained, turn) for (what, gained), turn in zip(chances, turns, strict=True)],
        rule=explained(rule, g.edition.currency),
        sources=SOURCES,
        draw=queries.draw_of(db(), g.edition, exhibitor) if g.edition.seed_published_at else None,
        version=rule.version,
        plain=plain,
    )
