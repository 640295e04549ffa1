"""Solving the agenda and writing to whom it concerns, as jobs with progress."""

from datetime import datetime
from typing import Any

from flask import Flask, current_app
from sqlmodel import Session

from expo.clock import now
from expo.editions.models import Edition
from expo.jobs.handlers import handler
from expo.languages import pick
from expo.outbox import services as outbox
from expo.outbox.papers import paper
from expo.outbox.smtp import smtp_of
from expo.web.language import as_datetime, at_venue, speaking, words
from expo.words import Sentence, say
from matchmaking.meetings import letters, services
from matchmaking.meetings.calendar import Invitation, invitation, uid


def init(_app: Flask) -> None:
    """Importing this module registers the handlers."""


@handler("agenda.solve")
def solve(session: Session, job: Any, report: Any) -> dict[str, Any]:
    """Solve with the job's kind, seed and rounds; cancelled, the best so far. The answer waits."""
    edition = session.get_one(Edition, job.edition_id)
    report.progress(0, 0, message=say("Looking for suppliers for every need."))
    services.furnish(session, edition)
    session.commit()  # or everybody who looks at the tables would wait until the search is over

    def progress(
        done: int, total: int, objective: float, bound: float | None, breaks: int, step: str
    ) -> None:
        if step == "choose":
            return
        message = _how_far(objective, bound, breaks, step)
        report.progress(done, total, objective=breaks, message=message)

    run = services.work_out(
        session,
        edition,
        kind=str(job.arguments.get("how", "whole")),
        seed=int(job.arguments.get("seed", edition.seed)),
        rounds=int(job.arguments.get("rounds", services.ROUNDS)),
        progress=progress,
        cancelled=report.cancelled,
        job_id=job.id,
        user_id=job.created_by,
    )
    link = {"endpoint": "meetings.run_detail", "values": {"number": run.id}}
    return {"run": run.id, "breaks": run.breaks, "link": link}


def _how_far(objective: float, bound: float | None, breaks: int, step: str) -> Sentence:
    """What the search has reached; the curve beside it shows breaks, since the worth is soon the bound's."""
    worth = {"worth": f"{objective:,.0f}", "breaks": f"{breaks:,}"}
    if bound is None:
        return say("Finding times and tables: worth %(worth)s so far.", worth=worth["worth"])
    if step == "repair":
        return say(
            "Worth %(worth)s of at most %(bound)s. Trying to place what found no time yet.",
            worth=worth["worth"], bound=f"{bound:,.0f}",
        )  # fmt: skip
    return say(
        "Worth %(worth)s of at most %(bound)s. Closing gaps in people's days: %(breaks)s breaks are left.",
        **worth, bound=f"{bound:,.0f}",
    )  # fmt: skip


@handler("agenda.letters")
def write(session: Session, job: Any, report: Any) -> dict[str, Any]:
    """A letter to everybody whose agenda changed since the last one, and to nobody else; each change once."""
    edition = session.get_one(Edition, job.edition_id, with_for_update={"key_share": True})
    site, readers = str(job.arguments.get("site", "")), services.affected(session, edition)
    sent = 0
    for done, reader in enumerate(readers):
        if reader.address:
            _post(session, edition, reader, site)
            sent += 1
        report.progress(done + 1, len(readers))
    services.tell(session, edition, readers)
    outbox.send_soon(session, smtp_of(current_app.extensions["expo_settings"]), edition.id)
    return {"letters": len(readers), "mails": sent, "link": {"endpoint": "meetings.agenda"}}


def _post(session: Session, edition: Edition, reader: services.Reader, site: str) -> None:
    language = reader.language
    path = f"my-day?as={reader.code}"
    with speaking(language), at_venue(edition):
        lines = [
            letters.line(
                news.kind, as_datetime(news.starts_at), news.table, pick(news.other, language),
            )
            for news in reader.news
        ]  # fmt: skip
        parts = letters.body(
            reader.contact or pick(reader.name, language), lines, f"{site}/{edition.code}/{path}"
        )
        papers = [
            {"kind": "agenda.invitation", "meeting": news.meeting, "sequence": news.sequence,
             "cancelled": news.kind == "cancelled", "to": reader.address, "language": language,
             "title": pick(news.other, language), "starts_at": news.starts_at.isoformat(),
             "ends_at": news.ends_at.isoformat(), "table": news.table, "at": now().isoformat(),
             "edition": edition.code}
            for news in reader.news
        ]  # fmt: skip
        outbox.post(
            session, "agenda.letter", reader.address, language,
            words(letters.subject(pick(edition.name, language), len(reader.news))),
            "\n\n".join(words(part) for part in parts), edition.id,
            paper=papers[0] | {"also": papers[1:]},
        )  # fmt: skip


@paper("agenda.invitation")
def invitation_paper(_session: Session, wanted: dict) -> tuple[str, bytes]:
    """A meeting for the reader's calendar, as it was when the letter was written."""
    sender = current_app.extensions["expo_settings"].mail_from
    with speaking(wanted["language"]):
        entry = Invitation(
            uid=uid(wanted["meeting"], wanted["edition"]),
            sequence=wanted["sequence"],
            starts_at=datetime.fromisoformat(wanted["starts_at"]),
            ends_at=datetime.fromisoformat(wanted["ends_at"]),
            title=words(say("Meeting: %(name)s", name=wanted["title"])),
            place=words(say("Table %(number)s", number=str(wanted["table"]))),
            text="",
            organiser=sender,
            attendee=wanted["to"],
            changed_at=datetime.fromisoformat(wanted["at"]),
            is_cancelled=wanted["cancelled"],
        )
        return f"meeting-{wanted['meeting']}.ics", invitation(entry, wanted["language"])
