"""Strikes against those who answer for rooms."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "manager_strikes",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("measure", _NUMBER, sa.ForeignKey("measures.number"), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sa.Column("incident", _NUMBER, nullable=False),
        sa.Column("overruled_at", sa.Double()),
        sa.PrimaryKeyConstraint("number", name="pk_manager_strikes"),
    )
    op.create_index("ix_manager_strikes_measure", "manager_strikes", ["measure"])
    op.create_index("ix_manager_strikes_holder_measure", "manager_strikes", ["holder", "measure"])


def downgrade() -> None:
    op.drop_table("manager_strikes")
