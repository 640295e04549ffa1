"""The ranking with decisions on many at once, the letters about them, and all of it as a spreadsheet."""

from typing import Any

from flask import current_app, flash, g, redirect, render_template, request, url_for

from expo.call import queries
from expo.call.forms import LetterForm
from expo.call.letters import BODIES, SUBJECTS, filled, with_link
from expo.call.queries import Line
from expo.call.services import deciding
from expo.call.services.deciding import Reader
from expo.call.services.settings import call_of, own_letters, save_letter
from expo.call.states import DECISIONS, NAMES, TONES
from expo.call.views.blueprint import CONSOLE, bp, forum_choices, who
from expo.call.views.reviewing import asked_filter
from expo.errors import Refused
from expo.forums.wording import STATE_NAMES
from expo.languages import pick, tidy
from expo.outbox import services as outbox
from expo.outbox.smtp import smtp_of
from expo.spreadsheets import csv_bytes, xlsx_bytes
from expo.web import _, db, needs, ngettext, telling
from expo.web.files import file_answer
from expo.web.language import in_language, language
from expo.web.security import site_address
from expo.words import say

MIME = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SORTS = {
    "mean": lambda line: line.standing.mean,
    "median": lambda line: line.standing.median,
    "spread": lambda line: line.standing.spread,
    "reviews": lambda line: line.standing.reviews,
}


@bp.get(f"{CONSOLE}/ranking")
@needs("programme.edit")
def ranking():
    """Everything that was handed in, the best first, with what can be decided about many at once."""
    sort = request.args.get("sort", "-mean")
    found = [line for line in _all() if line.proposal.state not in ("draft", "withdrawn")]
    return render_template(
        "expo/call/ranking.html",
        lines=_sorted(found, sort),
        names=NAMES,
        tones=TONES,
        talk_states=STATE_NAMES,
        forums=forum_choices(),
        decisions=DECISIONS,
        call=call_of(db(), g.edition),
        states=queries.states(db(), g.edition, who()),
        untold=len(deciding.untold(db(), g.edition)),
    )


def _all() -> list[Line]:
    return queries.lines(db(), g.edition, who(), asked_filter(), True, None)


def _sorted(found: list[Line], sort: str) -> list[Line]:
    """By a figure; proposals without it come last in either direction."""
    key = SORTS.get(sort.removeprefix("-"), SORTS["mean"])
    known = [line for line in found if key(line) is not None]
    rest = [line for line in found if key(line) is None]
    return [*sorted(known, key=key, reverse=sort.startswith("-")), *rest]


@bp.post(f"{CONSOLE}/decide")
@needs("programme.edit")
def decide():
    """Accept, reject or keep waiting what was ticked. Nobody is written to yet."""
    codes = request.form.getlist("proposal")[: deciding.MOST_AT_ONCE + 1]
    with telling():
        if not codes:
            raise Refused(say("Tick the proposals first."))
        changed = deciding.decide(db(), g.edition, codes, request.form.get("act", ""))
        db().commit()
        flash(
            ngettext(
                "%(num)s proposal is decided. Nobody is told before you send the letters.",
                "%(num)s proposals are decided. Nobody is told before you send the letters.",
                changed,
            ),
            "good",
        )
    back = request.form.get("back", "")
    if back and len(codes) == 1:
        return redirect(url_for("call.proposal_page", code=codes[0]))
    return redirect(url_for("call.ranking"))


# ---- letters ----


def _words_of(kind: str, spoken: str) -> tuple[str, str]:
    """Subject and body of a kind in a language: the organiser's own words, else the house's."""
    own = own_letters(db(), g.edition).get(kind)
    subject = (own.subject.get(spoken) if own else "") or in_language(SUBJECTS[kind], spoken)
    body = (own.body.get(spoken) if own else "") or in_language(BODIES[kind], spoken)
    return subject, with_link(body, kind)


