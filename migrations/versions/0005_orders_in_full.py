"""Services, permits, payments and credit notes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _id() -> sa.Column:
    return sa.Column("id", sa.Integer(), primary_key=True)


def _ref(name: str, target: str, *, null: bool = False, ondelete: str | None = None) -> sa.Column:
    return sa.Column(name, sa.Integer(), sa.ForeignKey(target, ondelete=ondelete), nullable=null)


def _text(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _json(name: str) -> sa.Column:
    return sa.Column(name, JSONB(), nullable=False)


def _percent(name: str, *, null: bool = False) -> sa.Column:
    return sa.Column(name, sa.Numeric(5, 2), nullable=null)


def _instant(name: str, *, null: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _one_of(table: str, column: str, values: str) -> sa.CheckConstraint:
    return _check(table, column, f"{column} IN ({', '.join(repr(one) for one in values.split())})")


def _tables() -> None:
    op.create_table(
        "price_list",
        _id(), _ref("edition_id", "edition.id", ondelete="CASCADE"),
        sa.Column("version", sa.Integer(), nullable=False), _json("zones"),
        _percent("peninsula_percent", null=True), _percent("early_percent"),
        sa.Column("early_until", sa.Date()), _percent("late_percent"), sa.Column("late_from", sa.Date()),
        _percent("newcomer_percent"), _percent("pavilion_percent"),
        sa.Column("due_days", sa.Integer(), nullable=False), _json("reminder_days"),
        *_text("seller_name", "seller_address", "seller_tax_number", "seller_register", "bank_name",
               "bank_account", "bank_code"),
        _json("invoice_note"),
        sa.UniqueConstraint("edition_id", name=op.f("uq_price_list_edition_id")),
        _check("price_list", "due_days", "due_days BETWEEN 0 AND 365"),
        _check("price_list", "percents",
               "early_percent BETWEEN 0 AND 100 AND late_percent BETWEEN 0 AND 100"
               " AND newcomer_percent BETWEEN 0 AND 100 AND pavilion_percent BETWEEN 0 AND 100"
               " AND peninsula_percent >= 0"),
        _check("price_list", "dates", "early_until < late_from"),
    )  # fmt: skip
    op.create_table(
        "service",
        _id(), _ref("edition_id", "edition.id", ondelete="CASCADE"), *_text("code", "category"),
        _json("name"), _json("note"), *_text("unit"),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_bp", sa.Integer(), nullable=False),
        sa.Column("step", sa.Numeric(10, 3), nullable=False), sa.Column("most", sa.Numeric(10, 3)),
        sa.Column("deadline", sa.Date()), _percent("late_percent", null=True),
        sa.Column("stock", sa.Numeric(14, 3)), sa.Column("taken", sa.Numeric(14, 3), nullable=False),
        *_text("permit"), sa.Column("is_offered", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_service_edition_id_code")),
        _one_of("service", "category", "power water network furniture cleaning hanging other permit"),
        _check("service", "price", "price_minor >= 0 AND tax_bp BETWEEN 0 AND 10000"),
        _check("service", "late", "late_percent BETWEEN 0 AND 300"),
        _check("service", "quantities", "step > 0 AND most > 0"),
        _check("service", "stock", "taken >= 0 AND taken <= stock"),
    )  # fmt: skip
    op.create_index(op.f("ix_service_edition_id"), "service", ["edition_id"])
    op.create_table(
        "cart_line",
        _id(), _ref("exhibitor_id", "exhibitor.id", ondelete="CASCADE"),
        _ref("service_id", "service.id", ondelete="CASCADE"),
        sa.Column("quantity", sa.Numeric(14, 3), nullable=False),
        sa.UniqueConstraint("exhibitor_id", "service_id", name=op.f("uq_cart_line_exhibitor_id_service_id")),
        _check("cart_line", "quantity", "quantity > 0"),
    )  # fmt: skip
    op.create_index(op.f("ix_cart_line_service_id"), "cart_line", ["service_id"])
    op.create_table(
        "billing",
        _id(), _ref("exhibitor_id", "exhibitor.id", ondelete="CASCADE"),
        *_text("name", "address", "tax_number", "order_reference", "email", "language", "currency"),
        sa.Column("tax_exempt", sa.Boolean(), nullable=False), *_text("exempt_reason"),
        sa.Column("paused", sa.Boolean(), nullable=False), *_text("pause_reason"),
        sa.UniqueConstraint("exhibitor_id", name=op.f("uq_billing_exhibitor_id")),
        _check("billing", "currency", "currency = '' OR currency ~ '^[A-Z]{3}$'"),
        _check("billing", "exempt", "NOT tax_exempt OR exempt_reason <> ''"),
    )  # fmt: skip
    _permits()
    _money()


def _permits() -> None:
    op.create_table(
        "permit",
        _id(), _ref("edition_id", "edition.id", ondelete="CASCADE"),
        _ref("exhibitor_id", "exhibitor.id", ondelete="CASCADE"),
        sa.Column("number", sa.Integer(), nullable=False), *_text("kind", "state"),
        *(sa.Column(name, sa.Integer()) for name in ("height_cm", "load_kg_m2", "weight_kg", "area_m2")),
        *_text("description"), _json("findings"), *_text("decision"),
        _ref("decided_by", "user.id", null=True, ondelete="SET NULL"), _instant("decided_at", null=True),
        _instant("submitted_at", null=True), _instant("created_at"),
        sa.UniqueConstraint("edition_id", "number", name=op.f("uq_permit_edition_id_number")),
        _one_of("permit", "kind", "height load hanging two_storey open_flame water vehicle laser"),
        _one_of("permit", "state", "draft submitted returned granted refused withdrawn"),
        _check("permit", "decision", "state NOT IN ('refused','returned') OR decision <> ''"),
        _check("permit", "figures",
               "height_cm >= 0 AND load_kg_m2 >= 0 AND weight_kg >= 0 AND area_m2 >= 0"),
    )  # fmt: skip
    for column in ("edition_id", "exhibitor_id"):
        op.create_index(op.f(f"ix_permit_{column}"), "permit", [column])
    op.create_index(
        "uq_permit_live", "permit", ["exhibitor_id", "kind"], unique=True,
        postgresql_where=sa.text("state NOT IN ('refused','withdrawn')"),
    )  # fmt: skip
    op.create_table(
        "permit_drawing",
        _id(), _ref("permit_id", "permit.id", ondelete="CASCADE"), *_text("name", "mimetype"),
        sa.Column("size", sa.Integer(), nullable=False), *_text("sha256"),
        sa.Column("content", sa.LargeBinary(), nullable=False), _instant("uploaded_at"),
        _check("permit_drawing", "size", "size > 0 AND size <= 10485760"),
    )  # fmt: skip
    op.create_index(op.f("ix_permit_drawing_permit_id"), "permit_drawing", ["permit_id"])


def _money() -> None:
    op.create_table(
        "payment",
        _id(), _ref("edition_id", "edition.id", ondelete="CASCADE"),
        _ref("exhibitor_id", "exhibitor.id", null=True), _ref("invoice_id", "invoice.id", null=True),
        *_text("kind"), sa.Column("amount_minor", sa.BigInteger(), nullable=False), *_text("currency"),
        sa.Column("paid_on", sa.Date(), nullable=False), *_text("reference", "payer", "note"),
        sa.Column("bank_key", sa.String()), _instant("created_at"), _instant("voided_at", null=True),
        *_text("void_reason"),
        sa.UniqueConstraint("edition_id", "bank_key", name=op.f("uq_payment_edition_id_bank_key")),
        _one_of("payment", "kind", "payment refund"),
        _check("payment", "amount", "amount_minor > 0"),
        _check("payment", "invoice", "invoice_id IS NULL OR exhibitor_id IS NOT NULL"),
        _check("payment", "refund", "kind = 'payment' OR exhibitor_id IS NOT NULL"),
        _check("payment", "void", "voided_at IS NULL OR void_reason <> ''"),
    )  # fmt: skip
    for column in ("edition_id", "exhibitor_id", "invoice_id"):
        op.create_index(op.f(f"ix_payment_{column}"), "payment", [column])
    op.create_table(
        "reminder",
        _id(), _ref("edition_id", "edition.id", ondelete="CASCADE"), _ref("invoice_id", "invoice.id"),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("open_minor", sa.BigInteger(), nullable=False), *_text("language"),
        _ref("mail_id", "mail.id", null=True, ondelete="SET NULL"), _instant("created_at"),
        sa.UniqueConstraint("invoice_id", "level", name=op.f("uq_reminder_invoice_id_level")),
        _check("reminder", "values", "level BETWEEN 1 AND 3 AND open_minor > 0"),
    )  # fmt: skip
    op.create_index(op.f("ix_reminder_edition_id"), "reminder", ["edition_id"])


def _columns() -> None:
    op.add_column("exhibitor_order", sa.Column("kind", sa.String(), nullable=False, server_default="stand"))
    op.add_column("exhibitor_order", sa.Column("ordered_on", sa.Date()))
    order = "exhibitor_order"
    op.create_check_constraint(op.f(f"ck_{order}_kind"), order, "kind IN ('stand','extras')")
    op.create_check_constraint(op.f(f"ck_{order}_total"), order, "total_minor >= 0")
    op.drop_index("uq_exhibitor_order_live", order)
    for name, where in (
        ("uq_exhibitor_order_live", "kind = 'stand' AND state <> 'cancelled'"),
        ("uq_exhibitor_order_extras", "kind = 'extras' AND state = 'open'"),
    ):
        op.create_index(name, order, ["exhibitor_id"], unique=True, postgresql_where=sa.text(where))
    line = "exhibitor_order_line"
    for name, target in (("service_id", "service.id"), ("permit_id", "permit.id")):
        op.add_column(line, sa.Column(name, sa.Integer()))
        op.create_foreign_key(op.f(f"fk_{line}_{name}"), line, target.split(".")[0], [name], ["id"])
        op.create_index(op.f(f"ix_{line}_{name}"), line, [name])
    op.add_column(line, sa.Column("late_percent", sa.Numeric(5, 2), nullable=False, server_default="0"))
    op.drop_constraint(op.f(f"ck_{line}_values"), line)
    op.create_check_constraint(
        op.f(f"ck_{line}_values"), line,
        "quantity > 0 AND tax_bp BETWEEN 0 AND 10000 AND"
        " (unit_price_minor >= 0 OR kind IN ('early','newcomer','pavilion'))",
    )  # fmt: skip
    op.create_index(
        f"uq_{line}_service", line, ["order_id", "service_id", "late_percent"], unique=True,
        postgresql_where=sa.text("service_id IS NOT NULL AND permit_id IS NULL"),
    )  # fmt: skip


def _documents() -> None:
    op.add_column("invoice", sa.Column("kind", sa.String(), nullable=False, server_default="invoice"))
    op.add_column("invoice", sa.Column("credits_id", sa.Integer()))
    op.add_column("invoice", sa.Column("due_on", sa.Date()))
    op.add_column("invoice", sa.Column("reference", sa.String(), nullable=False, server_default=""))
    op.create_foreign_key(op.f("fk_invoice_credits_id"), "invoice", "invoice", ["credits_id"], ["id"])
    op.create_index(op.f("ix_invoice_credits_id"), "invoice", ["credits_id"])
    op.drop_constraint(op.f("uq_invoice_edition_id_number"), "invoice")
    op.drop_constraint(op.f("uq_invoice_order_id"), "invoice")
    op.create_unique_constraint(
        op.f("uq_invoice_edition_id_kind_number"), "invoice", ["edition_id", "kind", "number"]
    )
    for name, column, where in (
        ("uq_invoice_order", "order_id", "kind = 'invoice'"),
        ("uq_invoice_reference", "reference", "reference <> ''"),
    ):
        op.create_index(name, "invoice", [column], unique=True, postgresql_where=sa.text(where))
    for name, rule in (
        ("kind", "kind IN ('invoice','credit_note')"),
        ("credits", "(kind = 'credit_note') = (credits_id IS NOT NULL)"),
        ("total", "total_minor >= 0"),
    ):
        op.create_check_constraint(op.f(f"ck_invoice_{name}"), "invoice", rule)


# What was issued and paid before: terms of a fortnight, a reference each, and a payment for what was paid.
CARRIED_OVER = """
UPDATE invoice SET due_on = (issued_at AT TIME ZONE edition.timezone)::date + 14,
       reference = creditor_reference(invoice.edition_id, invoice.number)
  FROM edition WHERE edition.id = invoice.edition_id;
