"""One's meetings in one's own calendar program: a secret address, and what is found there."""

from flask import abort, g, make_response, redirect, request, url_for

from expo.clock import now
from expo.languages import pick
from expo.web import _, db, needs, public, telling
from expo.web.language import country_name, language
from expo.web.security import site_address
from matchmaking.onsite.calendar import Event, calendar
from matchmaking.onsite.prints import told as why_of
from matchmaking.onsite.queries import agendas
from matchmaking.onsite.queries.agendas import Line
from matchmaking.onsite.services import feeding
from matchmaking.onsite.views.blueprint import OWN, bp, chosen_person, key_of, numbered, whose
from matchmaking.requests.queries import parties
from matchmaking.requests.queries.parties import Party
from matchmaking.requests.sides import BUYER, other
from matchmaking.requests.views.blueprint import me


def feed_address(party: Party, person: int | None) -> str | None:
    """The secret address of the calendar, if it was asked for."""
    feed = feeding.feed_of(db(), key_of(party), person)
    return url_for("onsite.feed", key=feed.key, lang=language(), _external=True) if feed else None


@bp.post(f"{OWN}/calendar")
@needs("requests.own")
def own_calendar():
    """A new secret address for one's calendar."""
    party = me()
    with telling(_("Here is the address of your calendar. An older one leads nowhere now.")):
        feeding.new_feed(db(), g.edition, key_of(party), chosen_person(party))
        db().commit()
    return redirect(url_for("onsite.own_day", **whose(party, numbered("person") or None)) + "#calendar")


@bp.get(f"{OWN}/calendar/<key>.ics")
@public
def feed(key: str):
    """A party's meetings for calendar programs; what is off is cancelled there, not forgotten."""
    row = feeding.feed_by_key(db(), g.edition, key) or abort(404)
    key_ = (BUYER, row.buyer_id) if row.buyer_id else (other(BUYER), row.exhibitor_id or 0)
    party = parties.party(db(), g.edition, *key_) or abort(404)
    spoken = language()
    name = " · ".join((pick(party.name, spoken), pick(g.edition.name, spoken)))
    events = [
        _event(line, party) for line in agendas.lines(db(), g.edition, party=key_, person=row.delegate_id)
    ]
    body = calendar(g.edition.code, name, events, now())
    response = make_response(body)
    response.content_type = "text/calendar; charset=utf-8"
    response.headers["Cache-Control"] = "private, max-age=300"
    response.headers["X-Robots-Tag"] = "noindex"
    response.add_etag()
    return response.make_conditional(request)


def _event(line: Line, party: Party) -> Event:
    spoken, them = language(), line.seats[other(party.side)]
    why = why_of(line)
    text = [
        country_name(them.country),
        them.person or "",
        pick(line.offered, spoken),
        pick(line.wanted, spoken),
        *why.reasons,
        _("Interpreter: %(name)s", name=line.interpreter) if line.interpreter else "",
    ]
    return Event(
        line.number,
        line.sequence,
        line.starts_at,
        line.ends_at,
        pick(them.name, spoken),
        _("Table %(number)s", number=line.table),
        "\n".join(str(part) for part in text if part),
        line.state in ("cancelled", "no_show"),
        f"{site_address()}{url_for('onsite.own_day', **whose(party))}",
    )
