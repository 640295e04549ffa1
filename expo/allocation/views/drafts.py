"""Editing a plan by hand: the plan to drag on, the same by form and keyboard, and the answers of both."""

from flask import abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask_login import current_user

from expo.allocation import prints, queries, rules, services
from expo.allocation.forms import DraftForm
from expo.allocation.services.comparing import plan_named
from expo.allocation.services.drafting import Act
from expo.allocation.views.blueprint import ADDRESS, bp
from expo.allocation.wording import wish_name
from expo.errors import Refused
from expo.jobs import services as jobs
from expo.languages import pick
from expo.venue import queries as venue
from expo.venue.drawing.paint import Look
from expo.venue.drawing.svg import hall_svg
from expo.web import _, db, needs, telling, words
from expo.web.forms import as_typed
from expo.web.frame import address
from expo.web.language import language

LONGEST = 400


def _draft(draft_id: int):
    return queries.draft_of(db(), g.edition, draft_id) or abort(404)


@bp.post(f"{ADDRESS}/drafts")
@needs("allocation.run")
def draft_open():
    """Copy a plan to edit it by hand."""
    plan = plan_named(db(), g.edition, request.form.get("from", "now")) or abort(404)
    name = _("Edited: %(plan)s", plan=words(plan.name))
    draft = services.open_draft(db(), g.edition, plan, name[:80], current_user.id)
    db().commit()
    return redirect(url_for("allocation.draft_detail", draft_id=draft.id))


@bp.get(f"{ADDRESS}/drafts/<int:draft_id>")
@needs("allocation.run")
def draft_detail(draft_id: int):
    """The plan of a hall to drag booths on, what the draft breaks and gains, and the form for the same."""
    draft = _draft(draft_id)
    return render_template("expo/allocation/draft_detail.html", **_shown(draft), form=DraftForm(obj=draft))


def _shown(draft) -> dict:
    """Everything the page and its parts need, in a constant number of queries."""
    halls = venue.halls(db(), g.edition)
    hall = request.args.get("hall") or (halls[0].code if halls else "")
    if halls and hall not in {row.code for row in halls}:
        abort(404)
    names = queries.names_of(db(), g.edition)
    found = services.verdict(db(), draft)
    who = request.args.get("exhibitor", "")
    plan = prints.plan_of_places(db(), g.edition, language(), hall, draft.placements)
    here = {code: pick(name, language()) or code for code, (name, _country) in names.items()}
    waiting = [a for a in found.problem.applicants if a.code not in draft.placements]
    return {
        "draft": draft,
        "halls": halls,
        "hall": hall,
        "plan": plan,
        "drawing": _drawing(draft, plan, hall, who),
        "verdict": found,
        "broken": [
            (each.applicant, words(rules.in_words(each, lambda code: here.get(code, code))))
            for each in found.now.broken
        ],
        "effects": [
            (each.code, here.get(each.code, each.code), _wishes(each.gained), _wishes(each.lost))
            for each in found.effects
        ],
        "waiting": [(a.code, here.get(a.code, a.code), a.area_m2) for a in waiting],
        "names": here,
        "asked": who if who in here else "",
        "asked_stands": draft.placements.get(who, []),
        "last": services.last_step(draft),
    }


def _wishes(wishes) -> list[str]:
    return [
        _(
            "%(wish)s (rank %(rank)s)",
            wish=words(wish_name({"kind": w.kind, "target": w.target})),
            rank=w.rank,
        )
        for w in wishes
    ]


def _drawing(draft, plan, hall: str, who: str):
    if not plan:
        return None
    link = address("allocation.draft_detail", "exhibitor", draft_id=draft.id, hall=hall)
    look = Look(link=lambda code: link(code) + "#chosen", found=frozenset(draft.placements.get(who, ())))
    return prints.as_markup(hall_svg(plan[0], prints.hall_words(plan[0]), look))


