"""Adding up what passed the gates: what is new, or everything anew."""

from sqlalchemy import text
from sqlmodel import Session

from expo.editions.models import Edition

MOST = 2000
RECOUNTS = "SELECT set_config('expo.recounts', :whether, true)"


def catch_up(session: Session, most: int = MOST) -> int:
    """Add up passages that are new, at most so many; how many were. -1 while somebody else is at it."""
    return session.execute(text("SELECT figure_catch_up(:most)"), {"most": most}).scalar_one()


def recount(session: Session, edition: Edition) -> int:
    """Make all sums of an edition anew from its passages, read once; how many people have been in.

    Days of people who were deleted since stay as they were counted. Rows that are right are not touched.
    """
    given = {"edition": edition.id}
    session.execute(text("SELECT pg_advisory_xact_lock(7230, 1)"))
    session.execute(text("SET LOCAL statement_timeout = 0"))
    session.execute(text("SET LOCAL work_mem = '128MB'"))  # millions of passages are put in order
    session.execute(text(RECOUNTS), {"whether": "yes"})  # the sums are made from the whole, below
    for statement in (_MINUTES, "SELECT figure_minutes_summed(:edition)"):
        session.execute(text(statement), given)
    people = session.execute(text(_VISITS), given).scalar_one()
    for statement in (_DAYS, _NOTHING_TO_DO):
        session.execute(text(statement), given)
    session.execute(text(RECOUNTS), {"whether": "no"})
    session.execute(text("RESET work_mem"))
    return people


_MINUTES = """
WITH counted AS MATERIALIZED (
    SELECT edition_id, gate_id, date_trunc('minute', at) AS minute, day,
           count(*) FILTER (WHERE verdict = 'ok' AND type = 'entry') AS entries,
           count(*) FILTER (WHERE verdict = 'ok' AND type = 'exit') AS exits,
           count(*) FILTER (WHERE verdict = 'refused') AS refused
      FROM passage AS p WHERE edition_id = :edition
       AND NOT EXISTS (SELECT 1 FROM passage_annulment AS a WHERE a.passage_id = p.id)
     GROUP BY 1, 2, 3, 4),
gone AS (
    DELETE FROM figure_minute AS m WHERE edition_id = :edition AND NOT EXISTS (
        SELECT 1 FROM counted AS c WHERE c.day = m.day AND c.minute = m.minute AND c.gate_id = m.gate_id))
INSERT INTO figure_minute AS m (edition_id, gate_id, minute, day, entries, exits, refused)
SELECT * FROM counted
    ON CONFLICT (edition_id, day, minute, gate_id) DO UPDATE
   SET entries = excluded.entries, exits = excluded.exits, refused = excluded.refused
 WHERE (m.entries, m.exits, m.refused) <> (excluded.entries, excluded.exits, excluded.refused)
"""
_VISITS = """
WITH days AS MATERIALIZED (
    SELECT person.edition_id, d.person_id, d.day, person.kind, person.country,
           figure_counts(person.kind, d.in_hall) AS counted, d.entries, d.first_at, d.last_at, d.inside_s
      FROM figure_days_of_all(:edition) AS d JOIN person ON person.id = d.person_id),
visits AS MATERIALIZED (
    SELECT *, counted AND day = min(day) FILTER (WHERE counted) OVER (PARTITION BY person_id) AS is_first
      FROM days),
gone AS (
    DELETE FROM figure_visit AS v WHERE edition_id = :edition AND person_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM visits AS w WHERE w.person_id = v.person_id AND w.day = v.day)),
written AS (
    INSERT INTO figure_visit AS v (edition_id, person_id, day, kind, country, counted, is_first, entries,
                                   first_at, last_at, inside_s)
    SELECT edition_id, person_id, day, kind, country, counted, is_first, entries, first_at, last_at, inside_s
      FROM visits ORDER BY person_id, day
        ON CONFLICT (person_id, day) DO UPDATE
       SET kind = excluded.kind, country = excluded.country, counted = excluded.counted,
           is_first = excluded.is_first, entries = excluded.entries, first_at = excluded.first_at,
           last_at = excluded.last_at, inside_s = excluded.inside_s
     WHERE (v.kind, v.country, v.counted, v.is_first, v.entries, v.first_at, v.last_at, v.inside_s)
           IS DISTINCT FROM (excluded.kind, excluded.country, excluded.counted, excluded.is_first,
                             excluded.entries, excluded.first_at, excluded.last_at, excluded.inside_s))
SELECT count(DISTINCT person_id) FROM visits
"""
_DAYS = """
SELECT figure_sum(:edition, array_agg(day)) FROM (
    SELECT day FROM figure_visit WHERE edition_id = :edition
    UNION SELECT day FROM figure_day WHERE edition_id = :edition
    UNION SELECT day FROM figure_stay WHERE edition_id = :edition) AS days
"""
_NOTHING_TO_DO = """
DELETE FROM figure_todo USING passage WHERE passage.id = passage_id AND edition_id = :edition
"""


def differences(session: Session, edition: Edition) -> list[str]:
    """Where the sums kept differ from what the passages say now: table and key each; nothing is changed.

    Days of deleted people are left out: their passages no longer say whose they are.
    """
    rows = session.execute(text(_DIFFERENCES), {"edition": edition.id})
    return [f"{row.what}: {row.key}" for row in rows]


