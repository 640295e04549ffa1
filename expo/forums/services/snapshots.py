"""Reading all that the programme says: of the working timetable at one moment, and of released versions."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.forums.models import Release, ReleasedProgramme
from expo.forums.snapshot import Content
from expo.plan.kept import kept

# One statement, so everything is of one moment, also while others edit talks, names and people.
DRAFT = text(
    """
SELECT jsonb_build_object(
    'name', e.name, 'hours', (SELECT coalesce(jsonb_agg(jsonb_build_array(
            d.date, d.programme_from, d.programme_until) ORDER BY d.date), '[]')
        FROM edition_day d WHERE d.edition_id = e.id AND d.programme_from IS NOT NULL
             AND d.programme_until IS NOT NULL),
    'starts_on', e.starts_on, 'ends_on', e.ends_on, 'timezone', e.timezone,
    'tracks', (SELECT coalesce(jsonb_agg(jsonb_build_object(
            'id', f.id, 'code', f.code, 'name', f.name, 'description', f.description, 'kind', f.kind,
            'is_main', f.is_main, 'hue', f.hue) ORDER BY f.is_main DESC, f.position, f.id), '[]')
        FROM forum f WHERE f.edition_id = e.id),
    'rooms', (SELECT coalesce(jsonb_agg(jsonb_build_object(
            'code', m.code, 'name', m.name, 'building', m.building, 'capacity', m.capacity)
            ORDER BY m.capacity DESC, m.code), '[]')
        FROM room m WHERE m.edition_id = e.id),
    'people', (SELECT coalesce(jsonb_object_agg(s.id::text, jsonb_build_object(
            'code', s.code, 'name', s.name, 'title', s.title, 'biography', s.biography,
            'organisation', s.organisation, 'country', s.country, 'address', s.address)), '{}')
        FROM speaker s WHERE s.id IN (
            SELECT p.speaker_id FROM talk_speaker p JOIN slot x ON x.talk_id = p.talk_id
             WHERE x.edition_id = e.id)),
    'talks', (SELECT coalesce(jsonb_agg(jsonb_build_object(
            'id', t.id, 'code', t.code, 'guid', t.guid, 'title', t.title, 'abstract', t.abstract,
            'kind', t.kind, 'language', t.language, 'interpretation', t.interpretation, 'alone', t.alone,
            'origin', t.origin,
            'forum', t.forum_id, 'room', m.code, 'start', extract(epoch FROM lower(x.during))::bigint,
            'end', extract(epoch FROM upper(x.during))::bigint, 'parts', coalesce(p.parts, '[]'))
            ORDER BY lower(x.during), m.code, t.code), '[]')
        FROM slot x JOIN talk t ON t.id = x.talk_id JOIN room m ON m.id = x.room_id
        LEFT JOIN (SELECT p.talk_id, jsonb_agg(jsonb_build_array(p.speaker_id, p.role)
                                               ORDER BY p.position, p.id) AS parts
                     FROM talk_speaker p JOIN talk o ON o.id = p.talk_id
                    WHERE o.edition_id = :edition GROUP BY p.talk_id) p ON p.talk_id = t.id
        WHERE x.edition_id = e.id AND t.state IN ('accepted', 'confirmed')),
    'places', (SELECT coalesce(jsonb_agg(jsonb_build_array(x.talk_id, x.room_id)), '[]')
                 FROM slot x WHERE x.edition_id = e.id))
  FROM edition e WHERE e.id = :edition
"""
)
# The part of a version's snapshot that concerns some talks.
SOME = text(
    """
SELECT (content - 'talks') || jsonb_build_object('talks', (
           SELECT coalesce(jsonb_agg(one), '[]') FROM jsonb_array_elements(content->'talks') one
            WHERE (one->>'id')::int = ANY(:talks)))
  FROM released_programme WHERE release_id = :release
"""
)
# A mark of what a version says of each talk in a calendar: title, abstract and who is on stage.
SAID = text(
    """
WITH name AS (
    SELECT one.key::int AS id, one.value->>'name' AS name
      FROM released_programme p, jsonb_each(p.content->'people') one WHERE p.release_id = :release)
SELECT (t->>'id')::int, md5(concat_ws('|', t->'title', t->'abstract', t->'origin'->'with', (
           SELECT string_agg(concat(part.value->>1, name.name), '|' ORDER BY part.ordinality)
             FROM jsonb_array_elements(t->'parts') WITH ORDINALITY part
             JOIN name ON name.id = (part.value->>0)::int
            WHERE part.value->>1 <> 'interpreter')))
  FROM released_programme p, jsonb_array_elements(p.content->'talks') t WHERE p.release_id = :release
"""
)


def draft_content(session: Session, edition: Edition) -> tuple[dict[str, Any], dict[int, int]]:
    """The working timetable as a snapshot of one moment, and the room's number for each talk's."""
    session.flush()
    content = session.execute(DRAFT, {"edition": edition.id}).scalar_one()
    return content, {one[0]: one[1] for one in content.pop("places")}


def content_of(session: Session, release: Release) -> Content:
    """What a released version says."""
    return session.exec(
        select(ReleasedProgramme.content).where(ReleasedProgramme.release_id == release.id)
    ).one()


def content_of_talks(session: Session, release: Release, talks: Iterable[int]) -> Content:
    """What a released version says of some talks."""
    return session.execute(SOME, {"release": release.id, "talks": list(talks)}).scalar_one()


def said_in(session: Session, release: Release) -> dict[int, str]:
    """By a talk's id, a mark of what a released version says of it. Versions do not change, so it is kept."""

    def read() -> dict[int, str]:
        return {row[0]: row[1] for row in session.execute(SAID, {"release": release.id})}

    return kept(("said", release.id, release.released_at), read, lambda made: 150 * len(made))
