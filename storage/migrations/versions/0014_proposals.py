"""Applications to found a group, or for another grade of one."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proposals",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("scale", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("until", sa.Double(), nullable=False),
        sa.Column("decided_at", sa.Double()),
        sa.Column("decided_by", sa.Text()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("is_told", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_proposals"),
    )
    op.create_index("ix_proposals_holder", "proposals", ["holder"])
    op.create_index("ix_proposals_room", "proposals", ["room"])
    is_open = sa.text("status IN ('waiting', 'approved')")
    op.create_index("ix_proposals_open", "proposals", ["until"], sqlite_where=is_open, postgresql_where=is_open)
    is_kept = sa.text("status = 'approved'")
    op.create_index(
        "uq_proposals_kept", "proposals", ["room"], unique=True, sqlite_where=is_kept, postgresql_where=is_kept
    )
    op.create_index(
        "ix_proposals_untold",
        "proposals",
        ["number"],
        sqlite_where=sa.text("is_told = 0"),
        postgresql_where=sa.text("NOT is_told"),
    )


def downgrade() -> None:
    op.drop_table("proposals")
