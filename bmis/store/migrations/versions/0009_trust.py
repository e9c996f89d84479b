"""Keys, certificates, trust bundles and the status of seals."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "trust_event",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("blob", sa.LargeBinary, nullable=True),
        sa.Column("secret", sa.LargeBinary, nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_trust_event"),
        sa.UniqueConstraint("id", name="uq_trust_event_id"),
    )
    op.create_index("ix_trust_event_kind_subject", "trust_event", ["kind", "subject"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("trust_event")
