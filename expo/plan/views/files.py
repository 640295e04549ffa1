"""The plan as files: SVG, PDF and JSON."""

from datetime import timedelta
from hashlib import sha256

from flask import Response, g, render_template, request

from expo.clock import now
from expo.errors import Refused
from expo.jobs import services as jobs
from expo.jobs.handlers import from_json
from expo.plan import queries
from expo.plan.prints import paper
from expo.plan.prints.data import plan_json
from expo.plan.views.answering import answer_of, unless_known
from expo.plan.views.blueprint import bp
from expo.web import db, public, words
from expo.web.files import PDF, file_answer
from expo.web.frame import VERSION
from expo.web.language import language

KIND = "plan.print"
AGAIN_S = 3
PATIENCE = timedelta(minutes=5)
"""For so long a failure is told; then it is tried anew."""


@bp.get("/<edition>/plan.svg")
@public
def floor_plan_svg():
    """All halls as one file."""
    return Response(paper.floor_plan_svg(db(), g.edition, language()), mimetype="image/svg+xml")


@bp.get("/<edition>/plan.pdf")
@public
def floor_plan_pdf():
    """The plan to print: `paper` is A4, A3 or A1, `hall` one hall alone.

    All halls take seconds to lay out: a browser waits on a page of its own while a job does it once for all.
    A program gets the file from this request.
    """
    size, hall = request.args.get("paper", "A3"), request.args.get("hall", "")
    if not hall and "text/html" in request.headers.get("Accept", ""):
        html = paper.floor_plan_html(db(), g.edition, language(), size, None)
        if not paper.is_drawn(html):
            return _waiting(size)
    document = paper.floor_plan_pdf(db(), g.edition, language(), size, hall or None)
    return file_answer(document, PDF, f"plan{'-' + hall if hall else ''}-{size}.pdf", shown=True)


def _waiting(size: str) -> Response:
    """How far the job is that lays the plan out. The page asks again by itself, and then gets the file."""
    wanted = {"size": size, "language": language(), "address": paper.plan_address(g.edition, None)}
    last = jobs.last(db(), g.edition.id, KIND)
    if last and last.state == "failed" and last.arguments == wanted and last.finished_at > now() - PATIENCE:
        raise Refused(words(from_json(last.message) or ""))
    job, _is_new = jobs.enqueue_once(db(), KIND, edition_id=g.edition.id, **wanted)
    db().commit()
    page = render_template("expo/plan/print_waiting.html", job=job, size=size)
    return Response(page, status=202, headers={"Refresh": str(AGAIN_S), "Cache-Control": "no-store"})


@bp.get("/<edition>/plan.json")
@public
def floor_plan_json():
    """The same geometry as data, for other programs; docs/plan-json.md describes it."""
    stamp = queries.stamp(db(), g.edition)
    make = lambda: answer_of([plan_json(db(), g.edition, stamp)], "application/json")  # noqa: E731
    answer = unless_known(sha256(f"json {VERSION} {stamp.whole}".encode()).hexdigest()[:32], make)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
