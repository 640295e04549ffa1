"""The gate: areas, devices, passages, and the one function that decides and writes."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE gate_device (
    id SERIAL NOT NULL,
    edition_id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    code_digest VARCHAR,
    code_expires_at TIMESTAMP WITH TIME ZONE,
    token_digest VARCHAR,
    may_force BOOLEAN NOT NULL,
    software VARCHAR NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    enrolled_at TIMESTAMP WITH TIME ZONE,
    last_seen_at TIMESTAMP WITH TIME ZONE,
    revoked_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_gate_device PRIMARY KEY (id),
    CONSTRAINT fk_gate_device_edition_id
        FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE,
    CONSTRAINT uq_gate_device_code_digest UNIQUE (code_digest),
    CONSTRAINT uq_gate_device_token_digest UNIQUE (token_digest)
);
CREATE INDEX ix_gate_device_edition_id ON gate_device (edition_id);
CREATE TABLE gate_settings (
    edition_id INTEGER NOT NULL,
    day_starts_hour INTEGER DEFAULT '4' NOT NULL,
    version INTEGER DEFAULT '0' NOT NULL,
    gathered_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_gate_settings PRIMARY KEY (edition_id),
    CONSTRAINT ck_gate_settings_hour CHECK (day_starts_hour BETWEEN 0 AND 12),
    CONSTRAINT fk_gate_settings_edition_id
        FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE
);
CREATE TABLE gate_area (
    id SERIAL NOT NULL,
    edition_id INTEGER NOT NULL,
    parent_id INTEGER,
    code VARCHAR NOT NULL,
    name JSONB NOT NULL,
    kind VARCHAR NOT NULL,
    hall_id INTEGER,
    room_id INTEGER,
    talk_id INTEGER,
    people_limit INTEGER,
    when_full VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    path INTEGER[] DEFAULT '{}' NOT NULL,
    CONSTRAINT pk_gate_area PRIMARY KEY (id),
    CONSTRAINT uq_gate_area_edition_id_code UNIQUE (edition_id, code),
    CONSTRAINT uq_gate_area_talk_id UNIQUE (talk_id),
    CONSTRAINT ck_gate_area_kind CHECK (kind IN ('site', 'hall', 'room', 'talk', 'other')),
    CONSTRAINT ck_gate_area_when_full CHECK (when_full IN ('warn', 'refuse')),
    CONSTRAINT ck_gate_area_limit CHECK (people_limit > 0),
    CONSTRAINT ck_gate_area_parent CHECK (parent_id <> id),
    CONSTRAINT fk_gate_area_edition_id
        FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE,
    CONSTRAINT fk_gate_area_parent_id FOREIGN KEY(parent_id) REFERENCES gate_area (id),
    CONSTRAINT fk_gate_area_hall_id
        FOREIGN KEY(hall_id) REFERENCES hall (id) ON DELETE SET NULL,
    CONSTRAINT fk_gate_area_room_id
        FOREIGN KEY(room_id) REFERENCES room (id) ON DELETE SET NULL,
    CONSTRAINT fk_gate_area_talk_id
        FOREIGN KEY(talk_id) REFERENCES talk (id) ON DELETE SET NULL
);
CREATE INDEX ix_gate_area_edition_id ON gate_area (edition_id);
CREATE INDEX ix_gate_area_parent_id ON gate_area (parent_id);
CREATE TABLE gate (
    id SERIAL NOT NULL,
    edition_id INTEGER NOT NULL,
    area_id INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    name JSONB NOT NULL,
    direction VARCHAR NOT NULL,
    reentry VARCHAR NOT NULL,
    passback_min INTEGER NOT NULL,
    typed_codes BOOLEAN NOT NULL,
    active BOOLEAN NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_gate PRIMARY KEY (id),
    CONSTRAINT uq_gate_edition_id_code UNIQUE (edition_id, code),
    CONSTRAINT ck_gate_direction CHECK (direction IN ('in', 'out', 'both')),
    CONSTRAINT ck_gate_reentry CHECK (reentry IN ('exit', 'any', 'daily', 'once')),
    CONSTRAINT ck_gate_passback CHECK (passback_min BETWEEN 0 AND 1440),
    CONSTRAINT fk_gate_edition_id
        FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE,
    CONSTRAINT fk_gate_area_id FOREIGN KEY(area_id) REFERENCES gate_area (id)
);
CREATE INDEX ix_gate_area_id ON gate (area_id);
CREATE INDEX ix_gate_edition_id ON gate (edition_id);
CREATE TABLE gate_count (
    area_id INTEGER NOT NULL,
    day DATE NOT NULL,
    shard INTEGER NOT NULL,
    inside INTEGER NOT NULL,
    CONSTRAINT pk_gate_count PRIMARY KEY (area_id, day, shard),
    CONSTRAINT ck_gate_count_inside CHECK (inside >= 0),
    CONSTRAINT fk_gate_count_area_id
        FOREIGN KEY(area_id) REFERENCES gate_area (id) ON DELETE CASCADE
);
CREATE TABLE gate_exemption (
    id SERIAL NOT NULL,
    edition_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    area_id INTEGER,
    allowed BOOLEAN NOT NULL,
    reason VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    until TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_gate_exemption PRIMARY KEY (id),
    CONSTRAINT fk_gate_exemption_edition_id
        FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE,
    CONSTRAINT fk_gate_exemption_person_id
        FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE,
    CONSTRAINT fk_gate_exemption_area_id
        FOREIGN KEY(area_id) REFERENCES gate_area (id) ON DELETE CASCADE
);
CREATE INDEX ix_gate_exemption_edition_id ON gate_exemption (edition_id);
CREATE INDEX ix_gate_exemption_person_id ON gate_exemption (person_id);
CREATE TABLE gate_place (
    person_id INTEGER NOT NULL,
    edition_id INTEGER NOT NULL,
    area_id INTEGER,
    day DATE,
    at TIMESTAMP WITH TIME ZONE,
    passage_id BIGINT,
    CONSTRAINT pk_gate_place PRIMARY KEY (person_id),
    CONSTRAINT fk_gate_place_person_id
        FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE,
    CONSTRAINT fk_gate_place_edition_id
        FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE,
    CONSTRAINT fk_gate_place_area_id FOREIGN KEY(area_id) REFERENCES gate_area (id)
);
CREATE INDEX ix_gate_place_area_id ON gate_place (area_id);
CREATE INDEX ix_gate_place_edition_id ON gate_place (edition_id);
CREATE TABLE gate_rule (
    id SERIAL NOT NULL,
    edition_id INTEGER NOT NULL,
    area_id INTEGER NOT NULL,
    kind VARCHAR,
    ticket_id INTEGER,
    from_day DATE,
    until_day DATE,
    from_time TIME WITHOUT TIME ZONE,
    until_time TIME WITHOUT TIME ZONE,
    CONSTRAINT pk_gate_rule PRIMARY KEY (id),
    CONSTRAINT ck_gate_rule_days CHECK (from_day <= until_day),
    CONSTRAINT fk_gate_rule_edition_id
        FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE,
    CONSTRAINT fk_gate_rule_area_id
        FOREIGN KEY(area_id) REFERENCES gate_area (id) ON DELETE CASCADE,
    CONSTRAINT fk_gate_rule_ticket_id
        FOREIGN KEY(ticket_id) REFERENCES ticket (id) ON DELETE CASCADE
);
CREATE INDEX ix_gate_rule_area_id ON gate_rule (area_id);
CREATE INDEX ix_gate_rule_edition_id ON gate_rule (edition_id);
CREATE TABLE gate_device_gate (
    device_id INTEGER NOT NULL,
    gate_id INTEGER NOT NULL,
    CONSTRAINT pk_gate_device_gate PRIMARY KEY (device_id, gate_id),
    CONSTRAINT fk_gate_device_gate_device_id
        FOREIGN KEY(device_id) REFERENCES gate_device (id) ON DELETE CASCADE,
    CONSTRAINT fk_gate_device_gate_gate_id
        FOREIGN KEY(gate_id) REFERENCES gate (id) ON DELETE CASCADE
);
CREATE INDEX ix_gate_device_gate_gate_id ON gate_device_gate (gate_id);
CREATE TABLE passage (
    id BIGSERIAL NOT NULL,
    edition_id INTEGER NOT NULL,
    gate_id INTEGER NOT NULL,
    area_id INTEGER NOT NULL,
    device_id INTEGER,
    user_id INTEGER,
    source VARCHAR NOT NULL,
    scan_id VARCHAR NOT NULL,
    person_id INTEGER,
    serial INTEGER,
    type VARCHAR NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    claimed_at TIMESTAMP WITH TIME ZONE,
    received_at TIMESTAMP WITH TIME ZONE NOT NULL,
    day DATE NOT NULL,
    verdict VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    detail JSONB NOT NULL,
    forced BOOLEAN NOT NULL,
    forced_by VARCHAR NOT NULL,
    offline BOOLEAN NOT NULL,
    typed BOOLEAN NOT NULL,
    flag VARCHAR NOT NULL,
    CONSTRAINT pk_passage PRIMARY KEY (id),
    CONSTRAINT uq_passage_source_scan_id UNIQUE (source, scan_id),
    CONSTRAINT ck_passage_type CHECK (type IN ('entry', 'exit')),
    CONSTRAINT ck_passage_verdict CHECK (verdict IN ('ok', 'refused')),
    CONSTRAINT ck_passage_reason CHECK (verdict = 'ok' OR reason <> ''),
    CONSTRAINT fk_passage_edition_id
        FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE,
    CONSTRAINT fk_passage_gate_id FOREIGN KEY(gate_id) REFERENCES gate (id),
    CONSTRAINT fk_passage_area_id FOREIGN KEY(area_id) REFERENCES gate_area (id),
    CONSTRAINT fk_passage_device_id
        FOREIGN KEY(device_id) REFERENCES gate_device (id) ON DELETE SET NULL,
    CONSTRAINT fk_passage_user_id
        FOREIGN KEY(user_id) REFERENCES "user" (id) ON DELETE SET NULL,
    CONSTRAINT fk_passage_person_id
        FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
);
CREATE INDEX ix_passage_edition_id_at ON passage (edition_id, at);
CREATE INDEX ix_passage_person_id_at ON passage (person_id, at);
CREATE TABLE gate_conflict (
    id SERIAL NOT NULL,
    edition_id INTEGER NOT NULL,
    passage_id BIGINT NOT NULL,
    other_id BIGINT,
    reason VARCHAR NOT NULL,
    found_at TIMESTAMP WITH TIME ZONE NOT NULL,
    settled_at TIMESTAMP WITH TIME ZONE,
    settled_by VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    CONSTRAINT pk_gate_conflict PRIMARY KEY (id),
    CONSTRAINT fk_gate_conflict_edition_id
        FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE,
    CONSTRAINT uq_gate_conflict_passage_id UNIQUE (passage_id),
    CONSTRAINT fk_gate_conflict_passage_id
        FOREIGN KEY(passage_id) REFERENCES passage (id) ON DELETE CASCADE,
    CONSTRAINT fk_gate_conflict_other_id
        FOREIGN KEY(other_id) REFERENCES passage (id) ON DELETE SET NULL
);
CREATE INDEX ix_gate_conflict_edition_id ON gate_conflict (edition_id);
CREATE INDEX ix_gate_conflict_open ON gate_conflict (edition_id, id) WHERE settled_at IS NULL;
CREATE INDEX ix_gate_conflict_other_id ON gate_conflict (other_id);
CREATE TABLE passage_annulment (
    passage_id BIGINT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    CONSTRAINT pk_passage_annulment PRIMARY KEY (passage_id),
    CONSTRAINT fk_passage_annulment_passage_id
        FOREIGN KEY(passage_id) REFERENCES passage (id) ON DELETE CASCADE
);
CREATE TABLE gate_box (
    token_id VARCHAR NOT NULL,
    edition_id INTEGER NOT NULL,
    badge_id INTEGER NOT NULL,
    box VARCHAR,
    mark VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_gate_box PRIMARY KEY (token_id),
    CONSTRAINT fk_gate_box_edition_id
        FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE,
    CONSTRAINT uq_gate_box_badge_id UNIQUE (badge_id)
);
CREATE INDEX ix_gate_box_edition_id_version ON gate_box (edition_id, version);
"""
# What was scanned stays written; areas form a tree whose paths the database keeps.
KEPT = """
CREATE FUNCTION passage_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- people, devices and whole editions go by cascade: their numbers are taken out, nothing else
    IF pg_trigger_depth() > 1 THEN RETURN coalesce(NEW, OLD); END IF;
    RAISE EXCEPTION 'what happened at a gate stays written'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'passage_is_kept';
END $$;
CREATE TRIGGER passage_is_kept BEFORE UPDATE OR DELETE ON passage
    FOR EACH ROW EXECUTE FUNCTION passage_is_kept();
CREATE TRIGGER passage_annulment_is_kept BEFORE UPDATE OR DELETE ON passage_annulment
    FOR EACH ROW EXECUTE FUNCTION passage_is_kept();

CREATE FUNCTION gate_area_path() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE above integer[];
BEGIN
    PERFORM pg_advisory_xact_lock(7201, NEW.edition_id);
    SELECT path INTO above FROM gate_area WHERE id = NEW.parent_id;
    IF NEW.id = ANY (above) THEN
        RAISE EXCEPTION 'an area does not lie within itself'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'gate_area_tree';
    END IF;
    NEW.path := coalesce(above, '{}') || NEW.id;
    RETURN NEW;
END $$;
CREATE TRIGGER gate_area_path BEFORE INSERT OR UPDATE OF parent_id, path ON gate_area
    FOR EACH ROW EXECUTE FUNCTION gate_area_path();
CREATE FUNCTION gate_area_below() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE gate_area SET path = '{}' WHERE parent_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER gate_area_below AFTER UPDATE ON gate_area
    FOR EACH ROW WHEN (OLD.path IS DISTINCT FROM NEW.path) EXECUTE FUNCTION gate_area_below();
CREATE FUNCTION gate_area_is_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM gate_place JOIN gate_area ON gate_area.id = gate_place.area_id
               WHERE gate_area.path @> ARRAY[NEW.id]) THEN
        RAISE EXCEPTION 'people are counted in area %', NEW.code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'gate_area_is_empty';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER gate_area_is_empty BEFORE UPDATE OF parent_id ON gate_area FOR EACH ROW
    WHEN (OLD.parent_id IS DISTINCT FROM NEW.parent_id) EXECUTE FUNCTION gate_area_is_empty();
"""
# Where people are follows from their last passage. Everybody has one place, and whoever writes it holds its
# row: two scans of one badge come one after the other. How many are in an area is counted with it, in parts
# by person, so that gates do not wait for one another.
PLACES = """
CREATE FUNCTION gate_inside(area integer, on_day date) RETURNS integer LANGUAGE sql AS $$
    SELECT coalesce(sum(inside), 0)::integer FROM gate_count WHERE area_id = area AND day = on_day
$$;
CREATE FUNCTION gate_day(at timestamptz, zone text, hour integer) RETURNS date LANGUAGE sql STABLE AS $$
    SELECT ((at AT TIME ZONE zone) - make_interval(hours => hour))::date
$$;
CREATE FUNCTION gate_counts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE was gate_place; becomes gate_place; part record;
BEGIN
    IF TG_OP <> 'INSERT' THEN was := OLD; END IF;
    IF TG_OP <> 'DELETE' THEN becomes := NEW; END IF;
    IF (was.area_id, was.day) IS NOT DISTINCT FROM (becomes.area_id, becomes.day) THEN RETURN NULL; END IF;
    -- always in the same order, so that two writers never wait for each other
    FOR part IN
        SELECT area, on_day, sum(one)::integer AS more FROM (
            SELECT unnest(path), was.day, -1 FROM gate_area WHERE id = was.area_id
            UNION ALL
            SELECT unnest(path), becomes.day, 1 FROM gate_area WHERE id = becomes.area_id
        ) AS parts (area, on_day, one)
        GROUP BY area, on_day HAVING sum(one) <> 0 ORDER BY area, on_day
    LOOP
        INSERT INTO gate_count (area_id, day, shard, inside)
            VALUES (part.area, part.on_day, coalesce(becomes.person_id, was.person_id) % 16,
                    greatest(part.more, 0))
            ON CONFLICT (area_id, day, shard) DO UPDATE SET inside = gate_count.inside + part.more;
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER gate_counts AFTER INSERT OR UPDATE OR DELETE ON gate_place
    FOR EACH ROW EXECUTE FUNCTION gate_counts();

-- Where somebody is who went through a gate of this area: in it, or in the nearest area around it that has
-- gates of its own.
CREATE FUNCTION gate_leads_to(area integer, way text) RETURNS integer LANGUAGE plpgsql STABLE AS $$
DECLARE found integer;
BEGIN
    IF way = 'entry' THEN RETURN area; END IF;
    SELECT outer_area.id INTO found
      FROM gate_area AS here JOIN gate_area AS outer_area ON outer_area.id = ANY (here.path)
     WHERE here.id = area AND outer_area.id <> area
       AND EXISTS (SELECT 1 FROM gate WHERE gate.area_id = outer_area.id AND gate.active)
     ORDER BY cardinality(outer_area.path) DESC LIMIT 1;
    RETURN found;
END $$;
-- Everything about somebody's place, anew from the passages.
CREATE FUNCTION gate_place_again(who integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE last passage;
BEGIN
    PERFORM 1 FROM gate_place WHERE person_id = who FOR UPDATE;
    SELECT p.* INTO last FROM passage AS p
     WHERE p.person_id = who AND p.verdict = 'ok'
       AND NOT EXISTS (SELECT 1 FROM passage_annulment AS a WHERE a.passage_id = p.id)
     ORDER BY p.at DESC, p.id DESC LIMIT 1;
    UPDATE gate_place SET area_id = CASE WHEN last.id IS NULL THEN NULL
                                         ELSE gate_leads_to(last.area_id, last.type) END,
                          day = last.day, at = last.at, passage_id = last.id
     WHERE person_id = who;
END $$;
"""
# Why somebody is not let in: a word as pretix has it, what there is to say about it, the passage against it.
REFUSALS = """
CREATE TYPE gate_no AS (reason text, detail jsonb, other bigint);

CREATE FUNCTION gate_no_person(who person, p_serial integer) RETURNS gate_no LANGUAGE plpgsql AS $$
DECLARE one badge;
BEGIN
    IF p_serial IS NOT NULL THEN
        SELECT * INTO one FROM badge WHERE person_id = who.id AND serial = p_serial;
        IF one.id IS NULL THEN RETURN ('invalid', '{"why": "unknown"}', NULL)::gate_no; END IF;
        IF one.revoked_at IS NOT NULL THEN
            RETURN ('revoked', jsonb_build_object('why', 'badge', 'because', one.revoked_because, 'newer',
                EXISTS (SELECT 1 FROM badge WHERE person_id = who.id AND revoked_at IS NULL)), NULL)::gate_no;
        END IF;
    END IF;
    IF who.state IN ('pending', 'waiting') THEN
        RETURN ('unapproved', jsonb_build_object('why', who.state), NULL)::gate_no;
    ELSIF who.state <> 'confirmed' THEN
        RETURN ('canceled', jsonb_build_object('why', who.state), NULL)::gate_no;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION gate_no_rule(kind text, ticket integer, path integer[], p_day date, clock time)
RETURNS gate_no LANGUAGE plpgsql AS $$
DECLARE fits record;
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
        IF NOT fits.kind_fits THEN
            RETURN ('product', jsonb_build_object('area', fits.area_id), NULL)::gate_no;
        ELSIF NOT fits.fits_now THEN
            RETURN ('invalid_time', jsonb_build_object('area', fits.area_id), NULL)::gate_no;
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

CREATE FUNCTION gate_no_talk(p_talk integer, p_at timestamptz) RETURNS gate_no LANGUAGE plpgsql AS $$
DECLARE span tstzrange;
BEGIN
    SELECT during INTO span FROM slot WHERE talk_id = p_talk;
    IF span IS NULL OR p_at BETWEEN lower(span) - interval '90 min' AND upper(span) + interval '30 min' THEN
        RETURN NULL;
    END IF;
    RETURN ('invalid_time', jsonb_build_object('opens', lower(span) - interval '90 min',
                                               'closes', upper(span) + interval '30 min'), NULL)::gate_no;
END $$;

-- Whether somebody is inside already, or was too often. A fact that comes in late is held against what lay
-- before it and after it.
CREATE FUNCTION gate_no_again(
    g gate, who integer, p_at timestamptz, p_day date, here gate_place, fact boolean
) RETURNS gate_no LANGUAGE plpgsql AS $$
DECLARE one passage; why text;
BEGIN
    IF g.passback_min > 0 THEN
        SELECT p.* INTO one FROM passage AS p
         WHERE p.person_id = who AND p.area_id = g.area_id AND p.type = 'entry' AND p.verdict = 'ok'
           AND p.at > p_at - make_interval(mins => g.passback_min)
           AND (NOT fact OR p.at < p_at + make_interval(mins => g.passback_min))
           AND NOT EXISTS (SELECT 1 FROM passage_annulment AS a WHERE a.passage_id = p.id)
         ORDER BY p.at DESC LIMIT 1;
        IF one.id IS NOT NULL THEN why := 'passback'; END IF;
    END IF;
    IF why IS NULL AND g.reentry IN ('once', 'daily') THEN
        SELECT p.* INTO one FROM passage AS p
         WHERE p.person_id = who AND p.area_id = g.area_id AND p.type = 'entry' AND p.verdict = 'ok'
           AND (g.reentry = 'once' OR p.day = p_day)
           AND NOT EXISTS (SELECT 1 FROM passage_annulment AS a WHERE a.passage_id = p.id)
         ORDER BY p.at DESC LIMIT 1;
        IF one.id IS NOT NULL THEN why := g.reentry; END IF;
    END IF;
    IF why IS NULL AND g.reentry = 'exit' AND NOT fact THEN
        IF here.day = p_day AND EXISTS (SELECT 1 FROM gate_area
                                         WHERE id = here.area_id AND path @> ARRAY[g.area_id]) THEN
            SELECT * INTO one FROM passage WHERE id = here.passage_id;
            why := 'inside';
        END IF;
    END IF;
    IF why IS NULL AND g.reentry = 'exit' AND fact THEN
        SELECT p.* INTO one FROM passage AS p
         WHERE p.person_id = who AND p.verdict = 'ok' AND p.day = p_day AND p.at <= p_at
           AND NOT EXISTS (SELECT 1 FROM passage_annulment AS a WHERE a.passage_id = p.id)
         ORDER BY p.at DESC, p.id DESC LIMIT 1;
        IF NOT EXISTS (SELECT 1 FROM gate_area WHERE id = gate_leads_to(one.area_id, one.type)
                                                 AND path @> ARRAY[g.area_id]) THEN
            SELECT p.* INTO one FROM passage AS p
             WHERE p.person_id = who AND p.verdict = 'ok' AND p.day = p_day AND p.at > p_at
               AND NOT EXISTS (SELECT 1 FROM passage_annulment AS a WHERE a.passage_id = p.id)
             ORDER BY p.at, p.id LIMIT 1;
            IF one.type IS DISTINCT FROM 'entry' OR one.area_id <> g.area_id THEN one := NULL; END IF;
        END IF;
        IF one.id IS NOT NULL THEN why := 'inside'; END IF;
    END IF;
    IF why IS NULL THEN RETURN NULL; END IF;
    RETURN ('already_redeemed', jsonb_build_object('why', why, 'at', one.at,
        'minutes', g.passback_min, 'gate', (SELECT name FROM gate WHERE id = one.gate_id)), one.id)::gate_no;
END $$;

-- Whether an area is full. Far from its limit gates go side by side, fewer than would fill it; close to it
-- one after the other. Says 'again' where that changed in between: nothing was written, the next try waits.
CREATE FUNCTION gate_no_room(a gate_area, p_day date, here gate_place, fact boolean)
RETURNS gate_no LANGUAGE plpgsql AS $$
DECLARE outer_area gate_area; people integer; beside integer := current_setting('max_connections')::integer;
        full_there gate_no; within integer[];
BEGIN
    SELECT path INTO within FROM gate_area WHERE id = here.area_id AND here.day = p_day;
    FOR outer_area IN
        SELECT * FROM gate_area WHERE id = ANY (a.path) AND people_limit IS NOT NULL
            AND NOT id = ANY (coalesce(within, '{}')) ORDER BY id
    LOOP
        people := gate_inside(outer_area.id, p_day);
        IF outer_area.when_full = 'refuse' AND NOT fact THEN
            IF people + beside <= outer_area.people_limit THEN
                PERFORM pg_advisory_xact_lock_shared(7202, outer_area.id);
                people := gate_inside(outer_area.id, p_day);
                IF people + beside > outer_area.people_limit THEN
                    RETURN ('again', NULL, NULL)::gate_no;
                END IF;
            ELSE
                PERFORM pg_advisory_xact_lock(7202, outer_area.id);
                people := gate_inside(outer_area.id, p_day);
            END IF;
        END IF;
        IF people >= outer_area.people_limit THEN
            full_there := (CASE WHEN outer_area.when_full = 'refuse' THEN 'rules' ELSE 'full' END,
                jsonb_build_object('why', 'full', 'inside', people, 'limit', outer_area.people_limit,
                                   'name', outer_area.name), NULL)::gate_no;
            IF outer_area.when_full = 'refuse' THEN RETURN full_there; END IF;
        END IF;
    END LOOP;
    RETURN full_there;
END $$;
"""
# One call decides and writes, in one short transaction. It is the only one that writes passages.
DECIDES = """
CREATE TYPE gate_answer AS (
    outcome text, id bigint, replayed boolean, verdict text, reason text, detail jsonb, forced boolean,
    typed boolean, flag text, conflict text, at timestamptz, type text, gate_id integer, area_id integer,
    person jsonb
);
-- p_token: digest of a device's token, or p_user: somebody signed in. p_person with p_serial: from a badge;
-- p_code: typed; p_flaw: why a badge could not be read. p_fact: what a device did by itself, without asking.
CREATE FUNCTION gate_pass(
    p_edition integer, p_gate integer, p_token text, p_user integer, p_actor text, p_scan text,
    p_person integer, p_serial integer, p_code text, p_flaw jsonb, p_type text, p_claimed timestamptz,
    p_odd boolean, p_force boolean, p_fact text, p_fact_reason text, p_lazy boolean
) RETURNS gate_answer LANGUAGE plpgsql AS $$
DECLARE
    r gate_answer; d gate_device; g gate; a gate_area; who person; here gate_place; kept passage;
    no gate_no; room_no gate_no; exempt gate_exemption; zone text; hour integer; allowed boolean := false;
    v_source text; v_at timestamptz; v_day date; v_now timestamptz := clock_timestamp();
    v_fact boolean := p_fact IS NOT NULL; overridable boolean; v_type text;
BEGIN
    IF p_lazy THEN PERFORM set_config('synchronous_commit', 'off', true); END IF;
    r.replayed := false;
    IF p_user IS NULL THEN
        SELECT * INTO d FROM gate_device WHERE token_digest = p_token;
        IF d.id IS NULL OR d.revoked_at IS NOT NULL OR d.edition_id <> p_edition THEN
            r.outcome := 'stranger'; RETURN r;
        END IF;
        v_source := 'd' || d.id;
    ELSE
        v_source := 'u' || p_user;
    END IF;
    SELECT * INTO g FROM gate WHERE gate.id = p_gate AND edition_id = p_edition;
    IF g.id IS NULL OR NOT (g.active OR v_fact) THEN r.outcome := 'no_gate'; RETURN r; END IF;
    IF d.id IS NOT NULL THEN
        IF NOT v_fact AND EXISTS (SELECT 1 FROM gate_device_gate WHERE device_id = d.id)
           AND NOT EXISTS (SELECT 1 FROM gate_device_gate WHERE device_id = d.id AND gate_id = g.id) THEN
            r.outcome := 'not_here'; RETURN r;
        END IF;
        IF d.last_seen_at IS NULL OR d.last_seen_at < v_now - interval '30 s' THEN
            UPDATE gate_device SET last_seen_at = v_now WHERE gate_device.id = d.id;
        END IF;
    END IF;
    v_type := coalesce(p_type, CASE WHEN g.direction = 'out' THEN 'exit' ELSE 'entry' END);
    SELECT * INTO a FROM gate_area WHERE gate_area.id = g.area_id;
    SELECT timezone, coalesce(day_starts_hour, 4) INTO zone, hour
      FROM edition LEFT JOIN gate_settings ON edition_id = edition.id WHERE edition.id = p_edition;

    -- the time: what a device says is taken within reason
    v_at := coalesce(p_claimed, v_now);
    r.flag := CASE WHEN p_odd THEN 'odd' WHEN v_at > v_now + interval '2 min' THEN 'future'
                   WHEN v_at < v_now - interval '14 days' THEN 'past' ELSE '' END;
    IF r.flag <> '' OR v_at > v_now THEN v_at := v_now; END IF;
    v_day := gate_day(v_at, zone, hour);

    -- whose badge; from here on nobody else decides about the same person
    IF p_code IS NOT NULL THEN
        SELECT * INTO who FROM person WHERE edition_id = p_edition AND code = p_code;
    ELSIF p_person IS NOT NULL THEN
        SELECT * INTO who FROM person WHERE person.id = p_person AND edition_id = p_edition;
    END IF;
    r.typed := p_code IS NOT NULL;
    IF who.id IS NOT NULL THEN
        SELECT * INTO here FROM gate_place WHERE person_id = who.id FOR UPDATE;
        IF here.person_id IS NULL THEN
            INSERT INTO gate_place (person_id, edition_id) VALUES (who.id, p_edition) ON CONFLICT DO NOTHING;
            SELECT * INTO here FROM gate_place WHERE person_id = who.id FOR UPDATE;
        END IF;
    END IF;
    SELECT * INTO kept FROM passage WHERE source = v_source AND scan_id = p_scan;
    IF kept.id IS NOT NULL THEN RETURN gate_answered(kept); END IF;

    IF p_flaw IS NOT NULL THEN
        no := (coalesce(p_flaw->>'reason', 'invalid'), p_flaw, NULL)::gate_no;
    ELSIF who.id IS NULL THEN
        no := ('invalid', jsonb_build_object('why', CASE
            WHEN p_code IS NOT NULL THEN 'code'
            WHEN EXISTS (SELECT 1 FROM person WHERE person.id = p_person) THEN 'foreign'
            ELSE 'unknown' END), NULL)::gate_no;
    ELSE
        no := gate_no_person(who, p_serial);
    END IF;
    IF r.typed AND NOT g.typed_codes AND NOT v_fact THEN  -- says nothing about anybody
        no := ('rules', '{"why": "typed"}', NULL)::gate_no;
        who := NULL;
    ELSIF no.reason IS NULL AND v_type = 'exit' AND g.direction = 'in' THEN
        no := ('rules', '{"why": "entrance"}', NULL)::gate_no;
    ELSIF no.reason IS NULL AND v_type = 'entry' AND g.direction = 'out' THEN
        no := ('rules', '{"why": "exit"}', NULL)::gate_no;
    END IF;
    IF v_type = 'exit' AND who.id IS NOT NULL AND no.reason IN ('revoked', 'unapproved', 'canceled') THEN
        no := NULL;  -- whoever is inside may leave
    END IF;
    IF no.reason IS NULL AND v_type = 'entry' THEN
        SELECT e.* INTO exempt FROM gate_exemption AS e
         WHERE e.person_id = who.id AND (e.area_id IS NULL OR e.area_id = ANY (a.path))
           AND (e.until IS NULL OR e.until > v_at)
         ORDER BY e.allowed, e.id DESC LIMIT 1;
        allowed := coalesce(exempt.allowed, false);
        IF NOT coalesce(exempt.allowed, true) THEN
            no := ('blocked', jsonb_build_object('because', exempt.reason), NULL)::gate_no;
        END IF;
        IF no.reason IS NULL AND NOT allowed THEN
            no := gate_no_rule(who.kind, who.ticket_id, a.path, v_day, (v_at AT TIME ZONE zone)::time);
        END IF;
        IF no.reason IS NULL AND a.talk_id IS NOT NULL AND NOT allowed THEN
            no := gate_no_talk(a.talk_id, v_at);
        END IF;
        IF no.reason IS NULL THEN
            no := gate_no_again(g, who.id, v_at, v_day, here, v_fact);
        END IF;
    END IF;

    -- what the people at the gate may decide otherwise
    overridable := no.reason IN ('already_redeemed', 'invalid_time', 'product', 'rules', 'unapproved')
                   AND coalesce(no.detail->>'why', '') <> 'typed' AND who.id IS NOT NULL;
    r.verdict := CASE WHEN v_fact THEN p_fact WHEN no.reason IS NULL THEN 'ok'
                      WHEN p_force AND overridable AND coalesce(d.may_force, true) THEN 'ok'
                      ELSE 'refused' END;
    r.forced := r.verdict = 'ok' AND p_force;
    IF NOT v_fact THEN r.forced := r.forced AND no.reason IS NOT NULL; END IF;
    IF r.verdict = 'ok' AND v_type = 'entry' AND who.id IS NOT NULL THEN
        room_no := gate_no_room(a, v_day, here, v_fact);
        IF room_no.reason = 'again' THEN r.outcome := 'again'; RETURN r; END IF;
        IF room_no.reason = 'rules' AND NOT v_fact THEN
            no := room_no; r.verdict := 'refused'; r.forced := false;  -- nobody overrides a hard limit
        ELSIF room_no.reason IS NOT NULL AND r.flag = '' THEN
            r.flag := 'full';
            IF no.detail IS NULL THEN no.detail := room_no.detail; END IF;
        END IF;
    END IF;
    r.reason := CASE WHEN r.verdict = 'refused' AND v_fact THEN coalesce(nullif(p_fact_reason, ''), 'error')
                     ELSE coalesce(no.reason, '') END;

    INSERT INTO passage (edition_id, gate_id, area_id, device_id, user_id, source, scan_id, person_id, serial,
                         type, at, claimed_at, received_at, day, verdict, reason, detail, forced, forced_by,
                         offline, typed, flag)
        VALUES (p_edition, g.id, a.id, d.id, p_user, v_source, p_scan, who.id, p_serial, v_type, v_at,
                p_claimed, v_now, v_day, r.verdict, r.reason, coalesce(no.detail, '{}'), r.forced,
                CASE WHEN r.forced THEN coalesce(nullif(p_actor, ''), d.name, '') ELSE '' END,
                v_fact, r.typed, r.flag)
        ON CONFLICT (source, scan_id) DO NOTHING RETURNING * INTO kept;
    IF kept.id IS NULL THEN  -- the same scan came by another way at this very moment
        SELECT * INTO kept FROM passage WHERE source = v_source AND scan_id = p_scan;
        RETURN gate_answered(kept);
    END IF;
    IF r.verdict = 'ok' AND who.id IS NOT NULL AND (here.at IS NULL OR here.at <= v_at) THEN
        UPDATE gate_place SET area_id = gate_leads_to(a.id, v_type), day = v_day, at = v_at,
                              passage_id = kept.id
         WHERE person_id = who.id;
    END IF;
    IF v_fact AND r.verdict = 'ok' AND no.reason IS NOT NULL AND NOT (r.forced AND overridable) THEN
        INSERT INTO gate_conflict (edition_id, passage_id, other_id, reason, found_at, settled_by, note)
            VALUES (p_edition, kept.id, no.other, no.reason, v_now, '', '');
    END IF;
    r := gate_answered(kept);
    r.replayed := false;
    RETURN r;
END $$;

-- What was answered to a scan, from what was written.
CREATE FUNCTION gate_answered(kept passage) RETURNS gate_answer LANGUAGE plpgsql AS $$
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
        'organisation', p.organisation, 'position', p.position, 'country', p.country)
      INTO r.person FROM person AS p WHERE p.id = kept.person_id;
    RETURN r;
END $$;
"""