UPDATE exhibitor_order o SET ordered_on = (o.created_at AT TIME ZONE edition.timezone)::date
  FROM edition WHERE edition.id = o.edition_id;
INSERT INTO payment (edition_id, exhibitor_id, invoice_id, kind, amount_minor, currency, paid_on, reference,
                     payer, note, created_at, void_reason)
SELECT i.edition_id, o.exhibitor_id, i.id, 'payment', i.total_minor, i.currency,
       coalesce(e.paid_on, (i.issued_at AT TIME ZONE 'UTC')::date), i.reference, '', '', now(), ''
  FROM invoice i JOIN exhibitor_order o ON o.id = i.order_id JOIN exhibitor e ON e.id = o.exhibitor_id
 WHERE o.state = 'paid' AND i.total_minor > 0;
DROP FUNCTION creditor_reference(integer, integer);
"""

# ISO 11649: "RF", check digits 98 - (body ‖ "RF00" as digits mod 97), body. Digits only, so plain arithmetic.
REFERENCE = """
CREATE FUNCTION creditor_reference(edition integer, number integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT 'RF' || lpad((98 - ((body || '271500')::numeric % 97))::text, 2, '0') || body
      FROM (SELECT to_char(edition, 'FM0000000') || to_char(number, 'FM0000000') AS body) made
$$;
"""

DOCUMENTS = """
CREATE FUNCTION edition_is_gone(which integer) RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT NOT EXISTS (SELECT 1 FROM edition WHERE id = which) $$;
CREATE FUNCTION invoice_takes_next_number() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE next integer; source invoice; given bigint;
BEGIN
    PERFORM 1 FROM edition WHERE id = NEW.edition_id FOR NO KEY UPDATE;
    SELECT coalesce(max(number), 0) + 1 INTO next
      FROM invoice WHERE edition_id = NEW.edition_id AND kind = NEW.kind;
    IF NEW.number <> next THEN
        RAISE EXCEPTION '% % would leave a hole: the next number is %', NEW.kind, NEW.number, next
            USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_numbers';
    END IF;
    IF NEW.kind = 'credit_note' THEN
        SELECT * INTO source FROM invoice WHERE id = NEW.credits_id;
        SELECT coalesce(sum(total_minor), 0) INTO given FROM invoice WHERE credits_id = NEW.credits_id;
        IF source.kind <> 'invoice' OR source.order_id <> NEW.order_id OR source.currency <> NEW.currency
           OR given + NEW.total_minor > source.total_minor THEN
            RAISE EXCEPTION 'credit note takes back more than invoice % has left', source.number
                USING ERRCODE = 'check_violation', CONSTRAINT = 'credit_note_within_invoice';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invoice_takes_next_number BEFORE INSERT ON invoice
    FOR EACH ROW EXECUTE FUNCTION invoice_takes_next_number();
CREATE FUNCTION document_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND edition_is_gone(OLD.edition_id) THEN RETURN OLD; END IF;
    RAISE EXCEPTION '% is final once it is there', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_TABLE_NAME || '_is_final';
END $$;
CREATE TRIGGER invoice_is_final BEFORE UPDATE OR DELETE ON invoice
    FOR EACH ROW EXECUTE FUNCTION document_is_final();
CREATE TRIGGER invoice_is_kept BEFORE TRUNCATE ON invoice
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""

LINES = """
CREATE FUNCTION line_of_open_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE which integer; stands text;
BEGIN
    FOR which IN SELECT DISTINCT unnest(ARRAY[CASE WHEN TG_OP <> 'INSERT' THEN OLD.order_id END,
                                              CASE WHEN TG_OP <> 'DELETE' THEN NEW.order_id END]) LOOP
        SELECT state INTO stands FROM exhibitor_order WHERE id = which FOR NO KEY UPDATE;
        IF stands <> 'open' THEN
            RAISE EXCEPTION 'order % is % and its lines are settled', which, stands
                USING ERRCODE = 'check_violation', CONSTRAINT = 'line_of_open_order';
        END IF;
    END LOOP;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER line_of_open_order BEFORE INSERT OR UPDATE OR DELETE ON exhibitor_order_line
    FOR EACH ROW EXECUTE FUNCTION line_of_open_order();
CREATE FUNCTION line_takes_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.service_id IS NOT NULL
       AND EXISTS (SELECT 1 FROM exhibitor_order WHERE id = OLD.order_id AND state <> 'cancelled') THEN
        UPDATE service SET taken = taken - OLD.quantity WHERE id = OLD.service_id;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.service_id IS NOT NULL
       AND EXISTS (SELECT 1 FROM exhibitor_order WHERE id = NEW.order_id AND state <> 'cancelled') THEN
        UPDATE service SET taken = taken + NEW.quantity WHERE id = NEW.service_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER line_takes_stock AFTER INSERT OR UPDATE OF quantity, service_id, order_id OR DELETE
    ON exhibitor_order_line FOR EACH ROW EXECUTE FUNCTION line_takes_stock();
CREATE FUNCTION order_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE sign integer := 0;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.state <> 'open' AND (OLD.total_minor, OLD.net_minor, OLD.tax_minor, OLD.currency, OLD.kind,
               OLD.exhibitor_id, OLD.edition_id, OLD.number)
           IS DISTINCT FROM (NEW.total_minor, NEW.net_minor, NEW.tax_minor, NEW.currency, NEW.kind,
               NEW.exhibitor_id, NEW.edition_id, NEW.number) THEN
            RAISE EXCEPTION 'order % is % and its sums are settled', OLD.number, OLD.state
                USING ERRCODE = 'check_violation', CONSTRAINT = 'line_of_open_order';
        END IF;
        IF OLD.state = 'cancelled' AND NEW.state <> 'cancelled' THEN sign := 1;
        ELSIF OLD.state <> 'cancelled' AND NEW.state = 'cancelled' THEN sign := -1; END IF;
    ELSIF OLD.state <> 'cancelled' THEN sign := -1;
    END IF;
    IF sign <> 0 THEN
        UPDATE service SET taken = taken + sign * back.quantity
          FROM (SELECT service_id, sum(quantity) AS quantity FROM exhibitor_order_line
                 WHERE order_id = OLD.id AND service_id IS NOT NULL GROUP BY service_id) back
         WHERE service.id = back.service_id;
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER order_moves BEFORE UPDATE OR DELETE ON exhibitor_order
    FOR EACH ROW EXECUTE FUNCTION order_moves();
"""

PAYMENTS = """
CREATE FUNCTION payment_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF edition_is_gone(OLD.edition_id) THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'payments are voided, not deleted'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'payment_is_final';
    END IF;
    IF TG_OP = 'UPDATE' AND ((OLD.edition_id, OLD.kind, OLD.amount_minor, OLD.currency, OLD.paid_on,
            OLD.bank_key) IS DISTINCT FROM (NEW.edition_id, NEW.kind, NEW.amount_minor, NEW.currency,
            NEW.paid_on, NEW.bank_key) OR OLD.voided_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a payment keeps its sum and its day'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'payment_is_final';
    END IF;
    IF NEW.invoice_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM invoice i JOIN exhibitor_order o ON o.id = i.order_id
         WHERE i.id = NEW.invoice_id AND i.kind = 'invoice' AND i.edition_id = NEW.edition_id
           AND i.currency = NEW.currency AND o.exhibitor_id = NEW.exhibitor_id) THEN
        RAISE EXCEPTION 'the payment and its invoice are not of one exhibitor and currency'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_fits';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payment_fits BEFORE INSERT OR UPDATE OR DELETE ON payment
    FOR EACH ROW EXECUTE FUNCTION payment_fits();
CREATE FUNCTION order_is_settled(which integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE stands text; due bigint; money bigint; back bigint; bill integer; wrong boolean;
BEGIN
    SELECT state INTO stands FROM exhibitor_order WHERE id = which FOR NO KEY UPDATE;
    IF stands IS NULL THEN RETURN; END IF;
    SELECT id, total_minor INTO bill, due FROM invoice WHERE order_id = which AND kind = 'invoice';
    SELECT coalesce(sum(CASE kind WHEN 'payment' THEN amount_minor ELSE -amount_minor END), 0) INTO money
      FROM payment WHERE invoice_id = bill AND voided_at IS NULL;
    SELECT coalesce(sum(total_minor), 0) INTO back FROM invoice WHERE credits_id = bill;
    wrong := money < 0 OR CASE stands
            WHEN 'open' THEN bill IS NOT NULL
            WHEN 'invoiced' THEN bill IS NULL OR money + back >= due
            WHEN 'paid' THEN bill IS NULL OR money + back < due
            ELSE bill IS NOT NULL AND back <> due AND due > 0 END;
    IF wrong THEN
        RAISE EXCEPTION 'order % is % with % due, % paid and % credited', which, stands, due, money, back
            USING ERRCODE = 'check_violation', CONSTRAINT = 'order_is_settled';
    END IF;
END $$;
CREATE FUNCTION check_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'exhibitor_order' THEN PERFORM order_is_settled(NEW.id);
    ELSIF TG_TABLE_NAME = 'invoice' THEN PERFORM order_is_settled(NEW.order_id);
    ELSE
        PERFORM order_is_settled(order_id) FROM invoice WHERE id = NEW.invoice_id;
        IF TG_OP = 'UPDATE' AND OLD.invoice_id IS DISTINCT FROM NEW.invoice_id THEN
            PERFORM order_is_settled(order_id) FROM invoice WHERE id = OLD.invoice_id;
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER order_is_settled AFTER INSERT OR UPDATE OF state ON exhibitor_order
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_settled();
CREATE CONSTRAINT TRIGGER invoice_is_settled AFTER INSERT ON invoice
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_settled();
CREATE CONSTRAINT TRIGGER payment_is_settled AFTER INSERT OR UPDATE ON payment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_settled();
"""


def upgrade() -> None:
    _tables()
    _columns()
    _documents()
    for rules in (REFERENCE, CARRIED_OVER, DOCUMENTS, LINES, PAYMENTS):
        op.get_bind().connection.driver_connection.execute(rules)


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
