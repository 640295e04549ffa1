"""What the ledger keeps of a deal's parties, projects, documents, deliveries and sales at stands.

New are also a chain whose events are sealed as stored text, with a head that only the database moves; the one
conversion of every deal and line into the edition's currency; and sums that are kept as deals are written.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from expo.money import exponent

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_TRADE = {
    "lead": ("intent", "memorandum", "contract", "lapsed"),
    "intent": ("memorandum", "contract", "lapsed", "cancelled"),
    "memorandum": ("contract", "lapsed", "cancelled"),
    "contract": ("delivered", "cancelled"),
    "delivered": ("paid",),
    "paid": (),
    "lapsed": (),
    "cancelled": (),
}
_REPORT = {"lead": ("contract", "lapsed"), "contract": ("cancelled",), "lapsed": (), "cancelled": ()}
NEXT = {
    "purchase": _TRADE,
    "investment": _TRADE,
    "cooperation": _TRADE,
    "report": _REPORT,
    "retail": _TRADE | {"paid": ("cancelled",)},
}
COUNTS = ("intent", "memorandum", "contract", "delivered", "paid")
SECTIONS = (
    ("I", 1, 5), ("II", 6, 14), ("III", 15, 15), ("IV", 16, 24), ("V", 25, 27), ("VI", 28, 38),
    ("VII", 39, 40), ("VIII", 41, 43), ("IX", 44, 46), ("X", 47, 49), ("XI", 50, 63), ("XII", 64, 67),
    ("XIII", 68, 70), ("XIV", 71, 71), ("XV", 72, 83), ("XVI", 84, 85), ("XVII", 86, 89),
    ("XVIII", 90, 92), ("XIX", 93, 93), ("XX", 94, 96), ("XXI", 97, 97),
)  # fmt: skip

# What the rows of before did not say: taken from the seller, the buyer and the stand they were given.
FILL = """
UPDATE deal SET origin = 'meeting' WHERE meeting_id IS NOT NULL;
UPDATE deal SET origin = 'stand' WHERE type = 'retail';
UPDATE deal SET seller_country = organisation.country, newcomer = exhibitor.newcomer
  FROM exhibitor JOIN organisation ON organisation.id = exhibitor.organisation_id
 WHERE exhibitor.id = deal.seller_id;
UPDATE deal SET buyer_country = organisation.country
  FROM buyer JOIN organisation ON organisation.id = buyer.organisation_id WHERE buyer.id = deal.buyer_id;
UPDATE deal SET abroad = seller_country <> edition.country OR buyer_country NOT IN ('', edition.country)
  FROM edition WHERE edition.id = deal.edition_id;
UPDATE deal SET zone_code = placed.code
  FROM (SELECT DISTINCT ON (allotment.exhibitor_id) allotment.exhibitor_id, zone.code
          FROM allotment JOIN stand ON stand.id = allotment.stand_id JOIN zone ON zone.id = stand.zone_id
         ORDER BY allotment.exhibitor_id, stand.code) AS placed
 WHERE placed.exhibitor_id = deal.seller_id;
INSERT INTO deal_party (deal_id, position, organisation_id, role, signatory, state, reason, shows_price)
SELECT deal.id, 1, exhibitor.organisation_id,
       CASE WHEN deal.type IN ('purchase', 'retail') THEN 'seller' ELSE 'partner' END, '', 'open', '', false
  FROM deal JOIN exhibitor ON exhibitor.id = deal.seller_id;
INSERT INTO deal_party (deal_id, position, organisation_id, role, signatory, state, reason, shows_price)
SELECT deal.id, 2, buyer.organisation_id,
       CASE WHEN deal.type IN ('purchase', 'retail') THEN 'buyer' ELSE 'partner' END, '', 'open', '', false
  FROM deal JOIN buyer ON buyer.id = deal.buyer_id
