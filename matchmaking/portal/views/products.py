"""An exhibitor's products: list, add, change, delete."""

from decimal import Decimal

from flask import abort, flash, g, redirect, render_template, request, url_for

from expo.errors import Refused
from expo.exhibitors import services as exhibitors
from expo.exhibitors.application import parted
from expo.languages import tidy
from expo.web import _, db, leaf, needs, refuse, telling
from matchmaking.catalogue import hs, queries, services
from matchmaking.catalogue.models import Product
from matchmaking.catalogue.searching import words_of
from matchmaking.catalogue.terms import Offer
from matchmaking.portal.forms import ProductForm
from matchmaking.portal.views.application import ADDRESS, saved, stepper
from matchmaking.portal.views.blueprint import bp, own

PAGE = 50


@bp.get(f"{ADDRESS}/products")
@needs("portal.use")
def product_list():
    """The products, and while the application is a draft the way on."""
    exhibitor = own().exhibitor
    wanted = request.args.get("q", "").strip()
    looked_for = words_of(wanted)
    total = queries.product_count(db(), exhibitor.id, looked_for)
    shown = leaf(total, PAGE)
    return render_template(
        "matchmaking/portal/product_list.html",
        products=queries.products_of(db(), exhibitor.id, looked_for, PAGE, shown.offset, latest_first=True),
        total=total,
        page=shown.page,
        pages=shown.pages,
        wanted=wanted,
        settled=services.settled(db(), exhibitor),
        **stepper(exhibitor, "products"),
    )


@bp.post(f"{ADDRESS}/products/done")
@needs("portal.use")
def products_done():
    """On to the next step; more products can be added later."""
    exhibitors.pass_step(db(), own().exhibitor, "products")
    db().commit()
    return saved("products")


@bp.route(f"{ADDRESS}/products/new", methods=["GET", "POST"])
@needs("portal.use")
def product_new():
    """Another product."""
    exhibitor, organisation, _others = own()
    form = ProductForm(data={"origin": organisation.country, "currency": g.edition.currency, "unit": "pcs"})
    return _edit(form, exhibitor)


@bp.route(f"{ADDRESS}/products/<code>", methods=["GET", "POST"])
@needs("portal.use")
def product_edit(code: str):
    """Change a product."""
    exhibitor = own().exhibitor
    product = services.product_of(db(), exhibitor, code) or abort(404)
    offer = services.offer_of(product)
    form = ProductForm(data=vars(offer) | {"certificates": ", ".join(offer.certificates)})
    return _edit(form, exhibitor, product)


def _edit(form: ProductForm, exhibitor, product: Product | None = None):
    code = product.code if product else None
    if form.accepted():
        try:
            if product:
                services.change_product(db(), product, _offer(form))
            else:
                services.add_product(db(), exhibitor, _offer(form))
            db().commit()
            flash(_("The product is saved."), "good")
            return redirect(
                url_for("portal.product_new" if request.form.get("another") else "portal.product_list")
            )
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return render_template("matchmaking/portal/product_edit.html", form=form, code=code)


def _offer(form: ProductForm) -> Offer:
    return Offer(
        name=tidy(form["name"].data),
        hs=hs.tidy(form.hs.data or ""),
        origin=form.origin.data,
        quantity=form.quantity.data or Decimal(0),
        unit=(form.unit.data or "").strip() or "pcs",
        price=form.price.data or Decimal(0),
        currency=form.currency.data,
        incoterm=form.incoterm.data or "",
        certificates=tuple(parted(form.certificates.data or "")),
    )


@bp.post(f"{ADDRESS}/products/<code>/delete")
@needs("portal.use")
def product_delete(code: str):
    """Take a product off the catalogue."""
    product = services.product_of(db(), own().exhibitor, code) or abort(404)
    with telling(_("The product is deleted.")):
        services.remove_product(db(), product)
        db().commit()
    return redirect(url_for("portal.product_list"))
