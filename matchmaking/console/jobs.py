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
        _say(report, number, len(names), len(sizes))
        if report.cancelled():
            break
        try:
            content = MAKERS[name](session, edition, language)
        except Refused as refused:
            refusals.append(refused)
            continue
        keep(paper_path(instance, edition, name, language), content)
        sizes[name] = len(content)
    else:
        _say(report, len(names), len(names), len(sizes))
    if refusals and not sizes:
        raise refusals[0]
    return {"bytes": sizes, "link": {"endpoint": "console.printing", "values": {"language": language}}}


def _say(report: Any, done: int, total: int, printed: int) -> None:
    said = say("Papers printed: %(done)s of %(total)s.", done=printed, total=total)
    report.progress(done, total, message=said)
