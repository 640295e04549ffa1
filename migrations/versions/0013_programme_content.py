"""The programme's content: rooms, people and talks in full, and the call for talks."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

COLUMNS = """
ALTER TABLE room
    ADD COLUMN layouts jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN change_min integer NOT NULL DEFAULT 0,
    ADD CONSTRAINT ck_room_change CHECK (change_min BETWEEN 0 AND 1440);
ALTER TABLE forum
    ADD COLUMN position integer NOT NULL DEFAULT 0,
    DROP CONSTRAINT ck_forum_kind,
    ADD CONSTRAINT ck_forum_kind CHECK (kind IN ('ceremony', 'forum', 'conference', 'roundtable', 'roadshow',
                                                 'matchmaking', 'workshop', 'social'));
ALTER TABLE speaker
    ADD COLUMN address jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN language varchar NOT NULL DEFAULT 'en',
    ADD COLUMN notes varchar NOT NULL DEFAULT '';
ALTER TABLE talk
    ADD COLUMN state varchar NOT NULL DEFAULT 'confirmed',
    ADD COLUMN layout varchar NOT NULL DEFAULT '',
    ADD COLUMN seats integer NOT NULL DEFAULT 0,
    ADD COLUMN setup_min integer NOT NULL DEFAULT 0,
    ADD COLUMN notes varchar NOT NULL DEFAULT '',
    ADD CONSTRAINT ck_talk_state CHECK (state IN ('accepted', 'confirmed', 'withdrawn')),
    ADD CONSTRAINT ck_talk_needs CHECK (seats >= 0 AND setup_min BETWEEN 0 AND 1440),
    DROP CONSTRAINT ck_talk_kind,
    ADD CONSTRAINT ck_talk_kind CHECK (kind IN ('ceremony', 'keynote', 'talk', 'panel', 'workshop',
                                                'matchmaking', 'social', 'break'));
ALTER TABLE talk_speaker ADD COLUMN confirmed_at timestamp with time zone;
ALTER TABLE "grant"
    DROP CONSTRAINT ck_grant_role,
    ADD CONSTRAINT ck_grant_role CHECK (role IN ('organiser', 'exhibitor', 'buyer', 'speaker', 'gate',
                                                 'finance', 'auditor', 'reviewer'));
