"""The page that scans at a stand, and what it sends: at once, or later when there was no net."""

import json
import secrets
from typing import Any

from flask import abort, g, jsonify, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import generate_csrf

from expo.badges.queries import ring_of
from expo.clock import now
from expo.errors import Refused
from expo.languages import pick
from expo.web import _, db, public, words
from expo.web.language import as_date, as_datetime, country_name, language
from expo.web.scanning import may_scan
from matchmaking.leads import queries, services
from matchmaking.leads.marks import Scan, Unfit, clean, read_scan
from matchmaking.leads.models import Lead
from matchmaking.leads.services import Scanner
from matchmaking.leads.views.blueprint import PHONE, bp, scanner
from matchmaking.leads.views.listing import chapter_names

MOST_SCANS = 100
LARGEST = 512 * 1024


@bp.get(f"{PHONE}/scan")
@public
def scan():
    """The scanner of a stand: for who is signed in for an exhibitor, and for enrolled phones."""
    who = scanner()
    if who is None:
        return _stranger()
    return _page(who)


def _stranger():
    return make_response(render_template("matchmaking/leads/stranger.html"), 401)


def _page(who: Scanner, said: str = "", tone: str = "", lead: Lead | None = None):
    questions = services.stand_questions(db(), g.edition, who.exhibitor.id)
    products = queries.products_of(db(), who.exhibitor.id)
    db().commit()
    chapters = {one.chapter for one in products}
    page = render_template(
        "matchmaking/leads/scan.html",
        who=who,
        questions=questions,
        products=products,
        chapters=chapter_names(chapters),
        said=said,
        tone=tone,
        card=_told(lead) if lead else None,
        lead=lead,
    )
    return may_scan(make_response(page))


@bp.post(f"{PHONE}/typed")
@public
def typed():
    """A typed number, without scripts."""
    who = scanner() or abort(401)
    raw = {
        "scan_id": secrets.token_urlsafe(16),
        "code": request.form.get("code", ""),
        "letters": request.form.get("letters", ""),
        "source": "typed",
    }
    try:
        found = services.capture(db(), g.edition, who, read_scan(raw, now()), ring_of(db(), g.edition))
    except (Unfit, Refused) as refused:
        db().commit()
        return _page(who, words(refused.sentence), "bad")
    db().commit()
    if found.lead is None:
        return _page(who, words(found.sentence), "bad")
    if who.user_id:
        return redirect(url_for("leads.lead_detail", number=found.lead.number))
    return _page(who, _("Noted."), "good", found.lead)


@bp.get(f"{PHONE}/state.json")
@public
def state():
    """Who scans, and the token that sending needs: the page may come from a phone's own copy."""
    who = scanner()
    answer = jsonify(
        ok=who is not None,
        name=who.name if who else "",
        exhibitor=who.exhibitor.code if who else "",
        token=generate_csrf() if who else "",
        now=now().isoformat(timespec="seconds"),
    )
    db().commit()
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@bp.post(f"{PHONE}/sync")
@public
def sync():
    """Scans as the phone kept them. Each is answered for itself; the same one again changes nothing."""
    who = scanner() or abort(401)
    if (request.content_length or 0) > LARGEST:
        abort(413)
    sent: Any = request.get_json(silent=True)
    scans = sent.get("scans") if isinstance(sent, dict) else None
    if not isinstance(scans, list) or not 0 < len(scans) <= MOST_SCANS:
        abort(400)
    ring = ring_of(db(), g.edition)
    answer = jsonify(results=[_taken(who, raw, ring) for raw in scans])
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _taken(who: Scanner, raw: Any, ring) -> dict[str, Any]:
    """One scan, committed by itself: what is answered is kept, whatever becomes of the others."""
    scan_id = raw.get("scan_id") if isinstance(raw, dict) else None
    known = clean(scan_id, 64) if isinstance(scan_id, str) else ""
    try:
        scan_: Scan = read_scan(raw, now())
        found = services.capture(db(), g.edition, who, scan_, ring)
        db().commit()
    except Unfit as unfit:
        return {"scan_id": known, "status": "refused", "reason": "unfit", "text": words(unfit.sentence)}
    except Refused as refused:
        db().commit()  # the try is counted
        return {"scan_id": known, "status": "later", "reason": "wait", "text": words(refused.sentence)}
    if found.lead is None:
        text = words(found.sentence)
        return {"scan_id": scan_.scan_id, "status": "refused", "reason": found.reason, "text": text}
    return {
        "scan_id": scan_.scan_id,
        "status": "ok",
        "is_new": found.is_new,
        "lead": json.loads(json.dumps(_told(found.lead), default=str)),
    }


def _told(lead: Lead) -> dict[str, Any]:
    """A lead as the phone shows it, in words of the reader's language."""
    known = queries.card(db(), lead)
    return {
        "number": lead.number,
        "consent": known["consent"],
        "name": pick(known["name"], language()),
        "about": " · ".join(part for part in (known["position"], known["organisation"]) if part),
        "country": country_name(known["country"]) if known["country"] else "",
        "email": known["email"],
        "withdrawn": as_date(known["withdrawn_at"]) if known["withdrawn_at"] else "",
        "visits": lead.visits,
        "first": as_datetime(lead.first_at),
        "rating": lead.rating or 0,
        "next_step": lead.next_step,
        "next_on": lead.next_on.isoformat() if lead.next_on else "",
        "answers": {str(key): choice for key, choice in known["answers"].items()},
        "products": known["products"],
        "chapters": known["chapters"],
    }
