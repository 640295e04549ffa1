"""Leads to take along: as a table, as a workbook, as business cards."""

from collections.abc import Iterator

from flask import Response, g

from expo.audit.services import note
from expo.clock import now
from expo.languages import LANGUAGES, pick
from expo.spreadsheets import Cell, Page, csv_stream, xlsx_stream
from expo.web import _, db, needs, words
from expo.web.files import file_answer
from expo.web.language import country_name, language
from matchmaking.leads import queries, services
from matchmaking.leads.queries.exporting import taps_of
from matchmaking.leads.vcards import Card, cards
from matchmaking.leads.views.blueprint import OWN, bp, exhibitor
from matchmaking.leads.views.listing import asked
from matchmaking.leads.wording import CONSENTS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (8, 18, 28, 28, 24, 16, 28, 10, 18, 18, 8, 8, 40, 28, 12, 24)


@bp.get(f"{OWN}/export.<any(csv,xlsx,vcf):form>")
@needs("leads.own")
def export(form: str):
    """The leads of this page's filter; that they were taken, and how many, is in the audit trail."""
    mine = exhibitor()
    found = queries.leads(db(), g.edition, mine.id, asked(), limit=None)
    taken = [row for row in found if form != "vcf" or row.consent == "yes"]
    note(
        db(), "published", "exhibitor", mine.code, {"leads taken along": len(taken), "as": form}, g.edition.id
    )
    if form == "vcf":
        data = cards(_card(row) for row in taken)
        db().commit()
        return file_answer(data, "text/vcard; charset=utf-8", f"leads-{mine.code}.vcf")
    rows = list(_rows(mine.id, taken))
    db().commit()
    data = csv_stream(rows) if form == "csv" else xlsx_stream([Page(_("Leads"), rows, WIDTHS)])
    kind = "text/csv; charset=utf-8" if form == "csv" else XLSX
    named = f'attachment; filename="{g.edition.code}-leads-{mine.code}.{form}"'
    return Response(data, mimetype=kind, headers={"Content-Disposition": named})


def _rows(exhibitor_id: int, found) -> Iterator[list[Cell]]:
    """The head, then a row a lead; each question is a column."""
    questions = services.questions(db(), g.edition.id, exhibitor_id)
    taps = taps_of(db(), exhibitor_id)
    yield [
        _("Number"), _("Contact"), _("Name"), _("Organisation"), _("Position"), _("Country"), _("E-mail"),
        _("Language"), _("First met"), _("Last met"), _("Visits"), _("Rating"), _("Notes"), _("Next step"),
        _("Until when"), _("Asked about"), _("Met by"), *(pick(one.text, language()) for one in questions),
    ]  # fmt: skip
    for row in found:
        answers, interests, notes = taps.get(row.id, ({}, [], []))
        chosen = (
            pick(one.choices[answers[one.id]], language()) if one.id in answers else "" for one in questions
        )
        asked_about = (one if isinstance(one, str) else pick(one, language()) for one in interests)
        yield [
            row.number, words(CONSENTS[row.consent]), pick(row.name or {}, language()), row.organisation,
            row.position, country_name(row.country) if row.country else "", row.email,
            LANGUAGES.get(row.language, ""), _clock(row.first_at), _clock(row.last_at), row.visits,
            row.rating, "\n".join([*filter(None, [row.notes]), *notes]), row.next_step, row.next_on,
            ", ".join(asked_about), row.staff or "", *chosen,
        ]  # fmt: skip


def _clock(at) -> str:
    return f"{at.astimezone(g.edition.zone_info):%Y-%m-%d %H:%M}"


def _card(row) -> Card:
    return Card(
        uid=f"urn:x-caravanserai:{g.edition.code}:lead:{row.id}",
        names=row.name or {},
        organisation=row.organisation,
        position=row.position,
        country=country_name(row.country) if row.country else "",
        email=row.email,
        language=row.language,
        note=row.notes,
        changed_at=now(),
    )
