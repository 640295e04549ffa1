"""The price list: floor and terms, services, and the whole list as a spreadsheet in and out."""

from decimal import Decimal, InvalidOperation

from flask import abort, current_app, flash, g, redirect, render_template, request, url_for

from expo.errors import Refused
from expo.languages import tidy
from expo.money import to_major, to_minor
from expo.numerals import hidden_number
from expo.orders import services
from expo.orders.forms import LARGEST, FileForm, PricesForm, ServiceForm, TakeForm
from expo.orders.models import Service
from expo.orders.pricing import KINDS, whole
from expo.orders.services.listing import BASIC, OWN, REMINDER_DAYS
from expo.orders.services.papers import SELLER
from expo.orders.stages import CATEGORY_NAMES
from expo.orders.views.blueprint import bp
from expo.spreadsheets import Unreadable, csv_bytes, plain_number, read_csv, read_table, xlsx_bytes
from expo.venue import queries as venue
from expo.web import _, db, needs, ngettext, refuse, telling, words
from expo.web.files import file_answer

ADDRESS = "/<edition>/console/orders/prices"
LARGEST_FILE = 1_000_000
MIME = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@bp.route(ADDRESS, methods=["GET", "POST"])
@needs("prices.edit")
def price_list():
    """Floor, surcharges, discounts, terms and the seller; saving changes what is ordered from now on."""
    kept = services.list_of(db(), g.edition)
    form = PricesForm(data=None if request.method == "POST" else _as_typed(kept))
    zones = _zones_typed() if request.method == "POST" else kept.zones
    if form.accepted() and _save(form, zones):
        flash(_("Saved. Orders placed before keep their prices."), "good")
        return redirect(url_for("orders.price_list"))
    return render_template(
        "expo/orders/prices.html",
        form=form,
        zones=venue.zones(db(), g.edition),
        zone_prices=zones,
        services=services.services_of(db(), g.edition.id),
        categories=CATEGORY_NAMES,
        file_form=FileForm(formdata=None),
    )


def _as_typed(kept) -> dict:
    days = [*(kept.reminder_days or REMINDER_DAYS), *REMINDER_DAYS][:3]
    basic = {key: _decimal(g.edition.prices.get(key)) or Decimal(0) for key in BASIC}
    own = {name: getattr(kept, name) for name in (*OWN, "due_days", *SELLER, "invoice_note")}
    return {"version": kept.version, **basic, **own, "first": days[0], "second": days[1], "third": days[2]}


