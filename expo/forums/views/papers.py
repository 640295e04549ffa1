"""The programme on paper: for everybody, for those who run it, and many papers at once."""

from pathlib import Path

from flask import (
    abort,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_login import current_user

from expo.errors import Refused
from expo.forums import prints, services
from expo.forums.forms import PapersForm
from expo.forums.programme import Programme
from expo.forums.sheet import PAPERS as SIZES
from expo.forums.views.blueprint import CONSOLE, bp
from expo.jobs import services as jobs
from expo.languages import LANGUAGES, pick
from expo.web import _, can, db, needs, public, words
from expo.web.files import PDF, file_answer
from expo.web.keeping import print_path
from expo.web.language import language

KIND = "programme.papers"
ZIP = "application/zip"


@bp.get("/<edition>/timetable.pdf")
@public
def timetable_print():
    """The timetable on A3 or A2 (?paper=), all days or one (?day=), of any version (?version=, ?since=)."""
    paper = request.args.get("paper", "A3")
    if paper not in SIZES:
        abort(404)
    return _printed("timetable", prints.timetable_pdf, paper=paper, day=request.args.get("day", ""))


@bp.get("/<edition>/programme.pdf")
@public
def programme_print():
    """The programme as a booklet."""
    return _printed("programme", prints.programme_pdf)


def _printed(name: str, make, **options):
    """A public paper: of released versions only, but for those who make the programme."""
    version = request.args.get("version", "")
    inside = can("programme.edit")
    release = services.release_of(db(), g.edition, version or None) if version != "draft" else None
    if release is None and not (inside and version in ("", "draft")):
        abort(404)
    return _answer(name, make, version=version, **options)


def _answer(name: str, make, **options):
    since = request.args.get("since", "")
    try:
        paper = make(db(), g.edition, language(), since=since, **options)
    except Refused:
        if services.release_of(db(), g.edition, since or None) is None and since not in ("", "none"):
            abort(404)
        raise
    response = file_answer(paper, PDF, f"{name}-{language()}.pdf", shown=True)
    response.add_etag()
    return response.make_conditional(request)


@bp.get(f"{CONSOLE}/papers")
@needs("programme.edit")
def programme_papers():
    """Every paper of the programme, one by one and many at once."""
    return _page(PapersForm(formdata=None, papers=[], languages=[language()]))


def _page(form: PapersForm):
    form.papers.choices = [(one.name, words(one.title)) for one in prints.BATCH.values()]
    programme = services.draft_programme(db(), g.edition)
    every = services.releases(db(), g.edition)
    return render_template(
        "expo/forums/papers.html",
        form=form,
        kinds=[(one.name, words(one.title), words(one.note)) for one in prints.BATCH.values()],
        versions=every,
        programme=programme,
        people=_people(programme),
        spoken=LANGUAGES,
        done=[job for job in jobs.jobs(db(), g.edition.id) if job.kind == KIND][:5],
    )


def _people(programme: Programme) -> list[tuple[str, str]]:
    """(code, name) of everybody on stage, by name."""
    found = {part.code: pick(part.name, language()) for item in programme.items for part in item.parts}
    return sorted(found.items(), key=lambda pair: (pair[1].casefold(), pair[0]))


@bp.get(f"{CONSOLE}/papers/<name>.pdf")
@needs("programme.edit")
def programme_paper(name: str):
    """One paper, of any version, the draft included; narrowed by ?room, ?day, ?speaker or ?forum."""
    kind = prints.BATCH.get(name) or abort(404)
    allowed = {"doors-a4": ("room", "day"), "doors-a3": ("room", "day"), "speakers": ("speaker",),
               "chairs": ("forum",)}.get(name, ())  # fmt: skip
    narrowed = {key: request.args[key] for key in allowed if key in request.args}
    return _answer(name, kind.make, version=request.args.get("version", ""), **narrowed)


@bp.post(f"{CONSOLE}/papers")
@needs("programme.edit")
def programme_papers_print():
    """Print many papers in many languages as one ZIP, as a job."""
    form = PapersForm()
    form.papers.choices = [(one.name, words(one.title)) for one in prints.BATCH.values()]
    if not form.accepted():
        return _page(form)
    for wanted in (form.version.data, form.since.data):
        if wanted not in ("", "draft", "none", None) and not services.release_of(db(), g.edition, wanted):
            abort(404)
    job, is_new = jobs.enqueue_once(
        db(), KIND, edition_id=g.edition.id, user_id=current_user.id, papers=form.papers.data,
        languages=form.languages.data, version=form.version.data or "", since=form.since.data or "",
    )  # fmt: skip
    db().commit()
    if not is_new:
        flash(_("Papers are being printed already; here is that print."), "info")
    return redirect(url_for("jobs.job_detail", job_id=job.id))


@bp.get(f"{CONSOLE}/papers/<int:job_id>.zip")
@needs("programme.edit")
def programme_papers_file(job_id: int):
    """The ZIP that a job made."""
    job = jobs.job_of(db(), g.edition.id, job_id)
    if job is None or job.kind != KIND or job.state != "done":
        abort(404)
    path = zip_path(g.edition.code, job.id)
    if not path.is_file():
        raise Refused(_("This print was cleared away. Print the papers again."))
    name = f"{g.edition.code}-programme-{job_id}.zip"
    return send_file(path, mimetype=ZIP, as_attachment=True, download_name=name, max_age=0)


def zip_path(edition: str, job_id: int) -> Path:
    """Where a job's ZIP lies."""
    instance = current_app.extensions["expo_settings"].instance
    return print_path(instance, "programme", edition, job_id).with_suffix(".zip")