ON CONFLICT DO NOTHING;
INSERT INTO deal_head (edition_id, sequence, hash)
SELECT DISTINCT ON (edition_id) edition_id, sequence, hash FROM deal_event ORDER BY edition_id, sequence DESC;
"""

# One conversion a deal, half to even; its lines share it by the largest remainder, ties to the first.
HOME = """
CREATE FUNCTION half_even(x numeric) RETURNS bigint IMMUTABLE LANGUAGE sql AS $$
SELECT (floor(x) + CASE WHEN x - floor(x) > 0.5 OR (x - floor(x) = 0.5 AND floor(x) % 2 <> 0)
                        THEN 1 ELSE 0 END)::bigint
$$;
CREATE FUNCTION share_deals_home(first integer, last integer) RETURNS void LANGUAGE sql AS $$
WITH part AS (
    SELECT line.id, line.deal_id, line.position, deal.home_minor AS whole,
           CASE WHEN deal.total_minor > 0
                THEN div(deal.home_minor::numeric * line.amount_minor, deal.total_minor) ELSE 0 END AS share,
           CASE WHEN deal.total_minor > 0
                THEN mod(deal.home_minor::numeric * line.amount_minor, deal.total_minor) ELSE 0 END AS rest
      FROM deal_line AS line JOIN deal ON deal.id = line.deal_id
     WHERE line.deal_id BETWEEN first AND last
), ranked AS (
    SELECT id, share, whole - sum(share) OVER (PARTITION BY deal_id) AS missing,
           row_number() OVER (PARTITION BY deal_id ORDER BY rest DESC, position) AS turn
      FROM part
)
UPDATE deal_line SET home_minor = share + CASE WHEN turn <= missing THEN 1 ELSE 0 END
  FROM ranked WHERE ranked.id = deal_line.id
$$;
"""

ADDS_UP = """
CREATE OR REPLACE FUNCTION deal_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE which integer;
BEGIN
    IF TG_TABLE_NAME = 'deal' THEN which := NEW.id;
    ELSIF TG_OP = 'DELETE' THEN which := OLD.deal_id;
    ELSE which := NEW.deal_id; END IF;
    IF EXISTS (
        SELECT 1 FROM deal
          LEFT JOIN LATERAL (SELECT count(*) AS lines, coalesce(sum(amount_minor), 0) AS total,
                                    coalesce(sum(home_minor), 0) AS home
                               FROM deal_line WHERE deal_id = which) AS summed ON true
         WHERE deal.id = which AND (deal.type IN ('purchase', 'retail') OR summed.lines > 0)
           AND (deal.total_minor <> summed.total OR deal.home_minor <> summed.home)
    ) THEN
        RAISE EXCEPTION 'deal % does not add up', which
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deal_adds_up';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER deal_adds_up ON deal;
CREATE CONSTRAINT TRIGGER deal_adds_up AFTER INSERT OR UPDATE OF total_minor, home_minor, type ON deal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION deal_adds_up();
"""

# The database keeps the end of the chain itself: whoever adds an event continues it, nobody else moves it.
CHAIN = """
CREATE FUNCTION event_continues_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE head deal_head;
BEGIN
    SELECT * INTO head FROM deal_head WHERE edition_id = NEW.edition_id FOR UPDATE;
    IF NEW.sequence <> coalesce(head.sequence, 0) + 1
       OR NEW.previous_hash <> coalesce(head.hash, repeat('0', 64)) THEN
        RAISE EXCEPTION 'event % does not continue the chain', NEW.sequence
            USING ERRCODE = 'check_violation', CONSTRAINT = 'event_continues_chain';
    END IF;
    INSERT INTO deal_head (edition_id, sequence, hash) VALUES (NEW.edition_id, NEW.sequence, NEW.hash)
    ON CONFLICT (edition_id) DO UPDATE SET sequence = EXCLUDED.sequence, hash = EXCLUDED.hash;
    RETURN NEW;
END $$;
CREATE TRIGGER deal_event_continues_chain BEFORE INSERT ON deal_event
    FOR EACH ROW EXECUTE FUNCTION event_continues_chain();
CREATE FUNCTION only_events_move_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'the head of the chain is moved by its events only'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER deal_head_moved_by_events BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON deal_head
    FOR EACH STATEMENT EXECUTE FUNCTION only_events_move_head();
CREATE TRIGGER deal_document_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON deal_document
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""

