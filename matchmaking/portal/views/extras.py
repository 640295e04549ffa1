"""Services: what there is, the cart, ordering it, changing it until its deadline."""

from decimal import Decimal, InvalidOperation

from flask import flash, g, redirect, render_template, request, url_for

from expo.errors import Refused
from expo.orders import services as orders
from expo.orders.extras import is_open
from expo.orders.stages import CATEGORY_NAMES
from expo.web import _, db, needs, telling, words
from matchmaking.portal.views.application import ADDRESS
from matchmaking.portal.views.blueprint import bp, own

MOST_FIELDS = 1_000


@bp.get(f"{ADDRESS}/services")
@needs("portal.use")
def services():
    """The services with prices and deadlines, and the cart."""
    return _page()


def _page(typed: dict[str, str] | None = None, refused: Refused | None = None):
    exhibitor = own().exhibitor
    chosen = orders.cart(db(), g.edition, exhibitor)
    offered = orders.services_of(db(), g.edition.id, offered=True)
    order = orders.open_extras(db(), exhibitor)
    known = {one.id: one for one in orders.services_of(db(), g.edition.id)}
    today = orders.today(g.edition)
    return render_template(
        "matchmaking/portal/services.html",
        exhibitor=exhibitor,
        groups=_grouped(offered),
        cart=chosen,
        quantities=typed or {one.service.code: f"{one.quantity.normalize():f}" for one in chosen},
        quote=orders.cart_quote(db(), g.edition, exhibitor, chosen),
        order=order,
        lines=[
            (line, not line.permit_id and is_open(known[line.service_id].deadline, today))
            for line in (orders.lines(db(), order) if order else [])
        ],
        categories=CATEGORY_NAMES,
        refused=words(refused.sentence) if refused else "",
    )


def _grouped(offered) -> list[tuple]:
    """(category, [(service, its offer today)]) in the order of categories."""
    found: dict[str, list] = {}
    for one in offered:
        found.setdefault(one.category, []).append((one, orders.offer_of(g.edition, one)))
    return list(found.items())


@bp.post(f"{ADDRESS}/services")
@needs("portal.use")
def cart_fill():
    """Put quantities into the cart."""
    typed = {
        name.removeprefix("quantity-"): value.strip()[:20]
        for name, value in list(request.form.items())[:MOST_FIELDS]
        if name.startswith("quantity-")
    }
    exhibitor = own().exhibitor
    try:
        orders.fill_cart(db(), exhibitor, {code: _quantity(text) for code, text in typed.items()})
        db().commit()
    except Refused as refused:
        db().rollback()
        return _page(typed, refused)
    flash(_("Your cart is saved. Nothing is ordered yet."), "info")
    return redirect(url_for("portal.services", _anchor="cart"))


def _quantity(text: str) -> Decimal:
    try:
        value = Decimal((text or "0").replace(",", "."))
    except InvalidOperation:
        raise Refused(_("“%(text)s” is no number.", text=text)) from None
    if not value.is_finite() or not 0 <= value <= 10**6:
        raise Refused(_("“%(text)s” is no number.", text=text))
    return value


@bp.post(f"{ADDRESS}/services/order")
@needs("portal.use")
def cart_order():
    """Order what is in the cart."""
    with telling():
        order = orders.order_cart(db(), g.edition, own().exhibitor, request.form.get("seen", -1, type=int))
        db().commit()
        flash(_("Ordered under number %(number)s. The invoice follows.", number=order.number), "good")
    return redirect(url_for("portal.services"))


@bp.post(f"{ADDRESS}/services/lines/<int:position>")
@needs("portal.use")
def line_change(position: int):
    """Another quantity of something ordered; none takes it off."""
    with telling():
        quantity = _quantity(request.form.get("quantity", "").strip()[:20])
        orders.change_line(db(), g.edition, own().exhibitor, position, quantity)
        db().commit()
        flash(_("Changed."), "good")
    return redirect(url_for("portal.services"))
