"""What a hall holds: its outline, walls, aisles and supplies, areas of zones, and the rules of the floor."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

LISTS = ("outline", "walls", "aisles", "utilities")
BOX = "box(point(x + 0.25, y + 0.25), point(x + width - 0.25, y + depth - 0.25))"

# Neighbours may trade places, and codes, within one statement or, deferred, within one transaction.
NO_OVERLAP = f"""
ALTER TABLE stand DROP CONSTRAINT stand_no_overlap;
ALTER TABLE stand ADD CONSTRAINT stand_no_overlap EXCLUDE USING gist
    (int4range(hall_id, hall_id, '[]') WITH =, {BOX} WITH &&) DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE stand DROP CONSTRAINT uq_stand_edition_id_code;
ALTER TABLE stand ADD CONSTRAINT uq_stand_edition_id_code UNIQUE (edition_id, code)
    DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE zone_area ADD CONSTRAINT zone_area_no_overlap EXCLUDE USING gist
    (int4range(hall_id, hall_id, '[]') WITH =, {BOX} WITH &&) DEFERRABLE INITIALLY IMMEDIATE;
"""

# A stand that somebody has cannot vanish under them. Deleting a whole edition takes the allotments first.
KEPT_WHILE_ALLOTTED = """
ALTER TABLE allotment DROP CONSTRAINT fk_allotment_stand_id;
ALTER TABLE allotment ADD CONSTRAINT fk_allotment_stand_id FOREIGN KEY (stand_id) REFERENCES stand (id);
"""

# A stand lies in its hall and outline, clear of walls, and crosses no border of a zone where areas are drawn.
# Writers of stands share the hall's row, writers of halls and areas have it alone: neither can slip past the
# other. What broke a rule before it was one stays until somebody moves it.
STANDS_FIT = """
CREATE FUNCTION hall_polygon(outline jsonb) RETURNS polygon LANGUAGE sql IMMUTABLE AS $$
    SELECT ('(' || string_agg(format('(%s,%s)', corner->>0, corner->>1), ',' ORDER BY place) || ')')::polygon
      FROM jsonb_array_elements(outline) WITH ORDINALITY AS corners (corner, place)
$$;
CREATE FUNCTION stand_fault(s stand, h hall) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    floor box := box(point(s.x + 0.25, s.y + 0.25), point(s.x + s.width - 0.25, s.y + s.depth - 0.25));
    own bigint;
