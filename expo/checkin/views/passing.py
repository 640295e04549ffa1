"""Passages and conflicts in the console."""

from collections.abc import Iterator
from typing import Any

from flask import Response, abort, g, redirect, render_template, request, stream_with_context, url_for
from flask_login import current_user

from expo.checkin import services
from expo.checkin.models import Conflict, Passage
from expo.checkin.queries import passages as found
from expo.checkin.queries.passages import LARGEST, Wanted
from expo.checkin.reasons import SHORT, explained
from expo.checkin.views.blueprint import CONSOLE, bp, gate_choices, own
from expo.checkin.words import TYPES, VERDICTS
from expo.languages import pick
from expo.numerals import hidden_number
from expo.registration.kinds import NAMES
from expo.spreadsheets.out import csv_bytes
from expo.web import _, db, leaf, needs, telling, words
from expo.web.language import language

SIZE = 50
CHUNK = 500
CHOICES = {"type": TYPES, "verdict": VERDICTS, "reason": SHORT}
HEAD = (
    "at", "received", "gate", "type", "verdict", "reason", "forced_by", "code", "name", "organisation",
    "kind", "country", "device", "scan", "note", "taken_back",
)  # fmt: skip


def _wanted() -> Wanted:
    gate = request.args.get("gate", type=int)
    kind, verdict, reason = (request.args.get(name, "") for name in ("type", "verdict", "reason"))
    return Wanted(
        gate if gate is not None and 0 < gate <= LARGEST else None,
        verdict if verdict in VERDICTS else "",
        kind if kind in TYPES else "",
        reason if reason in SHORT else "",
        request.args.get("q", "")[:100],
    )


@bp.get(f"{CONSOLE}/passages")
@needs("checkin.manage")
def passage_list():
    """Who passed where, the newest first; the first page follows what happens."""
    wanted = _wanted()
    shown = leaf(total := found.count(db(), g.edition, wanted), SIZE)
    return render_template(
        "expo/checkin/passages.html",
        rows=found.passages(db(), g.edition, wanted, SIZE, shown.offset),
        total=total,
        leaf=shown,
        gates=gate_choices(),
        types=TYPES,
        verdicts=VERDICTS,
        reasons=SHORT,
        kinds=NAMES,
        explained=explained,
        choices={
            name: [(key, words(said)) for key, said in those.items()] for name, those in CHOICES.items()
        },
    )


@bp.get(f"{CONSOLE}/passages.csv")
@needs("checkin.manage")
def passage_table():
    """All of them as a table, as a stream: three days of a great expo are a hundred thousand rows."""
    heads = {"Content-Disposition": f'attachment; filename="{g.edition.code}-passages.csv"'}
    return Response(stream_with_context(_table(_wanted())), mimetype="text/csv", headers=heads)


def _table(wanted: Wanted) -> Iterator[bytes]:
    yield csv_bytes([HEAD], bom=True)
    zone, rows = g.edition.zone_info, []
    for row in found.every(db(), g.edition, wanted):
        rows.append(_cells(row, zone))
        if len(rows) == CHUNK:
            yield csv_bytes(rows)
            rows = []
    yield csv_bytes(rows)


def _cells(row: Any, zone: Any) -> tuple:
    return (
        row.at.astimezone(zone).isoformat(timespec="seconds"),
        row.received_at.astimezone(zone).isoformat(timespec="seconds"),
        pick(row.gate, language()) or row.gate_code, row.type, row.verdict, row.reason, row.forced_by,
        row.code or "", pick(row.name or {}, language()), row.organisation or "", row.kind or "",
        row.country or "", row.device, "offline" if row.offline else "online", row.flag,
        row.annulled_at.astimezone(zone).isoformat(timespec="seconds") if row.annulled_at else "",
    )  # fmt: skip


@bp.post(f"{CONSOLE}/passages/<int:number>/annul")
@needs("checkin.manage")
def passage_annul(number: int):
    """Take a wrong scan back."""
    passage = own(Passage, number)
    with telling(_("The scan counts no more.")):
        services.annul(db(), passage, current_user.name, request.form.get("reason", ""))
        db().commit()
    return redirect(url_for("checkin.passage_list"))


@bp.get(f"{CONSOLE}/conflicts")
@needs("checkin.manage")
def conflict_list():
    """What gates did without a net that the rules would have refused."""
    settled = request.args.get("settled") == "1"
    shown = leaf(total := found.conflict_count(db(), g.edition, settled=settled), SIZE)
    rows = found.conflicts(db(), g.edition, settled=settled, size=SIZE, offset=shown.offset)
    return render_template(
        "expo/checkin/conflicts.html",
        rows=rows,
        total=total,
        leaf=shown,
        settled=settled,
        reasons=SHORT,
        explained=lambda row: words(explained(row.reason, row.detail) or SHORT["error"]),
    )


@bp.post(f"{CONSOLE}/conflicts/<int:number>")
@needs("checkin.manage")
def conflict_settle(number: int):
    """Somebody looked at it; `annul` names a passage of the two that counts no more."""
    conflict = own(Conflict, number)
    annul = request.form.get("annul", "")
    with telling(_("Settled.")):
        if annul:
            if hidden_number(annul) not in (conflict.passage_id, conflict.other_id):
                abort(400)
            passage = own(Passage, hidden_number(annul))
            services.annul(db(), passage, current_user.name, request.form.get("note", ""))
        services.settle(db(), conflict, current_user.name, request.form.get("note", ""))
        db().commit()
    return redirect(url_for("checkin.conflict_list"))
