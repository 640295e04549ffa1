"""Designs of badges: the list, the designer with its preview, logos."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from expo.badges import queries, services
from expo.badges.design import SIZES, Design, DesignProblem, checked, from_json, usual
from expo.badges.forms import FIELD_NAMES, DesignForm, typed
from expo.badges.models import BadgeDesign
from expo.badges.prints.preview import Preview, preview
from expo.badges.signs import SIGNS
from expo.badges.views.blueprint import ADDRESS, bp
from expo.errors import Refused
from expo.press.colours import contrast, ink_on
from expo.registration.kinds import NAMES
from expo.web import _, db, needs, refuse, telling
from expo.web.language import language, words
from expo.words import Sentence, say

DESIGNS = f"{ADDRESS}/designs"
WHY: dict[str, Sentence] = {
    "choice": say("choose one of the offered values"),
    "colour": say("give every kind a colour"),
    "name": say("the name must stand on a badge: give it a place"),
    "back": say("a folded badge needs a back: choose what stands on it"),
    "room": say("the paper is too small for one badge; choose “One to a page”"),
}


@bp.get(DESIGNS)
@needs("badges.design")
def design_list():
    """Every design with its kinds, and the sizes a new one can start from."""
    by_design: dict[int, list[str]] = {}
    for kind, number in queries.design_kinds(db(), g.edition).items():
        by_design.setdefault(number, []).append(words(NAMES[kind]))
    return render_template(
        "expo/badges/design_list.html",
        designs=queries.designs(db(), g.edition),
        by_design=by_design,
        sizes=list(SIZES),
    )


def _logos() -> list[tuple[int, str]]:
    return [(art.id, art.name) for art in queries.all_arts(db(), g.edition) if art.id]


def _page(form: DesignForm, design: BadgeDesign | None, shown: Preview | None, status: int = 200):
    return render_template(
        "expo/badges/design_form.html",
        form=form,
        design=design,
        versions=queries.versions(db(), design) if design else [],
        shown=shown,
        fields=FIELD_NAMES,
        contrasts=_contrasts(form),
        signs=SIGNS,
    ), status


def _contrasts(form: DesignForm) -> dict[str, float]:
    found = {}
    for kind in SIGNS:
        colour = form[f"colour_{kind}"].data or ""
        if len(colour) == 7 and colour[0] == "#" and all(c in "0123456789abcdefABCDEF" for c in colour[1:]):
            found[kind] = round(contrast(colour, ink_on(colour)), 1)
    return found


def _typed(form: DesignForm) -> Design | None:
    """The design that was typed, or None with the reason among the form's errors."""
    if not form.accepted():
        return None
    try:
        return checked(form.design())
    except DesignProblem as problem:
        field = next((form[n] for n in (problem.where, f"order_{problem.where}") if n in form), None)
        why = words(WHY[problem.why]) if problem.why in WHY else problem.why
        refuse(form, Refused(f"{field.label.text if field else problem.where}: {why}"))
        return None


@bp.route(f"{DESIGNS}/new", methods=["GET", "POST"])
@needs("badges.design")
def design_new():
    """A new design, from the usual one in some size."""
    size = request.args.get("size", "A6")
    start = usual(size if size in SIZES else "A6", "A4" if size in ("A6", "A7") else "one")
    return _edit(None, start, [])


@bp.route(f"{DESIGNS}/<int:number>", methods=["GET", "POST"])
@needs("badges.design")
def design_edit(number: int):
    """A design; saving makes its next version. `?version=` starts from an older one."""
    kept = queries.design_by_id(db(), g.edition, number) or abort(404)
    versions = queries.versions(db(), kept)
    asked = request.args.get("version", type=int)
    start = next((one for one in versions if one.number == asked), versions[0])
    kinds = [kind for kind, design in queries.design_kinds(db(), g.edition).items() if design == kept.id]
    return _edit(kept, from_json(start.spec), kinds)


def _edit(kept: BadgeDesign | None, start: Design, kinds: list[str]):
    form = DesignForm(_logos(), data=typed(start) | {"name": kept.name if kept else "", "kinds": kinds})
    if request.method == "GET":
        return _page(form, kept, preview(db(), g.edition, start, kinds, language()))
    if "preview" in request.form:
        form.only_shown()
    design = _typed(form)
    if design is None:
        return _page(form, kept, None, 422)
    if "preview" in request.form:
        return _page(form, kept, preview(db(), g.edition, design, form.kinds.data, language()))
    try:
        saved = services.save_design(
            db(), g.edition, form.name.data.strip(), design, form.kinds.data, current_user.name, kept
        )
        db().commit()
    except Refused as refused:
        db().rollback()
        refuse(form, refused)
        return _page(form, kept, None, 422)
    flash(_("Saved. Badges printed from now on look like this."), "good")
    return redirect(url_for("badges.design_edit", number=saved.id))


@bp.post(f"{DESIGNS}/preview")
@needs("badges.design")
def design_preview():
    """The pictures of what is typed now, as a piece of the page."""
    form = DesignForm(_logos())
    form.only_shown()
    design = _typed(form)
    shown = preview(db(), g.edition, design, form.kinds.data, language()) if design else None
    return render_template(
        "expo/badges/_preview.html", shown=shown, form=form, fields=FIELD_NAMES, contrasts=_contrasts(form)
    ), 200 if design else 422


@bp.post(f"{DESIGNS}/logos")
@needs("badges.design")
def logo_add():
    """Keep a logo; it can be chosen in every design."""
    file = request.files.get("upload")
    with telling(_("The logo is kept; choose it in a design.")):
        if not file or not file.filename:
            raise Refused(say("Choose a file first."))
        services.add_logo(db(), g.edition, file.filename.rsplit(".", 1)[0], file.read(2_000_001))
        db().commit()
    return redirect(url_for("badges.design_list"))


@bp.post(f"{DESIGNS}/<int:number>/delete")
@needs("badges.design")
def design_delete(number: int):
    """Forget a design in which nothing was printed."""
    kept = queries.design_by_id(db(), g.edition, number) or abort(404)
    with telling(_("The design is gone; its kinds have the usual one.")):
        services.delete_design(db(), kept)
        db().commit()
    return redirect(url_for("badges.design_list"))
