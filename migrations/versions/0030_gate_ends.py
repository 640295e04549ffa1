"""People found at the desk in any script, sums that move with each visit, photos, devices' rights."""

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

# Words under which the desk finds people. Whoever registers has a row to fill in; what changes empties it.
FINDING = """
CREATE TABLE gate_find (
    person_id INTEGER NOT NULL,
    edition_id INTEGER NOT NULL,
    words TSVECTOR,
    CONSTRAINT pk_gate_find PRIMARY KEY (person_id),
    CONSTRAINT fk_gate_find_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE,
    CONSTRAINT fk_gate_find_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE
);
CREATE INDEX ix_gate_find_words ON gate_find USING gin (words) WITH (fastupdate = off);
CREATE INDEX ix_gate_find_missing ON gate_find (edition_id) WHERE words IS NULL;
INSERT INTO gate_find (person_id, edition_id) SELECT id, edition_id FROM person;
CREATE FUNCTION gate_find_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO gate_find (person_id, edition_id) SELECT id, edition_id FROM fresh;
    RETURN NULL;
END $$;
CREATE TRIGGER gate_find_begins AFTER INSERT ON person REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION gate_find_begins();
CREATE FUNCTION gate_find_is_old() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE gate_find SET words = NULL
      FROM fresh JOIN was USING (id)
     WHERE gate_find.person_id = fresh.id
       AND (fresh.name, fresh.organisation, fresh.email, fresh.code)
           IS DISTINCT FROM (was.name, was.organisation, was.email, was.code);
    RETURN NULL;
END $$;
CREATE TRIGGER gate_find_is_old AFTER UPDATE ON person REFERENCING OLD TABLE AS was NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION gate_find_is_old();
"""
# Sums move by what changed: a great fair has 300,000 visits a day, and a handful change in a second. What
# pages show of a day is then read, not added up: arrivals by the minute and area, passages by gate.
SUMS = """
CREATE TABLE figure_arrival (
    edition_id integer NOT NULL, day date NOT NULL, minute timestamptz NOT NULL, area_id integer NOT NULL,
    entries integer NOT NULL,
    CONSTRAINT pk_figure_arrival PRIMARY KEY (edition_id, day, minute, area_id),
    CONSTRAINT fk_figure_arrival_edition_id FOREIGN KEY (edition_id) REFERENCES edition (id)
        ON DELETE CASCADE,
    CONSTRAINT fk_figure_arrival_area_id FOREIGN KEY (area_id) REFERENCES gate_area (id) ON DELETE CASCADE
);
CREATE INDEX ix_figure_arrival_area_id ON figure_arrival (area_id);
CREATE TABLE figure_gate_day (
    edition_id integer NOT NULL, day date NOT NULL, gate_id integer NOT NULL,
    entries integer NOT NULL, exits integer NOT NULL, refused integer NOT NULL,
    CONSTRAINT pk_figure_gate_day PRIMARY KEY (edition_id, day, gate_id),
    CONSTRAINT fk_figure_gate_day_edition_id FOREIGN KEY (edition_id) REFERENCES edition (id)
        ON DELETE CASCADE,
    CONSTRAINT fk_figure_gate_day_gate_id FOREIGN KEY (gate_id) REFERENCES gate (id) ON DELETE CASCADE
);
CREATE INDEX ix_figure_gate_day_gate_id ON figure_gate_day (gate_id);
-- Both anew from the minutes of an edition: for a recount, and where a gate moved to another area.
CREATE FUNCTION figure_minutes_summed(p_edition integer) RETURNS void LANGUAGE sql AS $$
    DELETE FROM figure_arrival WHERE edition_id = p_edition;
    INSERT INTO figure_arrival (edition_id, day, minute, area_id, entries)
    SELECT m.edition_id, m.day, m.minute, gate.area_id, sum(m.entries)
      FROM figure_minute AS m JOIN gate ON gate.id = m.gate_id WHERE m.edition_id = p_edition
     GROUP BY 1, 2, 3, 4 HAVING sum(m.entries) <> 0;
    DELETE FROM figure_gate_day WHERE edition_id = p_edition;
    INSERT INTO figure_gate_day (edition_id, day, gate_id, entries, exits, refused)
    SELECT edition_id, day, gate_id, sum(entries), sum(exits), sum(refused)
      FROM figure_minute WHERE edition_id = p_edition GROUP BY 1, 2, 3
$$;
SELECT figure_minutes_summed(id) FROM edition;
CREATE FUNCTION figure_gate_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM figure_minutes_summed(NEW.edition_id);
    RETURN NULL;
END $$;
CREATE TRIGGER figure_gate_moved AFTER UPDATE OF area_id ON gate FOR EACH ROW
    WHEN (OLD.area_id IS DISTINCT FROM NEW.area_id) EXECUTE FUNCTION figure_gate_moved();
"""
# Sums are added to where they are, and made where something came first; those that nothing changed for are
# not touched, or nobody could erase a person while a gate is busy. What went only takes away: an edition that
# is deleted must find no new rows. A recount makes them from the whole at its end.
MOVED = """
    WITH moved AS (SELECT * FROM ({moved}) AS all_of_them WHERE {anything}),
    written AS (
        UPDATE {table} AS t SET {added} FROM moved AS m WHERE {same} RETURNING t.*)
    INSERT INTO {table} ({columns})
    SELECT {columns} FROM moved AS t
     WHERE {positive} AND NOT EXISTS (SELECT 1 FROM written AS m WHERE {same});
"""
GONE = "    DELETE FROM {table} WHERE {empty} AND (edition_id, day) IN (SELECT edition_id, day FROM was);\n"
FUNCTION = """
CREATE FUNCTION {source}_{verb}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
{moves}{gone}    RETURN NULL;
END $$;
CREATE TRIGGER {source}_{verb} AFTER {verb} ON {source} REFERENCING {tables}
    FOR EACH STATEMENT WHEN (current_setting('expo.recounts', true) IS DISTINCT FROM 'yes')
    EXECUTE FUNCTION {source}_{verb}();
"""
CAME, WENT = "SELECT *, 1 AS one FROM fresh", "SELECT *, -1 AS one FROM was"
VERBS = {
    "insert": (CAME, "NEW TABLE AS fresh"),
    "update": (f"{CAME} UNION ALL {WENT}", "OLD TABLE AS was NEW TABLE AS fresh"),
    "delete": (WENT, "OLD TABLE AS was"),
}
# Of each table of sums: where it comes from, its keys, its numbers, and how these follow from what changed.
KEPT = (
    ("figure_visit", "figure_day",
     ("edition_id", "day", "kind", "country", "counted"), ("visits", "firsts"), """
        SELECT edition_id, day, kind, country, counted, sum(one)::integer AS visits,
               coalesce(sum(one) FILTER (WHERE is_first), 0)::integer AS firsts
          FROM ({changed}) AS v GROUP BY 1, 2, 3, 4, 5"""),
    ("figure_visit", "figure_stay", ("edition_id", "day", "quarter"), ("people",), """
        SELECT edition_id, day, inside_s / 900 AS quarter, sum(one)::integer AS people
          FROM ({changed}) AS v WHERE counted AND inside_s IS NOT NULL GROUP BY 1, 2, 3"""),
    ("figure_minute", "figure_arrival", ("edition_id", "day", "minute", "area_id"), ("entries",), """
        SELECT v.edition_id, day, minute, gate.area_id, sum(one * entries)::integer AS entries
          FROM ({changed}) AS v JOIN gate ON gate.id = v.gate_id GROUP BY 1, 2, 3, 4"""),
    ("figure_minute", "figure_gate_day",
     ("edition_id", "day", "gate_id"), ("entries", "exits", "refused"), """
        SELECT edition_id, day, gate_id, sum(one * entries)::integer AS entries,
               sum(one * exits)::integer AS exits, sum(one * refused)::integer AS refused
          FROM ({changed}) AS v GROUP BY 1, 2, 3"""),
)  # fmt: skip


