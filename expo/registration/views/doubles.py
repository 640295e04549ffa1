"""People who may be registered twice: the list, one pair beside one another, merged or told apart."""

from typing import Any

from flask import abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask_login import current_user

from expo.errors import Refused
from expo.jobs import services as jobs
from expo.jobs.handlers import from_json
from expo.languages import LANGUAGES
from expo.registration import queries
from expo.registration.alike import Known, compare
from expo.registration.kinds import NAMES
from expo.registration.models import Person, PersonMerge
from expo.registration.services import likeness, merging
from expo.registration.views.blueprint import bp
from expo.web import _, can, db, leaf, needs, telling, words
from expo.web.language import country_name

ADDRESS = "/<edition>/console/people/doubles"
KIND = "people.doubles"
PAGE = 50


@bp.get(ADDRESS)
@needs("registration.view")
def doubles():
    """Pairs as the last look found them, without those that were decided since; what was merged."""
    job = jobs.last(db(), g.edition.id, KIND)
    listed = job.result.get("pairs", []) if job and job.state == "done" else []
    pairs = queries.open_pairs(db(), g.edition, listed)
    shown = leaf(len(pairs), PAGE)
    message = from_json(job.message) if job else None
    return render_template(
        "expo/registration/doubles.html",
        job=job if job and not job.is_over else None,
        looked=job,
        message=words(message) if message else "",
        rows=pairs[(shown.page - 1) * PAGE : shown.page * PAGE],
        total=len(pairs),
        page=shown.page,
        pages=shown.pages,
        merges=merging.merges(db(), g.edition),
    )


@bp.post(ADDRESS)
@needs("registration.edit")
def doubles_look():
    """Compare everybody with everybody anew."""
    jobs.enqueue_once(db(), KIND, edition_id=g.edition.id, user_id=current_user.id)
    db().commit()
    return redirect(url_for("registration.doubles"))


def _two(one: str, other: str) -> tuple[Person, Person]:
    first = queries.person_by_code(db(), g.edition, one) or abort(404)
    second = queries.person_by_code(db(), g.edition, other) or abort(404)
    return (first, second) if first.id != second.id else abort(404)


@bp.get(f"{ADDRESS}/<one>/<other>")
@needs("registration.view")
def double_pair(one: str, other: str):
    """Two people beside one another."""
    first, second = _two(one, other)
    printed = queries.printed_badges(db(), [first.id, second.id])
    keep = second if second.id in printed and first.id not in printed else first
    return render_template(
        "expo/registration/double_pair.html",
        people=(first, second),
        keep=keep,
        printed=printed,
        alike=compare(likeness.known(first), likeness.known(second)),
        kinds={kind: words(name) for kind, name in NAMES.items()},
        may=can("registration.edit") and {first.state, second.state}.isdisjoint(likeness.LEFT),
    )


@bp.post(f"{ADDRESS}/<one>/<other>")
@needs("registration.edit")
def double_decide(one: str, other: str):
    """Merge two people into the one that is named, or note that they are two."""
    first, second = _two(one, other)
    with telling():
        act = request.form.get("act", "")
        if act == "two":
            merging.say_two(db(), first, second, current_user.name)
            flash(_("Noted: they are two people."), "good")
        elif act in (first.code, second.code):
            kept, gone = (first, second) if act == first.code else (second, first)
            merging.merge(db(), g.edition, kept, gone, current_user.name)
            flash(_("Merged: %(gone)s is part of %(kept)s now.", gone=gone.code, kept=kept.code), "good")
        else:
            raise Refused(_("Choose which of the two stays."))
        db().commit()
    return redirect(url_for("registration.doubles"))


@bp.post(f"{ADDRESS}/merges/<int:merge_id>/undo")
@needs("registration.edit")
def merge_undo(merge_id: int):
    """Take two merged people apart again."""
    row = db().get(PersonMerge, merge_id)
    if row is None or row.edition_id != g.edition.id:
        abort(404)
    with telling(_("They are two people again. A badge that was revoked stays revoked.")):
        merging.undo(db(), g.edition, row)
        db().commit()
    return redirect(url_for("registration.doubles"))


@bp.get("/<edition>/console/people/alike.json")
@needs("registration.view")
def alike_json():
    """Who may be registered already under a name that is being typed."""
    typed = {code: request.args.get(f"name_{code}", "").strip()[:120] for code in LANGUAGES}
    name = {code: text for code, text in typed.items() if text}
    what = Known(name, request.args.get("email", "")[:254], request.args.get("organisation", "")[:160])
    found: list[Any] = []
    if name:
        but = queries.person_by_code(db(), g.edition, request.args.get("but", ""))
        found = likeness.who_is_like(db(), g.edition, what, but.id if but else None)
        db().commit()  # keys that were missing are kept
    return jsonify([_told(one) for one in found])


def _told(one: likeness.Alike) -> dict[str, Any]:
    person = one.person
    about = [person.organisation, country_name(person.country) if person.country else "", person.code]
    return {
        "name": " · ".join(dict.fromkeys(person.name.values())),
        "about": " · ".join(filter(None, about)),
        "sure": one.likeness.grade == "same",
        "url": url_for("registration.person_detail", code=person.code),
    }
