"""Phases of matchmaking; requests, private refusals, messages between those who ask and who are asked."""

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE meeting_phase (
    edition_id INTEGER NOT NULL,
    phase VARCHAR NOT NULL,
    opens_on DATE,
    closes_on DATE,
    begun_at TIMESTAMP WITH TIME ZONE,
    ended_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_meeting_phase PRIMARY KEY (edition_id, phase),
    CONSTRAINT ck_meeting_phase_phase CHECK (phase IN ('profiles', 'recommendations', 'requests',
        'agenda', 'onsite')),
    CONSTRAINT ck_meeting_phase_dates CHECK (opens_on <= closes_on),
    CONSTRAINT fk_meeting_phase_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE
);
CREATE TABLE request_settings (
    edition_id INTEGER NOT NULL,
    open_buyer INTEGER NOT NULL,
    open_supplier INTEGER NOT NULL,
    must_buyer INTEGER NOT NULL,
    must_supplier INTEGER NOT NULL,
    lapse_hours INTEGER NOT NULL,
    warn_hours INTEGER NOT NULL,
    digest_hours INTEGER NOT NULL,
    CONSTRAINT pk_request_settings PRIMARY KEY (edition_id),
    CONSTRAINT ck_request_settings_caps CHECK (open_buyer BETWEEN 0 AND 1000 AND open_supplier
        BETWEEN 0 AND 1000 AND must_buyer BETWEEN 0 AND 1000 AND must_supplier BETWEEN 0 AND 1000),
    CONSTRAINT ck_request_settings_lapse CHECK (lapse_hours BETWEEN 1 AND 2160),
    CONSTRAINT ck_request_settings_warn CHECK (warn_hours BETWEEN 0 AND 720),
    CONSTRAINT ck_request_settings_digest CHECK (digest_hours BETWEEN 0 AND 168),
    CONSTRAINT fk_request_settings_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON
        DELETE CASCADE
);
CREATE TABLE meeting_request (
    id SERIAL NOT NULL,
    edition_id INTEGER NOT NULL,
    buyer_id INTEGER NOT NULL,
    exhibitor_id INTEGER NOT NULL,
    asked_by VARCHAR NOT NULL,
    asker_must BOOLEAN NOT NULL,
    other_must BOOLEAN NOT NULL,
    by_both BOOLEAN NOT NULL,
    state VARCHAR NOT NULL,
    turn VARCHAR NOT NULL,
    half VARCHAR,
    slot INTEGER,
    asked_half VARCHAR,
    asked_slot INTEGER,
    proposals INTEGER NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    warned_at TIMESTAMP WITH TIME ZONE,
    settled_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_meeting_request PRIMARY KEY (id),
    CONSTRAINT ck_meeting_request_asked_by CHECK (asked_by IN ('buyer','supplier')),
    CONSTRAINT ck_meeting_request_turn CHECK (turn IN ('buyer','supplier')),
    CONSTRAINT ck_meeting_request_state CHECK (state IN ('open','agreed','withdrawn','lapsed','ended')),
    CONSTRAINT ck_meeting_request_half CHECK (half IN ('am','pm') AND asked_half IN ('am','pm')),
    CONSTRAINT ck_meeting_request_slot CHECK (slot >= 1 AND asked_slot >= 1),
    CONSTRAINT ck_meeting_request_one_wish CHECK (half IS NULL OR slot IS NULL),
    CONSTRAINT ck_meeting_request_settled CHECK ((state = 'open') = (settled_at IS NULL)),
    CONSTRAINT fk_meeting_request_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON
        DELETE CASCADE,
    CONSTRAINT fk_meeting_request_buyer_id FOREIGN KEY(buyer_id) REFERENCES buyer (id) ON DELETE CASCADE,
    CONSTRAINT fk_meeting_request_exhibitor_id FOREIGN KEY(exhibitor_id) REFERENCES exhibitor (id)
        ON DELETE CASCADE
);
CREATE INDEX ix_meeting_request_buyer ON meeting_request (buyer_id, state, id);
CREATE INDEX ix_meeting_request_due ON meeting_request (expires_at) WHERE state = 'open';
CREATE INDEX ix_meeting_request_edition ON meeting_request (edition_id, id);
CREATE INDEX ix_meeting_request_exhibitor ON meeting_request (exhibitor_id, state, id);
CREATE UNIQUE INDEX uq_meeting_request_buyer_slot ON meeting_request (buyer_id, slot) WHERE state =
    'agreed' AND slot IS NOT NULL;
