"""Papers: one's own agenda; for the desk the table plan, cards for tables and everybody's agendas."""

from itertools import groupby

from flask import abort, current_app, flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from expo.jobs import services as jobs
from expo.languages import LANGUAGES
from expo.web import _, db, needs
from expo.web.files import PDF, file_answer
from expo.web.language import language
from matchmaking.meetings.services import changed_at
from matchmaking.onsite import prints
from matchmaking.onsite.queries import agendas, freedom
from matchmaking.onsite.views.blueprint import DESK, OWN, bp, chosen_person, key_of, numbered
from matchmaking.requests.queries import parties
from matchmaking.requests.sides import BUYER, SUPPLIER
from matchmaking.requests.views.blueprint import me, slots


@bp.get(f"{OWN}.pdf")
@needs("requests.own")
def own_paper():
    """One's own agenda to print, in the reader's language."""
    party = me()
    person = chosen_person(party)
    found = (person, dict(agendas.people(db(), key_of(party)))[person]) if person else None
    paper = prints.agenda_pdf(db(), g.edition, key_of(party), party.name, party.code, language(), found)
    return file_answer(paper, PDF, f"{party.code}.pdf", shown=True)


@bp.get("/<edition>/console/meetings/<any(buyers, exhibitors):which>/<code>/agenda.pdf")
@needs("meetings.run")
def party_paper(which: str, code: str):
    """The agenda of one buyer or exhibitor to print, in the reader's language."""
    side = BUYER if which == "buyers" else SUPPLIER
    party = parties.party_by_code(db(), g.edition, side, code) or abort(404)
    paper = prints.agenda_pdf(db(), g.edition, key_of(party), party.name, party.code, language())
    return file_answer(paper, PDF, f"{party.code}.pdf", shown=True)


@bp.get(f"{DESK}/papers")
@needs("meetings.run")
def desk_papers():
    """What the desk prints."""
    days = [(day, list(some)) for day, some in groupby(slots(), lambda slot: slot.starts_at.date())]
    latest = changed_at(db(), g.edition)
    printed = {
        code: prints.printed_at(prints.agendas_path(_instance(), g.edition, code)) for code in LANGUAGES
    }
    return render_template(
        "matchmaking/onsite/papers.html",
        days=days,
        sheets=[
            (code, name, printed[code], bool(printed[code] and latest and printed[code] < latest))
            for code, name in LANGUAGES.items()
        ],
        tables=len(freedom.tables(db(), g.edition)),
    )


def _instance():
    return current_app.extensions["expo_settings"].instance


@bp.get(f"{DESK}/tables.pdf")
@needs("meetings.run")
def table_plan_paper():
    """Who sits where in one slot, or all day."""
    asked, day = numbered("slot"), request.args.get("day", "")
    found = [one for one in slots() if one.number == asked or one.starts_at.date().isoformat() == day]
    if not found:
        abort(404)
    return file_answer(
        prints.table_plan_pdf(db(), g.edition, found, language()), PDF, "tables.pdf", shown=True
    )


@bp.get(f"{DESK}/tents.pdf")
@needs("meetings.run")
def tents_paper():
    """A card for every table."""
    numbers = [table.number for table in freedom.tables(db(), g.edition)]
    return file_answer(prints.tent_cards_pdf(g.edition, numbers, language()), PDF, "tents.pdf", shown=True)


@bp.post(f"{DESK}/agendas")
@needs("meetings.run")
def agendas_print():
    """Print everybody's agenda as a job."""
    spoken = request.form.get("language", "")
    if spoken not in LANGUAGES:
        abort(400)
    job, is_new = jobs.enqueue_once(
        db(), "onsite.agendas", edition_id=g.edition.id, user_id=current_user.id, language=spoken
    )
    if not is_new:
        flash(_("A print is under way already; here it is."), "info")
    db().commit()
    return redirect(url_for("jobs.job_detail", job_id=job.id))


@bp.post(f"{DESK}/letters")
@needs("meetings.run")
def after_letters():
    """Write to everybody whom they met, as a job; somebody approves the letters."""
    job, _new = jobs.enqueue_once(db(), "onsite.after", edition_id=g.edition.id, user_id=current_user.id)
    db().commit()
    return redirect(url_for("jobs.job_detail", job_id=job.id))


@bp.get(f"{DESK}/agendas-<any(en,zh,ru,ur):spoken>.pdf")
@needs("meetings.run")
def agendas_paper(spoken: str):
    """The last print of everybody's agenda in a language."""
    path = prints.agendas_path(_instance(), g.edition, spoken)
    if not path.exists():
        abort(404)
    return file_answer(path.read_bytes(), PDF, path.name, shown=True)
