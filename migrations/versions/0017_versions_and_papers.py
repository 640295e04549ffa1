"""What a released version said is kept as it was, and who was written to; the ceremony's run sheet."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# Versions that are out already get what their rows say today: nobody noted down what they said then.
KEEP = """
INSERT INTO released_programme (release_id, digest, content)
SELECT r.id, '', jsonb_build_object(
    'name', e.name, 'starts_on', e.starts_on, 'ends_on', e.ends_on, 'timezone', e.timezone,
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
            SELECT p.speaker_id FROM talk_speaker p JOIN released_slot x ON x.talk_id = p.talk_id
             WHERE x.release_id = r.id)),
    'talks', (SELECT coalesce(jsonb_agg(jsonb_build_object(
            'id', t.id, 'code', t.code, 'guid', t.guid, 'title', t.title, 'abstract', t.abstract,
            'kind', t.kind, 'language', t.language, 'interpretation', t.interpretation, 'alone', t.alone,
            'forum', t.forum_id, 'room', m.code, 'start', extract(epoch FROM lower(x.during))::bigint,
            'end', extract(epoch FROM upper(x.during))::bigint,
            'parts', (SELECT coalesce(jsonb_agg(jsonb_build_array(p.speaker_id, p.role)
                                                ORDER BY p.position, p.id), '[]')
                      FROM talk_speaker p WHERE p.talk_id = t.id)) ORDER BY lower(x.during), m.code, t.code),
            '[]')
        FROM released_slot x JOIN talk t ON t.id = x.talk_id JOIN room m ON m.id = x.room_id
        WHERE x.release_id = r.id))
  FROM release r JOIN edition e ON e.id = r.edition_id;
INSERT INTO release_telling (release_id, at, letters) SELECT id, released_at, 0 FROM release;
"""

STAYS = """
CREATE FUNCTION release_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND edition_is_gone(OLD.edition_id) THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'version % was released and stays as it is', OLD.version
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'release_is_kept';
END $$;
CREATE TRIGGER release_is_kept BEFORE DELETE OR UPDATE OF edition_id, number, version, kind, restores, note,
    released_at ON release FOR EACH ROW EXECUTE FUNCTION release_is_kept();
CREATE FUNCTION released_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT 1 FROM release WHERE id = OLD.release_id) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'what was released stays as it is'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'release_is_kept';
END $$;
CREATE TRIGGER released_slot_stays BEFORE UPDATE OR DELETE ON released_slot
    FOR EACH ROW EXECUTE FUNCTION released_stays();
CREATE TRIGGER released_programme_stays BEFORE UPDATE OR DELETE ON released_programme
    FOR EACH ROW EXECUTE FUNCTION released_stays();
"""

CEREMONY = """
CREATE TABLE ceremony (
    id SERIAL NOT NULL, edition_id INTEGER NOT NULL, talk_id INTEGER NOT NULL, revision INTEGER NOT NULL,
    CONSTRAINT pk_ceremony PRIMARY KEY (id), CONSTRAINT uq_ceremony_talk_id UNIQUE (talk_id),
    CONSTRAINT fk_ceremony_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE,
    CONSTRAINT fk_ceremony_talk_id FOREIGN KEY(talk_id) REFERENCES talk (id) ON DELETE CASCADE
);
CREATE INDEX ix_ceremony_edition_id ON ceremony (edition_id);
CREATE TABLE ceremony_item (
    id SERIAL NOT NULL, edition_id INTEGER NOT NULL, ceremony_id INTEGER NOT NULL, position INTEGER NOT NULL,
    kind VARCHAR NOT NULL, title JSONB NOT NULL, minutes INTEGER NOT NULL, turnover_min INTEGER NOT NULL,
    stage JSONB NOT NULL, cue JSONB NOT NULL,
    CONSTRAINT pk_ceremony_item PRIMARY KEY (id),
    CONSTRAINT uq_ceremony_item_ceremony_id_position UNIQUE (ceremony_id, position)
        DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_ceremony_item_kind CHECK (kind IN ('speech', 'release', 'launch', 'signing', 'award',
        'film', 'performance', 'photo', 'other')),
    CONSTRAINT ck_ceremony_item_minutes CHECK (minutes BETWEEN 1 AND 240 AND turnover_min BETWEEN 0 AND 60),
    CONSTRAINT fk_ceremony_item_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE,
    CONSTRAINT fk_ceremony_item_ceremony_id FOREIGN KEY(ceremony_id) REFERENCES ceremony (id)
        ON DELETE CASCADE
);
CREATE INDEX ix_ceremony_item_edition_id ON ceremony_item (edition_id);
CREATE TABLE ceremony_guest (
    id SERIAL NOT NULL, edition_id INTEGER NOT NULL, name JSONB NOT NULL, organisation VARCHAR NOT NULL,
    country VARCHAR NOT NULL, speaker_id INTEGER,
    CONSTRAINT pk_ceremony_guest PRIMARY KEY (id),
    CONSTRAINT ck_ceremony_guest_country CHECK (country ~ '^[A-Z]{2}$' OR country = ''),
    CONSTRAINT fk_ceremony_guest_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE,
    CONSTRAINT fk_ceremony_guest_speaker_id FOREIGN KEY(speaker_id) REFERENCES speaker (id) ON DELETE SET NULL
);
CREATE INDEX ix_ceremony_guest_edition_id ON ceremony_guest (edition_id);
CREATE TABLE ceremony_rank (
    id SERIAL NOT NULL, guest_id INTEGER NOT NULL, since DATE NOT NULL, rank INTEGER NOT NULL,
    title JSONB NOT NULL,
    CONSTRAINT pk_ceremony_rank PRIMARY KEY (id),
    CONSTRAINT uq_ceremony_rank_guest_id_since UNIQUE (guest_id, since),
    CONSTRAINT ck_ceremony_rank_rank CHECK (rank BETWEEN 1 AND 9999),
    CONSTRAINT fk_ceremony_rank_guest_id FOREIGN KEY(guest_id) REFERENCES ceremony_guest (id)
        ON DELETE CASCADE
);
CREATE TABLE ceremony_part (
    id SERIAL NOT NULL, item_id INTEGER NOT NULL, guest_id INTEGER NOT NULL, role VARCHAR NOT NULL,
    CONSTRAINT pk_ceremony_part PRIMARY KEY (id),
    CONSTRAINT uq_ceremony_part_item_id_guest_id UNIQUE (item_id, guest_id),
    CONSTRAINT ck_ceremony_part_role CHECK (role IN ('speaks', 'hosts', 'signs', 'witnesses', 'presents',
        'receives', 'attends')),
    CONSTRAINT fk_ceremony_part_item_id FOREIGN KEY(item_id) REFERENCES ceremony_item (id) ON DELETE CASCADE,
    CONSTRAINT fk_ceremony_part_guest_id FOREIGN KEY(guest_id) REFERENCES ceremony_guest (id)
        ON DELETE CASCADE
);
CREATE INDEX ix_ceremony_part_guest_id ON ceremony_part (guest_id);
"""
# The rules of 0010 for what is new here.
OWNED = {
    "ceremony": {"talk_id": "talk"},
    "ceremony_item": {"ceremony_id": "ceremony"},
    "ceremony_guest": {"speaker_id": "speaker"},
}
BETWEEN = {"ceremony_part": {"item_id": "ceremony_item", "guest_id": "ceremony_guest"}}
TRIGGER = """
CREATE TRIGGER {table}_{rule}_{verb} AFTER {verb} ON {table} REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION {rule}({links});
"""
STAY = """
CREATE TRIGGER {table}_stays_in_edition BEFORE UPDATE OF edition_id ON {table}
    FOR EACH ROW WHEN (OLD.edition_id IS DISTINCT FROM NEW.edition_id) EXECUTE FUNCTION stays_in_edition();