CREATE UNIQUE INDEX uq_meeting_request_exhibitor_slot ON meeting_request (exhibitor_id, slot) WHERE
    state = 'agreed' AND slot IS NOT NULL;
CREATE UNIQUE INDEX uq_meeting_request_pair ON meeting_request (buyer_id, exhibitor_id) WHERE state
    IN ('open','agreed');
CREATE TABLE meeting_refusal (
    id SERIAL NOT NULL,
    edition_id INTEGER NOT NULL,
    buyer_id INTEGER NOT NULL,
    exhibitor_id INTEGER NOT NULL,
    side VARCHAR NOT NULL,
    refused_at TIMESTAMP WITH TIME ZONE NOT NULL,
    lifted_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_meeting_refusal PRIMARY KEY (id),
    CONSTRAINT ck_meeting_refusal_side CHECK (side IN ('buyer','supplier')),
    CONSTRAINT fk_meeting_refusal_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON
        DELETE CASCADE,
    CONSTRAINT fk_meeting_refusal_buyer_id FOREIGN KEY(buyer_id) REFERENCES buyer (id) ON DELETE CASCADE,
    CONSTRAINT fk_meeting_refusal_exhibitor_id FOREIGN KEY(exhibitor_id) REFERENCES exhibitor (id)
        ON DELETE CASCADE
);
CREATE INDEX ix_meeting_refusal_edition ON meeting_refusal (edition_id, buyer_id, exhibitor_id)
    WHERE lifted_at IS NULL;
CREATE INDEX ix_meeting_refusal_exhibitor ON meeting_refusal (exhibitor_id);
CREATE UNIQUE INDEX uq_meeting_refusal_pair ON meeting_refusal (buyer_id, exhibitor_id, side) WHERE
    lifted_at IS NULL;
CREATE TABLE request_message (
    id SERIAL NOT NULL,
    request_id INTEGER NOT NULL,
    side VARCHAR NOT NULL,
    user_id INTEGER,
    body VARCHAR NOT NULL,
    once VARCHAR NOT NULL,
    written_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_request_message PRIMARY KEY (id),
    CONSTRAINT uq_request_message_request_id_once UNIQUE (request_id, once),
    CONSTRAINT ck_request_message_side CHECK (side IN ('buyer','supplier')),
    CONSTRAINT ck_request_message_body CHECK (length(body) BETWEEN 1 AND 2000),
    CONSTRAINT fk_request_message_request_id FOREIGN KEY(request_id) REFERENCES meeting_request (id)
        ON DELETE CASCADE,
    CONSTRAINT fk_request_message_user_id FOREIGN KEY(user_id) REFERENCES "user" (id) ON DELETE SET NULL
);
CREATE INDEX ix_request_message_request_id ON request_message (request_id);
CREATE INDEX ix_request_message_user_id ON request_message (user_id);
CREATE TABLE request_report (
    id SERIAL NOT NULL,
    edition_id INTEGER NOT NULL,
    request_id INTEGER NOT NULL,
    side VARCHAR NOT NULL,
    words VARCHAR NOT NULL,
    reported_at TIMESTAMP WITH TIME ZONE NOT NULL,
    handled_at TIMESTAMP WITH TIME ZONE,
    outcome VARCHAR NOT NULL,
    CONSTRAINT pk_request_report PRIMARY KEY (id),
    CONSTRAINT ck_request_report_side CHECK (side IN ('buyer','supplier')),
    CONSTRAINT ck_request_report_outcome CHECK (outcome IN ('','nothing','warned','silenced')),
    CONSTRAINT fk_request_report_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE,
    CONSTRAINT fk_request_report_request_id FOREIGN KEY(request_id) REFERENCES meeting_request (id)
        ON DELETE CASCADE
);
CREATE INDEX ix_request_report_edition_id ON request_report (edition_id);
CREATE INDEX ix_request_report_request_id ON request_report (request_id);
CREATE UNIQUE INDEX uq_request_report_open ON request_report (request_id, side) WHERE handled_at IS NULL;
CREATE TABLE request_offer (
    id SERIAL NOT NULL,
    edition_id INTEGER NOT NULL,
    request_id INTEGER NOT NULL,
    side VARCHAR NOT NULL,
    buyer_id INTEGER NOT NULL,
    exhibitor_id INTEGER NOT NULL,
    offered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    passed_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_request_offer PRIMARY KEY (id),
    CONSTRAINT uq_request_offer_request_id UNIQUE (request_id),
    CONSTRAINT uq_request_offer_side_buyer_id_exhibitor_id UNIQUE (side, buyer_id, exhibitor_id),
    CONSTRAINT ck_request_offer_side CHECK (side IN ('buyer','supplier')),
    CONSTRAINT fk_request_offer_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE,
    CONSTRAINT fk_request_offer_request_id FOREIGN KEY(request_id) REFERENCES meeting_request (id)
        ON DELETE CASCADE,
    CONSTRAINT fk_request_offer_buyer_id FOREIGN KEY(buyer_id) REFERENCES buyer (id) ON DELETE CASCADE,
    CONSTRAINT fk_request_offer_exhibitor_id FOREIGN KEY(exhibitor_id) REFERENCES exhibitor (id) ON
        DELETE CASCADE
);
CREATE INDEX ix_request_offer_buyer_id ON request_offer (buyer_id);
CREATE INDEX ix_request_offer_edition_id ON request_offer (edition_id);
CREATE INDEX ix_request_offer_exhibitor_id ON request_offer (exhibitor_id);
CREATE TABLE request_notice (
    id SERIAL NOT NULL,
    edition_id INTEGER NOT NULL,
    side VARCHAR NOT NULL,
    party_id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    other_id INTEGER NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    told_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_request_notice PRIMARY KEY (id),
    CONSTRAINT ck_request_notice_side CHECK (side IN ('buyer','supplier')),
    CONSTRAINT fk_request_notice_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE
);
CREATE INDEX ix_request_notice_party ON request_notice (edition_id, side, party_id, told_at);
CREATE UNIQUE INDEX uq_request_notice_untold ON request_notice (edition_id, side, party_id, kind,
    other_id) WHERE told_at IS NULL;
