"""What every paper of the programme starts from: a version, and what changed since another one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlmodel import Session

from expo import qr
from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums import services
from expo.forums.changes import Change, changes, marks
from expo.forums.models import Release
from expo.forums.programme import Programme
from expo.web.paper import paper_html
from expo.words import say

DRAFT, NOTHING = "draft", "none"
"""Words for the working timetable, and for no comparison."""


@dataclass(frozen=True)
class Shown:
    """The programme on a paper. `since` is the version whose differences are marked ('' for none)."""

    programme: Programme
    since: str
    marks: Mapping[str, tuple[str, ...]]
    """talk code → kinds of change"""
    changes: Mapping[str, Change]
    """the same with what was before"""


def shown(session: Session, edition: Edition, version: str = "", since: str = "") -> Shown:
    """The released version (the latest, the draft before any release), marked against the one before it.

    `version` may be "draft", `since` "none". Refused for a version that does not exist.
    """
    release = None if version == DRAFT else _release(session, edition, version)
    if release is None:
        programme = services.draft_programme(session, edition)
    else:
        programme = services.programme_in(session, edition, release)
    former = _former(session, edition, release, since)
    if former is None:
        return Shown(programme, "", {}, {})
    found = changes(services.programme_in(session, edition, former), programme)
    return Shown(programme, former.version, marks(found), {one.after.code: one for one in found if one.after})


def _release(session: Session, edition: Edition, version: str) -> Release | None:
    found = services.release_of(session, edition, version or None)
    if version and found is None:
        raise Refused(say("There is no version %(version)s.", version=version))
    return found


def _former(session: Session, edition: Edition, release: Release | None, since: str) -> Release | None:
    if since == NOTHING:
        return None
    if since:
        return _release(session, edition, since)
    every = services.releases(session, edition)
    if release is None:
        return every[0] if every else None
    return next((one for one in every if one.number == release.number - 1), None)


def live_address(edition: Edition, tail: str = "programme") -> str:
    """The page on the web that a paper's code leads to; '' where the site has no address."""
    site = (current_app.extensions["expo_settings"].site_url or "").rstrip("/")
    return f"{site}/{edition.code}/{tail}" if site else ""


def rendered(name: str, what: Shown, edition: Edition, language: str, **more: Any) -> str:
    """A paper of the programme as HTML."""
    live = more.pop("live", live_address(edition))
    return paper_html(
        f"expo/forums/{name}.html",
        edition,
        language,
        programme=what.programme,
        since=what.since,
        marks=what.marks,
        changes=what.changes,
        live=live,
        qr=qr.picture(live) if live else "",
        **more,
    )
