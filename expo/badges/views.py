"""The console's pages of badges: sheets of many, and one person's."""

from io import BytesIO
from pathlib import Path

from flask import (
    Blueprint,
    Flask,
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

from expo.badges import queries, services
from expo.badges.forms import SheetsForm
from expo.badges.keys import badge_key
from expo.badges.prints import sheets_pdf
from expo.badges.signs import SIGNS
from expo.errors import Refused
from expo.jobs import services as jobs
from expo.jobs.models import Job
from expo.languages import LANGUAGES
from expo.qr import picture
from expo.registration.kinds import NAMES
from expo.registration.models import Person
from expo.registration.queries import PeopleFilter, counts, person_by_code
from expo.registration.views import asked_filter
from expo.web import _, db, needs, telling
from expo.web.keeping import print_path
from expo.web.language import country_name, language

bp = Blueprint("badges", __name__)
ADDRESS = "/<edition>/console/people/badges"
KIND = "badges.print"


def init(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(bp)


def _settings():
    return current_app.extensions["expo_settings"]


@bp.route(ADDRESS, methods=["GET", "POST"])
@needs("badges.print")
def badge_sheets():
    """Whose badges would be printed, with a warning about those that were already; then a job prints them."""
    form = SheetsForm(data={"language": language()})
    wanted = asked_filter()
    if form.accepted():
        return redirect(url_for("jobs.job_detail", job_id=_queued(form, wanted).id))
    return render_template(
        "expo/badges/badge_form.html",
        form=form,
        tally=queries.tally(db(), g.edition, wanted),
        wanted=wanted,
        country=country_name(wanted.country) if wanted.country else "",
        kinds=NAMES,
        counts=counts(db(), g.edition),
        signs=SIGNS,
    )


def _queued(form: SheetsForm, wanted: PeopleFilter) -> Job:
    """A new job; the one at work already if there is one, since two would print the same badges twice."""
    running = jobs.unfinished(db(), g.edition.id, KIND)
    if running:
        flash(_("Badges are being printed already; here is that print."), "info")
        return running
    job = jobs.enqueue(
        db(),
        KIND,
        edition_id=g.edition.id,
        user_id=current_user.id,
        language=form.language.data,
        words=wanted.words,
        people=wanted.kind,
        country=wanted.country,
        only_new=not form.again.data,
    )
    db().commit()
    return job


def _file_of(job_id: int) -> Path:
    job = jobs.job_of(db(), g.edition.id, job_id)
    if job is None or job.kind != KIND or job.state != "done":
        abort(404)
    return print_path(_settings().instance, "badges", g.edition.code, job.id)


@bp.get(f"{ADDRESS}/sheets/<int:job_id>.pdf")
@needs("badges.print")
def badge_file(job_id: int):
    """The sheets that a job printed."""
    path = _file_of(job_id)
    if not path.is_file():
        raise Refused(_("This print was cleared away. Print the badges again."))
    name = f"{g.edition.code}-badges-{job_id}.pdf"
    return send_file(path, mimetype="application/pdf", as_attachment=True, download_name=name, max_age=0)


def _signer() -> services.Signer:
    """Its keys are written down with whatever is committed next."""
    return services.signer_of(db(), g.edition, badge_key(_settings()))


def _person(code: str) -> Person:
    return person_by_code(db(), g.edition, code) or abort(404)


@bp.get(f"{ADDRESS}/<code>")
@needs("badges.print")
def badge_detail(code: str):
    """One person's badge as it will be printed, and every badge this person had."""
    person = _person(code)
    badges = queries.badges_of(db(), person)
    valid = next((badge for badge in badges if badge.revoked_at is None), None)
    return render_template(
        "expo/badges/badge_detail.html",
        person=person,
        kind=NAMES[person.kind],
        sign=SIGNS[person.kind],
        badges=badges,
        valid=valid,
        qr=picture(_signer().token(person.id, valid.serial, valid.key_number)) if valid else "",
        languages_of_badges=list(LANGUAGES.items()),
    )


@bp.post(f"{ADDRESS}/<code>/print")
@needs("badges.print")
def badge_print(code: str):
    """One badge as a PDF, marked as printed; issued first where there is none."""
    person, wanted = _person(code), PeopleFilter(code=code)
    services.issue_all(db(), g.edition, wanted)
    rows = queries.to_print(db(), g.edition, wanted)
    asked = request.form.get("language", "")
    document = sheets_pdf(db(), g.edition, asked if asked in LANGUAGES else language(), rows)
    services.mark_printed(db(), g.edition, [row.badge_id for row in rows])
    db().commit()
    name = f"{g.edition.code}-badge-{person.code}.pdf"
    return send_file(BytesIO(document), mimetype="application/pdf", as_attachment=True, download_name=name)


@bp.post(f"{ADDRESS}/<code>/revoke")
@needs("badges.print")
def badge_revoke(code: str):
    """Make somebody's badge worthless, say because it was lost."""
    person = _person(code)
    badge = queries.valid_badge(db(), person) or abort(404)
    with telling(_("Revoked. The next print gives this person a new badge; the old one opens no gate.")):
        services.revoke(db(), badge)
        db().commit()
    return redirect(url_for("badges.badge_detail", code=code))