def _decimal(text: object) -> Decimal | None:
    try:
        value = Decimal(str(text).strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 <= value < LARGEST else None


def _zones_typed() -> dict[str, dict[str, str]]:
    """What was typed for each zone, as it was typed."""
    typed = {}
    for zone in venue.zones(db(), g.edition):
        fields = {
            f"{kind}_m2": request.form.get(f"zone-{zone.code}-{kind}", "").strip()[:20] for kind in KINDS
        }
        if given := {key: value for key, value in fields.items() if value}:
            typed[zone.code] = given
    return typed


def _save(form: PricesForm, zones: dict[str, dict[str, str]]) -> bool:
    wrong = [value for given in zones.values() for value in given.values() if _decimal(value) is None]
    if wrong:
        form.form_errors.append(_("“%(text)s” is no price.", text=wrong[0]))
        return False
    basic = {key: plain_number(form[key].data) for key in BASIC}
    own = {name: form[name].data for name in (*OWN, "due_days")}
    seller = {name: (form[name].data or "").strip() for name in SELLER}
    days = [form.first.data, form.second.data, form.third.data]
    note = tidy(form.invoice_note.data)
    given = {**own, **seller, "zones": zones, "reminder_days": days, "invoice_note": note}
    try:
        services.save_list(db(), g.edition, hidden_number(form.version.data), basic, given)
        db().commit()
    except Refused as refused:
        db().rollback()
        refuse(form, refused)
        return False
    return True


@bp.get(f"{ADDRESS}.<any(csv,xlsx):form>")
@needs("orders.view")
def price_file(form: str):
    """The whole price list as a spreadsheet, as it can be taken in again."""
    rows = services.price_table(db(), g.edition)
    body = csv_bytes(rows, bom=True) if form == "csv" else xlsx_bytes({"prices": rows})
    return file_answer(body, MIME[form], f"prices.{form}")


@bp.post(f"{ADDRESS}/file")
@needs("prices.edit")
def price_look():
    """What taking a spreadsheet over would change; nothing is kept yet."""
    form = FileForm()
    if not form.accepted():
        flash(_("Choose a file."), "bad")
        return redirect(url_for("orders.price_list"))
    data = form.file.data.read(LARGEST_FILE + 1)
    try:
        if len(data) > LARGEST_FILE:
            abort(413)
        rows = list(read_table(data, current_app.extensions["expo_settings"].max_rows))
    except Unreadable as unreadable:
        flash(words(unreadable.sentence), "bad")
        return redirect(url_for("orders.price_list"))
    found, faults = services.read_file(db(), g.edition, rows)
    return render_template(
        "expo/orders/price_look.html",
        faults=faults,
        plan=None if faults else services.planned(db(), g.edition, found),
        text=csv_bytes([cells for _row, cells in rows]).decode(),
        version=services.list_of(db(), g.edition).version,
        form=TakeForm(formdata=None),
    )


@bp.post(f"{ADDRESS}/file/take")
@needs("prices.edit")
def price_take():
    """Take a spreadsheet over that was looked at, whole or not at all."""
    form = TakeForm()
    with telling():
        if not form.accepted():
            abort(400)
        version = hidden_number(form.version.data)
        try:
            rows = list(read_csv((form.text.data or "").encode(), 10_000))
        except Unreadable as unreadable:
            raise Refused(unreadable.sentence) from None
        found, faults = services.read_file(db(), g.edition, rows)
        if faults:
            raise Refused(faults[0].sentence)
        services.take_file(db(), g.edition, min(version, 2**31 - 1), found)
        db().commit()
        number = len(found.services)
        flash(ngettext("Taken over: %(num)s service.", "Taken over: %(num)s services.", number), "good")
    return redirect(url_for("orders.price_list"))


@bp.route(f"{ADDRESS}/services/new", methods=["GET", "POST"])
@needs("prices.edit")
def service_new():
    """One more service."""
    return _service_page(None)


@bp.route(f"{ADDRESS}/services/<code>", methods=["GET", "POST"])
@needs("prices.edit")
def service_edit(code: str):
    """Change a service; orders placed before keep their price."""
    return _service_page(services.service_by_code(db(), g.edition.id, code) or abort(404))


def _service_page(kept: Service | None):
    form = ServiceForm(data=_typed(kept) if request.method == "GET" else None)
    if form.accepted():
        try:
            saved = services.save_service(db(), g.edition, _given(form), kept)
            db().commit()
            flash(_("%(code)s is saved.", code=saved.code), "good")
            return redirect(url_for("orders.price_list", _anchor="services"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return render_template("expo/orders/service.html", form=form, service=kept)


def _typed(kept: Service | None) -> dict | None:
    if kept is None:
        return None
    price = to_major(kept.price_minor, g.edition.currency)
    return kept.model_dump() | {"price": price, "tax_percent": Decimal(kept.tax_bp) / 100}


def _given(form: ServiceForm) -> dict:
    try:
        price = to_minor(form.price.data, g.edition.currency)
    except ValueError:
        raise Refused(_("The price is finer than the currency.")) from None
    names = ("category", "step", "most", "deadline", "late_percent", "stock", "permit", "is_offered")
    return {
        **{name: form[name].data for name in names},
        "code": form.code.data.strip(),
        "unit": form.unit.data.strip(),
        "name": tidy(form["name"].data),
        "note": tidy(form.note.data),
        "price_minor": price,
        "tax_bp": whole(form.tax_percent.data * 100),
    }


@bp.post(f"{ADDRESS}/services/<code>/drop")
@needs("prices.edit")
def service_drop(code: str):
    """Take a service off the list that nobody ordered."""
    service = services.service_by_code(db(), g.edition.id, code) or abort(404)
    with telling():
        services.drop_service(db(), service)
        db().commit()
        flash(_("%(code)s is off the list.", code=code), "good")
    return redirect(url_for("orders.price_list", _anchor="services"))
