"""Rooms that their owners offer to somebody else."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handovers",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("giver", sa.Text(), nullable=False),
        sa.Column("taker", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("until", sa.Double(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_handovers"),
    )
    op.create_index("ix_handovers_code", "handovers", ["code"])
    op.create_index("ix_handovers_taker", "handovers", ["taker"])
    is_open = sa.text("state IN ('waiting', 'accepted')")
    op.create_index("ix_handovers_open", "handovers", ["until"], sqlite_where=is_open, postgresql_where=is_open)


def downgrade() -> None:
    op.drop_table("handovers")
