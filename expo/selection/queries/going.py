"""What is going on: who has what in a hall, who is at the page, holds, takings, the timetable."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import func, text
from sqlmodel import Session, select

from expo.exhibitors.models import Exhibitor, Organisation
from expo.selection.models import Event, Round, Turn

STATES = text(
    """SELECT CASE WHEN a.id IS NOT NULL THEN CASE WHEN a.exhibitor_id = :me THEN 'own' ELSE 'taken' END
                 WHEN h.exhibitor_id = :me AND h.round_id = :round THEN 'mine' ELSE 'held' END AS state,
            array_agg(s.code ORDER BY s.code) AS codes
       FROM stand s
       LEFT JOIN allotment a ON a.stand_id = s.id
       LEFT JOIN stand_hold h ON h.stand_id = s.id AND h.expires_at > now()
      WHERE s.hall_id = :hall AND (a.id IS NOT NULL OR h.id IS NOT NULL)
      GROUP BY 1"""
)
ONLINE_S = 45


def states(session: Session, hall_id: int, round_id: int, me: int) -> dict[str, list[str]]:
    """State → stand codes of a hall that are not free: taken, held by others, mine (held), own (given)."""
    return dict(session.execute(STATES, {"hall": hall_id, "round": round_id, "me": me}).all())


GONE = text(
    """SELECT stand.code FROM stand LEFT JOIN allotment a ON a.stand_id = stand.id
         LEFT JOIN stand_hold h ON h.stand_id = stand.id AND h.expires_at > now()
        WHERE stand.id = ANY(:stands) AND (a.exhibitor_id <> :me OR h.exhibitor_id <> :me)
        ORDER BY stand.code"""
)


def gone(session: Session, stand_ids: Collection[int], me: int) -> list[str]:
    """Codes of those of these stands that another exhibitor has or holds at this moment."""
    if not stand_ids:
        return []
    return list(session.execute(GONE, {"stands": list(stand_ids), "me": me}).scalars())


GLANCE = text(
    """WITH me AS (SELECT id FROM exhibitor
                    WHERE edition_id = :edition AND organisation_id = ANY(:organisations)
                    ORDER BY code = :chosen DESC, code LIMIT 1),
            r AS (SELECT id, state FROM selection_round
                   WHERE edition_id = :edition AND state IN ('open', 'paused')),
            kept AS (SELECT h.stand_id, h.exhibitor_id = me.id AND h.round_id = r.id AS is_mine, h.expires_at
                       FROM stand_hold h, me, r WHERE h.edition_id = :edition AND h.expires_at > now()),
            s AS (SELECT CASE WHEN a.id IS NOT NULL
                              THEN CASE WHEN a.exhibitor_id = me.id THEN 'own' ELSE 'taken' END
                              WHEN kept.is_mine THEN 'mine' ELSE 'held' END AS state,
                         jsonb_agg(stand.code ORDER BY stand.code) AS codes
                    FROM stand JOIN hall ON hall.id = stand.hall_id AND hall.code = :hall CROSS JOIN me
                    LEFT JOIN allotment a ON a.stand_id = stand.id LEFT JOIN kept ON kept.stand_id = stand.id
                   WHERE stand.edition_id = :edition AND (a.id IS NOT NULL OR kept.stand_id IS NOT NULL)
                   GROUP BY 1)
       SELECT r.id, me.id,
              jsonb_build_object('state', r.state,
                  'stands', coalesce((SELECT jsonb_object_agg(state, codes) FROM s), '{}'::jsonb),
                  'until', (SELECT (extract(epoch FROM min(expires_at)) * 1000)::bigint
                              FROM kept WHERE is_mine))::text,
              EXISTS (SELECT 1 FROM selection_turn t WHERE t.round_id = r.id AND t.exhibitor_id = me.id
                         AND (t.seen_at IS NULL OR t.seen_at < now() - interval '20 seconds'))
         FROM me, r"""
)


class Glance(NamedTuple):
    """All that the page asks for every few seconds. `body` is JSON; `is_due`: presence is to be noted."""

    round_id: int
    exhibitor_id: int
    body: str
    is_due: bool


def glance(
    session: Session, edition_id: int, hall: str, organisations: Collection[int], chosen: str
) -> Glance | None:
    """What is not free in a hall, for who acts for one of these organisations, in one question.

    None when no round goes on. `chosen` is the code of the exhibitor chosen last, '' for the first.
    """
    row = session.execute(
        GLANCE,
        {"edition": edition_id, "hall": hall, "organisations": list(organisations), "chosen": chosen},
    ).one_or_none()
    return Glance(*row) if row else None


def note_presence(session: Session, round_id: int, exhibitor_id: int) -> bool:
    """Remember that the exhibitor is at the page; written down a few times a minute at most."""
    done = session.execute(
        text(
            "UPDATE selection_turn SET seen_at = now() WHERE round_id = :round AND exhibitor_id = :me"
            " AND (seen_at IS NULL OR seen_at < now() - interval '20 seconds')"
        ),
        {"round": round_id, "me": exhibitor_id},
    )
    return bool(done.rowcount)


@dataclass(frozen=True)
class Figures:
    """A round in figures. `worth_minor` is the price of everything confirmed in it."""

    turns: int
    opened: int
    online: int
    confirmed: int
    stands_taken: int
    holding: int
    stands_held: int
    offered: int
    free: int
    worth_minor: int


def figures(session: Session, round_: Round, offered: int, taken: int) -> Figures:
    """The round's figures now; `offered` and `taken` count its stands."""
    row = session.execute(
        text(
            """SELECT (SELECT count(*) FROM selection_turn WHERE round_id = :round),
                      (SELECT count(*) FROM selection_turn WHERE round_id = :round AND opens_at <= now()),
                      (SELECT count(*) FROM selection_turn WHERE round_id = :round
                          AND seen_at > now() - make_interval(secs => :online)),
                      (SELECT count(DISTINCT exhibitor_id) FROM selection_event
                        WHERE round_id = :round AND kind = 'confirmed'),
                      (SELECT coalesce(sum(jsonb_array_length(stands)), 0) FROM selection_event
                        WHERE round_id = :round AND kind = 'confirmed'),
                      (SELECT count(DISTINCT exhibitor_id) FROM stand_hold
                        WHERE round_id = :round AND expires_at > now()),
                      (SELECT count(*) FROM stand_hold WHERE round_id = :round AND expires_at > now()),
                      (SELECT coalesce(sum(worth_minor), 0) FROM selection_event
                        WHERE round_id = :round AND kind = 'confirmed')"""
        ),
        {"round": round_.id, "online": ONLINE_S},
    ).one()
    turns, opened, online, confirmed, stands_taken, holding, held, worth = map(int, row)
    return Figures(
        turns, opened, online, confirmed, stands_taken, holding, held, offered, offered - taken - held, worth
    )


