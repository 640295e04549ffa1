"""The tables and indexes of all rooms."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("window_start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("key", "window_start", name=op.f("pk_attempt")),
    )
    op.create_index("ix_attempt_window", "attempt", ["window_start"], unique=False)
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index(op.f("ix_audit_entry_at"), "audit_entry", ["at"], unique=False)
    op.create_index(op.f("ix_audit_entry_edition_id"), "audit_entry", ["edition_id"], unique=False)
    op.create_index("ix_audit_entry_subject", "audit_entry", ["subject", "subject_id"], unique=False)
    op.create_index(op.f("ix_audit_entry_user_id"), "audit_entry", ["user_id"], unique=False)
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("theme", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("description", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("city", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("venue_name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("languages", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("gross_m2", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("prices", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("meetings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("points_rule", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.CheckConstraint("code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name=op.f("ck_edition_code")),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name=op.f("ck_edition_currency")),
        sa.CheckConstraint("gross_m2 >= 0", name=op.f("ck_edition_gross")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_edition_dates")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("code", name=op.f("uq_edition_code")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("search_name", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("size", sa.String(), nullable=False),
        sa.Column("website", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.CheckConstraint("country ~ '^[A-Z]{2}$'", name=op.f("ck_organisation_country")),
        sa.CheckConstraint("size IN ('small', 'medium', 'large')", name=op.f("ck_organisation_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("search_name", "country", name=op.f("uq_organisation_search_name_country")),
    )
    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_user_email_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("email", name=op.f("uq_user_email")),
    )
    op.create_table(
        "agenda_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("objective", sa.Float(), nullable=True),
        sa.Column("bound", sa.Float(), nullable=True),
        sa.Column("baseline", sa.Float(), nullable=True),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("breaks", sa.Integer(), nullable=True),
        sa.Column("violations", sa.Integer(), nullable=True),
        sa.Column("unmet", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("curve", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_agenda_run_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_run")),
    )
    op.create_index(op.f("ix_agenda_run_edition_id"), "agenda_run", ["edition_id"], unique=False)
    op.create_table(
        "allocation_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("input_digest", sa.String(), nullable=False),
        sa.Column("placements", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("explanations", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("curve", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("objective", sa.Float(), nullable=True),
        sa.Column("bound", sa.Float(), nullable=True),
        sa.Column("baseline", sa.Float(), nullable=True),
        sa.Column("violations", sa.Integer(), nullable=True),
        sa.Column("unplaced", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('running','done','published','superseded','failed')",
            name=op.f("ck_allocation_run_state"),
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["user.id"], name=op.f("fk_allocation_run_created_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_allocation_run_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation_run")),
    )
    op.create_index(op.f("ix_allocation_run_edition_id"), "allocation_run", ["edition_id"], unique=False)
    op.create_index(
        "uq_allocation_run_published",
        "allocation_run",
        ["edition_id"],
        unique=True,
        postgresql_where=sa.text("state = 'published'"),
    )
    op.create_table(
        "buyer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("contact_name", sa.String(), nullable=False),
        sa.Column("contact_email", sa.String(), nullable=False),
        sa.Column("languages", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("min_meetings", sa.Integer(), nullable=False),
        sa.Column("max_meetings", sa.Integer(), nullable=False),
        sa.Column("unavailable", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint(
            "min_meetings >= 0 AND max_meetings >= min_meetings", name=op.f("ck_buyer_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_buyer_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_buyer_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buyer")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_buyer_edition_id_code")),
        sa.UniqueConstraint(
            "edition_id", "organisation_id", name=op.f("uq_buyer_edition_id_organisation_id")
        ),
    )
    op.create_index(op.f("ix_buyer_edition_id"), "buyer", ["edition_id"], unique=False)
    op.create_index(op.f("ix_buyer_organisation_id"), "buyer", ["organisation_id"], unique=False)
    op.create_table(
        "country_group_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("group_code", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name=op.f("fk_country_group_member_edition_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_country_group_member")),
        sa.UniqueConstraint(
            "edition_id",
            "group_code",
            "country",
            "since",
            name=op.f("uq_country_group_member_edition_id_group_code_country_since"),
        ),
    )
    op.create_index(
        op.f("ix_country_group_member_edition_id"), "country_group_member", ["edition_id"], unique=False
    )
    op.create_table(
        "edition_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("programme_from", sa.Time(), nullable=True),
        sa.Column("programme_until", sa.Time(), nullable=True),
        sa.Column("breaks", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint("programme_from < programme_until", name=op.f("ck_edition_day_hours")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_edition_day_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_day")),
        sa.UniqueConstraint("edition_id", "date", name=op.f("uq_edition_day_edition_id_date")),
    )
    op.create_index(op.f("ix_edition_day_edition_id"), "edition_day", ["edition_id"], unique=False)
    op.create_table(
        "exhibitor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.Column("profile", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("area_m2", sa.Integer(), nullable=False),
        sa.Column("shape", sa.String(), nullable=False),
        sa.Column("zones", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("power_kw", sa.Integer(), nullable=False),
        sa.Column("height_cm", sa.Integer(), nullable=False),
        sa.Column("points", sa.Numeric(precision=10, scale=2), nullable=False),
        sa.Column("points_origin", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("newcomer", sa.Boolean(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("contact_name", sa.String(), nullable=False),
        sa.Column("contact_email", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("review_note", sa.String(), nullable=False),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "shape IN ('any', 'row', 'block', 'corner', 'island', 'raw')", name=op.f("ck_exhibitor_shape")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'accepted', 'rejected', 'withdrawn')",
            name=op.f("ck_exhibitor_state"),
        ),
        sa.CheckConstraint(
            "area_m2 >= 0 AND power_kw >= 0 AND height_cm >= 0", name=op.f("ck_exhibitor_needs")
        ),
        sa.CheckConstraint("lead_id <> id", name=op.f("ck_exhibitor_lead")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_exhibitor_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["exhibitor.id"], name=op.f("fk_exhibitor_lead_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_exhibitor_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exhibitor")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_exhibitor_edition_id_code")),
        sa.UniqueConstraint(
            "edition_id", "organisation_id", name=op.f("uq_exhibitor_edition_id_organisation_id")
        ),
    )
    op.create_index(op.f("ix_exhibitor_edition_id"), "exhibitor", ["edition_id"], unique=False)
    op.create_index(op.f("ix_exhibitor_organisation_id"), "exhibitor", ["organisation_id"], unique=False)
    op.create_table(
        "forum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("description", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("is_main", sa.Boolean(), nullable=False),
        sa.Column("hue", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('ceremony','forum','matchmaking')", name=op.f("ck_forum_kind")),
        sa.CheckConstraint("hue BETWEEN 1 AND 8", name=op.f("ck_forum_hue")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_forum_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_forum_edition_id_code")),
    )
    op.create_index(op.f("ix_forum_edition_id"), "forum", ["edition_id"], unique=False)
    op.create_index(
        "uq_forum_main", "forum", ["edition_id"], unique=True, postgresql_where=sa.text("is_main")
    )
    op.create_table(
        "grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "role IN ('organiser', 'exhibitor', 'buyer', 'speaker', 'gate', 'finance', 'auditor')",
            name=op.f("ck_grant_role"),
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_grant_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_grant_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_grant_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant")),
        sa.UniqueConstraint(
            "user_id",
            "role",
            "edition_id",
            "organisation_id",
            name=op.f("uq_grant_user_id_role_edition_id_organisation_id"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index(op.f("ix_grant_edition_id"), "grant", ["edition_id"], unique=False)
    op.create_index(op.f("ix_grant_organisation_id"), "grant", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_grant_user_id"), "grant", ["user_id"], unique=False)
    op.create_table(
        "hall",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("site_x", sa.Integer(), nullable=False),
        sa.Column("site_y", sa.Integer(), nullable=False),
        sa.Column("entrances", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("columns", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint("width > 0 AND depth > 0", name=op.f("ck_hall_size")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_hall_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hall")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_hall_edition_id_code")),
    )
    op.create_index(op.f("ix_hall_edition_id"), "hall", ["edition_id"], unique=False)
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("arguments", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("message", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("objective", sa.Float(), nullable=True),
        sa.Column("bound", sa.Float(), nullable=True),
        sa.Column("curve", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("result", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("cancel_requested", sa.Boolean(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('queued','running','done','failed','cancelled')", name=op.f("ck_job_state")
        ),
        sa.CheckConstraint("done >= 0 AND total >= 0", name=op.f("ck_job_progress")),
        sa.ForeignKeyConstraint(
            ["created_by"], ["user.id"], name=op.f("fk_job_created_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_job_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index(op.f("ix_job_edition_id"), "job", ["edition_id"], unique=False)
    op.create_index(op.f("ix_job_state"), "job", ["state"], unique=False)
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting','approved','sent','failed','discarded')", name=op.f("ck_mail_state")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_mail_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
    )
    op.create_index(op.f("ix_mail_edition_id"), "mail", ["edition_id"], unique=False)
    op.create_index(op.f("ix_mail_recipient"), "mail", ["recipient"], unique=False)
    op.create_index(op.f("ix_mail_state"), "mail", ["state"], unique=False)
    op.create_table(
        "one_time_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("purpose IN ('confirm','reset')", name=op.f("ck_one_time_code_purpose")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_one_time_code_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_code")),
        sa.UniqueConstraint("digest", name=op.f("uq_one_time_code_digest")),
    )
    op.create_index(op.f("ix_one_time_code_user_id"), "one_time_code", ["user_id"], unique=False)
    op.create_table(
        "rate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("rate", sa.Numeric(precision=20, scale=10), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.CheckConstraint("rate > 0", name=op.f("ck_rate_positive")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_rate_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate")),
        sa.UniqueConstraint(
            "edition_id", "currency", "on_date", name=op.f("uq_rate_edition_id_currency_on_date")
        ),
    )
    op.create_index(op.f("ix_rate_edition_id"), "rate", ["edition_id"], unique=False)
    op.create_table(
        "release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_release_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("edition_id", "version", name=op.f("uq_release_edition_id_version")),
    )
    op.create_index(op.f("ix_release_edition_id"), "release", ["edition_id"], unique=False)
    op.create_table(
        "room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("building", sa.String(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("booths", sa.Integer(), nullable=False),
        sa.Column("equipment", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint("capacity > 0 AND booths >= 0", name=op.f("ck_room_size")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_room_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_room_edition_id_code")),
    )
    op.create_index(op.f("ix_room_edition_id"), "room", ["edition_id"], unique=False)
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_sign_in_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("digest", name=op.f("uq_sign_in_digest")),
    )
    op.create_index(op.f("ix_sign_in_user_id"), "sign_in", ["user_id"], unique=False)
    op.create_table(
        "speaker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("title", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("biography", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("languages", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint("country ~ '^[A-Z]{2}$' OR country = ''", name=op.f("ck_speaker_country")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_speaker_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_speaker_edition_id_code")),
    )
    op.create_index(op.f("ix_speaker_edition_id"), "speaker", ["edition_id"], unique=False)
    op.create_table(
        "timetable_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("hard", sa.Integer(), nullable=True),
        sa.Column("total", sa.Float(), nullable=True),
        sa.Column("parts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("curve", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("unplaced", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_timetable_run_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timetable_run")),
    )
    op.create_index(op.f("ix_timetable_run_edition_id"), "timetable_run", ["edition_id"], unique=False)
    op.create_table(
        "zone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("description", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("gross_m2", sa.Integer(), nullable=False),
        sa.Column("net_m2", sa.Integer(), nullable=False),
        sa.Column("hue", sa.Integer(), nullable=False),
        sa.Column("countries", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sectors", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint("hue BETWEEN 1 AND 8", name=op.f("ck_zone_hue")),
        sa.CheckConstraint("net_m2 >= 0 AND net_m2 <= gross_m2", name=op.f("ck_zone_areas")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_zone_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_zone_edition_id_code")),
    )
    op.create_index(op.f("ix_zone_edition_id"), "zone", ["edition_id"], unique=False)
    op.create_table(
        "availability",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("during", postgresql.TSTZRANGE(), nullable=False),
        sa.CheckConstraint(
            "(speaker_id IS NULL) <> (room_id IS NULL)", name=op.f("ck_availability_one_subject")
        ),
        sa.CheckConstraint("NOT isempty(during)", name=op.f("ck_availability_during")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_availability_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.id"], name=op.f("fk_availability_room_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["speaker.id"], name=op.f("fk_availability_speaker_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_availability")),
    )
    op.create_index(op.f("ix_availability_edition_id"), "availability", ["edition_id"], unique=False)
    op.create_index(op.f("ix_availability_room_id"), "availability", ["room_id"], unique=False)
    op.create_index(op.f("ix_availability_speaker_id"), "availability", ["speaker_id"], unique=False)
    op.create_table(
        "exhibitor_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('open','invoiced','paid','cancelled')", name=op.f("ck_exhibitor_order_state")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_exhibitor_order_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"],
            ["exhibitor.id"],
            name=op.f("fk_exhibitor_order_exhibitor_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exhibitor_order")),
        sa.UniqueConstraint("edition_id", "number", name=op.f("uq_exhibitor_order_edition_id_number")),
    )
    op.create_index(op.f("ix_exhibitor_order_edition_id"), "exhibitor_order", ["edition_id"], unique=False)
    op.create_index(
        op.f("ix_exhibitor_order_exhibitor_id"), "exhibitor_order", ["exhibitor_id"], unique=False
    )
    op.create_index(
        "uq_exhibitor_order_live",
        "exhibitor_order",
        ["exhibitor_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("table_number", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("need_position", sa.Integer(), nullable=False),
        sa.Column("product_code", sa.String(), nullable=False),
        sa.Column("reasons", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state IN ('planned','held','no_show','cancelled')", name=op.f("ck_meeting_state")
        ),
        sa.CheckConstraint("slot >= 1 AND table_number >= 1", name=op.f("ck_meeting_place")),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name=op.f("fk_meeting_buyer_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_meeting_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_meeting_exhibitor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["agenda_run.id"], name=op.f("fk_meeting_run_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint(
            "edition_id", "buyer_id", "exhibitor_id", name=op.f("uq_meeting_edition_id_buyer_id_exhibitor_id")
        ),
        sa.UniqueConstraint(
            "edition_id", "buyer_id", "slot", name=op.f("uq_meeting_edition_id_buyer_id_slot")
        ),
        sa.UniqueConstraint(
            "edition_id", "exhibitor_id", "slot", name=op.f("uq_meeting_edition_id_exhibitor_id_slot")
        ),
        sa.UniqueConstraint(
            "edition_id", "table_number", "slot", name=op.f("uq_meeting_edition_id_table_number_slot")
        ),
    )
    op.create_index(op.f("ix_meeting_buyer_id"), "meeting", ["buyer_id"], unique=False)
    op.create_index(op.f("ix_meeting_edition_id"), "meeting", ["edition_id"], unique=False)
    op.create_index(op.f("ix_meeting_exhibitor_id"), "meeting", ["exhibitor_id"], unique=False)
    op.create_table(
        "need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("hs", sa.String(), nullable=False),
        sa.Column("text", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=16, scale=3), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("max_price_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("incoterm", sa.String(), nullable=False),
        sa.Column("certificates", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("countries", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint("hs ~ '^([0-9]{2}){1,3}$'", name=op.f("ck_need_hs")),
        sa.CheckConstraint("quantity >= 0 AND max_price_minor >= 0", name=op.f("ck_need_values")),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name=op.f("fk_need_buyer_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
        sa.UniqueConstraint("buyer_id", "position", name=op.f("uq_need_buyer_id_position")),
    )
    op.create_index(op.f("ix_need_buyer_id"), "need", ["buyer_id"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=True),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("country ~ '^[A-Z]{2}$' OR country = ''", name=op.f("ck_person_country")),
        sa.CheckConstraint(
            "kind IN ('visitor', 'buyer', 'vip', 'speaker', 'press', 'exhibitor', 'organiser', 'service')",
            name=op.f("ck_person_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_person_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_person_exhibitor_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["speaker.id"], name=op.f("fk_person_speaker_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_person_edition_id_code")),
    )
    op.create_index(op.f("ix_person_edition_id"), "person", ["edition_id"], unique=False)
    op.create_index(op.f("ix_person_exhibitor_id"), "person", ["exhibitor_id"], unique=False)
    op.create_table(
        "product",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("hs", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("kind_key", sa.String(), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=16, scale=3), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("incoterm", sa.String(), nullable=False),
        sa.Column("certificates", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.CheckConstraint("hs ~ '^[0-9]{6}$'", name=op.f("ck_product_hs")),
        sa.CheckConstraint("origin ~ '^[A-Z]{2}$'", name=op.f("ck_product_origin")),
        sa.CheckConstraint("price_minor >= 0 AND quantity >= 0", name=op.f("ck_product_values")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_product_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_product_exhibitor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_product_edition_id_code")),
    )
    op.create_index(op.f("ix_product_edition_id"), "product", ["edition_id"], unique=False)
    op.create_index(op.f("ix_product_exhibitor_id"), "product", ["exhibitor_id"], unique=False)
    op.create_index("ix_product_hs", "product", ["edition_id", "hs"], unique=False)
    op.create_index("ix_product_kinds", "product", ["edition_id", "kind_key", "exhibitor_id"], unique=False)
    op.create_table(
        "rivalry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_rivalry_order")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_rivalry_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["one_id"], ["exhibitor.id"], name=op.f("fk_rivalry_one_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["exhibitor.id"], name=op.f("fk_rivalry_other_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rivalry")),
        sa.UniqueConstraint("one_id", "other_id", name=op.f("uq_rivalry_one_id_other_id")),
    )
    op.create_index(op.f("ix_rivalry_edition_id"), "rivalry", ["edition_id"], unique=False)
    op.create_index(op.f("ix_rivalry_one_id"), "rivalry", ["one_id"], unique=False)
    op.create_index(op.f("ix_rivalry_other_id"), "rivalry", ["other_id"], unique=False)
    op.create_table(
        "stand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("hall_id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("x", sa.Integer(), nullable=False),
        sa.Column("y", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("open_sides", sa.Integer(), nullable=False),
        sa.Column("power_kw", sa.Integer(), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.text("int4range(hall_id, hall_id, '[]')"), "="),
            (sa.text("box(point(x + 0.25, y + 0.25), point(x + width - 0.25, y + depth - 0.25))"), "&&"),
            using="gist",
            name="stand_no_overlap",
        ),
        sa.CheckConstraint("kind IN ('shell','raw')", name=op.f("ck_stand_kind")),
        sa.CheckConstraint("open_sides BETWEEN 0 AND 15", name=op.f("ck_stand_open_sides")),
        sa.CheckConstraint("power_kw >= 0", name=op.f("ck_stand_power")),
        sa.CheckConstraint("width > 0 AND depth > 0 AND x >= 0 AND y >= 0", name=op.f("ck_stand_size")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_stand_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_stand_hall_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_stand_zone_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_stand_edition_id_code")),
    )
    op.create_index(op.f("ix_stand_edition_id"), "stand", ["edition_id"], unique=False)
    op.create_index(op.f("ix_stand_hall_id"), "stand", ["hall_id"], unique=False)
    op.create_index(op.f("ix_stand_zone_id"), "stand", ["zone_id"], unique=False)
    op.create_table(
        "talk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("guid", sa.Uuid(), nullable=False),
        sa.Column("title", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("abstract", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("interpretation", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("equipment", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("after", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column("fixed_room", sa.String(), nullable=False),
        sa.Column("fixed_start", sa.DateTime(timezone=True), nullable=True),
        sa.Column("on_date", sa.Date(), nullable=True),
        sa.CheckConstraint("code ~ '^[0-9A-Z]{6}$'", name=op.f("ck_talk_code")),
        sa.CheckConstraint(
            "kind IN ('ceremony','keynote','talk','panel','matchmaking')", name=op.f("ck_talk_kind")
        ),
        sa.CheckConstraint("minutes BETWEEN 5 AND 720", name=op.f("ck_talk_minutes")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_talk_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["forum_id"], ["forum.id"], name=op.f("fk_talk_forum_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_talk_edition_id_code")),
        sa.UniqueConstraint("guid", name=op.f("uq_talk_guid")),
    )
    op.create_index(op.f("ix_talk_edition_id"), "talk", ["edition_id"], unique=False)
    op.create_index(op.f("ix_talk_forum_id"), "talk", ["forum_id"], unique=False)
    op.create_table(
        "wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('near_entrance', 'corner', 'beside', 'stand', 'zone', 'hall')",
            name=op.f("ck_wish_kind"),
        ),
        sa.CheckConstraint("rank >= 1", name=op.f("ck_wish_rank")),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_wish_exhibitor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish")),
        sa.UniqueConstraint("exhibitor_id", "rank", name=op.f("uq_wish_exhibitor_id_rank")),
    )
    op.create_index(op.f("ix_wish_exhibitor_id"), "wish", ["exhibitor_id"], unique=False)
    op.create_table(
        "allotment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("stand_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_allotment_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_allotment_exhibitor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["allocation_run.id"], name=op.f("fk_allotment_run_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["stand_id"], ["stand.id"], name=op.f("fk_allotment_stand_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allotment")),
        sa.UniqueConstraint("stand_id", name=op.f("uq_allotment_stand_id")),
    )
    op.create_index(op.f("ix_allotment_edition_id"), "allotment", ["edition_id"], unique=False)
    op.create_index(op.f("ix_allotment_exhibitor_id"), "allotment", ["exhibitor_id"], unique=False)
    op.create_table(
        "badge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("prints", sa.Integer(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_badge_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_badge_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badge")),
        sa.UniqueConstraint("person_id", "serial", name=op.f("uq_badge_person_id_serial")),
    )
    op.create_index(op.f("ix_badge_edition_id"), "badge", ["edition_id"], unique=False)
    op.create_index(op.f("ix_badge_person_id"), "badge", ["person_id"], unique=False)
    op.create_index(
        "uq_badge_valid", "badge", ["person_id"], unique=True, postgresql_where=sa.text("revoked_at IS NULL")
    )
    op.create_table(
        "deal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("rate", sa.Numeric(precision=20, scale=10), nullable=False),
        sa.Column("rate_source", sa.String(), nullable=False),
        sa.Column("rate_date", sa.Date(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "currency ~ '^[A-Z]{3}$' AND total_minor >= 0 AND rate > 0", name=op.f("ck_deal_money")
        ),
        sa.CheckConstraint(
            "stage IN ('lead', 'intent', 'memorandum', 'contract', 'delivered', 'paid',"
            " 'lapsed', 'cancelled')",
            name=op.f("ck_deal_stage"),
        ),
        sa.CheckConstraint(
            "type IN ('purchase', 'investment', 'cooperation', 'retail')", name=op.f("ck_deal_type")
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name=op.f("fk_deal_buyer_id")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_deal_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_deal_meeting_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["seller_id"], ["exhibitor.id"], name=op.f("fk_deal_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal")),
        sa.UniqueConstraint("edition_id", "number", name=op.f("uq_deal_edition_id_number")),
    )
    op.create_index(op.f("ix_deal_buyer_id"), "deal", ["buyer_id"], unique=False)
    op.create_index(op.f("ix_deal_edition_id"), "deal", ["edition_id"], unique=False)
    op.create_index(op.f("ix_deal_seller_id"), "deal", ["seller_id"], unique=False)
    op.create_table(
        "exhibitor_order_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("unit_price_minor", sa.BigInteger(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_bp", sa.Integer(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "abs(net_minor - quantity * unit_price_minor) <= 0.5", name=op.f("ck_exhibitor_order_line_net")
        ),
        sa.CheckConstraint(
            "quantity > 0 AND unit_price_minor >= 0 AND tax_bp BETWEEN 0 AND 10000",
            name=op.f("ck_exhibitor_order_line_values"),
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["exhibitor_order.id"],
            name=op.f("fk_exhibitor_order_line_order_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exhibitor_order_line")),
        sa.UniqueConstraint("order_id", "position", name=op.f("uq_exhibitor_order_line_order_id_position")),
    )
    op.create_index(
        op.f("ix_exhibitor_order_line_order_id"), "exhibitor_order_line", ["order_id"], unique=False
    )
    op.create_table(
        "invoice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("snapshot", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_invoice_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["order_id"], ["exhibitor_order.id"], name=op.f("fk_invoice_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice")),
        sa.UniqueConstraint("edition_id", "number", name=op.f("uq_invoice_edition_id_number")),
        sa.UniqueConstraint("order_id", name=op.f("uq_invoice_order_id")),
    )
    op.create_index(op.f("ix_invoice_edition_id"), "invoice", ["edition_id"], unique=False)
    op.create_index(op.f("ix_invoice_order_id"), "invoice", ["order_id"], unique=False)
    op.create_table(
        "released_slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("talk_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("during", postgresql.TSTZRANGE(), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.text("int4range(release_id, release_id, '[]')"), "="),
            (sa.text("int4range(room_id, room_id, '[]')"), "="),
            (sa.column("during"), "&&"),
            using="gist",
            name="released_slot_one_talk_a_room",
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_released_slot_release_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.id"], name=op.f("fk_released_slot_room_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["talk_id"], ["talk.id"], name=op.f("fk_released_slot_talk_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_released_slot")),
        sa.UniqueConstraint("release_id", "talk_id", name=op.f("uq_released_slot_release_id_talk_id")),
    )
    op.create_index(op.f("ix_released_slot_release_id"), "released_slot", ["release_id"], unique=False)
    op.create_table(
        "slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("talk_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("during", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.text("int4range(room_id, room_id, '[]')"), "="),
            (sa.column("during"), "&&"),
            deferrable="True",
            initially="DEFERRED",
            using="gist",
            name="slot_one_talk_a_room",
        ),
        sa.CheckConstraint("NOT isempty(during)", name=op.f("ck_slot_during")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_slot_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_slot_room_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["talk_id"], ["talk.id"], name=op.f("fk_slot_talk_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot")),
        sa.UniqueConstraint("talk_id", name=op.f("uq_slot_talk_id")),
    )
    op.create_index(op.f("ix_slot_edition_id"), "slot", ["edition_id"], unique=False)
    op.create_index(op.f("ix_slot_room_id"), "slot", ["room_id"], unique=False)
    op.create_table(
        "star",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("talk_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_star_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["talk_id"], ["talk.id"], name=op.f("fk_star_talk_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_star")),
        sa.UniqueConstraint("person_id", "talk_id", name=op.f("uq_star_person_id_talk_id")),
    )
    op.create_index(op.f("ix_star_person_id"), "star", ["person_id"], unique=False)
    op.create_index(op.f("ix_star_talk_id"), "star", ["talk_id"], unique=False)
    op.create_table(
        "talk_speaker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("talk_id", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("during", postgresql.TSTZRANGE(), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.text("int4range(speaker_id, speaker_id, '[]')"), "="),
            (sa.column("during"), "&&"),
            deferrable="True",
            initially="DEFERRED",
            using="gist",
            name="talk_speaker_one_place",
        ),
        sa.CheckConstraint("role IN ('speaker','chair','interpreter')", name=op.f("ck_talk_speaker_role")),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["speaker.id"], name=op.f("fk_talk_speaker_speaker_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["talk_id"], ["talk.id"], name=op.f("fk_talk_speaker_talk_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk_speaker")),
        sa.UniqueConstraint("talk_id", "speaker_id", name=op.f("uq_talk_speaker_talk_id_speaker_id")),
    )
    op.create_index(op.f("ix_talk_speaker_speaker_id"), "talk_speaker", ["speaker_id"], unique=False)
    op.create_index(op.f("ix_talk_speaker_talk_id"), "talk_speaker", ["talk_id"], unique=False)
    op.create_table(
        "deal_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_deal_event_deal_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_deal_event_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_event")),
        sa.UniqueConstraint("edition_id", "sequence", name=op.f("uq_deal_event_edition_id_sequence")),
    )
    op.create_index(op.f("ix_deal_event_deal_id"), "deal_event", ["deal_id"], unique=False)
    op.create_index(op.f("ix_deal_event_edition_id"), "deal_event", ["edition_id"], unique=False)
    op.create_table(
        "deal_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("hs", sa.String(), nullable=False),
        sa.Column("text", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=16, scale=3), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("unit_price_minor", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("hs ~ '^[0-9]{6}$'", name=op.f("ck_deal_line_hs")),
        sa.CheckConstraint(
            "abs(amount_minor - quantity * unit_price_minor) <= 0.5", name=op.f("ck_deal_line_amount")
        ),
        sa.CheckConstraint("quantity > 0 AND unit_price_minor >= 0", name=op.f("ck_deal_line_values")),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deal.id"], name=op.f("fk_deal_line_deal_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_deal_line_product_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_line")),
        sa.UniqueConstraint("deal_id", "position", name=op.f("uq_deal_line_deal_id_position")),
    )
    op.create_index(op.f("ix_deal_line_deal_id"), "deal_line", ["deal_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("Nothing came before: drop the database instead.")
