"""What people starred, for the back of their badges."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, format_time
from sqlmodel import Session, select

from expo.badges.card import Row
from expo.editions.models import Edition
from expo.forums.models import Release, Room, Slot, Talk
from expo.languages import BABEL_LOCALES, pick
from expo.stars.models import Follower, Star


def own_talks(
    session: Session, edition: Edition, person_ids: Sequence[int], language: str
) -> dict[int, list[Row]]:
    """The talks each of these people starred, in order of time; nothing before a programme was published."""
    is_out = select(Release.id).where(Release.edition_id == edition.id).exists()
    rows = session.execute(
        select(Follower.person_id, Slot.during, Talk.title, Room.name)
        .join(Star, Star.follower_id == Follower.id)
        .join(Talk, Talk.id == Star.talk_id)
        .join(Slot, Slot.talk_id == Talk.id)
        .join(Room, Room.id == Slot.room_id)
        .where(Follower.person_id.in_(person_ids), Follower.edition_id == edition.id, is_out)
        .order_by(Slot.during)
    )
    zone, locale = ZoneInfo(edition.timezone), BABEL_LOCALES[language]
    found: dict[int, list[Row]] = {}
    for person_id, during, title, room in rows:
        at = during.lower.astimezone(zone)
        when = f"{format_datetime(at, 'EEE d', locale=locale)} {format_time(at, 'HH:mm', locale=locale)}"
        found.setdefault(person_id, []).append(Row(when, pick(title, language), pick(room, language)))
    return found
