"""Checking a large ledger, as a job."""

from typing import Any

from sqlmodel import Session

from expo.editions.models import Edition
from expo.errors import Refused
from expo.jobs.handlers import handler
from expo.words import say, say_many
from matchmaking.deals import services


@handler("deals.verify")
def verify(session: Session, job: Any, report: Any) -> dict[str, Any]:
    """The chain, the deals and the sums; Refused, with the place, where they are not as they were sealed."""
    edition = session.get_one(Edition, job.edition_id)
    report.progress(0, 1, message=say("Checking every event."))
    found = services.verify(session, edition)
    if found.broken:
        place = found.broken.sequence
        raise Refused(
            say("The chain is broken at event %(number)s of %(count)s.", number=place, count=found.events)
        )
    if not found.intact:
        number = found.odd[0][0] if found.odd else 0
        raise Refused(say("Deal %(number)s is not what its events say.", number=number))
    report.progress(
        1,
        1,
        message=say_many(
            "The only event is as it was sealed.",
            "All %(count)s events are as they were sealed.",
            "count",
            count=found.events,
        ),
    )
    return {"events": found.events, "seal": found.head, "link": {"endpoint": "deals.chain", "values": {}}}