"""


def upgrade() -> None:
    run = op.get_bind().connection.driver_connection.execute
    run("ALTER TABLE release ALTER COLUMN note DROP DEFAULT")
    run(
        "ALTER TABLE release ALTER COLUMN note TYPE jsonb USING"
        " CASE WHEN note = '' THEN '{}'::jsonb ELSE jsonb_build_object('en', note) END"
    )
    op.add_column("release", sa.Column("number", sa.Integer(), nullable=True))
    run(
        "UPDATE release SET number = counted.n FROM (SELECT id, row_number() OVER"
        " (PARTITION BY edition_id ORDER BY id) AS n FROM release) AS counted WHERE counted.id = release.id"
    )
    op.alter_column("release", "number", nullable=False)
    op.add_column("release", sa.Column("kind", sa.String(), server_default="released", nullable=False))
    op.add_column("release", sa.Column("restores", sa.String(), server_default="", nullable=False))
    op.add_column("release", sa.Column("released_by", sa.Integer(), nullable=True))
    op.create_foreign_key(
        op.f("fk_release_released_by"), "release", "user", ["released_by"], ["id"], ondelete="SET NULL"
    )
    op.create_unique_constraint("uq_release_edition_id_number", "release", ["edition_id", "number"])
    op.create_check_constraint(
        op.f("ck_release_kind"), "release", "kind IN ('released','restored') AND number > 0"
    )
    # Deleting a talk or a room does not change what was released: the numbers stay, the rows may go.
    op.drop_constraint("fk_released_slot_talk_id", "released_slot", type_="foreignkey")
    op.drop_constraint("fk_released_slot_room_id", "released_slot", type_="foreignkey")
    op.create_table(
        "released_programme",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_released_programme_release_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("release_id", name=op.f("pk_released_programme")),
    )
    op.create_table(
        "release_telling",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_release_telling_release_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("release_id", name=op.f("pk_release_telling")),
    )
    op.create_table(
        "release_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("on_stage", sa.Boolean(), nullable=False),
        sa.Column("talks", postgresql.JSONB(), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["mail_id"], ["mail.id"], name=op.f("fk_release_letter_mail_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_release_letter_release_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_letter")),
        sa.UniqueConstraint("release_id", "recipient", name=op.f("uq_release_letter_release_id_recipient")),
    )
    run(KEEP)
    run(STAYS)
    run(CEREMONY)
    for rule, tables in (("of_one_edition", OWNED), ("between_one_edition", BETWEEN)):
        for table, links in tables.items():
            told = ", ".join(f"'{column}', '{to}'" for column, to in links.items())
            for verb in ("insert", "update"):
                run(TRIGGER.format(table=table, rule=rule, verb=verb, links=told))
    for table in OWNED:
        run(STAY.format(table=table))


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