CREATE TABLE request_seen (
    request_id INTEGER NOT NULL,
    side VARCHAR NOT NULL,
    message_id INTEGER NOT NULL,
    CONSTRAINT pk_request_seen PRIMARY KEY (request_id, side),
    CONSTRAINT ck_request_seen_side CHECK (side IN ('buyer','supplier')),
    CONSTRAINT fk_request_seen_request_id FOREIGN KEY(request_id) REFERENCES meeting_request (id) ON
        DELETE CASCADE
);
"""
# A no is stored beside the request, which it leaves as it is: whoever was refused sees silence. What the
# refuser itself had offered is taken back, what was agreed ends, a meeting that was planned is cancelled.
# Everything about a pair is done with its buyer's row locked, so that neither an answer nor a meeting slips
# past a no: a refusal locks it for update, and whoever writes a meeting has it locked as a key.
RULES = """
ALTER TABLE "grant" DROP CONSTRAINT ck_grant_role,
    ADD CONSTRAINT ck_grant_role CHECK (role IN ('organiser', 'exhibitor', 'buyer', 'speaker', 'gate',
        'finance', 'auditor', 'reviewer', 'matchmaker'));

CREATE FUNCTION request_is_between_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM buyer JOIN exhibitor USING (organisation_id)
                WHERE buyer.id = NEW.buyer_id AND exhibitor.id = NEW.exhibitor_id) THEN
        RAISE EXCEPTION 'nobody meets their own organisation'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'request_is_between_two';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER request_is_between_two AFTER INSERT ON meeting_request
    FOR EACH ROW EXECUTE FUNCTION request_is_between_two();

CREATE FUNCTION request_is_within_caps() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    which text; party integer; most_open integer; most_must integer; found integer;
    asks boolean; insists boolean;
