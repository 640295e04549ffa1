"""All that is kept of somebody as a file to take away: JSON for programs, PDF for people, the photo."""

import json
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlmodel import Session

from expo.clock import now
from expo.editions.models import Edition
from expo.languages import LANGUAGES
from expo.printing import pdf
from expo.registration.models import Person
from expo.registration.services.exporting import as_data, everything
from expo.registration.services.photos import photo_of
from expo.web.language import as_datetime
from expo.web.paper import paper_html


def export_zip(session: Session, edition: Edition, person: Person, language: str) -> bytes:
    """A ZIP of data.json, data.pdf and, where there is one, photo.jpg."""
    found = everything(session, edition, person)
    html = paper_html(
        "expo/registration/data_print.html", edition, language,
        person=person, now=now(), found=[(holding, _shown(rows, language)) for holding, rows in found],
    )  # fmt: skip
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr(
            "data.json", json.dumps(as_data(edition, person, found), ensure_ascii=False, indent=1)
        )
        archive.writestr("data.pdf", pdf(html))
        if photo := photo_of(session, person.id):
            archive.writestr("photo.jpg", photo.content)
    return out.getvalue()


def _shown(rows: list[dict[str, Any]], language: str) -> list[list[tuple[str, str]]]:
    return [[(name.replace("_", " "), _text(value, language)) for name, value in row.items()] for row in rows]


def _text(value: Any, language: str) -> str:
    if isinstance(value, dict):
        if value and set(value) <= set(LANGUAGES):
            return " · ".join(dict.fromkeys(map(str, value.values())))
        return "; ".join(f"{key}: {_text(inner, language)}" for key, inner in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_text(inner, language) for inner in value)
    if isinstance(value, datetime):
        return as_datetime(value)
    if isinstance(value, date):
        return value.isoformat()
    return "–" if value in (None, "") else str(value)
