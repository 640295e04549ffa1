"""A party's requests: what waits for it, what it asked, what is agreed; answers to many at once."""

from flask import abort, flash, g, redirect, render_template, request, url_for

from expo.errors import Refused
from expo.web import _, db, leaf, needs, ngettext, telling, words
from matchmaking.requests import services
from matchmaking.requests.queries import inbox as queries
from matchmaking.requests.queries.parties import Party, planned_with, takes_part
from matchmaking.requests.views.blueprint import OWN, across, acting, bp, me, shared

PAGE = 25
MOST_AT_ONCE = 100


def tabs(counts: dict[str, int]) -> list[tuple[str, str, int]]:
    """(tab, what it is called, how many)."""
    names = {
        "answer": _("To answer"),
        "waits": _("Waiting for them"),
        "agreed": _("Agreed"),
        "past": _("Over"),
        "no": _("No thanks"),
    }
    return [(tab, name, counts[tab]) for tab, name in names.items()]


@bp.get(OWN)
@needs("requests.own")
def inbox():
    """The requests of the party that the reader acts for, a tab at a time."""
    party = acting()
    if party is None:
        return render_template("matchmaking/requests/nobody.html")
    counts = queries.counts(db(), party)
    tab = request.args.get("tab", "")
    if tab not in counts:
        tab = next((one for one in ("answer", "waits", "agreed") if counts[one]), "answer")
    shown = leaf(counts[tab], PAGE)
    return render_template(
        "matchmaking/requests/inbox.html",
        tab=tab,
        tabs=tabs(counts),
        rows=[] if tab == "no" else queries.requests(db(), party, tab, PAGE, shown.offset),
        noes=queries.noes(db(), party, PAGE, shown.offset) if tab == "no" else [],
        offers=queries.offers(db(), party),
        timed=planned_with(db(), party) if tab == "agreed" else {},
        takes_part=takes_part(db(), g.edition, party.side, party.id),
        total=counts[tab],
        page=shown.page,
        pages=shown.pages,
        **shared(party),
    )


@bp.post(f"{OWN}/batch")
@needs("requests.own")
def batch():
    """Accept or refuse all that are ticked; each by itself, so that one that fails stops no other."""
    party = me()
    act = request.form.get("act", "")
    if act not in ("accept", "no"):
        abort(400)
    ticked = [int(one) for one in request.form.getlist("request") if one.isdecimal() and len(one) < 10]
    done, refused = _each(party, act, list(dict.fromkeys(ticked))[:MOST_AT_ONCE])
    db().commit()
    if done and act == "accept":
        flash(ngettext("%(num)s meeting is agreed.", "%(num)s meetings are agreed.", done), "good")
    elif done:
        flash(ngettext("Noted. They are not told.", "Noted for %(num)s. They are not told.", done), "good")
    for name, sentence in refused[:5]:
        flash(f"{name}: {words(sentence)}", "bad")
    if not ticked:
        flash(_("Tick the requests that you want to answer first."), "wait")
    return redirect(url_for("requests.inbox", tab="answer"))


def _each(party: Party, act: str, numbers: list[int]) -> tuple[int, list]:
    done, refused = 0, []
    for number in numbers:
        found = services.own_request(db(), party, number)
        if found is None:
            continue
        try:
            if act == "accept":
                services.accept(db(), g.edition, party, found)
            else:
                services.refuse(db(), g.edition, party, services.across(party, found))
            done += 1
        except Refused as problem:
            row = queries.one(db(), party, number)
            refused.append((row.code if row else number, problem.sentence))
    return done, refused


@bp.post(f"{OWN}/to/<code>/<any(no,lift):act>")
@needs("requests.own")
def refuse(code: str, act: str):
    """Say no to somebody, or take one's own no back."""
    party = me()
    them = across(party, code)
    if act == "no":
        with telling(_("Noted: you will not meet. They are not told, and nobody else either.")):
            services.refuse(db(), g.edition, party, them.id)
            db().commit()
    else:
        with telling(_("Your no is taken back.")):
            services.lift(db(), g.edition, party, them.id)
            db().commit()
    back = request.form.get("back", "")
    if back == "find":
        return redirect(url_for("requests.find", q=request.form.get("q", "")))
    return redirect(url_for("requests.inbox", tab="answer" if act == "no" else "no"))


@bp.post(f"{OWN}/offers/<int:number>/pass")
@needs("requests.own")
def offer_pass(number: int):
    """Put a suggestion aside."""
    found = queries.own_offer(db(), me(), number) or abort(404)
    services.pass_offer(db(), found)
    db().commit()
    return redirect(url_for("requests.inbox"))
