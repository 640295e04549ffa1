"""Areas and their gates: how full they are, and how they are set up."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from sqlmodel import select

from expo.checkin import queries, services
from expo.checkin.forms import AreaForm, GateForm, RuleForm
from expo.checkin.models import Area, Gate, Rule
from expo.checkin.services import furnishing
from expo.checkin.views.blueprint import CONSOLE, area_choices, bp, own
from expo.checkin.words import DIRECTIONS, REENTRY
from expo.errors import Refused
from expo.forums.models import Slot, Talk
from expo.forums.models.rooms import Room
from expo.languages import pick
from expo.registration.kinds import NAMES
from expo.registration.models import Ticket
from expo.web import _, db, needs, ngettext, refuse, telling
from expo.web.language import language


@bp.get(CONSOLE)
@needs("checkin.manage")
def overview():
    """How many people are where, the gates, and what is still to do."""
    gates = db().exec(select(Gate).where(Gate.edition_id == g.edition.id).order_by(Gate.position, Gate.code))
    by_area: dict[int, list[Gate]] = {}
    for gate in gates:
        by_area.setdefault(gate.area_id, []).append(gate)
    return render_template(
        "expo/checkin/overview.html",
        areas=queries.occupancy(db(), g.edition),
        gates=by_area,
        devices=queries.device_counts(db(), g.edition.id),
        conflicts=queries.open_conflicts(db(), g.edition.id),
        any_day=services.ensure_settings(db(), g.edition).any_day,
        people=queries.confirmed_count(db(), g.edition.id),
        directions=DIRECTIONS,
        reentry=REENTRY,
    )


@bp.post(f"{CONSOLE}/days")
@needs("checkin.manage")
def days():
    """Whether badges open gates on any day, or on those of the event."""
    services.ensure_settings(db(), g.edition).any_day = request.form.get("any_day") == "1"
    db().commit()
    flash(_("Saved. Devices that are connected know it within a minute."), "good")
    return redirect(url_for("checkin.overview"))


@bp.post(f"{CONSOLE}/usual")
@needs("checkin.manage")
def usual():
    """The set that most expos have."""
    with telling():
        made = services.default_set(db(), g.edition)
        db().commit()
        flash(ngettext("%(num)s gate was made.", "%(num)s gates were made.", made), "good")
    return redirect(url_for("checkin.overview"))


@bp.route(f"{CONSOLE}/areas/new", methods=["GET", "POST"])
@needs("checkin.manage")
def area_new():
    """An area that was not there yet."""
    return _area(None)


@bp.route(f"{CONSOLE}/areas/<int:number>", methods=["GET", "POST"])
@needs("checkin.manage")
def area_edit(number: int):
    """An area, and who may enter it when."""
    return _area(own(Area, number))


def _area(area: Area | None):
    kept = area.model_dump() | {"parent": str(area.parent_id or "")} if area else {"parent": ""}
    form = AreaForm(data=kept, areas=[one for one in area_choices() if not area or one[0] != area.id])
    if form.accepted() and _saved(form, lambda: furnishing.save_area(db(), g.edition, area, form.values())):
        return redirect(url_for("checkin.overview"))
    rules = select(Rule).where(Rule.area_id == area.id).order_by(Rule.id) if area and area.id else None
    return render_template(
        "expo/checkin/area.html",
        form=form,
        area=area,
        rules=db().exec(rules).all() if rules is not None else [],
        rule_form=RuleForm(formdata=None, prefix="rule-", tickets=_tickets()),
        kinds=NAMES,
        tickets=dict(_tickets()),
    )


def _tickets() -> list[tuple[int, str]]:
    """Sorts of registration with their names."""
    found = select(Ticket).where(Ticket.edition_id == g.edition.id).order_by(Ticket.id)
    return [(one.id or 0, pick(one.name, language()) or one.code) for one in db().exec(found)]


def _saved(form, save) -> bool:
    try:
        save()
        db().commit()
    except Refused as refused:
        db().rollback()
        refuse(form, refused)
        return False
    flash(_("Saved."), "good")
    return True


@bp.post(f"{CONSOLE}/areas/<int:number>/rules")
@needs("checkin.manage")
def rule_new(number: int):
    """One more rule."""
    area, form = own(Area, number), RuleForm(prefix="rule-", tickets=_tickets())
    with telling(_("The rule holds from now on.")):
        if not form.accepted():
            abort(400)
        furnishing.add_rule(db(), area, form.values())
        db().commit()
    return redirect(url_for("checkin.area_edit", number=number) + "#rules")


@bp.post(f"{CONSOLE}/rules/<int:number>/delete")
@needs("checkin.manage")
def rule_delete(number: int):
    """A rule less."""
    rule = own(Rule, number)
    area = rule.area_id
    with telling(_("The rule is gone.")):
        furnishing.delete(db(), rule)
        db().commit()
    return redirect(url_for("checkin.area_edit", number=area) + "#rules")


@bp.post(f"{CONSOLE}/areas/<int:number>/delete")
@needs("checkin.manage")
def area_delete(number: int):
    """An area that nobody ever entered."""
    with telling(_("The area is gone.")):
        furnishing.delete(db(), own(Area, number))
        db().commit()
    return redirect(url_for("checkin.overview"))


@bp.route(f"{CONSOLE}/new", methods=["GET", "POST"])
@needs("checkin.manage")
def gate_new():
    """A gate that was not there yet."""
    return _gate(None)


@bp.route(f"{CONSOLE}/<int:number>", methods=["GET", "POST"])
@needs("checkin.manage")
def gate_edit(number: int):
    """A gate."""
    return _gate(own(Gate, number))


def _gate(gate: Gate | None):
    kept = gate.model_dump() | {"area": str(gate.area_id)} if gate else {}
    form = GateForm(data=kept, areas=area_choices())
    if form.accepted() and _saved(form, lambda: furnishing.save_gate(db(), g.edition, gate, form.values())):
        return redirect(url_for("checkin.overview"))
    return render_template("expo/checkin/gate.html", form=form, gate=gate)


@bp.post(f"{CONSOLE}/<int:number>/delete")
@needs("checkin.manage")
def gate_delete(number: int):
    """A gate that nobody ever passed."""
    with telling(_("The gate is gone.")):
        furnishing.delete(db(), own(Gate, number))
        db().commit()
    return redirect(url_for("checkin.overview"))


@bp.get(f"{CONSOLE}/talks")
@needs("checkin.manage")
def talk_list():
    """Talks that may have a list of attendance of their own."""
    return render_template("expo/checkin/talks.html", talks=queries.talks(db(), g.edition.id))


@bp.post(f"{CONSOLE}/talks/<int:number>")
@needs("checkin.manage")
def talk_gate(number: int):
    """A gate for one talk."""
    talk = own(Talk, number)
    slot = db().exec(select(Slot).where(Slot.talk_id == talk.id)).one_or_none()
    with telling(_("The talk has a gate and a list of attendance now.")):
        furnishing.attendance_list(db(), g.edition, talk, db().get(Room, slot.room_id) if slot else None)
        db().commit()
    return redirect(url_for("checkin.talk_list"))
