"""Everybody as a spreadsheet: what is known, what was answered, what was agreed to."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import Response, current_app, g, stream_with_context
from sqlmodel import Session

from expo.audit.services import note
from expo.editions.models import Edition
from expo.languages import LANGUAGES, pick
from expo.registration import queries
from expo.registration.asking import YES, chosen
from expo.registration.kinds import NAMES
from expo.registration.models import PURPOSES, Question
from expo.registration.queries.files import everything
from expo.registration.services import enrolling
from expo.registration.services.asked import questions
from expo.registration.states import NAMES as STATE_NAMES
from expo.registration.views.blueprint import bp
from expo.registration.views.people import ADDRESS, asked_filter
from expo.spreadsheets import Cell, Page, csv_stream, xlsx_stream
from expo.web import _, db, needs, words
from expo.web.language import as_datetime, language

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MIME = {"csv": "text/csv", "xlsx": XLSX}


@bp.get(f"{ADDRESS}.<any(csv,xlsx):form>")
@needs("registration.view")
def person_file(form: str):
    """The people of this page's filter with everything there is; noted in the trail."""
    wanted = asked_filter()
    total = queries.count(db(), g.edition, wanted)
    note(db(), "created", "person", f"{form}: {total}", {"rows": total}, g.edition.id)
    db().commit()
    body = _streamed(form, g.edition, wanted)
    heads = {"Content-Disposition": f'attachment; filename="{g.edition.code}-people.{form}"'}
    return Response(stream_with_context(body), mimetype=MIME[form], headers=heads)


def _streamed(form: str, edition: Edition, wanted: queries.PeopleFilter) -> Iterator[bytes]:
    """The file while it is read, over a connection of its own that outlives the request's."""
    session = current_app.extensions["expo_open_session"]()
    try:
        rows = _rows(session, edition, wanted)
        yield from csv_stream(rows) if form == "csv" else xlsx_stream([Page(_("People"), rows)])
    finally:
        session.close()


def _rows(session: Session, edition: Edition, wanted: queries.PeopleFilter) -> Iterator[Sequence[Cell]]:
    tickets = {one.id: pick(one.name, language()) for one in enrolling.tickets(session, edition)}
    asked = questions(session, edition, retired=True)
    yield [
        _("Number"), _("State"), _("Kind"), _("Sort of registration"),
        *(f"{_('Name')} ({name})" for name in LANGUAGES.values()),
        _("Organisation"), _("Position"), _("Country"), _("E-mail"), _("Language"), _("Registered"),
        _("Decided"), _("Reason"), _("Code of an invitation"),
        *(f"{_('Consent')}: {purpose}" for purpose in PURPOSES),
        *(pick(question.text, language()) for question in asked),
    ]  # fmt: skip
    for row, answers, agreed in everything(session, edition, wanted):
        person = row.Person
        yield [
            person.code, words(STATE_NAMES[person.state]), words(NAMES[person.kind]),
            tickets.get(person.ticket_id, ""),
            *(person.name.get(code, "") for code in LANGUAGES),
            person.organisation, person.position, person.country, person.email, person.language,
            as_datetime(person.registered_at), as_datetime(person.decided_at) if person.decided_at else "",
            person.reason, row.invited_by or "",
            *((_("Yes") if purpose in agreed else _("No")) for purpose in PURPOSES),
            *(_said(question, answers.get(question.code)) for question in asked),
        ]  # fmt: skip


def _said(question: Question, value: Any) -> str:
    """An answer as one cell."""
    if value is None:
        return ""
    if question.kind == "yesno":
        return _("Yes") if value == YES else _("No")
    if question.kind in ("choice", "choices"):
        texts = {one["key"]: pick(one["text"], language()) for one in question.options}
        return "; ".join(texts.get(key, key) for key in chosen(value))
    return str(value)
