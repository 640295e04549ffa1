"""Devices in the console: made, enrolled with a code to scan, locked out."""

import json

from flask import flash, g, make_response, redirect, render_template, url_for

from expo.checkin import queries, services
from expo.checkin.forms import DeviceForm
from expo.checkin.models import Device, Gate
from expo.checkin.services.devices import CODE_HOURS
from expo.checkin.views.blueprint import CONSOLE, bp, gate_choices, own
from expo.errors import Refused
from expo.qr import picture
from expo.web import _, db, leaf, needs, refuse, telling
from expo.web.security import site_address

SIZE = 100


@bp.route(f"{CONSOLE}/devices", methods=["GET", "POST"])
@needs("checkin.manage")
def device_list():
    """All devices with when they were last seen, and a form for one more."""
    form = DeviceForm(data={"may_force": True}, gates=gate_choices())
    if form.accepted():
        try:
            device, code = services.make_device(
                db(), g.edition, form.name.data or "", _gates(form), **form.rights()
            )
            db().commit()
            return _code_page(device, code)
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    shown = leaf(queries.device_counts(db(), g.edition.id)["all"], SIZE)
    rows = queries.devices(db(), g.edition.id, SIZE, shown.offset)
    return render_template("expo/checkin/devices.html", form=form, rows=rows, leaf=shown)


def _gates(form: DeviceForm) -> list[Gate]:
    return [own(Gate, int(number)) for number in form.gates.data or ()]


@bp.post(f"{CONSOLE}/devices/<int:number>/code")
@needs("checkin.manage")
def device_code(number: int):
    """Another code for a device: the first ran out, or the phone lost its token."""
    device = own(Device, number)
    try:
        code = services.renew_code(db(), device)
        db().commit()
    except Refused:
        db().rollback()
        flash(_("This device was locked out. Make a new one."), "bad")
        return redirect(url_for("checkin.device_list"))
    return _code_page(device, code)


def _code_page(device: Device, code: str):
    """The code as a QR for our own app, for apps that speak pretix, and to type. Shown this once only."""
    address = f"{site_address()}/{g.edition.code}/gate/enrol/{code}"
    foreign = json.dumps({"handshake_version": 1, "url": site_address(), "token": code})
    page = make_response(
        render_template(
            "expo/checkin/enrol.html", device=device, code="-".join(code[i : i + 4] for i in (0, 4, 8)),
            address=address, own_qr=picture(address), foreign_qr=picture(foreign), hours=CODE_HOURS,
            site=site_address(),
        )
    )  # fmt: skip
    page.headers["Cache-Control"] = "no-store"
    return page


@bp.route(f"{CONSOLE}/devices/<int:number>", methods=["GET", "POST"])
@needs("checkin.manage")
def device_edit(number: int):
    """The gates a device serves."""
    device = own(Device, number)
    form = DeviceForm(
        data={
            "name": device.name, "may_force": device.may_force, "may_search": str(int(device.may_search)),
            "gates": [str(one) for one in queries.gate_ids(db(), device)],
        },
        gates=gate_choices(),
    )  # fmt: skip
    if form.accepted():
        device.name = form.name.data or device.name
        for right, given in form.rights().items():
            setattr(device, right, given)
        services.set_gates(db(), device, _gates(form))
        db().commit()
        flash(_("Saved."), "good")
        return redirect(url_for("checkin.device_list"))
    return render_template("expo/checkin/device.html", form=form, device=device)


@bp.post(f"{CONSOLE}/devices/<int:number>/revoke")
@needs("checkin.manage")
def device_revoke(number: int):
    """Lock a device out at once."""
    with telling(_("The device is locked out.")):
        services.revoke_device(db(), own(Device, number))
        db().commit()
    return redirect(url_for("checkin.device_list"))
