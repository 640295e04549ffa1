"""Reading a large drawing, which takes longer than a request may."""

from sqlmodel import Session

from expo.errors import Refused
from expo.jobs.handlers import handler
from expo.jobs.models import Job
from expo.venue import services
from expo.venue.models import DrawingImport, Hall
from expo.words import say


@handler("venue.read")
def read(session: Session, job: Job, report) -> dict:
    """Read the file that somebody put aside for a hall; the hall itself is not touched."""
    row = session.get(DrawingImport, job.arguments["import_id"])
    hall = session.get(Hall, row.hall_id) if row else None
    if row is None or hall is None or hall.edition_id != job.edition_id:
        raise Refused(say("The file was dropped meanwhile."))

    def step(done: int) -> None:
        report.progress(done, 0, message=say("Shapes and texts looked at: %(count)s", count=done))
        if report.cancelled():
            raise Refused(say("Stopped: nothing of the file was read."))

    if services.is_packed(row):
        report.progress(0, 0, message=say("Opening the file."))
        services.unpack(session, row, step)
    return {"link": {"endpoint": "venue.import_preview", "values": {"hall_id": hall.id}}}
