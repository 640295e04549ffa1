"""Files of a deal and documents to sign: for staff, for the parties, and the public page behind a code."""

from flask import abort, g, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from expo.web import _, db, needs, public, telling
from expo.web.files import PDF, file_answer
from expo.web.language import language
from expo.web.security import site_address
from matchmaking.deals import prints, queries, services
from matchmaking.deals.attachments import MOST_BYTES
from matchmaking.deals.models import Deal, DealAttachment
from matchmaking.deals.prints.papers import grouped
from matchmaking.deals.views.blueprint import (
    ADDRESS,
    OWN,
    bp,
    deal_or_404,
    names,
    own_deal_or_404,
    paper_names,
)


def _answer(deal: Deal, number: int):
    row = services.attachment(db(), deal, number) or abort(404)
    answer = file_answer(row.content, row.mimetype, f"{deal.number}")
    answer.headers.set("Content-Disposition", "attachment", filename=row.name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _add(deal: Deal, organisation: int | None) -> None:
    with telling(_("The file is attached; its digest is sealed into the chain.")):
        file = request.files.get("file")
        data = file.read(MOST_BYTES + 1) if file else b""
        name = (file.filename if file else "") or "file"
        services.attach(db(), g.edition, deal, name, data, current_user.id, organisation)
        db().commit()


def _remove(deal: Deal, row: DealAttachment) -> None:
    with telling(_("The file is taken away.")):
        services.detach(db(), g.edition, deal, row, current_user.id)
        db().commit()


@bp.get(f"{ADDRESS}/<int:number>/files/<int:file>")
@needs("deals.view")
def file(number: int, file: int):
    """A file of a deal."""
    return _answer(deal_or_404(number), file)


@bp.post(f"{ADDRESS}/<int:number>/files")
@needs("deals.record")
def file_add(number: int):
    """Attach a file."""
    _add(deal_or_404(number), None)
    return redirect(url_for("deals.deal_detail", number=number))


@bp.post(f"{ADDRESS}/<int:number>/files/<int:file>/remove")
@needs("deals.record")
def file_remove(number: int, file: int):
    """Take a file away."""
    deal = deal_or_404(number)
    _remove(deal, services.attachment(db(), deal, file) or abort(404))
    return redirect(url_for("deals.deal_detail", number=number))


@bp.get(f"{OWN}/<int:number>/files/<int:file>")
@needs("deals.own")
def own_file(number: int, file: int):
    """A file of one's own deal."""
    return _answer(own_deal_or_404(number)[0], file)


@bp.post(f"{OWN}/<int:number>/files")
@needs("deals.own")
def own_file_add(number: int):
    """Attach a file to one's own deal."""
    deal, _parties, mine = own_deal_or_404(number)
    _add(deal, min(mine))
    return redirect(url_for("deals.own_detail", number=number))


@bp.post(f"{OWN}/<int:number>/files/<int:file>/remove")
@needs("deals.own")
def own_file_remove(number: int, file: int):
    """Take away a file that one attached oneself."""
    deal, _parties, _mine = own_deal_or_404(number)
    row = services.attachment(db(), deal, file)
    if row is None or row.user_id != current_user.id:
        abort(404)
    _remove(deal, row)
    return redirect(url_for("deals.own_detail", number=number))


def _draw_up(deal: Deal) -> None:
    with telling(_("The document is drawn up and sealed into the chain.")):
        kind, one, other = (request.form.get(name, "") for name in ("kind", "one", "other"))
        services.draw_up(db(), g.edition, deal, kind, (one, other), current_user.id)
        db().commit()


def _paper(deal: Deal, code: str) -> Response:
    document = services.document_by_code(db(), g.edition, code)
    if document is None or document.deal_id != deal.id:
        abort(404)
    address = site_address() + url_for("deals.check_document", code=document.code)
    name = f"deal-{deal.number}-{document.kind}.pdf"
    return file_answer(prints.document_pdf(g.edition, document, address), PDF, name, shown=True)


@bp.post(f"{ADDRESS}/<int:number>/documents")
@needs("deals.record")
def document_new(number: int):
    """Draw up a document."""
    _draw_up(deal_or_404(number))
    return redirect(url_for("deals.deal_detail", number=number))


@bp.get(f"{ADDRESS}/<int:number>/documents/<code>.pdf")
@needs("deals.view")
def document(number: int, code: str):
    """A document on paper."""
    return _paper(deal_or_404(number), code)


@bp.post(f"{OWN}/<int:number>/documents")
@needs("deals.own")
def own_document_new(number: int):
    """Draw up a document of one's own deal."""
    _draw_up(own_deal_or_404(number)[0])
    return redirect(url_for("deals.own_detail", number=number))


@bp.get(f"{OWN}/<int:number>/documents/<code>.pdf")
@needs("deals.own")
def own_document(number: int, code: str):
    """A document of one's own deal on paper."""
    return _paper(own_deal_or_404(number)[0], code)


@bp.get(f"{OWN}/check")
@public
def check_form():
    """Where the code of a document is typed that cannot be scanned."""
    code = request.args.get("code", "").strip()
    if code and services.document_by_code(db(), g.edition, code):
        return redirect(url_for("deals.check_document", code=code.replace("-", "").replace(" ", "").upper()))
    return render_template("matchmaking/deals/check.html", found=None, typed=code[:40])


@bp.get(f"{OWN}/check/<code>")
@public
def check_document(code: str):
    """What anybody may know of a document: what was signed, when, by whom; the price if all parties allow."""
    row = services.document_by_code(db(), g.edition, code)
    if row is None:
        return render_template("matchmaking/deals/check.html", found=None, typed=code[:40]), 404
    found = services.checked(db(), g.edition, row)
    answer = render_template(
        "matchmaking/deals/check.html",
        found=found,
        paper=row.content,
        code=grouped(row.code),
        kinds=paper_names(),
        **names(),
    )
    return answer, 200, {"X-Robots-Tag": "noindex"}


@bp.get(f"{ADDRESS}/ceremony")
@needs("deals.view")
def ceremony():
    """What is signed at the ceremony, in order, with its list and its table cards."""
    return render_template(
        "matchmaking/deals/ceremony.html", signings=queries.signings(db(), g.edition), **names()
    )


@bp.get(f"{ADDRESS}/ceremony.pdf")
@needs("deals.view")
def ceremony_pdf():
    """The list of the ceremony."""
    signings = queries.signings(db(), g.edition)
    return file_answer(prints.ceremony_pdf(g.edition, signings, language()), PDF, "ceremony.pdf", shown=True)


@bp.get(f"{ADDRESS}/cards.pdf")
@needs("deals.view")
def cards_pdf():
    """The table cards of the ceremony."""
    signings = queries.signings(db(), g.edition)
    return file_answer(prints.cards_pdf(g.edition, signings, language()), PDF, "cards.pdf", shown=True)
