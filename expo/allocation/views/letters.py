"""Letters of allocation: who is written to about a version, and the letters themselves."""

from flask import abort, current_app, flash, g, redirect, render_template, send_file, url_for
from flask_login import current_user

from expo.allocation import prints, queries
from expo.allocation.services import telling
from expo.allocation.views.blueprint import ADDRESS, bp
from expo.allocation.wording import CHANGES
from expo.errors import Refused
from expo.exhibitors.services import exhibitor_by_code
from expo.jobs import services as jobs
from expo.web import _, db, leaf, needs
from expo.web import telling as saying
from expo.web.files import PDF, file_answer
from expo.web.keeping import print_path
from expo.web.security import site_address

KIND = "allocation.letters"


def _version(number: int):
    return queries.version_of(db(), g.edition, number) or abort(404)


@bp.get(f"{ADDRESS}/versions/<int:number>/letters")
@needs("allocation.read")
def letter_list(number: int):
    """Who is still to be written to about a version, and who was."""
    version = _version(number)
    latest = queries.latest_version(db(), g.edition)
    waiting = telling.affected(db(), version) if latest.number == number else []
    count = queries.letter_count(db(), version)
    shown = leaf(max(len(waiting), count))
    kinds = [each.kind for each in waiting]
    return render_template(
        "expo/allocation/letter_list.html",
        shown=version,
        newest=latest.number,
        waiting=waiting[shown.offset : shown.offset + shown.size],
        to_write=len(waiting),
        counts={kind: kinds.count(kind) for kind in ("placed", "moved", "lost")},
        written=queries.letters(db(), version, limit=shown.size, offset=shown.offset),
        count=count,
        page=shown.page,
        pages=shown.pages,
        kinds=CHANGES,
        prints=[job for job in jobs.jobs(db(), g.edition.id) if _is_print(job, version)],
    )


def _is_print(job, version) -> bool:
    is_ours = job.kind == KIND and job.arguments.get("version_id") == version.id
    return is_ours and job.state == "done" and bool(job.result.get("letters"))


@bp.post(f"{ADDRESS}/versions/<int:number>/letters")
@needs("allocation.publish")
def letter_send(number: int):
    """Write to everybody concerned, as a job."""
    version = _version(number)
    with saying():
        telling.refuse_overtaken(db(), version)
        if not telling.affected(db(), version):
            raise Refused(_("Everybody concerned has been written to already."))
        job, is_new = jobs.enqueue_once(
            db(), KIND, edition_id=g.edition.id, user_id=current_user.id, version_id=version.id,
            site=site_address(),
        )  # fmt: skip
        if not is_new:
            flash(_("Letters are being written already."), "info")
        db().commit()
        return redirect(url_for("jobs.job_detail", job_id=job.id))
    return redirect(url_for("allocation.letter_list", number=number))


@bp.get(f"{ADDRESS}/versions/<int:number>/letters/<code>.pdf")
@needs("allocation.read")
def letter_file(number: int, code: str):
    """One letter: as it was written, or as it would be."""
    version = _version(number)
    exhibitor = exhibitor_by_code(db(), g.edition.id, code) or abort(404)
    found = telling.letter_of_exhibitor(db(), exhibitor, number)
    if found:
        _version_of, told, spoken = found
    else:
        told = next((each for each in telling.affected(db(), version) if each.code == code), None) or abort(
            404
        )
        _address, spoken = telling.address_of(db(), told)
    portal = f"{site_address()}/{g.edition.code}/portal/stand"
    document = prints.letters_pdf(db(), g.edition, version, [told], spoken, portal)
    return file_answer(document, PDF, f"stand-{code}-v{number}.pdf", shown=True)


@bp.get(f"{ADDRESS}/letters/<int:job_id>.pdf")
@needs("allocation.read")
def letter_print(job_id: int):
    """All letters that a job wrote, as one file."""
    job = jobs.job_of(db(), g.edition.id, job_id)
    if job is None or job.kind != KIND or job.state != "done":
        abort(404)
    path = print_path(current_app.extensions["expo_settings"].instance, "letters", g.edition.code, job.id)
    if not path.is_file():
        raise Refused(_("This print was cleared away. Open the letters one by one instead."))
    name = f"{g.edition.code}-letters-{job_id}.pdf"
    return send_file(path, mimetype=PDF, as_attachment=True, download_name=name, max_age=0)
