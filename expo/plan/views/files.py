"""The plan as files: SVG, PDF and JSON."""

from hashlib import sha256

from flask import Response, g, request

from expo.plan import queries
from expo.plan.prints import paper
from expo.plan.prints.data import plan_json
from expo.plan.views.answering import answer_of, unless_known
from expo.plan.views.blueprint import bp
from expo.web import db, public
from expo.web.files import PDF, file_answer
from expo.web.frame import VERSION
from expo.web.language import language


@bp.get("/<edition>/plan.svg")
@public
def floor_plan_svg():
    """All halls as one file."""
    return Response(paper.floor_plan_svg(db(), g.edition, language()), mimetype="image/svg+xml")


@bp.get("/<edition>/plan.pdf")
@public
def floor_plan_pdf():
    """The plan to print: `paper` is A4, A3 or A1, `hall` one hall alone."""
    size, hall = request.args.get("paper", "A3"), request.args.get("hall", "")
    document = paper.floor_plan_pdf(db(), g.edition, language(), size, hall or None)
    return file_answer(document, PDF, f"plan{'-' + hall if hall else ''}-{size}.pdf", shown=True)


@bp.get("/<edition>/plan.json")
@public
def floor_plan_json():
    """The same geometry as data, for other programs; docs/plan-json.md describes it."""
    now = queries.stamp(db(), g.edition)
    make = lambda: answer_of([plan_json(db(), g.edition, now)], "application/json")  # noqa: E731
    answer = unless_known(sha256(f"json {VERSION} {now.whole}".encode()).hexdigest()[:32], make)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
