"""A party's own requests for programs: what its pages show and do, as JSON, fifty a page.

Whoever is signed in reads and does here what they may on the pages; what is sent carries the token of a form
(X-CSRFToken). `as` names the party where somebody acts for several. Asking twice is asking once, and a
message with the `Idempotency-Key` of another is that other.
"""

from datetime import datetime
from typing import Literal

from flask import Blueprint, Response, abort, g, make_response, request
from flask_login import current_user
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from expo.web import _, carrying, db, needs
from expo.web.failures import answer as failure
from expo.web.security import site_address
from matchmaking.requests import services
from matchmaking.requests.queries import inbox as queries
from matchmaking.requests.queries.parties import Party
from matchmaking.requests.texts import LONGEST
from matchmaking.requests.views.blueprint import across, me, once, own, slots
from matchmaking.requests.wishes import read_wish

bp = Blueprint("requests_api", __name__, url_prefix="/api/v1/<edition>")
PAGE = 50
Time = Literal["am", "pm"] | int | None


class MessageOut(BaseModel):
    """A message."""

    by: Literal["us", "them"]
    text: str
    at: datetime


class RequestOut(BaseModel):
    """A request as this party sees it; `time` is 'am', 'pm', the number of a slot, or null for any."""

    id: int
    code: str
    name: dict[str, str]
    country: str
    asked_by: Literal["us", "them"]
    standing: Literal["answer", "waits", "agreed", "withdrawn", "lapsed", "ended"]
    our_must: bool
    their_must: bool
    time: Time
    asked_at: datetime
    lapses_at: datetime
    points: int | None
    unread: int
    messages: list[MessageOut] | None = None


class Listing(BaseModel):
    """A page of a list: how many there are in all, and the addresses of the pages beside it."""

    count: int
    next: str | None
    previous: str | None
    results: list[RequestOut]


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Asked(_Sent):
    """A request to make: to whom (their code), how much, when, and why."""

    to: str = Field(max_length=40)
    must: bool = False
    time: Time = None
    message: str = Field(default="", max_length=LONGEST * 2)


class Proposed(_Sent):
    """Another time."""

    time: Literal["am", "pm"] | int


class Written(_Sent):
    """A message."""

    text: str = Field(max_length=LONGEST * 2)


def _out(party: Party, row: queries.Row, messages: list[queries.Message] | None = None) -> RequestOut:
    def who(side: str) -> Literal["us", "them"]:
        return "us" if side == party.side else "them"

    return RequestOut(
        id=row.id,
        code=row.code,
        name=row.name,
        country=row.country,
        asked_by=who(row.asked_by),
        standing=row.standing(party.side),  # pyright: ignore[reportArgumentType]
        our_must=row.my_must(party.side),
        their_must=row.their_must(party.side),
        time=row.half or row.slot,  # pyright: ignore[reportArgumentType]
        asked_at=row.asked_at,
        lapses_at=row.expires_at,
        points=row.score,
        unread=row.unread,
        messages=None
        if messages is None
        else [MessageOut(by=who(one.side), text=one.body, at=one.written_at) for one in messages],
    )


def _answer(body: BaseModel, status: int = 200) -> Response:
    response = Response(body.model_dump_json(), status=status, mimetype="application/json")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _sent(model: type[BaseModel]):
    """What was sent, of the right shape; 400 with a sentence for anything else."""
    try:
        return model.model_validate(request.get_json(force=True, silent=True))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "body"
        said = _("%(field)s is not as it should be: %(why)s.", field=where, why=first["msg"])
        return abort(make_response(failure(400, said)))


def _wish(time: str | int | None):
    return read_wish("" if time is None else str(time), slots())


@bp.get("/requests")
@needs("requests.own")
def requests() -> Response:
    """All requests of a party, or those of one `tab` (answer, waits, agreed, past)."""
    party, tab = me(), request.args.get("tab", "")
    counts = queries.counts(db(), party)
    if tab and tab not in queries.TABS:
        abort(400)
    count = counts[tab] if tab else sum(counts[one] for one in queries.TABS)
    page = min(max(request.args.get("page", 1, type=int), 1), 1_000_000)
    first = (page - 1) * PAGE
    rows = queries.requests(db(), party, tab, PAGE, first) if tab else queries.every(db(), party, PAGE, first)

    def beside(number: int) -> str | None:
        if not 1 <= number <= -(-count // PAGE):
            return None
        return site_address() + carrying(request.endpoint or "", page=number)

    return _answer(
        Listing(
            count=count,
            next=beside(page + 1),
            previous=beside(page - 1),
            results=[_out(party, row) for row in rows],
        )
    )


@bp.get("/requests/<int:number>")
@needs("requests.own")
def one(number: int) -> Response:
    """A request with its messages."""
    return _one(number)


def _one(number: int, status: int = 200) -> Response:
    party, _found = own(number)
    row = queries.one(db(), party, number) or abort(404)
    if queries.said_no(db(), party, row.other_id):
        abort(404)
    return _answer(_out(party, row, queries.messages(db(), number)), status)


@bp.post("/requests")
@needs("requests.own")
def ask() -> Response:
    """Ask for a meeting; asking again answers with the request that is there."""
    party, sent = me(), _sent(Asked)
    them = across(party, sent.to)
    found = services.ask(
        db(),
        g.edition,
        party,
        them.id,
        must=sent.must,
        wish=_wish(sent.time),
        message=sent.message,
        once=request.headers.get("Idempotency-Key", "")[:64],
        user_id=current_user.id,
    )
    db().commit()
    return _one(found.id or 0, 201)


def _key() -> str:
    return request.headers.get("Idempotency-Key", "")[:64] or once()


@bp.post("/requests/<int:number>/<any(accept,withdraw,no):act>")
@needs("requests.own")
def act(number: int, act: str) -> Response:
    """Agree, take back, or say no; after a no the request is there for the other side only."""
    party, found = own(number)
    if act == "accept":
        services.accept(db(), g.edition, party, found)
    elif act == "withdraw":
        services.withdraw(db(), g.edition, party, found)
    else:
        services.refuse(db(), g.edition, party, services.across(party, found))
    db().commit()
    return Response(status=204) if act == "no" else _one(number)


@bp.post("/requests/<int:number>/propose")
@needs("requests.own")
def propose(number: int) -> Response:
    """Answer with another time."""
    party, found = own(number)
    services.propose(db(), g.edition, party, found, _wish(_sent(Proposed).time))
    db().commit()
    return _one(number)


@bp.post("/requests/<int:number>/messages")
@needs("requests.own")
def write(number: int) -> Response:
    """Write to the other side."""
    party, found = own(number)
    sent = _sent(Written)
    services.write(db(), g.edition, party, found, sent.text, once=_key(), user_id=current_user.id)
    db().commit()
    return _one(number, 201)


@bp.post("/refusals/<code>/<any(say,lift):act>")
@needs("requests.own")
def refusal(code: str, act: str) -> Response:
    """Say no to somebody, or take one's own no back."""
    party = me()
    them = across(party, code)
    (services.refuse if act == "say" else services.lift)(db(), g.edition, party, them.id)
    db().commit()
    return Response(status=204)
