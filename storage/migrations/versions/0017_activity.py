"""How much is written in rooms, by week."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("memberships", sa.Column("wrote_in", sa.Integer()))
    op.create_table(
        "activity",
        sa.Column("room", _NUMBER, nullable=False, autoincrement=False),
        sa.Column("week", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("messages", _NUMBER, nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["room"], ["rooms.number"], name="fk_activity_room"),
        sa.PrimaryKeyConstraint("room", "week", name="pk_activity"),
    )
    op.create_index("ix_activity_week", "activity", ["week"])


def downgrade() -> None:
    op.drop_table("activity")
    op.drop_column("memberships", "wrote_in")