STEPS = """
CREATE FUNCTION deal_takes_a_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.stage <> OLD.stage AND NOT EXISTS (SELECT FROM deal_step AS step WHERE step.type = NEW.type
           AND step.before = OLD.stage AND step.after = NEW.stage) THEN
        RAISE EXCEPTION 'deal % cannot go from % to %', NEW.number, OLD.stage, NEW.stage
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deal_takes_a_step';
    END IF;
    IF NEW.version <= OLD.version THEN
        RAISE EXCEPTION 'deal % was changed without a new version', NEW.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deal_has_a_new_version';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER deal_takes_a_step BEFORE UPDATE ON deal
    FOR EACH ROW WHEN (OLD.stage <> NEW.stage OR OLD.type <> NEW.type OR OLD.total_minor <> NEW.total_minor)
    EXECUTE FUNCTION deal_takes_a_step();
CREATE FUNCTION party_is_not_its_own_witness() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state IN ('confirmed', 'disputed') AND (OLD.state = 'entered' OR EXISTS (
           SELECT FROM deal WHERE deal.id = NEW.deal_id AND deal.entered_for = NEW.organisation_id)) THEN
        RAISE EXCEPTION 'a party cannot confirm what it entered itself'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'party_is_not_its_own_witness';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER deal_party_is_not_its_own_witness BEFORE UPDATE OF state ON deal_party
    FOR EACH ROW EXECUTE FUNCTION party_is_not_its_own_witness();
CREATE FUNCTION framework_holds_its_calls() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE frame deal; called numeric;
BEGIN
    IF NEW.framework_id IS NULL AND NOT NEW.framework
       AND NOT EXISTS (SELECT FROM deal WHERE framework_id = NEW.id) THEN
        RETURN NULL;
    END IF;
    SELECT * INTO frame FROM deal WHERE id = coalesce(NEW.framework_id, NEW.id) FOR UPDATE;
    SELECT coalesce(sum(total_minor), 0) INTO called FROM deal
     WHERE framework_id = frame.id AND stage NOT IN ('lapsed', 'cancelled');
    IF NOT frame.framework OR called > frame.total_minor
       OR (NEW.framework_id IS NOT NULL
           AND (NEW.edition_id, NEW.currency) <> (frame.edition_id, frame.currency))
    THEN
        RAISE EXCEPTION 'framework % does not hold its call-offs', frame.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'framework_holds_its_calls';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER deal_framework_holds_its_calls
    AFTER INSERT OR UPDATE OF total_minor, framework, framework_id, stage ON deal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION framework_holds_its_calls();
"""

# A sale and the closing of its day meet at a lock of the stand's own.
TILL = """
CREATE FUNCTION till_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(74202, NEW.exhibitor_id);
    IF EXISTS (SELECT FROM till_close AS closed WHERE closed.exhibitor_id = NEW.exhibitor_id
                  AND closed.day = NEW.day AND closed.currency = NEW.currency) THEN
        RAISE EXCEPTION 'the till of % is closed', NEW.day
            USING ERRCODE = 'check_violation', CONSTRAINT = 'till_is_open';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER till_sale_while_open BEFORE INSERT OR UPDATE ON till_sale
    FOR EACH ROW EXECUTE FUNCTION till_is_open();
CREATE FUNCTION till_close_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(74202, NEW.exhibitor_id);
    IF (SELECT (count(*), coalesce(sum(amount_minor), 0)) FROM till_sale AS sale
         WHERE sale.exhibitor_id = NEW.exhibitor_id AND sale.day = NEW.day AND sale.currency = NEW.currency
           AND NOT sale.void) <> (NEW.sales::bigint, NEW.total_minor::numeric) THEN
        RAISE EXCEPTION 'the closing of % does not add up', NEW.day
            USING ERRCODE = 'check_violation', CONSTRAINT = 'till_close_adds_up';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER till_close_adds_up BEFORE INSERT ON till_close
    FOR EACH ROW EXECUTE FUNCTION till_close_adds_up();
CREATE TRIGGER till_close_append_only BEFORE UPDATE OR TRUNCATE ON till_close
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE FUNCTION publication_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.approved_at IS NOT NULL OR NEW.figures <> OLD.figures OR NEW.prepared_by <> OLD.prepared_by
       OR (NEW.head_sequence, NEW.head_hash) <> (OLD.head_sequence, OLD.head_hash) THEN
        RAISE EXCEPTION 'publication % is frozen', OLD.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'publication_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER deal_publication_stays BEFORE UPDATE ON deal_publication
    FOR EACH ROW EXECUTE FUNCTION publication_stays();
"""

