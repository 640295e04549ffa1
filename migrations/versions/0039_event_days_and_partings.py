"""Days of a whole edition in one reading, gates that open on the event's days, one letter of a parting.

Some databases hold these already, for 0030 and 0032 once made them. So every step can be done twice.
"""

from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

# One person's day at the gates, from the passages: of some people's days, by the indexes; and of a whole
# edition, which a recount reads once from end to end.
DAYS = """
CREATE OR REPLACE FUNCTION {name} RETURNS TABLE (
    person_id integer, day date, entries integer, first_at timestamptz, last_at timestamptz,
    in_hall boolean, inside_s integer) LANGUAGE sql STABLE {planned} AS $$
    WITH {wanted}ok AS MATERIALIZED (
        SELECT p.person_id, p.day, p.type, p.at, p.id, g.is_outer, g.is_hall
          FROM {passages} JOIN {gates} AS g ON g.gate_id = p.gate_id
         WHERE p.verdict = 'ok' {which}
           AND NOT EXISTS (SELECT 1 FROM passage_annulment AS a WHERE a.passage_id = p.id)),
    marked AS (
        SELECT *, lag(type) OVER (PARTITION BY person_id, day, is_outer ORDER BY at, id) AS before FROM ok),
    runs AS (
        SELECT *, max(at) FILTER (WHERE type = 'entry' AND before IS DISTINCT FROM 'entry')
                      OVER (PARTITION BY person_id, day, is_outer ORDER BY at, id) AS since FROM marked)
    SELECT person_id, day, count(*) FILTER (WHERE type = 'entry')::integer,
           min(at) FILTER (WHERE type = 'entry'), max(at), bool_or(is_hall AND type = 'entry'),
           sum(extract(epoch FROM at - since))
               FILTER (WHERE is_outer AND type = 'exit' AND before = 'entry')::integer
      FROM runs GROUP BY person_id, day HAVING count(*) FILTER (WHERE type = 'entry') > 0
$$;
"""
SOME_DAYS = DAYS.format(
    name="figure_days(people integer[], on_days date[])",
    planned="SET enable_seqscan = off",
    wanted="wanted AS MATERIALIZED (SELECT DISTINCT * FROM unnest(people, on_days) AS w (person_id, day)), ",
    gates="figure_gate",
    passages="wanted JOIN passage AS p ON p.person_id = wanted.person_id AND p.day = wanted.day",
    which="",
)
ALL_DAYS = DAYS.format(
    name="figure_days_of_all(p_edition integer)",
    planned="",
    wanted="gates AS MATERIALIZED (SELECT * FROM figure_gate WHERE edition_id = p_edition), ",
    gates="gates",
    passages="""passage AS p JOIN edition ON edition.id = p.edition_id
                                   AND p.day BETWEEN edition.starts_on AND edition.ends_on""",
    which="AND p.edition_id = p_edition AND p.person_id IS NOT NULL",
)
# Where nobody made a rule, a badge opens gates on the days of the event. An edition that was over when this
# came goes on as it did.
EVENT_DAYS = """
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM information_schema.columns
                    WHERE table_schema = current_schema() AND table_name = 'gate_settings'
                      AND column_name = 'any_day') THEN
        ALTER TABLE gate_settings ADD COLUMN any_day BOOLEAN NOT NULL DEFAULT false;
        UPDATE gate_settings SET any_day = true
          FROM edition WHERE edition.id = edition_id AND edition.ends_on < current_date;
    END IF;
END $$;
CREATE OR REPLACE FUNCTION gate_no_rule(kind text, ticket integer, path integer[], p_day date, clock time)
RETURNS gate_no LANGUAGE plpgsql AS $$
DECLARE fits record; ruled boolean := false; first_day date; last_day date;
BEGIN
    FOR fits IN
        SELECT r.area_id, bool_or(k.fits) AS kind_fits,
               bool_or(k.fits AND (r.from_day IS NULL OR p_day >= r.from_day)
                   AND (r.until_day IS NULL OR p_day <= r.until_day)
                   AND CASE WHEN r.from_time < r.until_time THEN clock >= r.from_time AND clock < r.until_time
                            WHEN r.from_time > r.until_time THEN clock >= r.from_time OR clock < r.until_time
                            ELSE coalesce(clock >= r.from_time, true) AND coalesce(clock < r.until_time, true)
                       END) AS fits_now
          FROM gate_rule AS r CROSS JOIN LATERAL (
               SELECT (r.kind IS NULL OR r.kind = $1)
                      AND (r.ticket_id IS NULL OR r.ticket_id = $2) IS TRUE AS fits
          ) AS k
         WHERE r.area_id = ANY (path) GROUP BY r.area_id ORDER BY r.area_id
    LOOP
        ruled := true;
        IF NOT fits.kind_fits THEN
            RETURN ('product', jsonb_build_object('area', fits.area_id), NULL)::gate_no;
        ELSIF NOT fits.fits_now THEN
            RETURN ('invalid_time', jsonb_build_object('area', fits.area_id), NULL)::gate_no;
        END IF;
    END LOOP;
    IF NOT ruled THEN
        SELECT e.starts_on, e.ends_on INTO first_day, last_day
          FROM gate_area AS a JOIN edition AS e ON e.id = a.edition_id
          LEFT JOIN gate_settings AS s ON s.edition_id = e.id
         WHERE a.id = $3[1] AND NOT coalesce(s.any_day, false);
        IF p_day NOT BETWEEN first_day AND last_day THEN
            RETURN ('invalid_time',
                    jsonb_build_object('from_day', first_day, 'until_day', last_day), NULL)::gate_no;
        END IF;
    END IF;
    RETURN NULL;
END $$;
"""
# A pair that meets no more: its agreement and its planned meetings end, and one letter tells of it.
PARTINGS = """
CREATE OR REPLACE FUNCTION part_ways(edition integer, one_buyer integer, one_exhibitor integer, told text)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE agreed boolean; known boolean;
BEGIN
    UPDATE meeting_request SET state = 'ended', settled_at = clock_timestamp()
     WHERE buyer_id = one_buyer AND exhibitor_id = one_exhibitor AND state = 'agreed';
    agreed := FOUND;
    -- Who knows of a planned meeting learns of its end by the agenda's own letter, like of any other that is
    -- called off; who never heard of it hears nothing. So there is one letter, never two.
    WITH gone AS (
        UPDATE meeting SET state = 'cancelled'
         WHERE buyer_id = one_buyer AND exhibitor_id = one_exhibitor AND state = 'planned'
        RETURNING meeting.told IS NOT NULL AS was_told
    )
    SELECT coalesce(bool_or(gone.was_told), false) INTO known FROM gone;
    IF agreed AND NOT known THEN
        INSERT INTO request_notice (edition_id, side, party_id, kind, other_id, due_at)
        VALUES (edition, told, CASE told WHEN 'buyer' THEN one_buyer ELSE one_exhibitor END, 'ended',
                CASE told WHEN 'buyer' THEN one_exhibitor ELSE one_buyer END, clock_timestamp())
        ON CONFLICT DO NOTHING;
    END IF;
END $$;
"""


def upgrade() -> None:
    """Functions are put in the place of their elders; the column is new or there already."""
    run = op.get_bind().connection.driver_connection.execute
    for statements in (SOME_DAYS, ALL_DAYS, EVENT_DAYS, PARTINGS):
        run(statements)


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