def holders(session: Session, round_id: int, limit: int = 100) -> Sequence[Any]:
    """Who holds what, the one that runs out first on top."""
    return session.execute(
        text(
            """SELECT e.code, o.name, array_agg(s.code ORDER BY s.code) AS stands, min(h.expires_at) AS until,
                      min(h.remaining_s) AS remaining_s
                 FROM stand_hold h JOIN stand s ON s.id = h.stand_id
                 JOIN exhibitor e ON e.id = h.exhibitor_id JOIN organisation o ON o.id = e.organisation_id
                WHERE h.round_id = :round AND h.expires_at > now()
                GROUP BY e.id, o.id ORDER BY until LIMIT :limit"""
        ),
        {"round": round_id, "limit": limit},
    ).all()


def online(session: Session, round_id: int, limit: int = 100) -> Sequence[Any]:
    """Who is at the page now, by place in the queue."""
    return session.execute(
        select(Exhibitor.code, Organisation.name, Turn.position)
        .join(Exhibitor, Exhibitor.id == Turn.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(
            Turn.round_id == round_id,
            Turn.seen_at > func.now() - func.make_interval(0, 0, 0, 0, 0, 0, ONLINE_S),
        )
        .order_by(Turn.position)
        .limit(limit)
    ).all()


def latest(session: Session, round_id: int, limit: int = 20) -> Sequence[Any]:
    """What happened last."""
    return session.execute(
        select(Event.kind, Event.stands, Event.at, Event.worth_minor, Exhibitor.code, Organisation.name)
        .join(Exhibitor, Exhibitor.id == Event.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Event.round_id == round_id)
        .order_by(Event.id.desc())
        .limit(limit)
    ).all()


def takings(session: Session, round_id: int, minutes: int = 30) -> list[tuple[Any, int, int]]:
    """The last minutes as (minute, stands taken, their price), the oldest first, empty minutes too."""
    return [
        tuple(row)
        for row in session.execute(
            text(
                """SELECT m, coalesce(sum(jsonb_array_length(v.stands)), 0)::int,
                          coalesce(sum(v.worth_minor), 0)::bigint
                     FROM generate_series(date_trunc('minute', now()) - make_interval(mins => :minutes - 1),
                                          date_trunc('minute', now()), interval '1 minute') AS m
                     LEFT JOIN selection_event v ON v.round_id = :round AND v.kind = 'confirmed'
                          AND v.at >= m AND v.at < m + interval '1 minute'
                    GROUP BY m ORDER BY m"""
            ),
            {"round": round_id, "minutes": minutes},
        )
    ]


def timetable(session: Session, round_id: int, limit: int | None = None, offset: int = 0) -> Sequence[Any]:
    """The turns in order, with what came of each: the stands that the exhibitor has now."""
    return session.execute(
        text(
            """SELECT t.position, t.opens_at, t.closes_at, t.told_at, t.seen_at, e.code, o.name, o.country,
                      e.points, e.paid_on, e.area_m2,
                      (SELECT array_agg(s.code ORDER BY s.code) FROM allotment a
                          JOIN stand s ON s.id = a.stand_id WHERE a.exhibitor_id = e.id) AS stands
                 FROM selection_turn t JOIN exhibitor e ON e.id = t.exhibitor_id
                 JOIN organisation o ON o.id = e.organisation_id
                WHERE t.round_id = :round ORDER BY t.position LIMIT :limit OFFSET :offset"""
        ),
        {"round": round_id, "limit": limit, "offset": offset},
    ).all()


def rounds(session: Session, edition_id: int) -> Sequence[Any]:
    """All rounds, the newest first, each with how many turns it has and how many have picked."""
    turns = select(func.count()).select_from(Turn).where(Turn.round_id == Round.id).scalar_subquery()
    picked = (
        select(func.count(func.distinct(Event.exhibitor_id)))
        .where(Event.round_id == Round.id, Event.kind == "confirmed")
        .scalar_subquery()
    )
    return session.execute(
        select(Round.id, Round.name, Round.state, Round.mode, Round.starts_at, turns, picked)
        .where(Round.edition_id == edition_id)
        .order_by(Round.id.desc())
        .limit(100)
    ).all()