"""
TABLES = """
CREATE TABLE travel (
    id SERIAL NOT NULL,
    edition_id INTEGER NOT NULL,
    one VARCHAR NOT NULL,
    other VARCHAR NOT NULL,
    minutes INTEGER NOT NULL,
    CONSTRAINT pk_travel PRIMARY KEY (id),
    CONSTRAINT uq_travel_edition_id_one_other UNIQUE (edition_id, one, other),
    CONSTRAINT ck_travel_order CHECK (one COLLATE "C" < other COLLATE "C"),
    CONSTRAINT ck_travel_minutes CHECK (minutes BETWEEN 0 AND 1440),
    CONSTRAINT fk_travel_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE
);
CREATE INDEX ix_travel_edition_id ON travel (edition_id);
CREATE TABLE programme_settings (
    edition_id INTEGER NOT NULL,
    setup_min INTEGER NOT NULL,
    travel_min INTEGER NOT NULL,
    CONSTRAINT pk_programme_settings PRIMARY KEY (edition_id),
    CONSTRAINT ck_programme_settings_minutes
        CHECK (setup_min BETWEEN 0 AND 240 AND travel_min BETWEEN 0 AND 1440),
    CONSTRAINT fk_programme_settings_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id)
        ON DELETE CASCADE
);
CREATE TABLE forum_chair (
    id SERIAL NOT NULL,
    forum_id INTEGER NOT NULL,
    speaker_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_forum_chair PRIMARY KEY (id),
    CONSTRAINT uq_forum_chair_forum_id_speaker_id UNIQUE (forum_id, speaker_id),
    CONSTRAINT fk_forum_chair_forum_id FOREIGN KEY(forum_id) REFERENCES forum (id) ON DELETE CASCADE,
    CONSTRAINT fk_forum_chair_speaker_id FOREIGN KEY(speaker_id) REFERENCES speaker (id) ON DELETE CASCADE
);
CREATE INDEX ix_forum_chair_speaker_id ON forum_chair (speaker_id);
CREATE INDEX ix_forum_chair_forum_id ON forum_chair (forum_id);
CREATE TABLE personal_link (
    id SERIAL NOT NULL,
    speaker_id INTEGER NOT NULL,
    digest VARCHAR NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    used_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_personal_link PRIMARY KEY (id),
    CONSTRAINT fk_personal_link_speaker_id FOREIGN KEY(speaker_id) REFERENCES speaker (id) ON DELETE CASCADE,
    CONSTRAINT uq_personal_link_digest UNIQUE (digest)
);
CREATE INDEX ix_personal_link_speaker_id ON personal_link (speaker_id);
CREATE TABLE speaker_answer (
    id SERIAL NOT NULL,
    talk_id INTEGER NOT NULL,
    speaker_id INTEGER NOT NULL,
    answer VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_speaker_answer PRIMARY KEY (id),
    CONSTRAINT ck_speaker_answer_answer CHECK (answer IN ('confirmed','withdrawn')),
    CONSTRAINT fk_speaker_answer_talk_id FOREIGN KEY(talk_id) REFERENCES talk (id) ON DELETE CASCADE,
    CONSTRAINT fk_speaker_answer_speaker_id FOREIGN KEY(speaker_id) REFERENCES speaker (id) ON DELETE CASCADE
);
CREATE INDEX ix_speaker_answer_speaker_id ON speaker_answer (speaker_id);
CREATE INDEX ix_speaker_answer_talk_id ON speaker_answer (talk_id);
CREATE TABLE call_for_talks (
    id SERIAL NOT NULL,
    edition_id INTEGER NOT NULL,
    opens_at TIMESTAMP WITH TIME ZONE,
    closes_at TIMESTAMP WITH TIME ZONE,
    text JSONB NOT NULL,
    forums JSONB NOT NULL,
    kinds JSONB NOT NULL,
    lengths JSONB NOT NULL,
    languages JSONB NOT NULL,
    is_anonymous BOOLEAN NOT NULL,
    reviews_wanted INTEGER NOT NULL,
    most_speakers INTEGER NOT NULL,
    CONSTRAINT pk_call_for_talks PRIMARY KEY (id),
    CONSTRAINT uq_call_for_talks_edition_id UNIQUE (edition_id),
    CONSTRAINT ck_call_for_talks_period CHECK (opens_at < closes_at),
    CONSTRAINT ck_call_for_talks_numbers
        CHECK (reviews_wanted BETWEEN 1 AND 20 AND most_speakers BETWEEN 1 AND 10),
    CONSTRAINT fk_call_for_talks_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE
);
CREATE TABLE review_criterion (
    id SERIAL NOT NULL,
    edition_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name JSONB NOT NULL,
    weight INTEGER NOT NULL,
    best INTEGER NOT NULL,
    CONSTRAINT pk_review_criterion PRIMARY KEY (id),
    CONSTRAINT uq_review_criterion_edition_id_position UNIQUE (edition_id, position),
    CONSTRAINT ck_review_criterion_weight CHECK (weight BETWEEN 1 AND 100),
    CONSTRAINT ck_review_criterion_best CHECK (best BETWEEN 1 AND 10),
    CONSTRAINT fk_review_criterion_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id)
        ON DELETE CASCADE
);
CREATE INDEX ix_review_criterion_edition_id ON review_criterion (edition_id);
CREATE TABLE call_letter (
    id SERIAL NOT NULL,
    edition_id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    subject JSONB NOT NULL,
    body JSONB NOT NULL,
    CONSTRAINT pk_call_letter PRIMARY KEY (id),
    CONSTRAINT uq_call_letter_edition_id_kind UNIQUE (edition_id, kind),
    CONSTRAINT ck_call_letter_kind CHECK (kind IN ('accepted','waiting','rejected')),
    CONSTRAINT fk_call_letter_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE
);
CREATE INDEX ix_call_letter_edition_id ON call_letter (edition_id);
CREATE TABLE proposal (
    id SERIAL NOT NULL,
    edition_id INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    abstract VARCHAR NOT NULL,
    written_in VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    minutes INTEGER NOT NULL,
    language VARCHAR NOT NULL,
    forum_id INTEGER,
    availability VARCHAR NOT NULL,
    notes VARCHAR NOT NULL,
    talk_id INTEGER,
    told VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    submitted_at TIMESTAMP WITH TIME ZONE,
    decided_at TIMESTAMP WITH TIME ZONE,
    confirmed_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_proposal PRIMARY KEY (id),
    CONSTRAINT uq_proposal_edition_id_code UNIQUE (edition_id, code),
    CONSTRAINT uq_proposal_talk_id UNIQUE (talk_id),
    CONSTRAINT ck_proposal_code CHECK (code ~ '^[0-9A-Z]{6}$'),
    CONSTRAINT ck_proposal_state
        CHECK (state IN ('draft', 'submitted', 'waiting', 'accepted', 'rejected', 'withdrawn')),
    CONSTRAINT ck_proposal_talk CHECK ((state = 'accepted') = (talk_id IS NOT NULL)),
    CONSTRAINT ck_proposal_submitted CHECK (state IN ('draft','withdrawn') OR submitted_at IS NOT NULL),
    CONSTRAINT ck_proposal_minutes CHECK (minutes BETWEEN 5 AND 720),
    CONSTRAINT fk_proposal_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE,
    CONSTRAINT fk_proposal_forum_id FOREIGN KEY(forum_id) REFERENCES forum (id) ON DELETE SET NULL,
    CONSTRAINT fk_proposal_talk_id FOREIGN KEY(talk_id) REFERENCES talk (id)
);
CREATE INDEX ix_proposal_edition_id ON proposal (edition_id);
CREATE INDEX ix_proposal_forum_id ON proposal (forum_id);
CREATE TABLE proposal_speaker (
    id SERIAL NOT NULL,
    proposal_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    email VARCHAR NOT NULL,
    organisation VARCHAR NOT NULL,
    country VARCHAR NOT NULL,
    biography VARCHAR NOT NULL,
    languages JSONB NOT NULL,
    speaker_id INTEGER,
    CONSTRAINT pk_proposal_speaker PRIMARY KEY (id),
    CONSTRAINT uq_proposal_speaker_proposal_id_position UNIQUE (proposal_id, position),
    CONSTRAINT ck_proposal_speaker_country CHECK (country ~ '^[A-Z]{2}$' OR country = ''),
    CONSTRAINT fk_proposal_speaker_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposal (id)
        ON DELETE CASCADE,
    CONSTRAINT fk_proposal_speaker_speaker_id FOREIGN KEY(speaker_id) REFERENCES speaker (id)
        ON DELETE SET NULL
);
CREATE INDEX ix_proposal_speaker_proposal_id ON proposal_speaker (proposal_id);
CREATE INDEX ix_proposal_speaker_email ON proposal_speaker (email);
CREATE TABLE proposal_link (
    id SERIAL NOT NULL,
    proposal_id INTEGER NOT NULL,
    digest VARCHAR NOT NULL,
    is_mailed BOOLEAN NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_proposal_link PRIMARY KEY (id),
    CONSTRAINT fk_proposal_link_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposal (id)
        ON DELETE CASCADE,
    CONSTRAINT uq_proposal_link_digest UNIQUE (digest)
);
CREATE INDEX ix_proposal_link_proposal_id ON proposal_link (proposal_id);
CREATE TABLE reviewer_forum (
    id SERIAL NOT NULL,
    user_id INTEGER NOT NULL,
    forum_id INTEGER NOT NULL,
    CONSTRAINT pk_reviewer_forum PRIMARY KEY (id),
    CONSTRAINT uq_reviewer_forum_user_id_forum_id UNIQUE (user_id, forum_id),
    CONSTRAINT fk_reviewer_forum_user_id FOREIGN KEY(user_id) REFERENCES "user" (id) ON DELETE CASCADE,
    CONSTRAINT fk_reviewer_forum_forum_id FOREIGN KEY(forum_id) REFERENCES forum (id) ON DELETE CASCADE
);
CREATE INDEX ix_reviewer_forum_user_id ON reviewer_forum (user_id);
CREATE INDEX ix_reviewer_forum_forum_id ON reviewer_forum (forum_id);
CREATE TABLE proposal_review (
    id SERIAL NOT NULL,
    proposal_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    abstains BOOLEAN NOT NULL,
    text VARCHAR NOT NULL,
    written_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_proposal_review PRIMARY KEY (id),
    CONSTRAINT uq_proposal_review_proposal_id_user_id UNIQUE (proposal_id, user_id),
    CONSTRAINT fk_proposal_review_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposal (id)
        ON DELETE CASCADE,
    CONSTRAINT fk_proposal_review_user_id FOREIGN KEY(user_id) REFERENCES "user" (id) ON DELETE CASCADE
);
CREATE INDEX ix_proposal_review_proposal_id ON proposal_review (proposal_id);
CREATE INDEX ix_proposal_review_user_id ON proposal_review (user_id);
CREATE TABLE review_score (
    id SERIAL NOT NULL,
    review_id INTEGER NOT NULL,
    criterion_id INTEGER NOT NULL,
    score INTEGER NOT NULL,
    CONSTRAINT pk_review_score PRIMARY KEY (id),
    CONSTRAINT uq_review_score_review_id_criterion_id UNIQUE (review_id, criterion_id),
    CONSTRAINT ck_review_score_score CHECK (score BETWEEN 0 AND 10),
    CONSTRAINT fk_review_score_review_id FOREIGN KEY(review_id) REFERENCES proposal_review (id)
        ON DELETE CASCADE,
    CONSTRAINT fk_review_score_criterion_id FOREIGN KEY(criterion_id) REFERENCES review_criterion (id)
        ON DELETE CASCADE
);
CREATE INDEX ix_review_score_criterion_id ON review_score (criterion_id);
CREATE INDEX ix_review_score_review_id ON review_score (review_id);
CREATE TABLE proposal_remark (
    id SERIAL NOT NULL,
    proposal_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_proposal_remark PRIMARY KEY (id),
    CONSTRAINT ck_proposal_remark_text CHECK (text <> ''),
    CONSTRAINT fk_proposal_remark_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposal (id)
        ON DELETE CASCADE,
    CONSTRAINT fk_proposal_remark_user_id FOREIGN KEY(user_id) REFERENCES "user" (id) ON DELETE CASCADE
);
CREATE INDEX ix_proposal_remark_user_id ON proposal_remark (user_id);
CREATE INDEX ix_proposal_remark_proposal_id ON proposal_remark (proposal_id);
"""

# A withdrawn talk has no place, whoever writes slots: the talk's row is locked while one is written, so that
# withdrawing and placing at the same moment cannot slip past one another.
WITHDRAWN = """
CREATE FUNCTION withdrawn_has_no_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM slot WHERE talk_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER withdrawn_has_no_place AFTER UPDATE OF state ON talk
    FOR EACH ROW WHEN (NEW.state = 'withdrawn') EXECUTE FUNCTION withdrawn_has_no_place();
