"""Pages where a folder comes in and goes out."""

from pathlib import PurePath

from flask import Blueprint, Flask, Response, abort, current_app, flash, g, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from expo.errors import Refused
from expo.web import _, can, db, needs, refuse, words
from expo.web.frame import add_navigation
from matchmaking.folder import blanks, queries, services
from matchmaking.folder.archive import pack
from matchmaking.folder.columns import TABLES
from matchmaking.folder.forms import UploadForm
from matchmaking.folder.parse import Parsed
from matchmaking.folder.staying import STAYS
from matchmaking.folder.writing import FORMS

bp = Blueprint("folder", __name__)


def init(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition") or not can("edition.export"):
        return []
    return [(85, "console", _("Files"), url_for("folder.edition_files"), "f")]


@bp.route("/editions/import", methods=["GET", "POST"])
@needs("edition.create")
def upload():
    """Check a folder's files and, unless only that was asked for, store the edition."""
    form = UploadForm()
    if not form.accepted():
        return _upload_page(form)
    max_rows = current_app.extensions["expo_settings"].max_rows
    parsed, problems = services.read_files(_contents(form.files.data or ()), max_rows)
    if problems:
        return _upload_page(form, problems=problems)
    try:
        code = services.free_code(db(), parsed, (form.code.data or "").strip())
        if form.dry_run.data:
            return _upload_page(form, parsed, code=code)
        edition = services.import_edition(db(), parsed, code=code)
    except Refused as refused:
        refuse(form, refused)
        return _upload_page(form)
    db().commit()
    flash(_("The edition %(code)s was imported.", code=edition.code), "good")
    return redirect(url_for("folder.edition_files", edition=edition.code))


def _upload_page(form: UploadForm, parsed: Parsed | None = None, **more) -> str:
    return render_template("matchmaking/folder/upload.html", form=form, parsed=parsed, tables=TABLES, **more)


def _contents(files: list[FileStorage]) -> list[tuple[str, bytes]]:
    """The uploaded files by their bare names; browsers differ in whether they send folders along."""
    named = ((PurePath((file.filename or "").replace("\\", "/")).name, file) for file in files)
    return [(name, file.read()) for name, file in named if name]


@bp.get("/editions/templates.zip")
@needs("edition.create")
def templates():
    """Empty files to begin with, as CSV and as one workbook."""
    return _download(pack(blanks.with_workbook(lambda sentence: sentence.in_words(gettext))), "templates")


@bp.get("/<edition>/console/files")
@needs("edition.export")
def edition_files():
    """What the edition holds, and its files to take away."""
    counts = queries.counts(db(), g.edition)
    staying = [why for why, _tables in STAYS]
    return render_template(
        "matchmaking/folder/edition_files.html", counts=counts, tables=TABLES, staying=staying
    )


@bp.get("/<edition>/console/files/<form>.zip")
@needs("edition.export")
def edition_export(form: str):
    """The edition as a folder, packed."""
    if form not in FORMS:
        abort(404)
    try:
        content = services.packed(db(), g.edition, form)
    except Refused as refused:
        flash(words(refused.sentence), "bad")
        return redirect(url_for("folder.edition_files"))
    return _download(content, f"{g.edition.code}-{form}")


@bp.get("/<edition>/console/files/full/<form>.zip")
@needs("requests.refusals")
def full_export(form: str):
    """The folder with what is private as well, for who may read both; the audit trail tells of it."""
    if form not in FORMS or not can("edition.export"):
        abort(404 if form not in FORMS else 403)
    try:
        content = services.packed(db(), g.edition, form, private=True)
    except Refused as refused:
        flash(words(refused.sentence), "bad")
        return redirect(url_for("folder.edition_files"))
    db().commit()
    return _download(content, f"{g.edition.code}-{form}-full")


def _download(content: bytes, name: str) -> Response:
    response = Response(content, mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return response
