"""Measures against rooms, and rooms whose addresses are not to be used again."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("rooms", sa.Column("is_kept", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("rooms", sa.Column("is_reserved", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_strikes_room", "strikes", ["room"])
    op.create_index("ix_sanctions_room", "sanctions", ["room"])
    op.create_table(
        "measures",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("checklist", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("due_at", sa.Double()),
        sa.Column("replaces", _NUMBER),
        sa.Column("status_before", sa.Text(), nullable=False),
        sa.Column("places", sa.Text()),
        sa.Column("claimed_at", sa.Double()),
        sa.Column("claimed_by", sa.Text()),
        sa.Column("claim", sa.Text()),
        sa.Column("left_s", sa.Double()),
        sa.Column("done_at", sa.Double()),
        sa.Column("ended_at", sa.Double()),
        sa.Column("ended_by", sa.Text()),
        sa.Column("end", sa.Text()),
        sa.PrimaryKeyConstraint("number", name="pk_measures"),
    )
    for column in ("code", "room", "due_at"):
        op.create_index(f"ix_measures_{column}", "measures", [column])
    standing = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_measures_standing", "measures", ["code"], unique=True, sqlite_where=standing, postgresql_where=standing
    )
    op.create_table(
        "measure_strikes",
        sa.Column("measure", _NUMBER, sa.ForeignKey("measures.number"), autoincrement=False, nullable=False),
        sa.Column("strike", _NUMBER, sa.ForeignKey("strikes.number"), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("measure", "strike", name="pk_measure_strikes"),
    )
    op.create_index("ix_measure_strikes_strike", "measure_strikes", ["strike"])


def downgrade() -> None:
    op.drop_table("measure_strikes")
    op.drop_table("measures")
    op.drop_index("ix_strikes_room", "strikes")
    op.drop_index("ix_sanctions_room", "sanctions")
    for column in ("is_reserved", "is_kept"):
        op.drop_column("rooms", column)