FACTS = """
CREATE FUNCTION hs_section(chapter text) RETURNS text IMMUTABLE LANGUAGE sql AS $$
SELECT CASE %s ELSE '' END
$$;
CREATE VIEW deal_fact AS
SELECT deal.edition_id, deal.id AS deal_id, deal.type, deal.stage,
       (known.counts AND deal.standing <> 'disputed' AND deal.framework_id IS NULL) AS counted,
       fact.dimension, fact.key, fact.lines, fact.minor,
       CASE WHEN fact.dimension IN ('chapter', 'section') THEN 0  -- rounded parts would not add up
            WHEN deal.term_months IS NULL THEN fact.minor
            ELSE half_even(fact.minor::numeric * 12 / deal.term_months) END AS annual_minor
  FROM deal
  JOIN deal_stage AS known USING (type, stage)
  LEFT JOIN forum ON forum.id = deal.forum_id
  CROSS JOIN LATERAL (
      SELECT count(*)::integer AS lines FROM deal_line WHERE deal_line.deal_id = deal.id
  ) AS counted
  CROSS JOIN LATERAL (
      VALUES ('all', '', counted.lines, deal.home_minor),
             ('country', deal.seller_country, counted.lines, deal.home_minor),
             ('buyer', deal.buyer_country, counted.lines, deal.home_minor),
             ('zone', deal.zone_code, counted.lines, deal.home_minor),
             ('forum', coalesce(forum.code, ''), counted.lines, deal.home_minor),
             ('day', deal.signed_on::text, counted.lines, deal.home_minor),
             ('newcomer', CASE WHEN deal.newcomer THEN 'new' ELSE 'known' END, counted.lines,
              deal.home_minor),
             ('origin', deal.origin, counted.lines, deal.home_minor),
             ('currency', deal.currency, counted.lines, deal.home_minor),
             ('reach', CASE WHEN deal.abroad THEN 'abroad' ELSE 'home' END, counted.lines, deal.home_minor),
             ('standing', deal.standing, counted.lines, deal.home_minor)
      UNION ALL
      SELECT 'chapter', left(line.hs, 2), count(*)::integer, sum(line.home_minor)::bigint
        FROM deal_line AS line WHERE line.deal_id = deal.id GROUP BY left(line.hs, 2)
      UNION ALL
      SELECT 'section', hs_section(left(line.hs, 2)), count(*)::integer, sum(line.home_minor)::bigint
        FROM deal_line AS line WHERE line.deal_id = deal.id GROUP BY hs_section(left(line.hs, 2))
  ) AS fact (dimension, key, lines, minor);
INSERT INTO deal_sum (edition_id, dimension, key, type, stage, counted, deals, lines, minor, annual_minor)
SELECT edition_id, dimension, key, type, stage, counted, count(*), sum(lines), sum(minor), sum(annual_minor)
  FROM deal_fact GROUP BY edition_id, dimension, key, type, stage, counted;
"""


def upgrade() -> None:
    _tables()
    _columns()
    _stages()
    _run(FILL, HOME)
    _convert()
    _keys()
    cases = " ".join(
        f"WHEN chapter BETWEEN '{first:02}' AND '{last:02}' THEN '{numeral}'"
        for numeral, first, last in SECTIONS
    )
    _run(ADDS_UP, CHAIN, STEPS, TILL, FACTS % cases)


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")


def _run(*rules: str) -> None:
    for rule in rules:
        op.get_bind().connection.driver_connection.execute(rule)


