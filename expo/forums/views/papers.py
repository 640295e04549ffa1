"""The programme on paper."""

from flask import abort, g, request

from expo.forums import prints, services
from expo.forums.views.blueprint import bp
from expo.web import can, db, public
from expo.web.files import PDF, file_answer
from expo.web.language import language


@bp.get("/<edition>/timetable.pdf")
@public
def timetable_print():
    """The timetable on A3, a day a page."""
    return _print("timetable", prints.timetable_pdf)


@bp.get("/<edition>/programme.pdf")
@public
def programme_print():
    """The programme as a booklet."""
    return _print("programme", prints.programme_pdf)


def _print(name: str, make):
    if services.release_of(db(), g.edition) is None and not can("programme.edit"):
        abort(404)
    paper = make(db(), g.edition, language())
    response = file_answer(paper, PDF, f"{name}-{language()}.pdf", shown=True)
    response.add_etag()
    return response.make_conditional(request)
