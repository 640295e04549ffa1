"""Storing a programme of another system as a job that a worker runs."""

from base64 import b64decode
from typing import Any
from zlib import decompress

from sqlmodel import Session

from expo.forums import services
from expo.forums.incoming.arranging import plan_of
from expo.forums.incoming.reading import schedule_of
from expo.jobs.handlers import handler
from expo.words import say


@handler("programme.import")
def import_schedule(session: Session, job: Any, report: Any) -> dict[str, Any]:
    """Bring a schedule.xml into the edition of a code, made with it where there is none. May run again.

    Arguments: code, file (compressed, in base64), zone.
    """
    data = decompress(b64decode(job.arguments["file"]))
    plan = plan_of(schedule_of(data, job.arguments.get("zone", "")))
    message = say("Storing %(count)s talks.", count=len(plan.talks))
    edition = services.edition_for(session, plan, job.arguments["code"])
    done = services.import_programme(
        session, edition, plan, lambda step, steps: report.progress(step, steps, message=message)
    )
    job.edition_id = edition.id  # after the last progress, which writes to the same row from outside
    return {
        "talks": done.new + done.known,
        "new": done.new,
        "without_place": done.without_place,
        "withdrawn": done.gone,
        "link": {"endpoint": "forums.timetable", "values": {"edition": edition.code}},
    }