def _write(reader: Reader) -> tuple[str, str]:
    endpoint = "forums.own_page" if reader.opens == "personal" else "call.own_proposal"
    values = {
        "name": reader.name,
        "title": reader.proposal.title,
        "edition": pick(g.edition.name, reader.language),
        "link": f"{site_address()}{url_for(endpoint, token=reader.token)}",
    }
    subject, body = _words_of(reader.proposal.state, reader.language)
    return filled(subject, values), filled(body, values)


@bp.get(f"{CONSOLE}/letters")
@needs("programme.edit")
def letters():
    """The letters as they will be written, and how many wait to be."""
    waiting = deciding.untold(db(), g.edition)
    example = {
        "name": "Aigul Bekova", "title": _("A title"), "edition": pick(g.edition.name, language()),
        "link": f"{site_address()}/…",
    }  # fmt: skip
    shown = {}
    for kind in DECISIONS:
        subject, body = _words_of(kind, language())
        shown[kind] = (filled(subject, example), filled(body, example))
    return render_template(
        "expo/call/letters.html",
        shown=shown,
        names=NAMES,
        waiting={kind: sum(1 for one in waiting if one.state == kind) for kind in DECISIONS},
        own=own_letters(db(), g.edition),
    )


@bp.route(f"{CONSOLE}/letters/<any(accepted,waiting,rejected):kind>", methods=["GET", "POST"])
@needs("programme.edit")
def letter_edit(kind: str):
    """Own words for a letter."""
    own = own_letters(db(), g.edition).get(kind)
    form = LetterForm(data={"subject": own.subject, "body": own.body} if own else None)
    if form.accepted():
        save_letter(db(), g.edition, kind, tidy(form.subject.data), tidy(form.body.data))
        db().commit()
        flash(_("Saved."), "good")
        return redirect(url_for("call.letters"))
    return render_template(
        "expo/call/letter_form.html", form=form, kind=kind, names=NAMES, usual=_words_of(kind, language())
    )


@bp.post(f"{CONSOLE}/letters/send")
@needs("programme.edit")
def letters_send():
    """Put the letters that wait into the outbox."""
    kinds = [kind for kind in DECISIONS if kind in request.form.getlist("kind")]
    with telling():
        written = deciding.tell(db(), g.edition, kinds, _write)
        outbox.send_soon(db(), smtp_of(current_app.extensions["expo_settings"]), g.edition.id)
        db().commit()
        told = ngettext("%(num)s letter is in the outbox.", "%(num)s letters are in the outbox.", written)
        flash(told, "good")
    return redirect(url_for("call.letters"))


# ---- a spreadsheet ----

HEADS = (
    "code", "state", "told", "talk_state", "forum", "kind", "minutes", "language", "title", "abstract",
    "speakers", "emails", "organisations", "countries", "availability", "notes", "handed_in",
    "address_proved",
    "reviews", "abstentions", "mean", "median", "spread",
)  # fmt: skip


@bp.get(f"{CONSOLE}.<any(csv,xlsx):form>")
@needs("programme.edit")
def proposal_file(form: str):
    """All proposals with their standing."""
    people = queries.speakers(db(), g.edition)
    rows = [list(HEADS), *(_row(line, people.get(line.proposal.id or 0, [])) for line in _all())]
    body = csv_bytes(rows, bom=True) if form == "csv" else xlsx_bytes({"proposals": rows})
    return file_answer(body, MIME[form], f"proposals.{form}")


def _row(line: Line, people: list) -> list[Any]:
    one, judged = line.proposal, line.standing
    figures = [
        None if figure is None else round(figure, 1) for figure in (judged.mean, judged.median, judged.spread)
    ]
    return [
        one.code, one.state, one.told, line.talk_state or "", line.forum.code if line.forum else "", one.kind,
        one.minutes, one.language, one.title, one.abstract, "; ".join(p.name for p in people),
        "; ".join(p.email for p in people), "; ".join(p.organisation for p in people),
        "; ".join(p.country for p in people), one.availability, one.notes,
        one.submitted_at.isoformat() if one.submitted_at else "", "yes" if one.confirmed_at else "no",
        judged.reviews, judged.abstentions, *figures,
    ]  # fmt: skip
