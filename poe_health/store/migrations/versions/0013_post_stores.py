"""Certificate checks, vaccinations and certificate numbers, supplies, equipment, plans, assessments."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Make the tables. A certificate number is the key of its row; a shelf never goes below zero."""
    _events(
        "certificate_check",
        sa.Column("day", sa.String(10), nullable=True),
        sa.Column("result", sa.String(20), nullable=True),
        sa.Column("request_id", sa.Uuid, nullable=True),
        sa.Column("screening_id", sa.Uuid, nullable=True),
        unique=("request_id",),
        indexed=("day", "screening_id"),
    )
    _events(
        "vaccination_event",
        sa.Column("day", sa.String(10), nullable=True),
        sa.Column("lot", sa.String(40), nullable=True),
        sa.Column("request_id", sa.Uuid, nullable=True),
        sa.Column("certificate_number", sa.String(30), nullable=True),
        unique=("request_id", "certificate_number"),
        indexed=("day",),
    )
    _events(
        "certificate_number_event",
        sa.Column("request_id", sa.Uuid, nullable=True),
        unique=("request_id",),
    )
    op.create_table(
        "certificate_number",
        sa.Column("written", sa.String(30), nullable=False),
        sa.Column("block_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("event_id", sa.Uuid, nullable=False),
        sa.CheckConstraint("state IN ('used', 'spoiled')", name="ck_certificate_number_state"),
        sa.PrimaryKeyConstraint("written", name="pk_certificate_number"),
        sa.UniqueConstraint("event_id", name="uq_certificate_number_event_id"),
    )
    op.create_index("ix_certificate_number_block_id", "certificate_number", ["block_id"])
    _events(
        "supply_movement",
        sa.Column("item", sa.String(40), nullable=False),
        sa.Column("lot", sa.String(40), nullable=False),
        sa.Column("after", sa.Integer, nullable=False),
        sa.Column("expires_on", sa.String(10), nullable=True),
        sa.Column("request_id", sa.Uuid, nullable=True),
        sa.CheckConstraint("after >= 0", name="ck_supply_movement_shelf"),
        unique=("request_id",),
        indexed=("item",),
    )
    _events(
        "equipment_event",
        sa.Column("mark", sa.String(40), nullable=True),
        sa.Column("request_id", sa.Uuid, nullable=True),
        unique=("mark", "request_id"),
    )
    _events(
        "plan_event",
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("version", sa.String(20), nullable=True),
        sa.Column("request_id", sa.Uuid, nullable=True),
        unique=("request_id",),
        indexed=("code",),
    )
    op.create_table(
        "plan_file",
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("plan_id", name="pk_plan_file"),
    )
    op.execute("CREATE VIRTUAL TABLE plan_text USING fts5(title, body, tokenize = 'unicode61 remove_diacritics 2')")
    _events(
        "capacity_event",
        sa.Column("content", sa.String(64), nullable=True),
        sa.Column("poe", sa.String(200), nullable=True),
        sa.Column("poe_type", sa.String(20), nullable=True),
        sa.Column("assessed_on", sa.String(10), nullable=True),
        unique=("content",),
        indexed=("assessed_on",),
    )


def _events(
    table: str,
    *columns: "sa.Column[object] | sa.CheckConstraint",
    unique: tuple[str, ...] = (),
    indexed: tuple[str, ...] = (),
) -> None:
    op.create_table(
        table,
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("record_id", sa.Uuid, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("number", name=f"pk_{table}"),
        sa.UniqueConstraint("id", name=f"uq_{table}_id"),
        *(sa.UniqueConstraint(name, name=f"uq_{table}_{name}") for name in unique),
    )
    for name in ("record_id", *indexed):
        op.create_index(f"ix_{table}_{name}", table, [name])


def downgrade() -> None:
    """Drop them."""
    for table in (
        "capacity_event",
        "plan_text",
        "plan_file",
        "plan_event",
        "equipment_event",
        "supply_movement",
        "certificate_number",
        "certificate_number_event",
        "vaccination_event",
        "certificate_check",
    ):
        op.drop_table(table)
