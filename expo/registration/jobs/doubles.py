"""Looking for people registered twice, and keeping the keys that they are found by."""

from typing import Any

from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.jobs.handlers import handler, periodic
from expo.registration.models import PersonLikeness
from expo.registration.services import likeness
from expo.words import say

LISTED = 1_000


@handler("people.doubles")
def find_doubles(session: Session, job: Any, report: Any) -> dict[str, Any]:
    """All pairs of an edition that may be one person: the likeliest are kept in the job's result."""
    edition = session.get_one(Edition, job.edition_id)
    message = say("Comparing everybody with everybody.")
    likeness.catch_up(session, edition)
    found = likeness.pairs(
        session, edition, lambda done, total: report.progress(done, total, message=message)
    )
    listed = [
        {
            "one": pair.one.id, "other": pair.other.id, "grade": pair.likeness.grade.value,
            "name": pair.likeness.name, "email": pair.likeness.email,
            "organisation": pair.likeness.organisation,
        }
        for pair in found[:LISTED]
    ]  # fmt: skip
    return {"found": len(found), "pairs": listed, "link": {"endpoint": "registration.doubles"}}


@periodic("people.likeness")
def catch_up(open_session: Any) -> None:
    """Fill in the keys of those who were registered by other ways."""
    with open_session() as session:
        waiting = select(PersonLikeness.edition_id).where(PersonLikeness.keys.is_(None)).distinct()
        for edition_id in session.exec(waiting).all():
            if likeness.catch_up(session, session.get_one(Edition, edition_id)):
                session.commit()
