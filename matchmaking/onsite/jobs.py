"""Everybody's agenda as one print."""

from typing import Any

from flask import Flask, current_app
from sqlmodel import Session

from expo.editions.models import Edition
from expo.jobs.handlers import handler
from expo.words import say
from matchmaking.onsite import prints


def init(_app: Flask) -> None:
    """Importing this module registers the job."""


@handler("onsite.agendas")
def print_agendas(session: Session, job: Any, report: Any) -> dict[str, Any]:
    """Arguments: language. A page for every buyer and exhibitor that meets somebody."""
    edition = session.get_one(Edition, job.edition_id)
    language = job.arguments["language"]

    def progress(done: int, total: int) -> None:
        report.progress(
            done, total, message=say("Agendas printed: %(done)s of %(total)s.", done=done, total=total)
        )

    content = prints.all_agendas_pdf(session, edition, language, progress)
    path = prints.agendas_path(current_app.extensions["expo_settings"].instance, edition, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_bytes(content)
    fresh.replace(path)
    return {"bytes": len(content), "link": {"endpoint": "onsite.desk_papers", "values": {}}}