def _moving(source: str, verb: str) -> str:
    """What keeps the sums that come from a table, after one of the verbs."""
    changed, tables = VERBS[verb]
    moves, gone = "", ""
    for of, table, keys, numbers, moved in KEPT:
        if of != source:
            continue
        moves += MOVED.format(
            moved=moved.format(changed=changed),
            table=table,
            columns=", ".join(keys + numbers),
            added=", ".join(f"{one} = t.{one} + m.{one}" for one in numbers),
            same=" AND ".join(f"t.{one} = m.{one}" for one in keys),
            anything=" OR ".join(f"{one} <> 0" for one in numbers),
            positive="(" + " OR ".join(f"{one} > 0" for one in numbers) + ")",
        )
        if verb != "insert":
            gone += GONE.format(table=table, empty=" AND ".join(f"{one} = 0" for one in numbers))
    return FUNCTION.format(source=source, verb=verb, moves=moves, gone=gone, tables=tables)


CATCH_UP = """
CREATE OR REPLACE FUNCTION figure_catch_up(most integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE one record; done integer := 0;
BEGIN
    IF NOT pg_try_advisory_xact_lock(7230, 1) THEN RETURN -1; END IF;  -- somebody else is at it
    FOR one IN
        WITH taken AS (
            DELETE FROM figure_todo WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM figure_todo LIMIT most FOR UPDATE SKIP LOCKED)) RETURNING passage_id)
        SELECT p.edition_id, count(*)::integer AS count,
               array_agg(DISTINCT date_trunc('minute', p.at)) AS minutes,
               array_agg(p.person_id) FILTER (WHERE p.person_id IS NOT NULL) AS people,
               array_agg(p.day) FILTER (WHERE p.person_id IS NOT NULL) AS days
          FROM taken JOIN passage AS p ON p.id = taken.passage_id GROUP BY p.edition_id
    LOOP
        PERFORM figure_minutes(one.edition_id, one.minutes);
        PERFORM figure_people(one.people, one.days);  -- the sums of days move with the visits
        done := done + one.count;
    END LOOP;
    RETURN done;
END $$;
"""
# What was answered to a scan tells whether there is a photo to look at.
ANSWERED = """
CREATE OR REPLACE FUNCTION gate_answered(kept passage) RETURNS gate_answer LANGUAGE plpgsql AS $$
DECLARE r gate_answer;
BEGIN
    r.outcome := 'done'; r.id := kept.id; r.replayed := true; r.verdict := kept.verdict;
    r.reason := kept.reason; r.detail := kept.detail; r.forced := kept.forced; r.typed := kept.typed;
    r.flag := kept.flag; r.at := kept.at; r.type := kept.type; r.gate_id := kept.gate_id;
    r.area_id := kept.area_id;
    IF kept.offline THEN
        SELECT c.reason INTO r.conflict FROM gate_conflict AS c WHERE c.passage_id = kept.id;
    END IF;
    SELECT jsonb_build_object('id', p.id, 'code', p.code, 'kind', p.kind, 'state', p.state, 'name', p.name,
        'organisation', p.organisation, 'position', p.position, 'country', p.country,
        'photo', EXISTS (SELECT 1 FROM person_photo WHERE person_photo.person_id = p.id))
      INTO r.person FROM person AS p WHERE p.id = kept.person_id;
    RETURN r;
END $$;
"""
DEVICES = """
ALTER TABLE gate_device ADD COLUMN may_search BOOLEAN NOT NULL DEFAULT true;
"""


def upgrade() -> None:
    run = op.get_bind().connection.driver_connection.execute
    run(FINDING)
    run(SUMS)
    for source in ("figure_visit", "figure_minute"):
        for verb in VERBS:
            run(_moving(source, verb))
    for statements in (CATCH_UP, ANSWERED, DEVICES):
        run(statements)


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
