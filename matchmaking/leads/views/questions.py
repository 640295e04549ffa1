"""What stands ask by tapping: the exhibitor's own questions, and the organiser's for all."""

from flask import flash, g, redirect, render_template, url_for

from expo.errors import Refused
from expo.web import _, db, needs, refuse, telling
from matchmaking.leads import services
from matchmaking.leads.forms import QuestionForm
from matchmaking.leads.views.blueprint import CONSOLE, OWN, bp, exhibitor


@bp.route(f"{OWN}/questions", methods=["GET", "POST"])
@needs("leads.own")
def question_list():
    """The questions of this stand."""
    return _page(exhibitor().id, "leads.question_list", "leads.question_retire")


@bp.post(f"{OWN}/questions/<int:question_id>/retire")
@needs("leads.own")
def question_retire(question_id: int):
    """Ask one of one's own no longer."""
    return _retire(exhibitor().id, question_id, "leads.question_list")


@bp.route(f"{CONSOLE}/questions", methods=["GET", "POST"])
@needs("registration.edit")
def common_list():
    """The questions of every stand."""
    return _page(None, "leads.common_list", "leads.common_retire")


@bp.post(f"{CONSOLE}/questions/<int:question_id>/retire")
@needs("registration.edit")
def common_retire(question_id: int):
    """Ask one no longer at any stand."""
    return _retire(None, question_id, "leads.common_list")


def _page(exhibitor_id: int | None, here: str, retire: str):
    form = QuestionForm()
    if form.accepted():
        try:
            services.add_question(db(), g.edition, exhibitor_id, form.text.data, form.choices)
            db().commit()
            flash(_("Phones ask it from their next sending on."), "good")
            return redirect(url_for(here))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    found = services.stand_questions(db(), g.edition, exhibitor_id)
    db().commit()
    return render_template(
        "matchmaking/leads/question_list.html",
        form=form,
        questions=found,
        exhibitor_id=exhibitor_id,
        retire=retire,
        here=here,
    )


def _retire(exhibitor_id: int | None, question_id: int, here: str):
    with telling(_("It is asked no longer. What was answered stays.")):
        services.retire_question(db(), g.edition, exhibitor_id, question_id)
        db().commit()
    return redirect(url_for(here))
