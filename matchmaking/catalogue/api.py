"""The public catalogue for other programs: read only, fifty a page, texts in all their languages."""

from collections.abc import Sequence
from decimal import Decimal

from flask import Blueprint, Flask, Response, abort, g, request, url_for
from pydantic import BaseModel

from expo.money import to_major
from expo.web import carrying, db, public
from expo.web.language import language
from expo.web.security import site_address
from matchmaking.catalogue import queries
from matchmaking.catalogue.directory import FILTERS, Entry, in_order, narrowed
from matchmaking.catalogue.links import website
from matchmaking.catalogue.searching import words_of

bp = Blueprint("catalogue_api", __name__, url_prefix="/api/v1/<edition>")
PAGE = 50


class ExhibitorBrief(BaseModel):
    """An exhibitor in a list."""

    code: str
    name: dict[str, str]
    country: str
    sector: str
    zones: list[str]
    stands: list[str]
    products: int
    url: str


class ProductFull(BaseModel):
    """A product; the price is an exact decimal as text, null on request."""

    code: str
    name: dict[str, str]
    hs: str
    origin: str
    quantity: Decimal
    unit: str
    price: str | None
    currency: str
    incoterm: str
    certificates: list[str]


class ExhibitorFull(BaseModel):
    """An exhibitor with its products."""

    code: str
    name: dict[str, str]
    profile: dict[str, str]
    country: str
    city: str
    website: str | None
    sector: str
    stands: list[str]
    products: list[ProductFull]


class KindBrief(BaseModel):
    """A kind of product with the codes of those who offer it."""

    hs: str
    origin: str
    name: dict[str, str]
    exhibitors: list[str]


class Listing(BaseModel):
    """A page of a list: how many there are in all, and the addresses of the pages beside it."""

    count: int
    next: str | None
    previous: str | None
    results: list[ExhibitorBrief] | list[KindBrief]


def init(app: Flask) -> None:
    """Register the addresses."""
    app.register_blueprint(bp)


@bp.get("/exhibitors")
@public
def exhibitors() -> Response:
    """Public exhibitors by name; `q`, `zone`, `country`, `sector`, `letter`, `page` as on the site."""
    words = words_of(request.args.get("q", ""))
    everybody = in_order(queries.directory(db(), g.edition, words), language())
    found = narrowed(everybody, {name: request.args.get(name, "") for name in FILTERS})
    page = _page()
    return _answer(_listing(len(found), page, _briefs(found[(page - 1) * PAGE :][:PAGE])))


def _briefs(entries: Sequence[Entry]) -> list[ExhibitorBrief]:
    ids = [entry.id for entry in entries]
    places, kinds = queries.places(db(), ids), queries.kinds_of(db(), ids)
    return [
        ExhibitorBrief(
            code=entry.code,
            name=dict(entry.name),
            country=entry.country,
            sector=entry.sector,
            zones=list(entry.zones),
            stands=[place.stand for place in places.get(entry.id, [])],
            products=kinds.get(entry.id, 0),
            url=site_address() + url_for("catalogue.exhibitor_detail", code=entry.code),
        )
        for entry in entries
    ]


@bp.get("/exhibitors/<code>")
@public
def exhibitor(code: str) -> Response:
    """A public exhibitor with all its products."""
    found = queries.exhibitor(db(), g.edition, code)
    if found is None:
        abort(404)
    places = queries.places(db(), [found.id]).get(found.id, [])
    products = queries.products_of(db(), found.id, limit=0)
    return _answer(
        ExhibitorFull(
            code=found.code,
            name=dict(found.name),
            profile=dict(found.profile),
            country=found.country,
            city=found.city,
            website=website(found.website),
            sector=found.sector,
            stands=[place.stand for place in places],
            products=[_product(one) for one in products],
        )
    )


def _product(one: queries.Offered) -> ProductFull:
    values = one._asdict()
    price = str(to_major(one.price_minor, one.currency)) if one.price_minor else None
    return ProductFull(**values, price=price)


@bp.get("/products")
@public
def products() -> Response:
    """Kinds of products by HS code; `q`, `section` (a Roman numeral), `origin`, `page` as on the site."""
    asked = (request.args.get(name, "") for name in ("section", "origin"))
    wanted = queries.KindFilter(words_of(request.args.get("q", "")), *asked).known()
    page = _page()
    count = queries.kind_tally(db(), g.edition, wanted).total
    kinds = queries.kinds(db(), g.edition, wanted, limit=PAGE, offset=(page - 1) * PAGE)
    offers = queries.offers_of_kinds(db(), g.edition, [kind.key for kind in kinds])
    briefs = [
        KindBrief(
            hs=kind.hs, origin=kind.origin, name=kind.name, exhibitors=[one.code for one in offers[kind.key]]
        )
        for kind in kinds
    ]
    return _answer(_listing(count, page, briefs))


def _page() -> int:
    return min(max(request.args.get("page", 1, type=int), 1), 1_000_000)


def _listing(count: int, page: int, results: list) -> Listing:
    def beside(number: int) -> str | None:
        if not 1 <= number <= -(-count // PAGE):
            return None
        return site_address() + carrying(request.endpoint or "", page=number)

    return Listing(count=count, next=beside(page + 1), previous=beside(page - 1), results=results)


def _answer(body: BaseModel) -> Response:
    """JSON that a page of any other site may read too."""
    response = Response(body.model_dump_json(), mimetype="application/json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.add_etag()
    response.make_conditional(request)
    return response