BEGIN
    IF s.x::bigint + s.width > h.width OR s.y::bigint + s.depth > h.depth THEN
        RETURN 'stand_in_hall';
    END IF;
    IF jsonb_array_length(h.outline) > 0 AND NOT hall_polygon(h.outline) @> polygon(floor) THEN
        RETURN 'stand_in_outline';
    END IF;
    IF EXISTS (
        SELECT 1 FROM jsonb_array_elements(h.walls) AS wall
         WHERE lseg(point((wall->>'x1')::float, (wall->>'y1')::float),
                    point((wall->>'x2')::float, (wall->>'y2')::float)) ?# floor
    ) THEN
        RETURN 'stand_clear_of_walls';
    END IF;
    IF EXISTS (
        SELECT 1 FROM zone_area a
         WHERE a.hall_id = s.hall_id AND a.zone_id <> s.zone_id
           AND a.x < s.x + s.width AND s.x < a.x + a.width AND a.y < s.y + s.depth AND s.y < a.y + a.depth
    ) THEN
        RETURN 'stand_in_zone';
    END IF;
    SELECT sum(greatest(least(a.x + a.width, s.x + s.width) - greatest(a.x, s.x), 0)::bigint
               * greatest(least(a.y + a.depth, s.y + s.depth) - greatest(a.y, s.y), 0))
      INTO own FROM zone_area a WHERE a.hall_id = s.hall_id AND a.zone_id = s.zone_id;
    IF own < s.width::bigint * s.depth THEN
        RETURN 'stand_in_zone';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION refuse_stand(code text, rule text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'stand % breaks %', code, rule
        USING ERRCODE = 'check_violation', CONSTRAINT = rule, DETAIL = code;
END $$;
CREATE FUNCTION stand_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE s stand; h hall; fault text;
BEGIN
    SELECT * INTO s FROM stand WHERE id = NEW.id;
    IF NOT FOUND THEN RETURN NULL; END IF;
    SELECT * INTO h FROM hall WHERE id = s.hall_id FOR SHARE;
    fault := stand_fault(s, h);
    IF fault IS NOT NULL THEN PERFORM refuse_stand(s.code, fault); END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER stand_fits AFTER INSERT OR UPDATE OF hall_id, zone_id, x, y, width, depth ON stand
    DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW EXECUTE FUNCTION stand_fits();
CREATE FUNCTION hall_keeps_stands(which integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE h hall; code text; fault text;
BEGIN
    SELECT * INTO h FROM hall WHERE id = which FOR NO KEY UPDATE;
    IF NOT FOUND THEN RETURN; END IF;
    SELECT s.code, stand_fault(s, h) INTO code, fault
      FROM stand s WHERE s.hall_id = which AND stand_fault(s, h) IS NOT NULL ORDER BY s.code LIMIT 1;
    IF FOUND THEN PERFORM refuse_stand(code, fault); END IF;
END $$;
CREATE FUNCTION hall_still_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM hall_keeps_stands(NEW.id);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER hall_still_fits AFTER UPDATE OF width, depth, outline, walls ON hall
    DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW
    WHEN ((OLD.width, OLD.depth, OLD.outline, OLD.walls)
          IS DISTINCT FROM (NEW.width, NEW.depth, NEW.outline, NEW.walls))
    EXECUTE FUNCTION hall_still_fits();
CREATE FUNCTION zone_area_still_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM hall_keeps_stands(OLD.hall_id); END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM 1 FROM hall JOIN zone_area a ON a.hall_id = hall.id
          WHERE a.id = NEW.id AND (a.x::bigint + a.width > hall.width OR a.y::bigint + a.depth > hall.depth);
        IF FOUND THEN
            RAISE EXCEPTION 'zone area % leaves its hall', NEW.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'zone_area_in_hall';
        END IF;
        PERFORM hall_keeps_stands(NEW.hall_id);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER zone_area_still_fits AFTER INSERT OR UPDATE OR DELETE ON zone_area
    DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW EXECUTE FUNCTION zone_area_still_fits();
"""

# As before, and now two who fill a zone at the same time wait for one another.
ZONE_AREAS = """
CREATE OR REPLACE FUNCTION zone_holds_its_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE broken text;
BEGIN
    PERFORM 1 FROM zone WHERE id IN (SELECT DISTINCT touched.zone_id FROM touched) ORDER BY id
        FOR NO KEY UPDATE;
    SELECT zone.code INTO broken
      FROM zone JOIN stand ON stand.zone_id = zone.id
     WHERE zone.id IN (SELECT DISTINCT touched.zone_id FROM touched)
     GROUP BY zone.id
    HAVING sum(stand.width::bigint * stand.depth) > zone.net_m2::bigint * 10000
     ORDER BY zone.code LIMIT 1;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'zone % has more stand area than net area', broken
            USING ERRCODE = 'check_violation', CONSTRAINT = 'zone_holds_its_stands', DETAIL = broken;
    END IF;
    RETURN NULL;
END $$;
"""

# An edition of 0 m² has not said yet how large it is.
EDITION_AREA = """
CREATE FUNCTION edition_holds_its_zones(which integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE room bigint; wanted bigint;
BEGIN
    SELECT gross_m2 INTO room FROM edition WHERE id = which FOR NO KEY UPDATE;
    SELECT sum(gross_m2) INTO wanted FROM zone WHERE edition_id = which;
    IF room > 0 AND wanted > room THEN
        RAISE EXCEPTION 'the zones of edition % have % m² of %', which, wanted, room
            USING ERRCODE = 'check_violation', CONSTRAINT = 'edition_holds_its_zones',
                  DETAIL = wanted || '/' || room;
    END IF;
END $$;
CREATE FUNCTION zone_within_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM edition_holds_its_zones(NEW.edition_id);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER zone_within_edition AFTER INSERT OR UPDATE OF gross_m2, edition_id ON zone
    DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW EXECUTE FUNCTION zone_within_edition();
CREATE FUNCTION edition_large_enough() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM edition_holds_its_zones(NEW.id);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER edition_large_enough AFTER UPDATE OF gross_m2 ON edition
    DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (OLD.gross_m2 IS DISTINCT FROM NEW.gross_m2)
    EXECUTE FUNCTION edition_large_enough();
"""


def upgrade() -> None:
    for name in LISTS:
        op.add_column("hall", sa.Column(name, postgresql.JSONB(), nullable=False, server_default="[]"))
    op.add_column("hall", sa.Column("clear_height_cm", sa.Integer()))
    op.add_column("hall", sa.Column("load_kg_m2", sa.Integer()))
    op.add_column("hall", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.create_check_constraint("limits", "hall", "clear_height_cm > 0 AND load_kg_m2 > 0 AND version > 0")
    op.create_check_constraint(
        "lists", "hall", " AND ".join(f"jsonb_typeof({name}) = 'array'" for name in LISTS)
    )
    op.add_column("stand", sa.Column("water", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("stand", sa.Column("height_cm", sa.Integer()))
    op.add_column("stand", sa.Column("load_kg_m2", sa.Integer()))
    op.create_check_constraint("limits", "stand", "height_cm > 0 AND load_kg_m2 > 0")
    _tables()
    rules = (NO_OVERLAP, KEPT_WHILE_ALLOTTED, STANDS_FIT, ZONE_AREAS, EDITION_AREA)
    for rule in rules:
        op.get_bind().connection.driver_connection.execute(rule)


def _tables() -> None:
    op.create_table(
        "zone_area",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("hall_id", sa.Integer(), sa.ForeignKey("hall.id", ondelete="CASCADE"), nullable=False),
        sa.Column("zone_id", sa.Integer(), sa.ForeignKey("zone.id", ondelete="CASCADE"), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("x", "y", "width", "depth")),
        sa.CheckConstraint("width > 0 AND depth > 0 AND x >= 0 AND y >= 0", name="size"),
    )
    op.create_table(
        "hall_edit",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("hall_id", sa.Integer(), sa.ForeignKey("hall.id", ondelete="CASCADE"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), sa.ForeignKey("user.id", ondelete="SET NULL")),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changes", postgresql.JSONB(), nullable=False),
        sa.UniqueConstraint("hall_id", "version"),
    )
    op.create_table(
        "drawing_import",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("hall_id", sa.Integer(), sa.ForeignKey("hall.id", ondelete="CASCADE"), nullable=False),
        sa.Column("user_id", sa.Integer(), sa.ForeignKey("user.id", ondelete="CASCADE"), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("found", postgresql.JSONB(), nullable=False),
        sa.Column("settings", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('dxf','svg','stands')", name="kind"),
        sa.UniqueConstraint("hall_id", "user_id"),
    )
    for column in ("hall_id", "zone_id"):
        op.create_index(f"ix_zone_area_{column}", "zone_area", [column])


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
