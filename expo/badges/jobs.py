"""Printing many badges as a job with progress."""

from collections.abc import Callable
from typing import Any

from flask import current_app
from sqlmodel import Session

from expo.badges import queries, services
from expo.badges.keys import badge_key
from expo.badges.prints import badges_pdf, sheets_pdf
from expo.editions.models import Edition
from expo.errors import Refused
from expo.jobs.handlers import handler, periodic
from expo.outbox.papers import paper
from expo.registration.models import CONFIRMED, Person
from expo.registration.queries import PeopleFilter
from expo.web.keeping import keep, print_path
from expo.words import say


@paper("badge")
def home_badge(session: Session, wanted: dict[str, Any]) -> tuple[str, bytes]:
    """Somebody's badge to print at home, for letters and their own page. Refused while they do not come."""
    person = session.get_one(Person, wanted["person_id"])
    edition = session.get_one(Edition, person.edition_id)
    if person.state != CONFIRMED:
        raise Refused(say("Only people whose registration is confirmed have a badge."))
    document = badges_pdf(session, edition, person.language, PeopleFilter(code=person.code))
    return f"{edition.code}-badge-{person.code}.pdf", document


@handler("badges.print")
def print_badges(session: Session, job: Any, report: Any) -> dict[str, Any]:
    """Arguments: language, words, people (a kind), country, only_new. Run again, it writes the same file."""
    edition = session.get_one(Edition, job.edition_id)
    asked = job.arguments
    wanted = PeopleFilter(asked.get("words", ""), asked.get("people", ""), asked.get("country", ""))
    services.issue_all(session, edition, wanted)
    rows = queries.to_print(session, edition, wanted, bool(asked.get("only_new")))

    def progress(done: int, total: int) -> bool:
        report.progress(done, total, message=say("%(done)s of %(total)s badges.", done=done, total=total))
        return not report.cancelled()

    report.progress(0, len(rows), message=say("Setting names and codes."))
    try:
        document = sheets_pdf(session, edition, asked.get("language", "en"), rows, progress)
    except Refused:
        if report.cancelled():
            return {}
        raise
    keep(
        print_path(current_app.extensions["expo_settings"].instance, "badges", edition.code, job.id), document
    )
    services.mark_printed(session, edition, [row.badge_id for row in rows])
    return {
        "badges": len(rows),
        "bytes": len(document),
        "link": {"endpoint": "badges.badge_file", "values": {"job_id": job.id}},
    }


@periodic("badges.keys")
def write_down_keys(open_session: Callable[[], Session]) -> None:
    """Editions whose badges were printed before they had keys of their own get those gates read."""
    with open_session() as session:
        for edition in queries.without_keys(session):
            services.ensure_keys(session, edition, badge_key(current_app.extensions["expo_settings"]))
        session.commit()
