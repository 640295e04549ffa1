"""Writing to whom a version of the programme concerns, as a job."""

from typing import Any

from flask import current_app
from sqlmodel import Session

from expo.editions.models import Edition
from expo.forums.changes import Change
from expo.forums.letters import ending, greeting, line, subject
from expo.forums.models import Release
from expo.forums.programme import Item
from expo.forums.services import telling
from expo.forums.services.telling import Told
from expo.jobs.handlers import handler
from expo.languages import pick
from expo.outbox import services as outbox
from expo.outbox.models import Mail
from expo.outbox.smtp import smtp_of
from expo.web.language import as_date, as_time, language, speaking, words
from expo.words import Sentence, say


@handler("programme.tell")
def tell(session: Session, job: Any, report: Any) -> dict[str, Any]:
    """Write to everybody a version concerns; arguments: release_id, site. Run again, it goes on."""
    edition = session.get_one(Edition, job.edition_id)
    release = session.get_one(Release, int(job.arguments["release_id"]))
    telling.refuse_overtaken(session, edition, release)
    letters = telling.affected_by(session, edition, release)
    first = telling.told_last(session, edition, release) is None
    site = str(job.arguments.get("site", ""))
    for number, told in enumerate(letters):
        message = say("%(done)s of %(total)s letters.", done=number, total=len(letters))
        report.progress(number, len(letters), message=message)
        if report.cancelled():
            return {"letters": number, "link": {"endpoint": "forums.versions"}}
        letter = telling.keep_letter(session, release, told)
        if letter is not None:
            telling.mailed(session, letter, _posted(session, edition, release, told, first, site))
    telling.keep_telling(session, release)
    outbox.send_soon(session, smtp_of(current_app.extensions["expo_settings"]), edition.id)
    report.progress(len(letters), len(letters))
    return {"letters": len(letters), "link": {"endpoint": "forums.versions"}}


def _posted(session: Session, edition: Edition, release: Release, told: Told, first: bool, site: str) -> Mail:
    """The mail of one letter, in its reader's language."""
    name = pick(told.name, told.language)
    with speaking(told.language):
        called = pick(edition.name, told.language) or edition.code
        lines = [f"– {words(_line(change))}" for change in told.changes.values()]
        home = f"{site}/{edition.code}/programme"
        body = "\n\n".join(
            (
                words(greeting(name, called, release.version, told.on_stage)),
                "\n".join(lines),
                words(ending(home, f"{home}/changes?to={release.version}")),
            )
        )
        heading = words(subject(called, release.version, told.on_stage, first))
    return outbox.post(
        session, "programme.changes", told.email, told.language, heading, body + "\n", edition.id,
        paper={
            "kind": "programme.changes", "release": release.id, "talks": sorted(told.changes),
            "language": told.language, "site": site,
        },
    )  # fmt: skip


def _line(change: Change) -> Sentence:
    new, old = change.after, change.before
    people = ", ".join(pick(part.name, language()) for part in change.item.speakers)
    return line(
        change, pick(change.item.title, language()) or change.item.code, _place(new) if new else "",
        _place(old) if old else "", people or "–",
    )  # fmt: skip


def _place(item: Item) -> str:
    """Day, time and room as they are said."""
    room = pick(item.room.name, language()) or item.room.code
    return f"{as_date(item.start, 'full')}, {as_time(item.start)}–{as_time(item.end)}, {room}"
