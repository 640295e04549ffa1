"""The calendar file that goes with a letter about a changed programme."""

from dataclasses import replace
from typing import Any

from sqlmodel import Session

from expo.editions.models import Edition
from expo.forums import services
from expo.forums.feeds.calendar import schedule_ics
from expo.forums.feeds.parts import links_of
from expo.forums.models import Release
from expo.outbox.papers import paper


@paper("programme.changes")
def change_file(session: Session, wanted: dict[str, Any]) -> tuple[str, bytes]:
    """The talks a letter tells of as they are in its version; those that are out are cancelled."""
    release = session.get_one(Release, wanted["release"])
    edition = session.get_one(Edition, release.edition_id)
    talks = set(wanted["talks"])
    whole = services.programme_in(session, edition, release)
    past, removed = services.history(session, edition, release.version)
    mine = replace(whole, items=tuple(item for item in whole.items if item.id in talks))
    gone = [item for item in removed if item.id in talks]
    links = links_of(wanted.get("site", ""), edition.code)
    return "programme.ics", schedule_ics(mine, links, wanted["language"], past, gone)
