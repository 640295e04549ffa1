"""Groups, duplicates, photos, visa letters and what people consent to."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE person_likeness (
    person_id INTEGER NOT NULL,
    edition_id INTEGER NOT NULL,
    keys INTEGER[],
    CONSTRAINT pk_person_likeness PRIMARY KEY (person_id),
    CONSTRAINT fk_person_likeness_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE,
        CONSTRAINT fk_person_likeness_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE
        CASCADE
);
CREATE INDEX ix_person_likeness_keys ON person_likeness USING gin (keys) WITH (fastupdate = off);
CREATE INDEX ix_person_likeness_missing ON person_likeness (edition_id) WHERE keys IS NULL;
CREATE TABLE not_same (
    one_id INTEGER NOT NULL,
    other_id INTEGER NOT NULL,
    said_by VARCHAR NOT NULL,
    said_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_not_same PRIMARY KEY (one_id, other_id),
    CONSTRAINT ck_not_same_order CHECK (one_id < other_id),
    CONSTRAINT fk_not_same_one_id FOREIGN KEY(one_id) REFERENCES person (id) ON DELETE CASCADE,
    CONSTRAINT fk_not_same_other_id FOREIGN KEY(other_id) REFERENCES person (id) ON DELETE CASCADE
);
CREATE INDEX ix_not_same_other_id ON not_same (other_id);
CREATE TABLE person_merge (
    id SERIAL NOT NULL,
    edition_id INTEGER NOT NULL,
    kept_id INTEGER NOT NULL,
    gone_id INTEGER NOT NULL,
    before JSONB NOT NULL,
    merged_by VARCHAR NOT NULL,
    merged_at TIMESTAMP WITH TIME ZONE NOT NULL,
    undone_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_person_merge PRIMARY KEY (id),
    CONSTRAINT ck_person_merge_two CHECK (kept_id <> gone_id),
    CONSTRAINT fk_person_merge_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE,
    CONSTRAINT fk_person_merge_kept_id FOREIGN KEY(kept_id) REFERENCES person (id) ON DELETE CASCADE,
    CONSTRAINT fk_person_merge_gone_id FOREIGN KEY(gone_id) REFERENCES person (id) ON DELETE CASCADE
);
CREATE INDEX ix_person_merge_edition_id ON person_merge (edition_id);
CREATE INDEX ix_person_merge_kept_id ON person_merge (kept_id);
CREATE UNIQUE INDEX uq_person_merge_gone ON person_merge (gone_id) WHERE undone_at IS NULL;
CREATE TABLE person_upload (
    id SERIAL NOT NULL,
    edition_id INTEGER NOT NULL,
    exhibitor_id INTEGER,
    job_id INTEGER,
    file_name VARCHAR NOT NULL,
    content BYTEA,
    state VARCHAR NOT NULL,
    report JSONB NOT NULL,
    sent_by VARCHAR NOT NULL,
    sent_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_person_upload PRIMARY KEY (id),
    CONSTRAINT ck_person_upload_state CHECK (state IN ('new', 'checked', 'taken', 'dropped')),
    CONSTRAINT uq_person_upload_job_id UNIQUE (job_id),
        CONSTRAINT fk_person_upload_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE
        CASCADE,
        CONSTRAINT fk_person_upload_exhibitor_id FOREIGN KEY(exhibitor_id) REFERENCES exhibitor (id) ON
        DELETE CASCADE,
    CONSTRAINT fk_person_upload_job_id FOREIGN KEY(job_id) REFERENCES job (id) ON DELETE SET NULL
);
CREATE INDEX ix_person_upload_edition_id ON person_upload (edition_id);
CREATE INDEX ix_person_upload_exhibitor_id ON person_upload (exhibitor_id);
CREATE TABLE staff_rule (
    edition_id INTEGER NOT NULL,
    least INTEGER NOT NULL,
    m2_each INTEGER NOT NULL,
    most INTEGER NOT NULL,
    CONSTRAINT pk_staff_rule PRIMARY KEY (edition_id),
    CONSTRAINT ck_staff_rule_bounds CHECK (least BETWEEN 0 AND most AND most <= 10000),
    CONSTRAINT ck_staff_rule_m2_each CHECK (m2_each BETWEEN 1 AND 10000),
    CONSTRAINT fk_staff_rule_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE
);
CREATE TABLE staff_allowance (
    exhibitor_id INTEGER NOT NULL,
    extra INTEGER NOT NULL,
    reason VARCHAR NOT NULL,
    CONSTRAINT pk_staff_allowance PRIMARY KEY (exhibitor_id),
    CONSTRAINT ck_staff_allowance_extra CHECK (extra BETWEEN -10000 AND 10000),
        CONSTRAINT fk_staff_allowance_exhibitor_id FOREIGN KEY(exhibitor_id) REFERENCES exhibitor (id) ON
        DELETE CASCADE
);
CREATE TABLE person_photo (
    person_id INTEGER NOT NULL,
    content BYTEA NOT NULL,
    digest VARCHAR NOT NULL,
    added_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_person_photo PRIMARY KEY (person_id),
    CONSTRAINT ck_person_photo_size CHECK (octet_length(content) BETWEEN 1 AND 300000),
    CONSTRAINT fk_person_photo_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
CREATE TABLE visa_settings (
    edition_id INTEGER NOT NULL,
    is_open BOOLEAN NOT NULL,
    inviter JSONB NOT NULL,
    address JSONB NOT NULL,
    contact VARCHAR NOT NULL,
    signatory JSONB NOT NULL,
    position JSONB NOT NULL,
    closing JSONB NOT NULL,
    keep_days INTEGER NOT NULL,
    CONSTRAINT pk_visa_settings PRIMARY KEY (edition_id),
    CONSTRAINT ck_visa_settings_keep_days CHECK (keep_days BETWEEN 0 AND 365),
    CONSTRAINT fk_visa_settings_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE
);
CREATE TABLE visa_letter (
    id SERIAL NOT NULL,
    edition_id INTEGER NOT NULL,
    person_id INTEGER,
    state VARCHAR NOT NULL,
    number INTEGER,
    check_code VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    passport BYTEA,
    arrives_on DATE,
    leaves_on DATE,
    asked_by VARCHAR NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    signed_by VARCHAR NOT NULL,
    signed_at TIMESTAMP WITH TIME ZONE,
    decided_at TIMESTAMP WITH TIME ZONE,
    reason VARCHAR NOT NULL,
    CONSTRAINT pk_visa_letter PRIMARY KEY (id),
    CONSTRAINT uq_visa_letter_edition_id_number UNIQUE (edition_id, number),
    CONSTRAINT uq_visa_letter_check_code UNIQUE (check_code),
        CONSTRAINT ck_visa_letter_state CHECK (state IN ('asked', 'signed', 'refused', 'revoked', 'taken
        back')),
    CONSTRAINT ck_visa_letter_number CHECK ((number IS NULL) = (signed_at IS NULL)),
    CONSTRAINT ck_visa_letter_signed CHECK ((state IN ('signed', 'revoked')) = (signed_at IS NOT NULL)),
    CONSTRAINT ck_visa_letter_stay CHECK (arrives_on <= leaves_on),
    CONSTRAINT fk_visa_letter_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE,
    CONSTRAINT fk_visa_letter_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
);
CREATE INDEX ix_visa_letter_edition_id ON visa_letter (edition_id);
CREATE INDEX ix_visa_letter_person_id ON visa_letter (person_id);
CREATE UNIQUE INDEX uq_visa_letter_open ON visa_letter (person_id) WHERE state IN ('asked', 'signed');
CREATE TABLE purpose_text (
    id SERIAL NOT NULL,
    edition_id INTEGER NOT NULL,
    purpose VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    text JSONB NOT NULL,
    is_asked BOOLEAN NOT NULL,
    written_by VARCHAR NOT NULL,
    written_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_purpose_text PRIMARY KEY (id),
    CONSTRAINT uq_purpose_text_edition_id_purpose_version UNIQUE (edition_id, purpose, version),
    CONSTRAINT ck_purpose_text_purpose CHECK (purpose IN ('leads', 'news', 'photo', 'visa')),
    CONSTRAINT ck_purpose_text_version CHECK (version >= 1),
    CONSTRAINT fk_purpose_text_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE
);
CREATE INDEX ix_purpose_text_edition_id ON purpose_text (edition_id);
CREATE TABLE privacy_settings (
    edition_id INTEGER NOT NULL,
    controller JSONB NOT NULL,
    contact VARCHAR NOT NULL,
    keep_days JSONB NOT NULL,
    erase_after_days INTEGER NOT NULL,
    CONSTRAINT pk_privacy_settings PRIMARY KEY (edition_id),
    CONSTRAINT ck_privacy_settings_erase_after_days CHECK (erase_after_days BETWEEN 0 AND 90),
        CONSTRAINT fk_privacy_settings_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON
        DELETE CASCADE
);
CREATE TABLE erasure (
    id SERIAL NOT NULL,
    edition_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    asked_by VARCHAR NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    done_at TIMESTAMP WITH TIME ZONE,
    done_by VARCHAR NOT NULL,
    taken_back_at TIMESTAMP WITH TIME ZONE,
    counts JSONB NOT NULL,
    CONSTRAINT pk_erasure PRIMARY KEY (id),
    CONSTRAINT ck_erasure_asked_by CHECK (asked_by IN ('person', 'organiser', 'retention')),
    CONSTRAINT ck_erasure_one_end CHECK (done_at IS NULL OR taken_back_at IS NULL),
    CONSTRAINT fk_erasure_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE,
    CONSTRAINT fk_erasure_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
CREATE INDEX ix_erasure_edition_id ON erasure (edition_id);
CREATE INDEX ix_erasure_person_id ON erasure (person_id);
CREATE UNIQUE INDEX uq_erasure_open ON erasure (person_id) WHERE taken_back_at IS NULL;
CREATE TABLE erased_entry (
    erasure_id INTEGER NOT NULL,
    subject VARCHAR NOT NULL,
    subject_id VARCHAR NOT NULL,
    CONSTRAINT pk_erased_entry PRIMARY KEY (erasure_id, subject, subject_id),
    CONSTRAINT fk_erased_entry_erasure_id FOREIGN KEY(erasure_id) REFERENCES erasure (id) ON DELETE CASCADE
);
CREATE TABLE retention_report (
    id SERIAL NOT NULL,
    edition_id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    count INTEGER NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_retention_report PRIMARY KEY (id),
        CONSTRAINT fk_retention_report_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON
        DELETE CASCADE
);
CREATE INDEX ix_retention_report_edition_id ON retention_report (edition_id);
"""
RULES = """
-- Whoever registers has a row of keys to fill in; another name or address empties it.
INSERT INTO person_likeness (person_id, edition_id) SELECT id, edition_id FROM person;
CREATE FUNCTION likeness_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO person_likeness (person_id, edition_id) SELECT id, edition_id FROM fresh;
    RETURN NULL;
END $$;
CREATE TRIGGER person_likeness_begins AFTER INSERT ON person REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION likeness_begins();
CREATE FUNCTION likeness_is_old() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE person_likeness SET keys = NULL
      FROM fresh JOIN was USING (id)
     WHERE person_likeness.person_id = fresh.id
       AND (fresh.name, fresh.email) IS DISTINCT FROM (was.name, was.email);
    RETURN NULL;
END $$;
CREATE TRIGGER person_likeness_is_old AFTER UPDATE ON person REFERENCING OLD TABLE AS was NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION likeness_is_old();

-- No exhibitor names more staff than its stand gives badges. Who comes second waits for the exhibitor's row.
INSERT INTO staff_rule (edition_id, least, m2_each, most) SELECT id, 2, 9, 60 FROM edition;
CREATE FUNCTION staff_limit(whose integer) RETURNS integer LANGUAGE sql STABLE AS $$
    SELECT greatest(0, least(rule.most, rule.least
               + coalesce((SELECT sum(stand.width::bigint * stand.depth) / 10000
                             FROM allotment JOIN stand ON stand.id = allotment.stand_id
                            WHERE allotment.exhibitor_id = exhibitor.id), exhibitor.area_m2)::integer
                 / rule.m2_each) + coalesce(allowance.extra, 0))
      FROM exhibitor JOIN staff_rule rule ON rule.edition_id = exhibitor.edition_id
      LEFT JOIN staff_allowance allowance ON allowance.exhibitor_id = exhibitor.id
     WHERE exhibitor.id = whose
$$;
CREATE FUNCTION hold_staff_to(exhibitors integer[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE whose integer; there integer; places integer;
BEGIN
    PERFORM 1 FROM exhibitor WHERE id = ANY (exhibitors) ORDER BY id FOR NO KEY UPDATE;
    FOREACH whose IN ARRAY exhibitors LOOP
        places := staff_limit(whose);
        SELECT count(*) INTO there FROM person
         WHERE exhibitor_id = whose AND kind = 'exhibitor' AND state NOT IN ('declined', 'cancelled');
        IF there > places THEN
            RAISE EXCEPTION 'exhibitor % has % badges for staff, not %', whose, places, there
                USING ERRCODE = 'check_violation', CONSTRAINT = 'staff_within_limit', DETAIL = places::text;
        END IF;
    END LOOP;
END $$;
CREATE FUNCTION staff_comes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE touched integer[];
BEGIN
    SELECT array_agg(DISTINCT exhibitor_id) INTO touched FROM fresh
     WHERE exhibitor_id IS NOT NULL AND kind = 'exhibitor' AND state NOT IN ('declined', 'cancelled');
    IF touched IS NOT NULL THEN PERFORM hold_staff_to(touched); END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION staff_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE touched integer[];
BEGIN
    SELECT array_agg(DISTINCT fresh.exhibitor_id) INTO touched FROM fresh JOIN was USING (id)
     WHERE fresh.exhibitor_id IS NOT NULL AND fresh.kind = 'exhibitor'
       AND fresh.state NOT IN ('declined', 'cancelled')
       AND (was.exhibitor_id IS DISTINCT FROM fresh.exhibitor_id OR was.kind <> 'exhibitor'
            OR was.state IN ('declined', 'cancelled'));
    IF touched IS NOT NULL THEN PERFORM hold_staff_to(touched); END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER staff_within_limit_insert AFTER INSERT ON person REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION staff_comes();
CREATE TRIGGER staff_within_limit_update AFTER UPDATE ON person
    REFERENCING OLD TABLE AS was NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION staff_changes();

-- What people agreed to stays readable as they read it; that something was erased stays known.
CREATE FUNCTION is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND edition_is_gone(OLD.edition_id) THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'a row of % stays as it is', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'is_kept';
END $$;
CREATE TRIGGER purpose_text_is_kept BEFORE UPDATE OR DELETE ON purpose_text
    FOR EACH ROW EXECUTE FUNCTION is_kept();
CREATE TRIGGER erasure_is_kept BEFORE DELETE ON erasure FOR EACH ROW EXECUTE FUNCTION is_kept();
CREATE TRIGGER erasure_done_is_kept BEFORE UPDATE ON erasure
    FOR EACH ROW WHEN (OLD.done_at IS NOT NULL AND (OLD.done_at, OLD.person_id, OLD.asked_by, OLD.asked_at)
                       IS DISTINCT FROM (NEW.done_at, NEW.person_id, NEW.asked_by, NEW.asked_at))
    EXECUTE FUNCTION is_kept();

-- The audit trail stays append-only, with one exception: the values (never who, when and which) of what an
-- erasure names are blanked.
CREATE FUNCTION blanked(changes jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(jsonb_object_agg(key, 'erased'::text), '{}') FROM jsonb_each(changes)
$$;
CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - 'changes' = to_jsonb(OLD) - 'changes'
       AND NEW.changes::jsonb = blanked(OLD.changes::jsonb)
       AND EXISTS (SELECT FROM erased_entry WHERE subject = OLD.subject AND subject_id = OLD.subject_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit_entry is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
DROP TRIGGER audit_entry_append_only ON audit_entry;
CREATE TRIGGER audit_entry_append_only BEFORE DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entry_stays BEFORE UPDATE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_stays();
"""
LINKED = """
CREATE TRIGGER {table}_of_one_edition_{verb} AFTER {verb} ON {table} REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION of_one_edition({links});
"""
STAY = """
CREATE TRIGGER {table}_stays_in_edition BEFORE UPDATE OF edition_id ON {table}
    FOR EACH ROW WHEN (OLD.edition_id IS DISTINCT FROM NEW.edition_id) EXECUTE FUNCTION stays_in_edition();
"""
LINKS = {
    "person_merge": "'kept_id', 'person', 'gone_id', 'person'",
    "person_upload": "'exhibitor_id', 'exhibitor'",
    "person_likeness": "'person_id', 'person'",
    "visa_letter": "'person_id', 'person'",
    "erasure": "'person_id', 'person'",
}


def upgrade() -> None:
    """Editions that are there keep the rule for staff that they had."""
    _consents()
    run = op.get_bind().connection.driver_connection.execute
    run(TABLES)
    run(RULES)
    for table, links in LINKS.items():
        for verb in ("insert", "update"):
            run(LINKED.format(table=table, verb=verb, links=links))
        run(STAY.format(table=table))


def _consents() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("language", sa.String(), server_default="en", nullable=False),
        sa.Column("by", sa.String(), server_default="person", nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("purpose IN ('leads', 'news', 'photo', 'visa')", name=op.f("ck_consent_purpose")),
        sa.CheckConstraint("by IN ('person', 'organiser', 'exhibitor')", name=op.f("ck_consent_by")),
        sa.CheckConstraint("withdrawn_at >= given_at", name=op.f("ck_consent_order")),
        sa.CheckConstraint("version >= 0", name=op.f("ck_consent_version")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_consent_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_person_id"), "consent", ["person_id"])
    op.create_index(
        "uq_consent_given",
        "consent",
        ["person_id", "purpose"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
