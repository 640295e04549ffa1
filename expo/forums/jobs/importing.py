"""Storing a programme of another system as a job that a worker runs."""

from base64 import b64decode
from typing import Any
from zlib import decompress

from sqlmodel import Session

from expo.editions.models import Edition
from expo.forums import services
from expo.forums.incoming.arranging import plan_of
from expo.forums.incoming.reading import schedule_of
from expo.jobs.handlers import handler
from expo.words import say


@handler("programme.import")
def import_schedule(session: Session, job: Any, report: Any) -> dict[str, Any]:
    """Bring a schedule.xml into its edition; arguments: file (compressed, in base64), zone. May run again."""
    data = decompress(b64decode(job.arguments["file"]))
    plan = plan_of(schedule_of(data, job.arguments.get("zone", "")))
    message = say("Storing %(count)s talks.", count=len(plan.talks))
    done = services.import_programme(
        session,
        session.get_one(Edition, job.edition_id),
        plan,
        lambda step, steps: report.progress(step, steps, message=message),
    )
    return {
        "talks": done.new + done.known,
        "new": done.new,
        "without_place": done.without_place,
        "withdrawn": done.gone,
        "link": {"endpoint": "forums.timetable"},
    }
