"""Printing many papers of the programme as one ZIP, as a job."""

from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from flask import current_app
from sqlmodel import Session

from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.prints import BATCH, make
from expo.jobs.handlers import handler
from expo.languages import LANGUAGES
from expo.web.keeping import keep, print_path
from expo.words import say


@handler("programme.papers")
def print_papers(session: Session, job: Any, report: Any) -> dict[str, Any]:
    """Arguments: papers, languages, version, since. Run again, it takes what it printed before from disk.

    What cannot be printed yet is left out; Refused if that is all.
    """
    edition = session.get_one(Edition, job.edition_id)
    asked = job.arguments
    wanted = [
        (name, language)
        for language in asked["languages"]
        for name in asked["papers"]
        if name in BATCH and language in LANGUAGES
    ]
    options = {"version": asked.get("version", ""), "since": asked.get("since", "")}
    out, sizes, refusals = BytesIO(), {}, []
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for number, (name, language) in enumerate(wanted):
            message = say("Papers printed: %(done)s of %(total)s.", done=number, total=len(wanted))
            report.progress(number, len(wanted), message=message)
            if report.cancelled():
                return {}
            try:
                content = make(session, edition, name, language, **options)
            except Refused as refused:
                refusals.append(refused)
                continue
            archive.writestr(f"{language}/{name}-{language}.pdf", content)
            sizes[f"{name}-{language}"] = len(content)
    if not sizes:
        raise refusals[0] if refusals else Refused(say("Choose a paper and a language."))
    instance = current_app.extensions["expo_settings"].instance
    keep(print_path(instance, "programme", edition.code, job.id).with_suffix(".zip"), out.getvalue())
    report.progress(len(wanted), len(wanted), message=say("Papers printed: %(done)s.", done=len(sizes)))
    return {
        "bytes": sizes,
        "link": {"endpoint": "forums.programme_papers_file", "values": {"job_id": job.id}},
    }