BEGIN
    FOREACH which IN ARRAY ARRAY['buyer', 'supplier'] LOOP
        party := CASE which WHEN 'buyer' THEN NEW.buyer_id ELSE NEW.exhibitor_id END;
        asks := NEW.state = 'open' AND NEW.asked_by = which AND (TG_OP = 'INSERT' OR OLD.state <> 'open');
        insists := NEW.state IN ('open', 'agreed')
            AND CASE WHEN NEW.asked_by = which THEN NEW.asker_must ELSE NEW.other_must END;
        IF TG_OP = 'UPDATE' AND insists THEN
            insists := NOT (OLD.state IN ('open', 'agreed')
                AND CASE WHEN OLD.asked_by = which THEN OLD.asker_must ELSE OLD.other_must END);
        END IF;
        CONTINUE WHEN NOT asks AND NOT insists;
        IF which = 'buyer' THEN
            PERFORM 1 FROM buyer WHERE id = party FOR NO KEY UPDATE;
        ELSE
            PERFORM 1 FROM exhibitor WHERE id = party FOR NO KEY UPDATE;
        END IF;
        SELECT CASE which WHEN 'buyer' THEN open_buyer ELSE open_supplier END,
               CASE which WHEN 'buyer' THEN must_buyer ELSE must_supplier END
          INTO most_open, most_must FROM request_settings WHERE edition_id = NEW.edition_id;
        IF asks THEN
            SELECT count(*) INTO found FROM meeting_request
             WHERE state = 'open' AND asked_by = which
               AND CASE which WHEN 'buyer' THEN buyer_id = party ELSE exhibitor_id = party END;
            IF found > coalesce(most_open, 20) THEN
                RAISE EXCEPTION 'no more than % requests may be open', coalesce(most_open, 20)
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'request_open_cap', DETAIL = which;
            END IF;
        END IF;
        IF insists THEN
            SELECT count(*) INTO found FROM meeting_request
             WHERE state IN ('open', 'agreed')
               AND CASE which WHEN 'buyer' THEN buyer_id = party ELSE exhibitor_id = party END
               AND CASE WHEN asked_by = which THEN asker_must ELSE other_must END;
            IF found > coalesce(most_must, 5) THEN
                RAISE EXCEPTION 'no more than % meetings may be musts', coalesce(most_must, 5)
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'request_must_cap', DETAIL = which;
            END IF;
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER request_is_within_caps
    AFTER INSERT OR UPDATE OF state, asker_must, other_must ON meeting_request
    FOR EACH ROW EXECUTE FUNCTION request_is_within_caps();

CREATE FUNCTION request_keeps_its_pair() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.edition_id, OLD.buyer_id, OLD.exhibitor_id, OLD.asked_by)
       IS DISTINCT FROM (NEW.edition_id, NEW.buyer_id, NEW.exhibitor_id, NEW.asked_by) THEN
        RAISE EXCEPTION 'a request stays between the two that it began with'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'request_keeps_its_pair';
    END IF;
    IF OLD.state IN ('withdrawn', 'lapsed', 'ended') AND NEW.state <> OLD.state
       OR OLD.state = 'agreed' AND NEW.state NOT IN ('agreed', 'ended') THEN
        RAISE EXCEPTION 'a request that is % does not become %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'request_goes_on';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER request_keeps_its_pair BEFORE UPDATE ON meeting_request
    FOR EACH ROW EXECUTE FUNCTION request_keeps_its_pair();

CREATE FUNCTION part_ways(edition integer, one_buyer integer, one_exhibitor integer, told text)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE counted boolean;
BEGIN
    UPDATE meeting_request SET state = 'ended', settled_at = clock_timestamp()
     WHERE buyer_id = one_buyer AND exhibitor_id = one_exhibitor AND state = 'agreed';
    counted := FOUND;
    UPDATE meeting SET state = 'cancelled'
     WHERE buyer_id = one_buyer AND exhibitor_id = one_exhibitor AND state = 'planned';
    IF counted OR FOUND THEN
        INSERT INTO request_notice (edition_id, side, party_id, kind, other_id, due_at)
        VALUES (edition, told, CASE told WHEN 'buyer' THEN one_buyer ELSE one_exhibitor END, 'ended',
                CASE told WHEN 'buyer' THEN one_exhibitor ELSE one_buyer END, clock_timestamp())
        ON CONFLICT DO NOTHING;
    END IF;
END $$;

