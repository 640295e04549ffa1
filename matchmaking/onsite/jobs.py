"""Everybody's agenda as one print; letters to whoever did not come, and to everybody after the fair."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask, current_app
from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.jobs.handlers import handler, periodic
from expo.languages import pick
from expo.outbox import services as outbox
from expo.outbox.models import Mail
from expo.outbox.smtp import smtp_of
from expo.web import words
from expo.web.language import as_datetime, at_venue, speaking
from expo.words import say
from matchmaking.onsite import letters, prints
from matchmaking.onsite.models import MeetingNoShow
from matchmaking.onsite.queries import agendas
from matchmaking.requests.queries import news
from matchmaking.requests.sides import BUYER, SIDES, SUPPLIER, other

SETTLED = timedelta(minutes=30)
"""How long a no-show is kept back: until then the desk can take it back or excuse it unheard."""
OLDEST = timedelta(days=2)
AT_A_TIME = 40
AFTER_KIND, MISSED_KIND = "meetings.after", "meetings.missed"


def init(_app: Flask) -> None:
    """Importing this module registers the jobs and the sweep."""


@handler("onsite.agendas")
def print_agendas(session: Session, job: Any, report: Any) -> dict[str, Any]:
    """Arguments: language. A page for every buyer and exhibitor that meets somebody."""
    edition = session.get_one(Edition, job.edition_id)
    language = job.arguments["language"]

    def progress(done: int, total: int) -> bool:
        report.progress(
            done, total, message=say("Agendas printed: %(done)s of %(total)s.", done=done, total=total)
        )
        return not report.cancelled()

    content = prints.all_agendas_pdf(session, edition, language, progress)
    if not content:
        return {}
    path = prints.agendas_path(current_app.extensions["expo_settings"].instance, edition, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_bytes(content)
    fresh.replace(path)
    return {"bytes": len(content), "link": {"endpoint": "onsite.desk_papers", "values": {}}}


@periodic("onsite.missed")
def tell_missed(open_session: Callable[[], Session]) -> None:
    """Write to every side that missed a meeting, once, unless it was excused."""
    with open_session() as session:
        session.info["actor"] = "meetings"
        while _tell_some(session):
            session.commit()
        session.commit()


def _tell_some(session: Session) -> int:
    at = now()
    rows = session.exec(
        select(MeetingNoShow)
        .where(
            MeetingNoShow.told_at.is_(None),
            MeetingNoShow.excused.is_(False),
            MeetingNoShow.noted_at <= at - SETTLED,
            MeetingNoShow.noted_at > at - OLDEST,
        )
        .order_by(MeetingNoShow.meeting_id, MeetingNoShow.side)
        .limit(AT_A_TIME)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        edition = session.get_one(Edition, row.edition_id)
        row.told_at = at
        session.add(row)
        _write_missed(session, edition, row)
    session.flush()
    return len(rows)


def _write_missed(session: Session, edition: Edition, row: MeetingNoShow) -> None:
    (line,) = agendas.lines(session, edition, number=row.meeting_id)
    me, them = line.seats[row.side], line.seats[other(row.side)]
    with at_venue(edition):
        for address, spoken in news.readers(session, row.side, me.id):
            with speaking(spoken):
                event = pick(edition.name, spoken)
                subject, body = letters.missed(
                    event, pick(me.name, spoken), pick(them.name, spoken), as_datetime(line.starts_at),
                    line.table,
                )  # fmt: skip
                outbox.post(
                    session, MISSED_KIND, address, spoken, words(subject), words(body), edition_id=edition.id
                )
    outbox.send_soon(session, smtp_of(current_app.extensions["expo_settings"]), edition.id)


@handler("onsite.after")
def write_after(session: Session, job: Any, report: Any) -> dict[str, Any]:
    """A letter for everybody who met somebody: whom, and where to say how it was. Waits for an approval.

    Refused a second time, unless all were discarded: nobody wants two.
    """
    edition = session.get_one(Edition, job.edition_id)
    there = select(Mail.id).where(
        Mail.edition_id == edition.id, Mail.kind == AFTER_KIND, Mail.state != "discarded"
    )
    if session.exec(there).first():
        raise Refused(say("These letters are written already. They are among the mail."))
    met: dict[tuple[str, int], list[agendas.Line]] = {}
    for line in agendas.lines(session, edition, states=("held",)):
        for side in SIDES:
            met.setdefault((side, line.seats[side].id), []).append(line)
    written = 0
    with at_venue(edition):
        for done, (party, several) in enumerate(sorted(met.items(), key=lambda one: one[0])):
            written += _write_after(session, edition, party, several)
            if done % AT_A_TIME == 0:
                told = say("Letters written: %(done)s of %(total)s.", done=done, total=len(met))
                report.progress(done, len(met), message=told)
    return {"letters": written, "link": {"endpoint": "outbox.mail_list", "values": {}}}


def _write_after(
    session: Session, edition: Edition, party: tuple[str, int], several: list[agendas.Line]
) -> int:
    found = news.readers(session, *party)
    site = (current_app.extensions["expo_settings"].site_url or "").rstrip("/")
    me, across = several[0].seats[party[0]], SUPPLIER if party[0] == BUYER else BUYER
    for address, spoken in found:
        with speaking(spoken):
            subject, hello = letters.after(pick(edition.name, spoken), pick(me.name, spoken))
            names = [pick(line.seats[across].name, spoken) for line in several]
            link = f"{words(letters.ASKED)}\n{site}/{edition.code}/my-day?as={me.code}"
            body = "\n\n".join((words(hello), letters.listed(list(dict.fromkeys(names))), link))
            outbox.post(
                session, AFTER_KIND, address, spoken, words(subject), body, edition_id=edition.id,
                needs_approval=True,
            )  # fmt: skip
    return len(found)
