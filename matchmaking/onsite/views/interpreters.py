"""Interpreters: who they are, where they sit, where one is short."""

from flask import abort, flash, g, redirect, render_template, url_for

from expo.errors import Refused
from expo.languages import pick
from expo.web import _, db, needs, refuse, telling
from expo.web.files import PDF, file_answer
from expo.web.language import language, language_name
from matchmaking.onsite import prints
from matchmaking.onsite.forms import InterpreterForm
from matchmaking.onsite.interpreting import shortage
from matchmaking.onsite.models import Interpreter
from matchmaking.onsite.queries import agendas
from matchmaking.onsite.queries import interpreters as queries
from matchmaking.onsite.services import interpreting
from matchmaking.onsite.views.blueprint import DESK, bp, numbered
from matchmaking.requests.views.blueprint import slots

LIST = f"{DESK}/interpreters"
MOST_SHOWN = 200


@bp.route(LIST, methods=["GET", "POST"])
@needs("meetings.run")
def interpreters():
    """All interpreters, the meetings without one, and the form for another."""
    form = InterpreterForm()
    if form.accepted() and _saved(form, None):
        return redirect(url_for("onsite.interpreters"))
    tasks = queries.tasks(db(), g.edition)
    given = {task.meeting: task.now for task in tasks if task.now}
    short = shortage(tasks, given)
    open_ = [task.meeting for task in tasks if task.meeting not in given]
    lines = (
        {line.number: line for line in agendas.lines(db(), g.edition, states=("planned",))} if open_ else {}
    )
    return render_template(
        "matchmaking/onsite/interpreters.html",
        form=form,
        rows=queries.interpreters(db(), g.edition),
        needed=len(tasks),
        covered=len(given),
        short=[(_named(one), _named(two), count) for one, two, count in short],
        missing=[lines[number] for number in open_ if number in lines][:MOST_SHOWN],
        named=_named,
        pick=lambda name: pick(name, language()),
    )


def _named(code: str) -> str:
    return language_name(code, language())


def _saved(form: InterpreterForm, row: Interpreter | None) -> bool:
    try:
        interpreting.save(db(), g.edition, row, form.typed(len(slots())))
        db().commit()
    except Refused as refused:
        db().rollback()
        refuse(form, refused)
        return False
    flash(_("The interpreter is saved."), "good")
    return True


def _found(number: int) -> Interpreter:
    return queries.interpreter(db(), g.edition, number) or abort(404)


@bp.route(f"{LIST}/<int:number>", methods=["GET", "POST"])
@needs("meetings.run")
def interpreter(number: int):
    """Change an interpreter."""
    row = _found(number)
    form = InterpreterForm(
        data={
            "name": row.name, "email": row.email, "phone": row.phone, "languages": ", ".join(row.languages),
            "unavailable": ", ".join(map(str, row.unavailable)),
        }
    )  # fmt: skip
    if form.accepted() and _saved(form, row):
        return redirect(url_for("onsite.interpreters"))
    return render_template("matchmaking/onsite/interpreter.html", form=form, row=row)


@bp.post(f"{LIST}/<int:number>/delete")
@needs("meetings.run")
def interpreter_delete(number: int):
    """Take an interpreter out."""
    with telling(_("The interpreter is taken out.")):
        interpreting.remove(db(), _found(number))
        db().commit()
    return redirect(url_for("onsite.interpreters"))


@bp.get(f"{LIST}/<int:number>.pdf")
@needs("meetings.run")
def interpreter_paper(number: int):
    """An interpreter's own sheet."""
    row = _found(number)
    paper = prints.interpreter_pdf(db(), g.edition, number, row.name, language())
    return file_answer(paper, PDF, f"interpreter-{number}.pdf", shown=True)


@bp.post(f"{LIST}/assign")
@needs("meetings.run")
def interpreters_assign():
    """Give all meetings to come the interpreters they need."""
    with telling():
        covered, short = interpreting.assign_all(db(), g.edition)
        db().commit()
        flash(
            _(
                "Meetings with an interpreter: %(covered)s. Still without one: %(short)s.",
                covered=covered,
                short=short,
            ),
            "wait" if short else "good",
        )
    return redirect(url_for("onsite.interpreters"))


@bp.post(f"{LIST}/give/<int:meeting>")
@needs("meetings.run")
def interpreter_give(meeting: int):
    """Give one meeting an interpreter, or none."""
    with telling(_("Noted.")):
        chosen = numbered("interpreter")
        interpreting.give(db(), g.edition, meeting, _found(chosen) if chosen else None)
        db().commit()
    return redirect(url_for("onsite.interpreters"))
