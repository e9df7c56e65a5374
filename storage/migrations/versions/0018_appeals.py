"""Appeals against sanctions and measures."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "appeals",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("sanction", _NUMBER),
        sa.Column("measure", _NUMBER),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("sealed_for", sa.Text(), nullable=False),
        sa.Column("evidence", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("wrong", sa.Text()),
        sa.Column("decided_at", sa.Double()),
        sa.Column("decided_by", sa.Text()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("is_announced", sa.Boolean(), nullable=False),
        sa.Column("is_told", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["sanction"], ["sanctions.number"], name="fk_appeals_sanction"),
        sa.ForeignKeyConstraint(["measure"], ["measures.number"], name="fk_appeals_measure"),
        sa.PrimaryKeyConstraint("number", name="pk_appeals"),
        sa.UniqueConstraint("sanction", name="uq_appeals_sanction"),
        sa.UniqueConstraint("measure", name="uq_appeals_measure"),
    )
    op.create_index("ix_appeals_holder", "appeals", ["holder"])
    op.create_index(
        "ix_appeals_open",
        "appeals",
        ["number"],
        sqlite_where=sa.text("is_told = 0"),
        postgresql_where=sa.text("NOT is_told"),
    )


def downgrade() -> None:
    op.drop_table("appeals")