CREATE FUNCTION only_held_talks_have_places() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE t talk;
BEGIN
    SELECT * INTO t FROM talk WHERE id = NEW.talk_id FOR SHARE;
    IF t.state = 'withdrawn' THEN
        RAISE EXCEPTION 'talk % is withdrawn', t.code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'withdrawn_has_no_place', DETAIL = t.code;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER only_held_talks_have_places BEFORE INSERT OR UPDATE OF talk_id ON slot
    FOR EACH ROW EXECUTE FUNCTION only_held_talks_have_places();
CREATE FUNCTION answer_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what somebody answered stays as it was said'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'answer_is_kept';
END $$;
CREATE TRIGGER answer_is_kept BEFORE UPDATE ON speaker_answer
    FOR EACH ROW EXECUTE FUNCTION answer_is_kept();
CREATE FUNCTION part_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a part stays with its talk and its person'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'part_stays';
END $$;
CREATE TRIGGER part_stays BEFORE UPDATE OF talk_id, speaker_id ON talk_speaker
    FOR EACH ROW WHEN ((OLD.talk_id, OLD.speaker_id) IS DISTINCT FROM (NEW.talk_id, NEW.speaker_id))
    EXECUTE FUNCTION part_stays();
"""

# A talk is bound to days of its edition: for instants, a day before the first and two after the last leave
# room for the zones of the world and for programmes that run past midnight.
BOUND = """
CREATE FUNCTION talk_within_edition() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE e edition;
BEGIN
    SELECT * INTO e FROM edition WHERE id = NEW.edition_id;
    IF NEW.on_date NOT BETWEEN e.starts_on AND e.ends_on
       OR (NEW.fixed_start AT TIME ZONE 'UTC')::date NOT BETWEEN e.starts_on - 1 AND e.ends_on + 2 THEN
        RAISE EXCEPTION 'talk % is bound to a day outside its edition', NEW.code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'talk_within_edition', DETAIL = NEW.code;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER talk_within_edition BEFORE INSERT OR UPDATE OF on_date, fixed_start ON talk
    FOR EACH ROW EXECUTE FUNCTION talk_within_edition();