def _stages() -> None:
    order = list(_TRADE)
    stages = [(type_, stage) for type_, steps in NEXT.items() for stage in steps]
    steps = [(type_, one, then) for type_, known in NEXT.items() for one in known for then in known[one]]
    cursor = op.get_bind().connection.driver_connection.cursor()
    cursor.executemany(
        "INSERT INTO deal_stage (type, stage, position, counts) VALUES (%s, %s, %s, %s)",
        [(type_, stage, order.index(stage) + 1, stage in COUNTS) for type_, stage in stages],
    )
    cursor.executemany("INSERT INTO deal_step (type, before, after) VALUES (%s, %s, %s)", steps)


def _convert() -> None:
    """Totals by the stored rate; the lines' shares after them."""
    bind = op.get_bind()
    pairs = bind.execute(
        sa.text(
            "SELECT DISTINCT deal.currency, edition.currency FROM deal"
            " JOIN edition ON edition.id = deal.edition_id"
        )
    ).all()
    for foreign, home in pairs:
        bind.execute(
            sa.text(
                "UPDATE deal SET home_shift = :shift,"
                " home_minor = half_even(total_minor * rate * power(10::numeric, :shift))"
                " FROM edition WHERE edition.id = deal.edition_id"
                " AND deal.currency = :foreign AND edition.currency = :home"
            ),
            {"shift": exponent(home) - exponent(foreign), "foreign": foreign, "home": home},
        )
    bind.execute(sa.text("SELECT share_deals_home(min(id), max(id)) FROM deal HAVING count(*) > 0"))
    bind.execute(sa.text("SET CONSTRAINTS ALL IMMEDIATE"))  # tables with checks to come cannot be altered


