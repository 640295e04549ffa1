"""Looking through a spreadsheet of people and registering them, as jobs that a worker runs."""

from datetime import timedelta
from typing import Any

from sqlmodel import Session

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor, Organisation
from expo.jobs.handlers import handler, periodic
from expo.languages import pick
from expo.registration.models import PersonUpload
from expo.registration.services import groups
from expo.words import say

KEPT = timedelta(days=1)


def _upload(session: Session, job: Any) -> PersonUpload:
    upload = session.get(PersonUpload, job.arguments["upload"])
    if upload is None:
        raise Refused(say("This file was registered or thrown away already."))
    return upload


@handler("people.check")
def check(session: Session, job: Any, report: Any) -> dict[str, Any]:
    """Look through a file; argument: upload."""
    edition, upload = session.get_one(Edition, job.edition_id), _upload(session, job)
    message = say("Reading the file and looking for who is registered already.")
    found = groups.look_through(
        session, edition, upload, lambda done, total: report.progress(done, total, message=message)
    )
    return {"people": found["people"], "bad_rows": found["bad_rows"], "twins": found["all_twins"]}


@handler("people.take")
def take(session: Session, job: Any, report: Any) -> dict[str, Any]:
    """Register a file's people; arguments: upload, called, ticket, doubles."""
    edition, upload = session.get_one(Edition, job.edition_id), _upload(session, job)
    choice = {key: job.arguments.get(key, "") for key in ("called", "ticket", "doubles")}
    if upload.exhibitor_id:
        exhibitor = session.get_one(Exhibitor, upload.exhibitor_id)
        organisation = session.get_one(Organisation, exhibitor.organisation_id)
        choice["organisation"] = pick(organisation.name, "en")
    message = say("Registering people.")
    return groups.take(
        session, edition, upload, choice, lambda done, total: report.progress(done, total, message=message)
    )


@periodic("people.uploads")
def drop_uploads(open_session: Any) -> None:
    """Files of people that nobody registered within a day are thrown away."""
    with open_session() as session:
        if groups.drop_old(session, now() - KEPT):
            session.commit()
