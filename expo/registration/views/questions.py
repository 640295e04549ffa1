"""The console's pages of questions."""

from flask import abort, flash, g, redirect, render_template, url_for

from expo.errors import Refused
from expo.registration.forms.question import KIND_NAMES, QuestionForm, data_of
from expo.registration.models import Question
from expo.registration.services import asked, questioning
from expo.registration.views.blueprint import CONSOLE, bp, ticket_choices
from expo.web import _, db, needs, refuse, telling

ADDRESS = f"{CONSOLE}/questions"


@bp.get(ADDRESS)
@needs("registration.view")
def question_list():
    """What is asked, of whom, and how many answered."""
    every = asked.questions(db(), g.edition, retired=True)
    return render_template(
        "expo/registration/question_list.html",
        questions=[one for one in every if not one.is_retired],
        retired=[one for one in every if one.is_retired],
        by_id={one.id: one for one in every},
        only=asked.tickets_of_questions(db(), g.edition),
        tickets=dict(ticket_choices()),
        answers=questioning.answers_count(db(), g.edition),
        kinds=KIND_NAMES,
    )


@bp.route(f"{ADDRESS}/new", methods=["GET", "POST"], defaults={"code": ""})
@bp.route(f"{ADDRESS}/<code>", methods=["GET", "POST"])
@needs("registration.manage")
def question_form(code: str):
    """A question: made or changed. What was answered keeps its sense."""
    question = _question(code) if code else None
    every = asked.questions(db(), g.edition)
    codes = {one.id: one.code for one in every}
    tickets = ticket_choices()
    only = asked.tickets_of_questions(db(), g.edition)
    chosen = only.get(question.id or 0) if question else None
    after = codes.get(question.after_id or 0, "") if question else ""
    parents = [one for one in every if question is None or one.position < question.position]
    form = QuestionForm(
        data=data_of(question, list(chosen or [number for number, _name in tickets]), after),
        tickets=tickets,
        parents=parents,
    )
    if form.accepted():
        try:
            questioning.save_question(
                db(), g.edition, question, form.values(), form.rows(), form.tickets.data or []
            )
            db().commit()
            flash(_("Saved."), "good")
            return redirect(url_for("registration.question_list"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    answered = bool(question and question.id and questioning.is_answered(db(), question))
    return render_template(
        "expo/registration/question_form.html", form=form, question=question, answered=answered
    )


@bp.post(f"{ADDRESS}/<code>/<any(up,down,remove,back):act>")
@needs("registration.manage")
def question_act(code: str, act: str):
    """Move a question, delete or retire it, ask it again."""
    question = _question(code)
    with telling():
        if act == "remove":
            gone = questioning.remove_question(db(), g.edition, question)
            flash(_("Deleted.") if gone else _("It is asked no more; its answers stay."), "good")
        elif act == "back":
            questioning.bring_back(db(), question)
        else:
            questioning.move(db(), g.edition, question, 1 if act == "down" else -1)
        db().commit()
    return redirect(url_for("registration.question_list"))


def _question(code: str) -> Question:
    return questioning.question_by_code(db(), g.edition, code) or abort(404)