@bp.post(f"{ADDRESS}/drafts/<int:draft_id>/acts")
@needs("allocation.run")
def draft_act(draft_id: int):
    """Do one act: a page goes back to the draft, the editor gets what has changed as JSON."""
    draft = _draft(draft_id)
    by_script = request.accept_mimetypes.best == "application/json"
    wanted, version = _act(), request.form.get("version", -1, type=int)
    if by_script:
        done = _do(draft, version, wanted)  # refused, it is answered as JSON with its sentence
        shown = _shown(draft)
        return jsonify(
            version=draft.version,
            said=words(done),
            drawing=shown["drawing"],
            panel=render_template("expo/allocation/_draft_panel.html", **shown),
            stands=stands_of(draft, shown["hall"], shown["names"]),
        )
    with telling():
        done = _do(draft, version, wanted)
        flash(words(done), "good")
    back = url_for(
        "allocation.draft_detail", draft_id=draft.id, hall=request.args.get("hall") or None,
        exhibitor=wanted.exhibitor or None, _anchor="chosen",
    )  # fmt: skip
    return redirect(back)


def _do(draft, version: int, wanted: Act):
    units = services.units_now(db(), g.edition)
    names = {
        code: pick(name, language()) for code, (name, _country) in queries.names_of(db(), g.edition).items()
    }
    areas = services.areas_of(db(), g.edition)
    done = services.act(db(), draft, version, wanted, units, areas, names, current_user)
    db().commit()
    return done


def _act() -> Act:
    def given(name: str) -> str:
        return as_typed(request.form.get(name, "")).strip()[:LONGEST]

    stands = tuple(part.strip() for part in given("stands").split(",") if part.strip())
    return Act(given("verb"), given("exhibitor"), given("other"), given("stand"), given("grabbed"), stands)


@bp.get(f"{ADDRESS}/drafts/<int:draft_id>/stands.json")
@needs("allocation.run")
def draft_stands(draft_id: int):
    """The stands of a hall with who has them in the draft, for the editor."""
    draft = _draft(draft_id)
    names = {
        code: pick(name, language()) for code, (name, _country) in queries.names_of(db(), g.edition).items()
    }
    return jsonify(version=draft.version, stands=stands_of(draft, request.args.get("hall", ""), names))


def stands_of(draft, hall: str, names: dict[str, str]) -> list[dict]:
    """Boxes in centimetres, the exhibitor's code and name, whether settled."""
    owner = {stand: code for code, stands in draft.placements.items() for stand in stands}
    return [
        {
            "code": row.code, "box": [row.x, row.y, row.width, row.depth], "who": owner.get(row.code, ""),
            "name": names.get(owner.get(row.code, ""), ""),
            "locked": owner.get(row.code) in draft.locks,
        }
        for row in venue.stands(db(), g.edition, hall)
    ]  # fmt: skip


@bp.post(f"{ADDRESS}/drafts/<int:draft_id>/name")
@needs("allocation.run")
def draft_name(draft_id: int):
    """Call it something else."""
    draft, form = _draft(draft_id), DraftForm()
    if not form.accepted():
        return render_template("expo/allocation/draft_detail.html", **_shown(draft), form=form)
    draft.name = (form.name.data or "").strip()
    db().commit()
    return redirect(url_for("allocation.draft_detail", draft_id=draft.id))


@bp.post(f"{ADDRESS}/drafts/<int:draft_id>/keep")
@needs("allocation.run")
def draft_keep(draft_id: int):
    """Make a run of it, as a job: its bound and its explanations take a while."""
    draft = _draft(draft_id)
    with telling():
        if request.form.get("version", -1, type=int) != draft.version:
            raise Refused(_("Somebody changed this draft meanwhile. Look at it as it is now, then go on."))
        job, _new = jobs.enqueue_once(
            db(), "allocation.keep", edition_id=g.edition.id, user_id=current_user.id, draft_id=draft.id,
            version=draft.version,
        )  # fmt: skip
        db().commit()
        return redirect(url_for("jobs.job_detail", job_id=job.id))
    return redirect(url_for("allocation.draft_detail", draft_id=draft.id))


@bp.post(f"{ADDRESS}/drafts/<int:draft_id>/discard")
@needs("allocation.run")
def draft_discard(draft_id: int):
    """Throw it away."""
    draft = _draft(draft_id)
    with telling(_("The draft is gone. Runs made from it stay.")):
        services.discard(db(), draft)
        db().commit()
    return redirect(url_for("allocation.run_list", _anchor="drafts"))
