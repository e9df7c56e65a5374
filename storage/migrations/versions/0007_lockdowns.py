"""Lockdowns: what nobody may do for a while."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lockdowns",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("room", sa.Text()),
        sa.Column("category", sa.Text()),
        sa.Column("deeds", sa.Text(), nullable=False),
        sa.Column("spares_members", sa.Boolean(), nullable=False),
        sa.Column("is_raid", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("until", sa.Double(), nullable=False),
        sa.Column("ended_at", sa.Double()),
        sa.Column("ended_by", sa.Text()),
        sa.PrimaryKeyConstraint("number", name="pk_lockdowns"),
    )
    op.create_index("ix_lockdowns_ended_at", "lockdowns", ["ended_at"])


def downgrade() -> None:
    op.drop_table("lockdowns")
