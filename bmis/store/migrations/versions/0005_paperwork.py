"""Drafts, contingency forms, and the events of both."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "draft",
        sa.Column("request_id", sa.Uuid, nullable=False),
        sa.Column("officer", sa.String(80), nullable=False),
        sa.Column("started_at", sa.BigInteger, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("document_mark", sa.String(120), nullable=True),
        sa.Column("content", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("request_id", name="pk_draft"),
    )
    op.create_index("ix_draft_officer", "draft", ["officer"])
    op.create_table(
        "contingency_form",
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("serial", sa.Integer, nullable=False),
        sa.Column("batch", sa.Uuid, nullable=False),
        sa.Column("allocated_at", sa.BigInteger, nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("request_id", sa.Uuid, nullable=True),
        sa.Column("crossing_id", sa.Uuid, nullable=True),
        sa.Column("reason", sa.String(500), nullable=True),
        sa.Column("changed_at", sa.BigInteger, nullable=True),
        sa.Column("changed_by", sa.String(80), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_contingency_form"),
        sa.UniqueConstraint("serial", name="uq_contingency_form_serial"),
    )
    op.create_index("ix_contingency_form_batch_serial", "contingency_form", ["batch", "serial"])
    op.create_index("ix_contingency_form_state", "contingency_form", ["state"])
    op.create_table(
        "paperwork_event",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(60), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_paperwork_event"),
    )
    op.create_index("ix_paperwork_event_kind", "paperwork_event", ["kind"])
    op.create_index("ix_paperwork_event_subject", "paperwork_event", ["subject"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("paperwork_event")
    op.drop_table("contingency_form")
    op.drop_table("draft")
