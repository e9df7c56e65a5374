"""What each rule did, by day."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "rule_stats",
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("hits", NUMBER, nullable=False),
        sa.Column("refused", NUMBER, nullable=False),
        sa.Column("shadow_hits", NUMBER, nullable=False),
        sa.Column("faults", NUMBER, nullable=False),
        sa.Column("samples", NUMBER, nullable=False),
        sa.Column("cost_s", sa.Double(), nullable=False),
        sa.Column("last_hit_at", sa.Double()),
        sa.PrimaryKeyConstraint("day", "rule", name=op.f("pk_rule_stats")),
    )


def downgrade() -> None:
    op.drop_table("rule_stats")