CREATE FUNCTION refusal_takes_effect() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE across text := CASE NEW.side WHEN 'buyer' THEN 'supplier' ELSE 'buyer' END;
BEGIN
    PERFORM 1 FROM buyer WHERE id = NEW.buyer_id FOR UPDATE;
    UPDATE meeting_request SET state = 'withdrawn', settled_at = clock_timestamp()
     WHERE buyer_id = NEW.buyer_id AND exhibitor_id = NEW.exhibitor_id AND state = 'open'
       AND asked_by = NEW.side AND turn = across;
    UPDATE meeting_request SET turn = NEW.side, half = asked_half, slot = asked_slot
     WHERE buyer_id = NEW.buyer_id AND exhibitor_id = NEW.exhibitor_id AND state = 'open'
       AND asked_by = across AND turn = across;
    PERFORM part_ways(NEW.edition_id, NEW.buyer_id, NEW.exhibitor_id, across);
    RETURN NULL;
END $$;
CREATE TRIGGER refusal_takes_effect AFTER INSERT ON meeting_refusal
    FOR EACH ROW WHEN (NEW.lifted_at IS NULL) EXECUTE FUNCTION refusal_takes_effect();

CREATE FUNCTION refusal_is_only_lifted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.lifted_at IS NOT NULL
       OR (OLD.edition_id, OLD.buyer_id, OLD.exhibitor_id, OLD.side)
          IS DISTINCT FROM (NEW.edition_id, NEW.buyer_id, NEW.exhibitor_id, NEW.side) THEN
        RAISE EXCEPTION 'a refusal can only be lifted, once'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'refusal_is_only_lifted';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER refusal_is_only_lifted BEFORE UPDATE ON meeting_refusal
    FOR EACH ROW EXECUTE FUNCTION refusal_is_only_lifted();

CREATE FUNCTION refuse_refused() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'these two do not meet'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'refused_pair_never_meets';
END $$;
CREATE FUNCTION refused_pair_never_agrees() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM buyer WHERE id = NEW.buyer_id FOR KEY SHARE;
    IF EXISTS (SELECT 1 FROM meeting_refusal WHERE buyer_id = NEW.buyer_id
                  AND exhibitor_id = NEW.exhibitor_id AND lifted_at IS NULL) THEN
        PERFORM refuse_refused();
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER refused_pair_never_agrees AFTER INSERT OR UPDATE OF state ON meeting_request
    FOR EACH ROW WHEN (NEW.state = 'agreed') EXECUTE FUNCTION refused_pair_never_agrees();
CREATE TRIGGER refused_pair_never_meets_again AFTER UPDATE ON meeting
    FOR EACH ROW WHEN (NEW.state <> 'cancelled' AND (OLD.state = 'cancelled'
        OR OLD.buyer_id <> NEW.buyer_id OR OLD.exhibitor_id <> NEW.exhibitor_id))
    EXECUTE FUNCTION refused_pair_never_agrees();
CREATE FUNCTION refused_pair_never_meets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM buyer WHERE id IN (SELECT buyer_id FROM fresh) ORDER BY id FOR KEY SHARE;
    IF EXISTS (SELECT 1 FROM fresh JOIN meeting_refusal AS no USING (buyer_id, exhibitor_id)
                WHERE no.lifted_at IS NULL AND fresh.state <> 'cancelled') THEN
        PERFORM refuse_refused();
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER refused_pair_never_meets AFTER INSERT ON meeting REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION refused_pair_never_meets();
"""
OWNED = {
    "meeting_request": {"buyer_id": "buyer", "exhibitor_id": "exhibitor"},
    "meeting_refusal": {"buyer_id": "buyer", "exhibitor_id": "exhibitor"},
    "request_offer": {"buyer_id": "buyer", "exhibitor_id": "exhibitor", "request_id": "meeting_request"},
    "request_report": {"request_id": "meeting_request"},
}
ONE_EDITION = """
CREATE TRIGGER {table}_of_one_edition_{verb} AFTER {verb} ON {table} REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION of_one_edition({links});
"""


def upgrade() -> None:
    """The tables, then the rules that hold whoever writes."""
    run = op.get_bind().connection.driver_connection.execute
    run(TABLES)
    run(RULES)
    for table, links in OWNED.items():
        told = ", ".join(f"'{column}', '{to}'" for column, to in links.items())
        for verb in ("insert", "update"):
            run(ONE_EDITION.format(table=table, verb=verb, links=told))


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
