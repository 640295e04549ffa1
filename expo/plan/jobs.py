"""Long prints as jobs: the plan of all halls, and many stand signs."""

from typing import Any

from flask import current_app
from sqlmodel import Session

from expo.editions.models import Edition
from expo.errors import Refused
from expo.jobs.handlers import handler
from expo.plan.files import keep, print_path
from expo.plan.prints.paper import floor_plan_pdf
from expo.plan.prints.signs import signs_pdf
from expo.words import say


@handler("plan.print")
def print_plan(session: Session, job: Any, report: Any) -> dict[str, Any]:
    """Arguments: size, language, address. The print is kept where the page of the plan finds it."""
    edition = session.get_one(Edition, job.edition_id)
    report.progress(0, 1, message=say("Laying the halls out on paper."))
    asked = job.arguments
    size, address = asked.get("size", "A3"), asked.get("address", "")
    document = floor_plan_pdf(session, edition, asked.get("language", "en"), size, None, address)
    return {
        "bytes": len(document),
        "link": {
            "endpoint": "plan.floor_plan_pdf",
            "values": {"paper": size, "lang": asked.get("language", "en")},
        },
    }


@handler("plan.signs")
def print_signs(session: Session, job: Any, report: Any) -> dict[str, Any]:
    """Arguments: sign, paper, hall, language, only. Run again, it writes the same file."""
    edition = session.get_one(Edition, job.edition_id)
    asked = job.arguments

    def progress(done: int, total: int) -> bool:
        report.progress(done, total, message=say("%(done)s of %(total)s signs.", done=done, total=total))
        return not report.cancelled()

    try:
        document = signs_pdf(
            session,
            edition,
            asked.get("language", "en"),
            asked.get("sign", "fascia"),
            asked.get("paper", "A3"),
            asked.get("hall", ""),
            asked.get("only", ""),
            progress,
        )
    except Refused:
        if report.cancelled():
            return {}
        raise
    keep(print_path(current_app.extensions["expo_settings"].instance, edition.code, job.id), document)
    return {
        "bytes": len(document),
        "link": {"endpoint": "plan.plan_signs_file", "values": {"job_id": job.id}},
    }