TRIGGER = """
CREATE TRIGGER {table}_{rule}_{verb} AFTER {verb} ON {table} REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION {rule}({links});
"""
STAY = """
CREATE OR REPLACE TRIGGER {table}_stays_in_edition BEFORE UPDATE OF edition_id ON {table}
    FOR EACH ROW WHEN (OLD.edition_id IS DISTINCT FROM NEW.edition_id) EXECUTE FUNCTION stays_in_edition();
"""
LINKS = {
    "gate_area": {"parent_id": "gate_area", "hall_id": "hall", "room_id": "room", "talk_id": "talk"},
    "gate": {"area_id": "gate_area"},
    "gate_rule": {"area_id": "gate_area", "ticket_id": "ticket"},
    "gate_exemption": {"person_id": "person", "area_id": "gate_area"},
}


def upgrade() -> None:
    run = op.get_bind().connection.driver_connection.execute
    for statements in (TABLES, KEPT, PLACES, REFUSALS, DECIDES):
        run(statements)
    for table, links in LINKS.items():
        told = ", ".join(f"'{column}', '{to}'" for column, to in links.items())
        for verb in ("insert", "update"):
            run(TRIGGER.format(table=table, rule="of_one_edition", verb=verb, links=told))
    told = "'device_id', 'gate_device', 'gate_id', 'gate'"
    for verb in ("insert", "update"):
        run(TRIGGER.format(table="gate_device_gate", rule="between_one_edition", verb=verb, links=told))
    for table in ("gate_area", "gate", "gate_device", "person"):
        run(STAY.format(table=table))


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