def _tables() -> None:
    op.create_table(
        "deal_stage",
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("type", "stage", name=op.f("pk_deal_stage")),
    )
    op.create_table(
        "deal_head",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_deal_head_edition_id")),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_deal_head")),
    )
    op.create_table(
        "deal_publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("figures", postgresql.JSONB(), nullable=False),
        sa.Column("head_sequence", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.String(), nullable=False),
        sa.Column("prepared_by", sa.Integer(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("embargo_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(approved_by IS NULL) = (approved_at IS NULL)", name=op.f("ck_deal_publication_approved")
        ),
        sa.CheckConstraint("approved_by <> prepared_by", name=op.f("ck_deal_publication_four_eyes")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_deal_publication_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_publication")),
        sa.UniqueConstraint("edition_id", "number", name=op.f("uq_deal_publication_edition_id_number")),
    )
    op.create_index(op.f("ix_deal_publication_edition_id"), "deal_publication", ["edition_id"], unique=False)
    op.create_table(
        "deal_step",
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["type", "after"], ["deal_stage.type", "deal_stage.stage"], name=op.f("fk_deal_step_type_after")
        ),
        sa.ForeignKeyConstraint(
            ["type", "before"], ["deal_stage.type", "deal_stage.stage"], name=op.f("fk_deal_step_type_before")
        ),
        sa.PrimaryKeyConstraint("type", "before", "after", name=op.f("pk_deal_step")),
    )
    op.create_table(
        "deal_sum",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("deals", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("annual_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_deal_sum_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(
            "edition_id", "dimension", "key", "type", "stage", "counted", name=op.f("pk_deal_sum")
        ),
    )
    op.create_table(
        "till_sale",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("hs", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=16, scale=3), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("unit_price_minor", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("paid_by", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("void", sa.Boolean(), nullable=False),
        sa.CheckConstraint("hs ~ '^[0-9]{6}$' AND currency ~ '^[A-Z]{3}$'", name=op.f("ck_till_sale_goods")),
        sa.CheckConstraint(
            "abs(amount_minor - quantity * unit_price_minor) <= 0.5", name=op.f("ck_till_sale_amount")
        ),
        sa.CheckConstraint("quantity > 0 AND unit_price_minor > 0", name=op.f("ck_till_sale_values")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_till_sale_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_till_sale_exhibitor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_till_sale")),
        sa.UniqueConstraint("exhibitor_id", "key", name=op.f("uq_till_sale_exhibitor_id_key")),
    )
    op.create_index("ix_till_sale_day", "till_sale", ["exhibitor_id", "day", "currency"], unique=False)
    op.create_index(op.f("ix_till_sale_edition_id"), "till_sale", ["edition_id"], unique=False)
    op.create_table(
        "deal_attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("mimetype", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size > 0 AND digest ~ '^[0-9a-f]{64}$'", name=op.f("ck_deal_attachment_content")),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deal.id"], name=op.f("fk_deal_attachment_deal_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_deal_attachment_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_attachment")),
    )
    op.create_index(op.f("ix_deal_attachment_deal_id"), "deal_attachment", ["deal_id"], unique=False)
    op.create_table(
        "deal_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("languages", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("event_sequence", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('cover', 'memorandum', 'order')", name=op.f("ck_deal_document_kind")),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deal.id"], name=op.f("fk_deal_document_deal_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_document")),
        sa.UniqueConstraint("code", name=op.f("uq_deal_document_code")),
    )
    op.create_index(op.f("ix_deal_document_deal_id"), "deal_document", ["deal_id"], unique=False)
    op.create_table(
        "deal_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("signatory", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("shows_price", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "role IN ('seller', 'buyer', 'investor', 'host', 'partner', 'guarantor', 'witness')",
            name=op.f("ck_deal_party_role"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'entered', 'confirmed', 'disputed')", name=op.f("ck_deal_party_state")
        ),
        sa.CheckConstraint("decided_by <> entered_by", name=op.f("ck_deal_party_four_eyes")),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deal.id"], name=op.f("fk_deal_party_deal_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_deal_party_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_party")),
        sa.UniqueConstraint("deal_id", "organisation_id", name=op.f("uq_deal_party_deal_id_organisation_id")),
        sa.UniqueConstraint("deal_id", "position", name=op.f("uq_deal_party_deal_id_position")),
    )
    op.create_index(op.f("ix_deal_party_organisation_id"), "deal_party", ["organisation_id"], unique=False)
    op.create_table(
        "deal_project",
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.Column("summary", postgresql.JSONB(), nullable=False),
        sa.Column("jobs", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint("country ~ '^[A-Z]{2}$'", name=op.f("ck_deal_project_country")),
        sa.CheckConstraint("jobs >= 0", name=op.f("ck_deal_project_jobs")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_deal_project_dates")),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deal.id"], name=op.f("fk_deal_project_deal_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("deal_id", name=op.f("pk_deal_project")),
    )
    op.create_table(
        "deal_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deal.id"], name=op.f("fk_deal_reminder_deal_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_deal_reminder_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_reminder")),
        sa.UniqueConstraint(
            "deal_id",
            "organisation_id",
            "kind",
            "due_on",
            name=op.f("uq_deal_reminder_deal_id_organisation_id_kind_due_on"),
        ),
    )
    op.create_table(
        "till_close",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("sales", sa.Integer(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_till_close_deal_id")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_till_close_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_till_close_exhibitor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_till_close")),
        sa.UniqueConstraint(
            "exhibitor_id", "day", "currency", name=op.f("uq_till_close_exhibitor_id_day_currency")
        ),
    )
    op.create_index(op.f("ix_till_close_edition_id"), "till_close", ["edition_id"], unique=False)


def _columns() -> None:
    op.add_column("deal", sa.Column("standing", sa.String(), nullable=False, server_default="open"))
    op.add_column("deal", sa.Column("origin", sa.String(), nullable=False, server_default="walk_in"))
    op.add_column("deal", sa.Column("forum_id", sa.Integer(), nullable=True))
    op.add_column("deal", sa.Column("framework", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("deal", sa.Column("framework_id", sa.Integer(), nullable=True))
    op.add_column("deal", sa.Column("title", postgresql.JSONB(), nullable=False, server_default="{}"))
    op.add_column("deal", sa.Column("terms", sa.String(), nullable=False, server_default=""))
    op.add_column("deal", sa.Column("home_minor", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("deal", sa.Column("home_shift", sa.SmallInteger(), nullable=False, server_default="0"))
    op.add_column("deal", sa.Column("term_months", sa.Integer(), nullable=True))
    op.add_column("deal", sa.Column("delivery_due", sa.Date(), nullable=True))
    op.add_column("deal", sa.Column("payment_due", sa.Date(), nullable=True))
    op.add_column("deal", sa.Column("seller_country", sa.String(), nullable=False, server_default=""))
    op.add_column("deal", sa.Column("buyer_country", sa.String(), nullable=False, server_default=""))
    op.add_column("deal", sa.Column("zone_code", sa.String(), nullable=False, server_default=""))
    op.add_column("deal", sa.Column("newcomer", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("deal", sa.Column("abroad", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("deal", sa.Column("entered_by", sa.Integer(), nullable=True))
    op.add_column("deal", sa.Column("entered_for", sa.Integer(), nullable=True))
    op.add_column("deal", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.drop_constraint(op.f("ck_deal_type"), "deal", type_="check")
    op.create_check_constraint(
        op.f("ck_deal_type"),
        "deal",
        "type IN ('purchase', 'investment', 'cooperation', 'report', 'retail')",
    )
    op.add_column("deal_event", sa.Column("scheme", sa.SmallInteger(), nullable=False, server_default="1"))
    op.alter_column("deal_event", "scheme", server_default=None)
    op.alter_column("deal_event", "deal_id", nullable=True)
    op.alter_column("deal_event", "payload", type_=sa.Text(), postgresql_using="payload::text")
    op.add_column("deal_line", sa.Column("incoterm", sa.String(), nullable=False, server_default=""))
    op.add_column("deal_line", sa.Column("delivery", sa.String(), nullable=False, server_default=""))
    op.add_column("deal_line", sa.Column("home_minor", sa.BigInteger(), nullable=False, server_default="0"))


def _keys() -> None:
    op.create_index("ix_deal_country", "deal", ["edition_id", "seller_country", "id"], unique=False)
    op.create_index("ix_deal_forum", "deal", ["forum_id", "id"], unique=False)
    op.create_index(op.f("ix_deal_framework_id"), "deal", ["framework_id"], unique=False)
    op.create_index("ix_deal_signed", "deal", ["edition_id", "signed_on", "id"], unique=False)
    op.create_index("ix_deal_stage", "deal", ["edition_id", "type", "stage", "id"], unique=False)
    op.create_index("ix_deal_zone", "deal", ["edition_id", "zone_code", "id"], unique=False)
    op.create_foreign_key(
        op.f("fk_deal_type_stage"), "deal", "deal_stage", ["type", "stage"], ["type", "stage"]
    )
    op.create_foreign_key(
        op.f("fk_deal_forum_id"), "deal", "forum", ["forum_id"], ["id"], ondelete="SET NULL"
    )
    op.create_foreign_key(op.f("fk_deal_framework_id"), "deal", "deal", ["framework_id"], ["id"])
    op.create_foreign_key(op.f("fk_deal_entered_for"), "deal", "organisation", ["entered_for"], ["id"])
    op.create_index("ix_deal_line_chapter", "deal_line", [sa.literal_column('"left"(hs, 2)'), "deal_id"])
    checks = {
        "origin": "origin IN ('meeting', 'stand', 'forum', 'ceremony', 'walk_in')",
        "standing": "standing IN ('open', 'confirmed', 'disputed')",
        "home": "abs(home_minor - total_minor * rate * power(10::numeric, home_shift)) <= 0.5",
        "term": "term_months > 0",
        "call": "framework_id <> id AND NOT (framework AND framework_id IS NOT NULL)",
    }
    for name, rule in checks.items():
        op.create_check_constraint(op.f(f"ck_deal_{name}"), "deal", rule)
    op.create_check_constraint(
        op.f("ck_deal_event_kind"), "deal_event", "kind ~ '^[a-z_]+$' AND scheme IN (1, 2)"
    )
    op.create_check_constraint(
        op.f("ck_deal_line_incoterm"),
        "deal_line",
        "incoterm IN ('', 'EXW', 'FCA', 'CPT', 'CIP', 'DAP', 'DPU', 'DDP', 'FAS', 'FOB', 'CFR',"
        " 'CIF', 'DAT')",
    )