_DIFFERENCES = """
WITH minutes AS (
    SELECT gate_id, date_trunc('minute', at) AS minute, day,
           count(*) FILTER (WHERE verdict = 'ok' AND type = 'entry') AS entries,
           count(*) FILTER (WHERE verdict = 'ok' AND type = 'exit') AS exits,
           count(*) FILTER (WHERE verdict = 'refused') AS refused
      FROM passage AS p WHERE edition_id = :edition
       AND NOT EXISTS (SELECT 1 FROM passage_annulment AS a WHERE a.passage_id = p.id) GROUP BY 1, 2, 3),
entered AS (
    SELECT p.person_id, p.day, count(*) AS entries, min(p.at) AS first_at,
           figure_counts(min(v.kind), bool_or(g.is_hall)) AS counted
      FROM passage AS p JOIN figure_gate AS g ON g.gate_id = p.gate_id
      JOIN edition ON edition.id = p.edition_id AND p.day BETWEEN edition.starts_on AND edition.ends_on
      LEFT JOIN figure_visit AS v ON v.person_id = p.person_id AND v.day = p.day
     WHERE p.edition_id = :edition AND p.verdict = 'ok' AND p.type = 'entry' AND p.person_id IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM passage_annulment AS a WHERE a.passage_id = p.id) GROUP BY 1, 2),
ranked AS (
    SELECT *, counted AND day = min(day) FILTER (WHERE counted) OVER (PARTITION BY person_id) AS is_first
      FROM entered),
sums AS (
    SELECT day, kind, country, counted, count(*) AS visits, count(*) FILTER (WHERE is_first) AS firsts
      FROM figure_visit WHERE edition_id = :edition GROUP BY 1, 2, 3, 4)
SELECT 'minute' AS what, coalesce(m.minute, k.minute) || ' ' || coalesce(m.gate_id, k.gate_id) AS key
  FROM minutes AS m FULL JOIN (SELECT * FROM figure_minute WHERE edition_id = :edition) AS k
    ON k.gate_id = m.gate_id AND k.minute = m.minute AND k.day = m.day
 WHERE (m.entries, m.exits, m.refused) IS DISTINCT FROM (k.entries, k.exits, k.refused)
UNION ALL
SELECT 'visit', coalesce(r.day, k.day) || ' ' || coalesce(r.person_id, k.person_id)
  FROM ranked AS r FULL JOIN
       (SELECT * FROM figure_visit WHERE edition_id = :edition AND person_id IS NOT NULL) AS k
    ON k.person_id = r.person_id AND k.day = r.day
 WHERE (r.entries, r.first_at, r.counted, r.is_first)
       IS DISTINCT FROM (k.entries, k.first_at, k.counted, k.is_first)
UNION ALL
SELECT 'day', concat_ws(' ', coalesce(s.day, k.day), coalesce(s.kind, k.kind), coalesce(s.country, k.country))
  FROM sums AS s FULL JOIN (SELECT * FROM figure_day WHERE edition_id = :edition) AS k
    ON k.day = s.day AND k.kind = s.kind AND k.country = s.country AND k.counted = s.counted
 WHERE (s.visits, s.firsts) IS DISTINCT FROM (k.visits, k.firsts)
UNION ALL
SELECT 'stay', concat_ws(' ', coalesce(s.day, k.day), coalesce(s.quarter, k.quarter))
  FROM (SELECT day, inside_s / 900 AS quarter, count(*) AS people FROM figure_visit
         WHERE edition_id = :edition AND counted AND inside_s IS NOT NULL GROUP BY 1, 2) AS s
  FULL JOIN (SELECT * FROM figure_stay WHERE edition_id = :edition) AS k
    ON k.day = s.day AND k.quarter = s.quarter
 WHERE s.people IS DISTINCT FROM k.people
UNION ALL
SELECT 'gate', concat_ws(' ', coalesce(s.day, k.day), coalesce(s.gate_id, k.gate_id))
  FROM (SELECT day, gate_id, sum(entries) AS entries, sum(exits) AS exits, sum(refused) AS refused
          FROM minutes GROUP BY 1, 2) AS s
  FULL JOIN (SELECT * FROM figure_gate_day WHERE edition_id = :edition) AS k
    ON k.day = s.day AND k.gate_id = s.gate_id
 WHERE (s.entries, s.exits, s.refused) IS DISTINCT FROM (k.entries, k.exits, k.refused)
UNION ALL
SELECT 'arrival', concat_ws(' ', coalesce(s.minute, k.minute), coalesce(s.area_id, k.area_id))
  FROM (SELECT day, minute, area_id, sum(entries) AS entries
          FROM minutes JOIN gate ON gate.id = gate_id GROUP BY 1, 2, 3 HAVING sum(entries) <> 0) AS s
  FULL JOIN (SELECT * FROM figure_arrival WHERE edition_id = :edition) AS k
    ON k.day = s.day AND k.minute = s.minute AND k.area_id = s.area_id
 WHERE s.entries IS DISTINCT FROM k.entries
"""
