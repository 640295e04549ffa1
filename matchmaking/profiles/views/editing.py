"""Needs, profiles and spreadsheets edited: by a party for itself, or by an organiser for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import current_app, flash, g, redirect, render_template, request

from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.languages import LANGUAGES, tidy
from expo.spreadsheets import Unreadable, read_table
from expo.web import _, db, ngettext, refuse
from matchmaking.catalogue import hs
from matchmaking.catalogue import queries as catalogue
from matchmaking.catalogue.models import Buyer, Need
from matchmaking.folder.column import Table
from matchmaking.folder.problems import Problems
from matchmaking.profiles import services, sheets
from matchmaking.profiles.forms import BuyerForm, NeedForm, SellerForm, SheetForm
from matchmaking.profiles.terms import Wish
from matchmaking.profiles.views.blueprint import saved, slot_choices

LARGEST = 8 << 20
MOST_ROWS = 5_000
Read = Callable[[Any, str], tuple[list, Problems]]
SHARED = (
    "open_to_meetings", "languages", "certificates", "park", "committee", "half_day", "min_meetings",
    "max_meetings", "unavailable", "share_forums",
)  # fmt: skip
FRESH = {"open_to_meetings": False, "languages": [], "certificates": [], "markets": [], "park": "",
         "committee": "", "half_day": "", "min_meetings": 0, "max_meetings": 60, "unavailable": [],
         "share_forums": False}  # fmt: skip


@dataclass(frozen=True)
class Desk:
    """Where things are edited: what leads back, and whether phases bind whoever sits there."""

    trail: Sequence[tuple[str, str]]
    back: str
    new: str = ""
    drop: str = ""
    bound: bool = True
    party: Any = None

    def said(self, own: str) -> str:
        """What is told when something was saved: `own` to the party itself."""
        return (
            own if self.bound else _("Saved for %(party)s. Its recommendations follow it.", party=self.party)
        )


def edit_need(buyer: Buyer, need: Need | None, desk: Desk):
    """A need, new or changed, with its class looked up by words on request."""
    form = _need_form(need)
    found, looked_up = [], False
    if picked := request.form.get("pick"):
        form.hs.data = picked[:6]
    elif request.form.get("find"):
        found, looked_up = catalogue.find_codes(db(), g.edition, form.hs.data or ""), True
    elif form.accepted():
        try:
            if need:
                services.change_need(db(), buyer, need, _wish(form), bound=desk.bound)
            else:
                services.add_need(db(), buyer, _wish(form), bound=desk.bound)
            saved()
            flash(desk.said(_("The need is saved. Your recommendations follow it.")), "good")
            return redirect(desk.new if request.form.get("another") else desk.back)
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return render_template(
        "matchmaking/profiles/need_edit.html",
        form=form,
        need=need,
        desk=desk,
        found=found,
        looked_up=looked_up,
        name=catalogue.names_of(db(), g.edition, {hs.tidy(form.hs.data or "")}),
    )


def _need_form(need: Need | None) -> NeedForm:
    if need is None:
        return NeedForm(data={"currency": g.edition.currency, "unit": "pcs"})
    wish = services.wish_of(need)
    words = {code: wish.text.get(code, "") for code in LANGUAGES}
    return NeedForm(data=vars(wish) | {"text": words})


def _wish(form: NeedForm) -> Wish:
    return Wish(
        hs=hs.tidy(form.hs.data or ""),
        text=tidy(form["text"].data),
        quantity=form.quantity.data or Decimal(0),
        unit=(form.unit.data or "").strip() or "pcs",
        min_price=form.min_price.data or Decimal(0),
        max_price=form.max_price.data or Decimal(0),
        currency=form.currency.data,
        incoterm=form.incoterm.data or "",
        certificates=tuple(form.certificates.words),
        countries=tuple(form.countries.codes),
    )


def edit_buyer(row: Buyer, desk: Desk) -> tuple[BuyerForm, bool]:
    """The form of a buyer's profile, and whether it was sent and saved."""
    plain = {name: getattr(row, name) for name in (*SHARED, "contact_name", "contact_email")}
    about = {code: row.about.get(code, "") for code in LANGUAGES}
    form = BuyerForm(data=plain | {"about": about}, slots=slot_choices())

    def save() -> None:
        given = form.given() | {
            "contact_name": (form.contact_name.data or "").strip(),
            "contact_email": (form.contact_email.data or "").strip(),
            "about": tidy(form.about.data),
        }
        services.save_buyer(db(), row, given, bound=desk.bound)

    return form, _saved(form, save, desk)


