"""The console's pages of ceremonies: the run sheet, its items, and the guests with their ranks."""

from flask import Blueprint, Flask, abort, g, redirect, render_template, request, url_for

from expo.ceremony import prints, services
from expo.ceremony.forms import KINDS, ROLES, GuestForm, ItemForm, PartForm
from expo.errors import Refused
from expo.languages import pick
from expo.web import _, can, db, needs, refuse, telling
from expo.web.files import PDF, file_answer
from expo.web.frame import add_navigation
from expo.web.language import language

bp = Blueprint("ceremony", __name__)
ADDRESS = "/<edition>/console/ceremonies"


def init(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition") or not can("programme.edit"):
        return []
    return [(31, "console", _("Ceremonies"), url_for("ceremony.ceremony_list"), None)]


@bp.get(ADDRESS)
@needs("programme.edit")
def ceremony_list():
    """The ceremonies of the edition."""
    talks = services.ceremonies(db(), g.edition)
    return render_template(
        "expo/ceremony/ceremony_list.html",
        sheets=[services.sheet_of(db(), g.edition, talk) for talk in talks[:20]],
    )


@bp.get(f"{ADDRESS}/<code>")
@needs("programme.edit")
def run_sheet(code: str):
    """What runs when."""
    return _sheet_page(_talk(code), ItemForm(formdata=None))


def _sheet_page(talk, form: ItemForm):
    return render_template(
        "expo/ceremony/sheet.html",
        sheet=services.sheet_of(db(), g.edition, talk),
        talk=talk,
        form=form,
        kinds=KINDS,
        roles=ROLES,
    )


@bp.post(f"{ADDRESS}/<code>/items")
@needs("programme.edit")
def item_add(code: str):
    """A new item at the end."""
    talk, form = _talk(code), ItemForm()
    if form.accepted():
        try:
            services.add_item(db(), g.edition, talk, _values(form))
            db().commit()
            return redirect(url_for("ceremony.run_sheet", code=code))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _sheet_page(talk, form)


def _values(form: ItemForm) -> dict:
    values = {name: form[name].data for name in ("kind", "minutes", "turnover_min", "stage", "cue")}
    return values | {"title": form.name.data}


@bp.route(f"{ADDRESS}/<code>/items/<int:number>", methods=["GET", "POST"])
@needs("programme.edit")
def item_edit(code: str, number: int):
    """One item: its texts and minutes, and who is on stage."""
    talk, item = _talk(code), _item(number)
    form = ItemForm(
        data={
            "name": item.title, "kind": item.kind, "minutes": item.minutes,
            "turnover_min": item.turnover_min, "stage": item.stage, "cue": item.cue,
        }
    )  # fmt: skip
    if form.accepted():
        try:
            services.change_item(db(), item, _values(form))
            db().commit()
            return redirect(url_for("ceremony.run_sheet", code=code))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    sheet = services.sheet_of(db(), g.edition, talk)
    row = next((one for one in sheet.running.rows if one.item.id == number), None) or abort(404)
    return render_template(
        "expo/ceremony/item.html", talk=talk, item=item, row=row, form=form, part=_part_form(), roles=ROLES
    )


def _part_form() -> PartForm:
    form = PartForm()
    form.guest.choices = [(one.id, pick(one.name, language())) for one in services.guests(db(), g.edition)]
    return form


@bp.post(f"{ADDRESS}/<code>/items/<int:number>/remove")
@needs("programme.edit")
def item_remove(code: str, number: int):
    """Take an item out."""
    _talk(code)
    with telling(_("Taken out.")):
        services.remove_item(db(), _item(number))
        db().commit()
    return redirect(url_for("ceremony.run_sheet", code=code))


@bp.post(f"{ADDRESS}/<code>/items/<int:number>/move")
@needs("programme.edit")
def item_move(code: str, number: int):
    """Put an item elsewhere in the order: `to` counts from 0, `seen` is the order's revision."""
    talk, item = _talk(code), _item(number)
    to, seen = request.form.get("to", type=int), request.form.get("seen", type=int)
    if to is None or seen is None:
        raise Refused(_("Say where to: the place counts from 0."))
    with telling(""):
        services.move_item(db(), g.edition, talk, item, to, seen)
        db().commit()
    return redirect(url_for("ceremony.run_sheet", code=code) + f"#item-{number}")


@bp.post(f"{ADDRESS}/<code>/items/<int:number>/parts")
@needs("programme.edit")
def part_set(code: str, number: int):
    """Give a guest a part in an item."""
    _talk(code)
    item, form = _item(number), _part_form()
    if not form.accepted():
        raise Refused(_("Choose a guest and a part."))
    with telling(""):
        services.set_part(db(), item, _guest(form.guest.data), form.role.data)
        db().commit()
    return redirect(url_for("ceremony.item_edit", code=code, number=number))


@bp.post(f"{ADDRESS}/<code>/items/<int:number>/parts/<int:guest>/remove")
@needs("programme.edit")
def part_remove(code: str, number: int, guest: int):
    """Take a guest out of an item."""
    _talk(code)
    with telling(""):
        services.remove_part(db(), _item(number), _guest(guest))
        db().commit()
    return redirect(url_for("ceremony.item_edit", code=code, number=number))


@bp.route(f"{ADDRESS}/guests", methods=["GET", "POST"])
@needs("programme.edit")
def guest_list():
    """Everybody who may have a part, with their ranks; and a form for another."""
    return _guest_page(None, GuestForm())


@bp.route(f"{ADDRESS}/guests/<int:number>", methods=["GET", "POST"])
@needs("programme.edit")
def guest_edit(number: int):
    """One guest: the name, and what they are from a day on."""
    guest = _guest(number)
    kept = (services.ranks_of(db(), g.edition.id).get(number) or [None])[0]
    data = {"name": guest.name, "organisation": guest.organisation, "country": guest.country}
    if kept:
        data |= {"rank": kept.rank, "since": kept.since, "title": kept.title}
    return _guest_page(guest, GuestForm(data=data))


def _guest_page(guest, form: GuestForm):
    if form.accepted():
        try:
            names = ("name", "organisation", "country", "rank", "since", "title")
            services.save_guest(db(), g.edition, guest, {name: form[name].data for name in names})
            db().commit()
            return redirect(url_for("ceremony.guest_list"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return render_template(
        "expo/ceremony/guests.html",
        guests=services.guests(db(), g.edition),
        ranks=services.ranks_of(db(), g.edition.id),
        form=form,
        guest=guest,
    )


@bp.post(f"{ADDRESS}/guests/<int:number>/remove")
@needs("programme.edit")
def guest_remove(number: int):
    """Take a guest out, with all parts."""
    with telling(_("Taken out.")):
        services.remove_guest(db(), _guest(number))
        db().commit()
    return redirect(url_for("ceremony.guest_list"))


@bp.get(f"{ADDRESS}/<code>.pdf")
@needs("programme.edit")
def run_sheet_print(code: str):
    """The run sheet on paper."""
    paper = prints.run_sheet_pdf(db(), g.edition, language(), talk=_talk(code))
    return file_answer(paper, PDF, f"run-sheet-{code}-{language()}.pdf", shown=True)


def _talk(code: str):
    return services.ceremony_talk(db(), g.edition, code) or abort(404)


def _item(number: int):
    return services.item_of(db(), g.edition, number) or abort(404)


def _guest(number: int):
    return services.guest_of(db(), g.edition, number) or abort(404)
