"""The till at a stand, made for a phone: goods as buttons, the day's sales, the closing."""

from datetime import date
from decimal import Decimal
from secrets import token_hex

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from expo import money
from expo.clock import now
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.numerals import read_decimal
from expo.web import _, db, needs, telling, words
from expo.web.language import language
from expo.words import say
from matchmaking.catalogue.hs import tidy
from matchmaking.deals import queries, services
from matchmaking.deals.views.blueprint import OWN, bp, own_organisations


def _stand(code: str = "") -> Exhibitor:
    """The reader's stand of that code, or the first one."""
    acting = queries.acting_for(db(), g.edition, own_organisations())
    mine = [own for _id, side, own, _name in acting if side == "seller"]
    if not mine or (code and code not in mine):
        abort(404)
    return queries.party_by_code(db(), g.edition, code or mine[0]) or abort(404)  # pyright: ignore[reportReturnType]


def _day() -> date:
    """The day asked for, today, or the first of the expo."""
    try:
        day = date.fromisoformat(request.values.get("day", ""))
    except ValueError:
        day = now().astimezone(g.edition.zone_info).date()
    return day if g.edition.starts_on <= day <= g.edition.ends_on else g.edition.starts_on


@bp.get(f"{OWN}/till")
@needs("deals.own")
def till():
    """The till of one's stand on a day."""
    return _till(_stand(request.args.get("stand", "")), _day())


def _till(stand: Exhibitor, day: date, refused: Refused | None = None) -> str:
    """The page of the till; after a refusal with everything that was typed."""
    sales = services.sales_of(db(), stand, day)
    sums: dict[str, int] = {}
    for sale in sales:
        if not sale.void:
            sums[sale.currency] = sums.get(sale.currency, 0) + sale.amount_minor
    days = [g.edition.starts_on]
    while days[-1] < g.edition.ends_on:
        days.append(date.fromordinal(days[-1].toordinal() + 1))
    return render_template(
        "matchmaking/deals/till.html",
        stand=stand,
        day=day,
        days=days,
        sales=sales,
        sums=sums,
        closed={code: services.closed(db(), stand, day, code) for code in {*sums, g.edition.currency}},
        goods=services.goods(db(), stand),
        typed=request.form if refused else {},
        problem=words(refused.sentence) if refused else "",
        key=(refused and request.form.get("key", "")[:65]) or token_hex(8),
        ways={"cash": _("Cash"), "card": _("Card"), "wallet": _("Phone")},
    )


@bp.post(f"{OWN}/till")
@needs("deals.own")
def till_sell():
    """Note a sale."""
    stand, day = _stand(request.form.get("stand", "")), _day()
    try:
        sale, new = services.sell(db(), g.edition, stand, _sale(stand, day), current_user.id)
        db().commit()
    except Refused as refused:
        db().rollback()
        return _till(stand, day, refused)
    told = money.in_words(sale.amount_minor, sale.currency, language())
    flash(_("Sold for %(amount)s.", amount=told) if new else _("This sale was noted before."), "good")
    return redirect(url_for("deals.till", stand=stand.code, day=str(day)))


def _sale(stand: Exhibitor, day: date) -> services.Sale:
    """The sale in the form: one of the stand's products, or goods that were typed."""
    form = request.form
    product = next((one for one in services.goods(db(), stand, 500) if one.code == form.get("product")), None)
    currency = product.currency if product else (form.get("currency") or g.edition.currency).upper()
    if not money.is_currency(currency):
        raise Refused(say("%(code)s is not a currency code of ISO 4217.", code=currency[:10]))
    typed = form.get("price", "").strip()
    price = product.price_minor if product and not typed else _minor(_number(typed), currency)
    return services.Sale(
        key=form.get("key", "")[:65],
        day=day,
        hs=product.hs if product else tidy(form.get("hs", ""))[:12],
        text=(product.name.get("en") or next(iter(product.name.values()), ""))
        if product
        else form.get("text", "")[:200],
        quantity=_number(form.get("quantity", "1") or "1"),
        unit=product.unit if product else (form.get("unit", "") or "pcs")[:20],
        unit_price_minor=price,
        currency=currency,
        paid_by=form.get("paid_by", "cash"),
    )


def _number(typed: str) -> Decimal:
    try:
        number = read_decimal(typed, language())
    except ValueError:
        raise Refused(say("%(value)s is no number.", value=typed[:40])) from None
    if abs(number) > 10**15:
        raise Refused(say("%(value)s is no number.", value=typed[:40]))
    return number


def _minor(price: Decimal, currency: str) -> int:
    try:
        return money.to_minor(price, currency)
    except ValueError:
        digits = money.exponent(currency)
        raise Refused(
            say("A sum in %(currency)s has at most %(digits)s decimals.", currency=currency, digits=digits)
        ) from None


@bp.post(f"{OWN}/till/void")
@needs("deals.own")
def till_void():
    """Strike a sale out."""
    stand, sale = _stand(request.form.get("stand", "")), request.form.get("sale", "")
    with telling(_("The sale is struck out.")):
        if not sale.isdecimal() or len(sale) > 9:
            raise Refused(say("There is no such sale."))
        services.void(db(), stand, int(sale))
        db().commit()
    return redirect(url_for("deals.till", stand=stand.code, day=str(_day())))


@bp.post(f"{OWN}/till/close")
@needs("deals.own")
def till_close():
    """Close the day."""
    stand, day = _stand(request.form.get("stand", "")), _day()
    try:
        currency = request.form.get("currency", "")
        deal = services.close(db(), g.edition, stand, day, currency, current_user.id)
        db().commit()
        flash(_("The day is closed: deal %(number)s holds its sales.", number=deal.number), "good")
    except Refused as refused:
        db().rollback()
        flash(words(refused.sentence), "bad")
    return redirect(url_for("deals.till", stand=stand.code, day=str(day)))
