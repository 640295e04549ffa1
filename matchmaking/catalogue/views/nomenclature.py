"""The nomenclature of goods: looked up by everybody, taken from a file by organisers after a dry run."""

from collections.abc import Mapping

from flask import current_app, flash, g, jsonify, redirect, render_template, request, url_for

from expo.errors import Refused
from expo.languages import pick
from expo.spreadsheets import Unreadable, read_table
from expo.web import _, db, leaf, needs, public, words
from expo.web.language import language
from matchmaking.catalogue import queries, services
from matchmaking.catalogue.chapter_names import CHAPTER_NAMES
from matchmaking.catalogue.hs_names import SECTIONS, Section
from matchmaking.catalogue.nomenclature import Reading, read
from matchmaking.catalogue.views.blueprint import bp

LARGEST = 16 << 20
SIZE = 50


@bp.get("/<edition>/hs")
@public
def hs_list():
    """Sections and chapters with what is shown of them; headings and subheadings by digits or words."""
    return _page()


def _page(reading: Reading | None = None, problem: str = ""):
    typed = request.args.get("q", "").strip()[:100]
    total, _none = queries.hs_codes(db(), g.edition, typed, 0)
    shown = leaf(total, SIZE)
    rows = queries.hs_codes(db(), g.edition, typed, shown.size, shown.offset)[1] if typed else []
    return render_template(
        "matchmaking/catalogue/hs_list.html",
        typed=typed, total=total, rows=rows, leaf=shown, reading=reading, problem=problem,
        sections=_sections(queries.chapters(typed)), kinds=queries.kinds_by_chapter(db(), g.edition),
    )  # fmt: skip


def _sections(chapters: list[str]) -> list[tuple[Section, list[tuple[str, Mapping[str, str]]]]]:
    """Sections with their chapters (code, name) among those; sections without any are left out."""
    found = []
    for section in SECTIONS:
        inside = [
            (code, CHAPTER_NAMES[code]) for code in chapters if section.first <= int(code) <= section.last
        ]
        found += [(section, inside)] if inside else []
    return found


@bp.get("/<edition>/hs/find.json")
@public
def hs_find():
    """Codes that may be meant by what is being typed, for the fields that offer them."""
    found = queries.find_codes(db(), g.edition, request.args.get("q", "")[:100], 12)
    if request.args.get("digits") == "6":
        found = [one for one in found if len(one.code) == 6]
    here = language()
    return jsonify(
        [{"code": one.code, "name": pick(one.name, here), "products": one.products} for one in found]
    )


@bp.post("/<edition>/console/hs")
@needs("edition.edit")
def hs_import():
    """Read a file of codes: say what it holds, or put it in the place of what is there."""
    file = request.files.get("file")
    data = file.read(LARGEST + 1) if file else b""
    if not data:
        return _page(problem=_("Choose a file first."))
    if len(data) > LARGEST:
        return _page(problem=_("The file is larger than %(mb)s MB.", mb=LARGEST >> 20))
    try:
        reading = read(list(read_table(data, current_app.extensions["expo_settings"].max_rows)))
    except Unreadable as error:
        reading = Reading((), ((error.row or 1, error.sentence),))
    if request.form.get("act") != "take":
        return _page(reading)
    try:
        count = services.take_nomenclature(db(), g.edition, reading)
        db().commit()
    except Refused as refused:
        db().rollback()
        return _page(reading, words(refused.sentence))
    flash(_("HS codes taken over: %(count)s.", count=count), "good")
    return redirect(url_for("catalogue.hs_list"))
