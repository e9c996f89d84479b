"""Border passes: persons as keys, parts that can be erased, applications, passes, serials, uses, events."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

HELD = "state IN ('ACTIVE', 'SUSPENDED')"
UNDER_WAY = "state IN ('PENDING_ATTESTATION', 'PENDING_APPROVAL', 'APPROVED', 'PRODUCED')"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "pass_person",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("id_key", sa.String(60), nullable=True),
        sa.Column("name_key", sa.String(300), nullable=False),
        sa.Column("birth", sa.String(10), nullable=False),
        sa.Column("birth_year", sa.Integer, nullable=False),
        sa.Column("sex", sa.String(1), nullable=False),
        sa.Column("village_key", sa.String(300), nullable=False),
        sa.Column("forgotten", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pass_person"),
        sa.UniqueConstraint("id_key", name="uq_pass_person_id_key"),
    )
    op.create_index("ix_pass_person_birth_year", "pass_person", ["birth_year"])
    op.create_table(
        "pass_part",
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("owner_id", sa.Uuid, nullable=False),
        sa.Column("part", sa.String(20), nullable=False),
        sa.Column("subject_id", sa.Uuid, nullable=False),
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("salt", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_pass_part"),
        sa.UniqueConstraint("owner_id", "part", name="uq_pass_part_owner_id_part"),
    )
    op.create_index("ix_pass_part_person_id", "pass_part", ["person_id"])
    op.create_index("ix_pass_part_subject_id", "pass_part", ["subject_id"])
    op.create_table(
        "pass_application",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("serial", sa.Integer, nullable=False),
        sa.Column("request_id", sa.Uuid, nullable=False),
        sa.Column("scheme", sa.String(20), nullable=False),
        sa.Column("scheme_version", sa.String(40), nullable=False),
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("origin", sa.String(12), nullable=False),
        sa.Column("earlier_pass_id", sa.Uuid, nullable=True),
        sa.Column("captured_by", sa.String(80), nullable=False),
        sa.Column("approved_by", sa.String(80), nullable=True),
        sa.Column("sex", sa.String(1), nullable=False),
        sa.Column("age_band", sa.String(10), nullable=False),
        sa.Column("purpose", sa.String(40), nullable=True),
        sa.Column("district", sa.String(12), nullable=True),
        sa.Column("dependants", sa.Integer, nullable=False),
        sa.Column("answers", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pass_application"),
        sa.UniqueConstraint("number", name="uq_pass_application_number"),
        sa.UniqueConstraint("request_id", name="uq_pass_application_request_id"),
        sa.UniqueConstraint("serial", name="uq_pass_application_serial"),
    )
    op.create_index("ix_pass_application_person_id", "pass_application", ["person_id"])
    op.create_index("ix_pass_application_scheme", "pass_application", ["scheme"])
    op.create_index("ix_pass_application_state", "pass_application", ["state"])
    op.create_index(
        "uq_pass_application_under_way",
        "pass_application",
        ["person_id", "scheme"],
        unique=True,
        sqlite_where=sa.text(UNDER_WAY),
    )
    op.create_table(
        "border_pass",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("serial", sa.Integer, nullable=False),
        sa.Column("range_id", sa.Uuid, nullable=False),
        sa.Column("scheme", sa.String(20), nullable=False),
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("application_id", sa.Uuid, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("valid_from", sa.String(10), nullable=False),
        sa.Column("valid_to", sa.String(10), nullable=False),
        sa.Column("suspended_until", sa.BigInteger, nullable=True),
        sa.Column("post_code", sa.String(40), nullable=False),
        sa.Column("sex", sa.String(1), nullable=False),
        sa.Column("age_band", sa.String(10), nullable=False),
        sa.Column("purpose", sa.String(40), nullable=True),
        sa.Column("district", sa.String(12), nullable=True),
        sa.Column("dependants", sa.Integer, nullable=False),
        sa.Column("receipt", sa.String(40), nullable=True),
        sa.Column("handed_over_at", sa.BigInteger, nullable=True),
        sa.CheckConstraint("valid_from <= valid_to", name="ck_border_pass_validity"),
        sa.PrimaryKeyConstraint("id", name="pk_border_pass"),
        sa.UniqueConstraint("serial", name="uq_border_pass_serial"),
    )
    op.create_index("ix_border_pass_application_id", "border_pass", ["application_id"])
    op.create_index("ix_border_pass_person_id", "border_pass", ["person_id"])
    op.create_index("ix_border_pass_range_id", "border_pass", ["range_id"])
    op.create_index("ix_border_pass_scheme", "border_pass", ["scheme"])
    op.create_index("ix_border_pass_state", "border_pass", ["state"])
    op.create_index("ix_border_pass_valid_to", "border_pass", ["valid_to"])
    op.create_index(
        "uq_border_pass_held", "border_pass", ["person_id", "scheme"], unique=True, sqlite_where=sa.text(HELD)
    )
    op.create_table(
        "pass_serial_range",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Column("place", sa.String(40), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("allocated_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pass_serial_range"),
        sa.UniqueConstraint("first", name="uq_pass_serial_range_first"),
        sa.UniqueConstraint("last", name="uq_pass_serial_range_last"),
    )
    op.create_table(
        "pass_spoiled_serial",
        sa.Column("serial", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("range_id", sa.Uuid, nullable=False),
        sa.Column("event_id", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("serial", name="pk_pass_spoiled_serial"),
    )
    op.create_index("ix_pass_spoiled_serial_range_id", "pass_spoiled_serial", ["range_id"])
    op.create_table(
        "pass_use",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("scheme", sa.String(20), nullable=False),
        sa.Column("serial", sa.String(40), nullable=False),
        sa.Column("pass_id", sa.Uuid, nullable=True),
        sa.Column("crossing_id", sa.Uuid, nullable=True),
        sa.Column("post_code", sa.String(40), nullable=False),
        sa.Column("desk_id", sa.String(60), nullable=False),
        sa.Column("direction", sa.String(5), nullable=False),
        sa.Column("used_at", sa.BigInteger, nullable=False),
        sa.Column("sex", sa.String(1), nullable=True),
        sa.Column("age_band", sa.String(10), nullable=True),
        sa.Column("purpose", sa.String(40), nullable=True),
        sa.Column("regime", sa.String(20), nullable=True),
        sa.Column("products", sa.String(500), nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.CheckConstraint("direction IN ('ENTRY', 'EXIT')", name="ck_pass_use_direction"),
        sa.PrimaryKeyConstraint("id", name="pk_pass_use"),
        sa.UniqueConstraint("crossing_id", name="uq_pass_use_crossing_id"),
    )
    op.create_index("ix_pass_use_pass_id", "pass_use", ["pass_id"])
    op.create_index("ix_pass_use_serial", "pass_use", ["scheme", "serial", "used_at"])
    op.create_index("ix_pass_use_used_at", "pass_use", ["used_at"])
    op.create_table(
        "pass_event",
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject_id", sa.Uuid, nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_pass_event"),
        sa.UniqueConstraint("id", name="uq_pass_event_id"),
    )
    op.create_index("ix_pass_event_kind", "pass_event", ["kind"])
    op.create_index("ix_pass_event_subject_id", "pass_event", ["subject_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("pass_event")
    op.drop_table("pass_use")
    op.drop_table("pass_spoiled_serial")
    op.drop_table("pass_serial_range")
    op.drop_table("border_pass")
    op.drop_table("pass_application")
    op.drop_table("pass_part")
    op.drop_table("pass_person")
