"""Sheets for people on stage: a speaker's own talks, and what a chair leads."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.models import Forum, ForumChair, Speaker
from expo.forums.prints.context import Shown, rendered, shown
from expo.forums.programme import Item, Part, Track
from expo.languages import LANGUAGES, pick
from expo.web.language import language_name
from expo.web.paper import kept_pdf
from expo.words import say

STYLES = ("print.css", "stage-print.css")


@dataclass(frozen=True)
class SpeakerSheet:
    """Somebody with their talks, each with the part they have in it, and what is only known inside."""

    part: Part
    email: str
    talks: tuple[tuple[Item, Part], ...]


@dataclass(frozen=True)
class ChairSheet:
    """A forum's talks on one day, and who leads it."""

    track: Track
    day: date
    chairs: tuple[Part, ...]
    talks: tuple[Item, ...]


def speakers_pdf(
    session: Session,
    edition: Edition,
    language: str,
    *,
    version: str = "",
    since: str = "",
    speaker: str = "",
) -> bytes:
    """A sheet for everybody on stage (or one, by code), interpreters included, by name."""
    what = shown(session, edition, version, since)
    found = _speakers(session, edition, what, language, speaker)
    if not found:
        raise Refused(say("Nobody has a part in a talk with a place yet, so there is no sheet to print."))
    html = rendered("speaker_sheets", what, edition, language, sheets=found, **_words(language))
    return kept_pdf(html, STYLES)


def chairs_pdf(
    session: Session,
    edition: Edition,
    language: str,
    *,
    version: str = "",
    since: str = "",
    forum: str = "",
) -> bytes:
    """A sheet for every forum and day (or one forum, by code) for whoever leads it."""
    what = shown(session, edition, version, since)
    found = _chairs(session, edition, what, forum)
    if not found:
        raise Refused(say("No talk has a place there, so there is no sheet to print."))
    html = rendered("chair_sheets", what, edition, language, sheets=found, **_words(language))
    return kept_pdf(html, STYLES)


def _words(language: str) -> dict:
    return {
        "five": timedelta(minutes=5),
        "one": timedelta(minutes=1),
        "language_name": lambda code: language_name(code, language),
        "scripts": lambda name: [(code, name[code]) for code in LANGUAGES if name.get(code)],
    }


def _speakers(
    session: Session, edition: Edition, what: Shown, language: str, only: str
) -> list[SpeakerSheet]:
    emails = dict(
        session.execute(select(Speaker.id, Speaker.email).where(Speaker.edition_id == edition.id)).all()
    )
    talks: dict[int, list[tuple[Item, Part]]] = {}
    for item in what.programme.items:
        for part in item.parts:
            if only in ("", part.code):
                talks.setdefault(part.id, []).append((item, part))
    sheets = [
        SpeakerSheet(parts[0][1], emails.get(number, ""), tuple(parts)) for number, parts in talks.items()
    ]
    return sorted(sheets, key=lambda sheet: (pick(sheet.part.name, language).casefold(), sheet.part.code))


def _chairs(session: Session, edition: Edition, what: Shown, only: str) -> list[ChairSheet]:
    leading = _leading(session, edition)
    return [
        ChairSheet(track, day, tuple(leading.get(track.code, ())), items)
        for track in what.programme.used_tracks
        if only in ("", track.code)
        for day in what.programme.days
        if (items := what.programme.only(forum=track.code, day=day.isoformat()))
    ]


def _leading(session: Session, edition: Edition) -> dict[str, list[Part]]:
    """Code of a forum → who leads it as a whole, as of today."""
    rows = session.execute(
        select(Forum.code, Speaker)
        .join(ForumChair, ForumChair.forum_id == Forum.id)
        .join(Speaker, Speaker.id == ForumChair.speaker_id)
        .where(Forum.edition_id == edition.id)
        .order_by(ForumChair.position, ForumChair.id)
    ).all()
    found: dict[str, list[Part]] = {}
    for code, one in rows:
        part = Part(
            one.id, one.code, one.name, one.title, {}, one.organisation, one.country, "chair", one.address
        )
        found.setdefault(code, []).append(part)
    return found