def edit_exhibitor(row: Exhibitor, desk: Desk) -> tuple[SellerForm, bool]:
    """The same of an exhibitor's."""
    kept = services.profile_of(db(), row)
    data = {name: getattr(kept, name) for name in (*SHARED, "markets")} if kept else FRESH
    form = SellerForm(data=data, slots=slot_choices())

    def save() -> None:
        given = form.given() | {"markets": form.markets.codes}
        services.save_exhibitor(db(), row, given, bound=desk.bound)

    return form, _saved(form, save, desk)


def _saved(form: BuyerForm | SellerForm, save: Callable[[], None], desk: Desk) -> bool:
    if not form.accepted():
        return False
    try:
        save()
        saved()
    except Refused as refused:
        db().rollback()
        refuse(form, refused)
        return False
    flash(desk.said(_("Saved. Your recommendations follow it.")), "good")
    return True


def import_needs(buyer: Buyer, desk: Desk, template: str):
    """A buyer's needs out of a file; `template` is the endpoint of the empty sheet."""
    form, found, problems = _looked_through(sheets.read_needs)
    if problems is not None and not problems and found and request.form.get("act") == "take":
        try:
            replaces = request.form.get("replace") == "1"
            count = services.take_needs(db(), buyer, found, replace=replaces, bound=desk.bound)
            saved()
            flash(ngettext("%(num)s need is taken over.", "%(num)s needs are taken over.", count), "good")
            return redirect(desk.back)
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _sheet_page("needs", form, found, problems, sheets.NEEDS, desk, template)


def import_products(exhibitor: Exhibitor, desk: Desk, template: str):
    """An exhibitor's products out of a file."""
    form, found, problems = _looked_through(sheets.read_products)
    if problems is not None and not problems and found and request.form.get("act") == "take":
        try:
            added, changed = services.take_products(db(), exhibitor, found, bound=desk.bound)
            saved()
            flash(_("Products added: %(added)s. Changed: %(changed)s.", added=added, changed=changed), "good")
            return redirect(desk.back)
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _sheet_page("products", form, found, problems, sheets.PRODUCTS, desk, template)


def _looked_through(read: Read) -> tuple[SheetForm, list, Problems | None]:
    """The form, what the file holds, and what is wrong with it (None: no file yet)."""
    form = SheetForm()
    if not form.accepted():
        return form, [], None
    data = form.file.data.read(LARGEST + 1)
    problems = Problems()
    if len(data) > LARGEST:
        problems.add("", 0, "", "", _("The file is larger than %(mb)s MB.", mb=LARGEST >> 20))
        return form, [], problems
    most = min(MOST_ROWS, current_app.extensions["expo_settings"].max_rows)
    try:
        found, problems = read(read_table(data, most), g.edition.currency)
    except Unreadable as fault:
        problems.add("", fault.row or 0, "", "", fault.sentence)
        return form, [], problems
    return form, found, problems


def _sheet_page(
    kind: str,
    form: SheetForm,
    found: list,
    problems: Problems | None,
    table: Table,
    desk: Desk,
    template: str,
):
    return render_template(
        "matchmaking/profiles/sheet.html",
        kind=kind,
        form=form,
        found=found,
        problems=problems,
        columns=sheets.explained(table),
        desk=desk,
        template=template,
    )