"""

# A score within its criterion, and none from who abstains.
SCORES = """
CREATE FUNCTION score_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.score > (SELECT best FROM review_criterion WHERE id = NEW.criterion_id)
       OR (SELECT abstains FROM proposal_review WHERE id = NEW.review_id FOR SHARE) THEN
        RAISE EXCEPTION 'a score beyond its criterion, or from who abstains'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'score_fits';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER score_fits BEFORE INSERT OR UPDATE ON review_score
    FOR EACH ROW EXECUTE FUNCTION score_fits();
"""

# As in 0010: links stay within an edition, and rows never change theirs.
OWNED = {
    "talk": {"forum_id": "forum"},
    "availability": {"speaker_id": "speaker", "room_id": "room"},
    "slot": {"talk_id": "talk", "room_id": "room"},
    "proposal": {"forum_id": "forum", "talk_id": "talk"},
}
BETWEEN = {
    "talk_speaker": {"talk_id": "talk", "speaker_id": "speaker"},
    "forum_chair": {"forum_id": "forum", "speaker_id": "speaker"},
    "speaker_answer": {"talk_id": "talk", "speaker_id": "speaker"},
    "proposal_speaker": {"proposal_id": "proposal", "speaker_id": "speaker"},
}
STAYS = ("room", "forum", "speaker", *OWNED)
TRIGGER = """
CREATE TRIGGER {table}_{rule}_{verb} AFTER {verb} ON {table} REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION {rule}({links});
"""
STAY = """
CREATE TRIGGER {table}_stays_in_edition BEFORE UPDATE OF edition_id ON {table}
    FOR EACH ROW WHEN (OLD.edition_id IS DISTINCT FROM NEW.edition_id) EXECUTE FUNCTION stays_in_edition();
"""


def upgrade() -> None:
    """Rows there are: every talk is confirmed, every room has one layout, forums stand as they were made."""
    run = op.get_bind().connection.driver_connection.execute
    for rules in (COLUMNS, TABLES, WITHDRAWN, BOUND, SCORES):
        run(rules)
    for rule, tables in (("of_one_edition", OWNED), ("between_one_edition", BETWEEN)):
        for table, links in tables.items():
            told = ", ".join(f"'{column}', '{to}'" for column, to in links.items())
            # Parts are updated with every move of a slot, and what they lead to never changes.
            for verb in ("insert",) if table == "talk_speaker" else ("insert", "update"):
                run(TRIGGER.format(table=table, rule=rule, verb=verb, links=told))
    for table in STAYS:
        run(STAY.format(table=table))


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
