"""Releasing the timetable: what would change and who would be told, the versions, and going back to one."""

from flask import abort, current_app, flash, g, redirect, render_template, url_for
from flask_login import current_user

from expo.errors import Refused
from expo.forums import services
from expo.forums.changes import changes, counted
from expo.forums.forms import ReleaseForm, RestoreForm
from expo.forums.models import Release
from expo.forums.programme import Programme
from expo.forums.services import telling
from expo.forums.services.snapshots import draft_content
from expo.forums.snapshot import digest, programme_of
from expo.forums.views.blueprint import CONSOLE, bp
from expo.forums.views.changing import KIND_NAMES, change_rows
from expo.jobs import services as jobs
from expo.outbox.smtp import smtp_of
from expo.web import _, db, needs, ngettext, refuse
from expo.web import telling as saying
from expo.web.security import site_address

KIND = "programme.tell"
MOST_ROWS = 200


@bp.get(f"{CONSOLE}/release")
@needs("programme.publish")
def timetable_release():
    """What a release would change, whom it would be told, and the form that releases."""
    return _preview(None)


@bp.post(f"{CONSOLE}/release")
@needs("programme.publish")
def timetable_released():
    """Publish the working timetable as a version."""
    form = ReleaseForm()
    if form.accepted():
        try:
            made = services.release(
                db(), g.edition, form.version.data, form.note.data, current_user.id, form.seen.data or ""
            )
            return _after(made, form.tell.data)
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _preview(form)


def _preview(form: ReleaseForm | None):
    content, _rooms = draft_content(db(), g.edition)
    seen = digest(content)
    draft = programme_of(content, g.edition.code)
    former = services.release_of(db(), g.edition)
    before = services.programme_in(db(), g.edition, former) if former else None
    if form is None:
        form = ReleaseForm(formdata=None, seen=seen)
    form.seen.data = seen
    form.seen.raw_data = None
    found = changes(before, draft)
    return render_template(
        "expo/forums/release.html",
        form=form,
        former=former,
        **_told(draft, telling.told_last(db(), g.edition)),
        counts=counted(found),
        rows=change_rows(found[:MOST_ROWS]),
        more=max(0, len(found) - MOST_ROWS),
        names=KIND_NAMES,
        draft=draft,
    )


def _told(after: Programme, last: Release | None) -> dict:
    before = services.programme_in(db(), g.edition, last) if last else None
    letters = telling.affected(db(), g.edition, before, after)
    return {
        "stage": [one for one in letters if one.on_stage],
        "followers": sum(1 for one in letters if not one.on_stage),
        "told_last": last,
    }


def _after(made: Release, tell: bool):
    """Commit a new version and, where wanted, queue the letters in the same transaction."""
    if tell:
        _queue(made)
    db().commit()
    flash(_("Version %(version)s is public now.", version=made.version), "good")
    return redirect(url_for("forums.versions"))


def _queue(release: Release):
    """The job that writes to everybody concerned."""
    job, _new = jobs.enqueue_once(
        db(), KIND, edition_id=g.edition.id, user_id=current_user.id, release_id=release.id,
        site=site_address(),
    )  # fmt: skip
    return job


@bp.get(f"{CONSOLE}/versions")
@needs("programme.edit")
def versions():
    """Every released version, what it changed, whether people were told, and going back to it."""
    return _versions_page()


def _versions_page(form: RestoreForm | None = None, restoring: str = ""):
    every = services.releases(db(), g.edition)
    told = {one.id: telling.telling_of(db(), one) for one in every[:1]}
    newest = every[0] if every else None
    waiting = telling.affected_by(db(), g.edition, newest) if newest and not told[newest.id] else []
    return render_template(
        "expo/forums/versions.html",
        versions=every,
        newest=newest,
        letters=services.letters_written(db(), g.edition),
        waiting=len(waiting),
        form=form,
        restoring=restoring,
        has_server=smtp_of(current_app.extensions["expo_settings"]) is not None,
        running=jobs.unfinished(db(), g.edition.id, KIND),
    )


@bp.post(f"{CONSOLE}/versions/<version>/tell")
@needs("programme.publish")
def version_tell(version: str):
    """Write to everybody a version concerns, as a job."""
    release = _release(version)
    with saying():
        telling.refuse_overtaken(db(), g.edition, release)
        job = _queue(release)
        db().commit()
        return redirect(url_for("jobs.job_detail", job_id=job.id))
    return redirect(url_for("forums.versions"))


@bp.get(f"{CONSOLE}/versions/<version>/restore")
@needs("programme.publish")
def version_restore(version: str):
    """What going back to a version would change, and for whom."""
    return _restore_page(_release(version), RestoreForm(formdata=None))


@bp.post(f"{CONSOLE}/versions/<version>/restore")
@needs("programme.publish")
def version_restored(version: str):
    """Go back to an earlier version, as a new one."""
    form = RestoreForm()
    if form.accepted():
        try:
            return _after(
                services.restore(db(), g.edition, version, form.note.data, current_user.id), form.tell.data
            )
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _restore_page(_release(version), form)


def _restore_page(release: Release, form: RestoreForm):
    newest = services.release_of(db(), g.edition)
    then = services.programme_in(db(), g.edition, release)
    found = changes(services.programme_in(db(), g.edition, newest), then)
    told = _told(then, telling.told_last(db(), g.edition))
    return render_template(
        "expo/forums/restore.html",
        form=form,
        release=release,
        newest=newest,
        counts=counted(found),
        rows=change_rows(found[:MOST_ROWS]),
        more=max(0, len(found) - MOST_ROWS),
        names=KIND_NAMES,
        sentence=ngettext("%(num)s talk would change.", "%(num)s talks would change.", len(found)),
        **told,
    )


def _release(version: str) -> Release:
    return services.release_of(db(), g.edition, version) or abort(404)
