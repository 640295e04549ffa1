"""The plan without the house's frame, to be shown within other sites."""

from flask import Response, abort, g, request

from expo.languages import LANGUAGES
from expo.plan import queries
from expo.plan.embedding import ancestors
from expo.plan.views.blueprint import bp
from expo.plan.views.public import plan_page
from expo.web import db, public
from expo.web.language import speaking
from expo.web.security import POLICY


@bp.get("/<edition>/plan/embed")
@public
def plan_embed() -> Response:
    """The plan for an iframe of the sites that the organiser allows; `language` chooses, nothing is kept."""
    chosen = queries.settings_of(db(), g.edition)
    allowed = ancestors(chosen.embedding, chosen.embed_sites)
    if allowed is None:
        abort(404)
    asked = request.args.get("language", "")
    if asked in LANGUAGES:
        with speaking(asked):
            answer = plan_page("plan.plan_embed", "expo/plan/embed.html", embedded=True)
    else:
        answer = plan_page("plan.plan_embed", "expo/plan/embed.html", embedded=True)
    answer.headers["Content-Security-Policy"] = POLICY.replace(
        "frame-ancestors 'none'", f"frame-ancestors {allowed}"
    )
    return answer
