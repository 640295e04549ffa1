"""Printing papers as a job."""

from typing import Any

from flask import current_app
from sqlmodel import Session

from expo.editions.models import Edition
from expo.errors import Refused
from expo.jobs.handlers import handler
from expo.words import say
from matchmaking.console.prints import MAKERS, keep, paper_path


@handler("papers.print")
def print_papers(session: Session, job: Any, report: Any) -> dict[str, Any]:
    """Arguments: language, papers (names). What cannot be printed yet is left out; Refused if that is all."""
    edition = session.get_one(Edition, job.edition_id)
    language, names = job.arguments["language"], job.arguments["papers"]
    instance = current_app.extensions["expo_settings"].instance
    sizes, refusals = {}, []
    for number, name in enumerate(names):
        report.progress(
            number,
            len(names),
            message=say("Papers printed: %(done)s of %(total)s.", done=number, total=len(names)),
        )
        if report.cancelled():
            break
        try:
            content = MAKERS[name](session, edition, language)
        except Refused as refused:
            refusals.append(refused)
            continue
        keep(paper_path(instance, edition, name, language), content)
        sizes[name] = len(content)
    if refusals and not sizes:
        raise refusals[0]
    return {"bytes": sizes, "link": {"endpoint": "console.printing", "values": {"language": language}}}
